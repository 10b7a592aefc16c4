"""How surprising a whole curve of specifications is (Simonsohn, Simmons and Nelson 2020), and each within its curve.

Specifications share their data, so that hundreds of them that agree may be one fact counted hundreds of times. Were
nothing associated, the outcomes could be handed out anew among the clusters of a block; every shuffle does that once
for all specifications, and gives the curve that would then have come up. Three numbers of the observed curve stand
among theirs: the median of tau-b, how one-sided its signs are, and the share that is significant by itself. Each
specification is also adjusted for all others of its curve by step-down maxT (Westfall and Young 1993).

Specifications of different blocks have no shuffles in common that are all of their own null hypotheses, but those
within the finest blocks leave every one of these true: a curve over several blocks is shuffled within these.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from collective_efficiency.inference.concordances import DistinctColumns, concordances
from collective_efficiency.inference.distributions import Array
from collective_efficiency.inference.multiplicity import standardised, step_down_max
from collective_efficiency.inference.samples import (
    Floats,
    Ints,
    double_ranks,
    pairs_within,
    strata_codes,
    within_strata,
)
from collective_efficiency.inference.shuffled import GRAIN
from collective_efficiency.inference.shuffles import Shuffles
from collective_efficiency.robustness.data_sets import SpecifiedData

JOINT_STATISTICS = ("median", "share_positive", "share_significant", "largest")
SORTED_AT_A_TIME = 10_000_000  # numbers of specifications under shuffles that are sorted at a time
Member = tuple[SpecifiedData, str]  # the data of a specification and its test


class JointInference(NamedTuple):
    """Of a curve: each of JOINT_STATISTICS as observed, and its p; the adjusted p of each specification, (H,)."""

    observed: dict[str, float]
    p: dict[str, Fraction]
    adjusted: Floats


class _Statistics(NamedTuple):
    """Of the distinct specifications (D): tau-b and the test's statistic, of the data, then of each shuffle,
    (1 + count, D) each; and which of these each specification is, (H,)."""

    effects: Array
    tested: Array
    number: Ints


def finest(blocks: Sequence[Ints]) -> Ints:
    """The blocks of clusters that are of one block in each of `blocks`, (n,)."""
    return strata_codes(list(zip(*(block.tolist() for block in blocks), strict=True)), len(blocks[0]))


def joint_inference(members: Sequence[Member], count: int, seed: int, significance: float) -> JointInference:
    """Of the specifications of one curve, each of which is defined, under `count` shuffles of the outcomes from `seed`.

    A shuffle is within the finest of the specifications' blocks. What is as extreme as observed, or more, counts, the
    observed curve among them: p = (b + 1) / (count + 1). Numbers of a curve over several blocks are measured from
    their mean under the shuffles, which is zero where there is but one.

    tau-b is S over the root of the pairs that differ in x times those that differ in y, where each is known: missing
    scores are handed out like any other, and a number that would change with them could not be compared.
    """
    blocks = list({data.block.tobytes(): data.block for data, _ in members}.values())
    shuffles = Shuffles(finest(blocks), count, seed)
    effects, tested, number = _statistics(members, shuffles)
    if len(blocks) > 1:
        effects, tested = _from_mean(effects), _from_mean(tested)
    significant = abs(tested) > _thresholds(abs(tested), significance)
    times = np.bincount(number, minlength=effects.shape[1])
    signs = np.sign(effects) @ times
    compared = {
        "median": abs(_medians(effects, number)),
        "share_positive": abs(signs),
        "share_significant": significant @ times,
    }
    adjusted = np.ones(tested.shape[1])
    varies = np.ptp(tested, axis=0) > 0
    if varies.any():
        adjusted[varies] = step_down_max(*standardised(tested[0, varies], tested[1:, varies]))
    p = {name: Fraction(int((values >= values[0]).sum()), count + 1) for name, values in compared.items()}
    p["largest"] = Fraction(round(float(adjusted.min()) * (count + 1)), count + 1)
    observed = {
        "median": float(_medians(effects[:1], number)[0]),
        "share_positive": float(((effects[0] > 0) @ times) / len(number)),
        "share_significant": float(compared["share_significant"][0] / len(number)),
        "largest": float(abs(effects[0]).max()),
    }
    return JointInference(observed, p, adjusted[number])


def _statistics(members: Sequence[Member], shuffles: Shuffles) -> _Statistics:
    """Each distinct specification once, under all shuffles."""
    keys = [(test, *(column.tobytes() for column in data)) for data, test in members]
    distinct = list(dict(zip(keys, members, strict=True)).values())
    shape = shuffles.count + 1, len(distinct)
    effects, tested = np.empty(shape), np.empty(shape)
    by_block: dict[bytes, list[int]] = {}
    for number, (data, _) in enumerate(distinct):
        by_block.setdefault(data.block.tobytes(), []).append(number)
    for places in by_block.values():
        effects[:, places] = tested[:, places] = _taus([distinct[place][0] for place in places], shuffles)
    for place, (data, test) in enumerate(distinct):
        if test != "jonckheere_terpstra":
            tested[:, place] = _products(data, test == "spearman", shuffles)
    return _Statistics(effects, tested, strata_codes(keys, len(keys)))


def _taus(data: Sequence[SpecifiedData], shuffles: Shuffles) -> Array:
    """tau-b of specifications of one block, of the data and of each shuffle, (1 + count, D)."""
    distinct = DistinctColumns(), DistinctColumns()
    pairs = [(distinct[0].number(each.x), distinct[1].number(each.y)) for each in data]
    x, y = (columns.stacked() for columns in distinct)
    block = data[0].block
    observed, shuffled = concordances(x, y, pairs, shuffles, block)
    first, second = pairs_within(block)
    differ = [np.sqrt((abs(values[first] - values[second]) > 0).sum(axis=0)) for values in (x, y)]
    scale = np.array([differ[0][one] * differ[1][two] for one, two in pairs])
    return np.asarray(np.vstack([observed[None], shuffled]) / scale)


def _products(data: SpecifiedData, ranks: bool, shuffles: Shuffles) -> Floats:
    """The sum of the products of two columns, or of their ranks, about their means in a block; what is missing counts
    nothing. Of the data and of each shuffle, (1 + count,)."""
    x, y = (_centred(column, data.block, ranks)[shuffles.order] for column in (data.x, data.y))
    sums = np.concatenate([[y @ x], *(y[batch] @ x for batch in shuffles.batches())])
    return np.asarray(np.rint(sums * GRAIN) / GRAIN, dtype=np.float64)  # sums that ought to be equal are


def _centred(column: Floats, block: Ints, ranks: bool) -> Floats:
    known = ~np.isnan(column)
    values, inside = column[known], strata_codes(block[known].tolist(), int(known.sum()))
    if ranks:
        values = within_strata(double_ranks, values.astype(np.int64), inside).astype(np.float64)
    else:
        values = values / (np.ptp(values) or 1)
    means = np.bincount(inside, weights=values) / np.bincount(inside)
    centred = np.zeros(len(column))
    centred[known] = values - means[inside]
    return centred


def _from_mean(values: Array) -> Array:
    """Less the mean of each column; exactly zero where it is constant."""
    centred = values - values.mean(axis=0, dtype=np.float64)
    centred[:, np.ptp(values, axis=0) == 0] = 0
    return np.asarray(centred)


def _thresholds(sizes: Array, significance: float) -> Floats:
    """For each column of (1 + count, D), what is to be passed for a p of at most `significance` by its own ranks."""
    allowed = int(Fraction(str(significance)) * len(sizes))  # that many are at least as large as a significant one
    place = len(sizes) - 1 - allowed
    return np.asarray(np.partition(sizes, place, axis=0)[place])


def _medians(effects: Array, number: Ints) -> Floats:
    """The median over the specifications, of the data and of each shuffle, (1 + count,)."""
    rows = max(1, SORTED_AT_A_TIME // len(number))
    parts = (effects[start : start + rows, number] for start in range(0, len(effects), rows))
    return np.concatenate([np.median(part, axis=1) for part in parts])
