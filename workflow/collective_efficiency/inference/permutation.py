"""Permutation tests where an exact count is out of reach: one engine, within strata, one set of shuffles for a family.

A shuffle hands the rows of y to the units of the same stratum anew; every hypothesis of a family sees the same
shuffles, so that their joint distribution is kept (Westfall and Young 1993). Statistics are whole numbers, held exactly
in floats below 2**53, and compared exactly. Batches have generators of their own, spawned from one seed: a result
depends on the seed and on nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from collective_efficiency.inference.acceleration import Kernel, accelerated
from collective_efficiency.inference.distributions import MACHINE, Array
from collective_efficiency.inference.samples import (
    Floats,
    Ints,
    Labels,
    Values,
    check_lengths,
    check_variation,
    codes,
    double_ranks,
    integers,
    strata_codes,
)

BATCH = 5_000  # shuffles at a time: what fits the cache
ROOM = 10_000_000  # signs of pairs at a time
RANDOM_BITS = 20  # of a sorting key, at least
BYTE = 250  # rows whose number fits a byte
SHUFFLES_OF_A_STATE = 1_000  # shuffles of the compiled loop from one state of its generator


@dataclass(frozen=True)
class PermutationTest:
    """An observed statistic and how many of `count` shuffles are at least as extreme.

    p = (extreme + 1) / (count + 1) (Phipson and Smyth 2010); interval: Clopper and Pearson (1934) for the p-value that
    all shuffles would give, at 95 percent.
    """

    observed: float
    extreme: int
    count: int

    @property
    def p(self) -> float:
        """The p-value; never zero."""
        return (self.extreme + 1) / (self.count + 1)

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound of the exact p-value."""
        b, n = self.extreme, self.count
        low = float(betaincinv(b, n - b + 1, 0.025)) if b else 0.0
        high = float(betaincinv(b + 1, n - b, 0.975)) if b < n else 1.0
        return low, high


@dataclass(frozen=True)
class Shuffles:
    """`count` shuffles of n units within strata. order: the units by stratum; a batch is of places in that order."""

    stratum: Ints
    count: int
    seed: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"count {self.count}: a whole number from 1 is needed")

    @property
    def order(self) -> Ints:
        """The units in the order of their strata, (n,)."""
        return np.argsort(self.stratum, kind="stable").astype(np.int64)

    def batches(self) -> Iterator[Ints]:
        """Arrays (at most BATCH, n): the place that each place takes its y from.

        A row of random keys with the stratum in the first bits and the place in the last ones is sorted: a uniform
        shuffle but for equal keys, of which there are less than one in 2**RANDOM_BITS pairs.
        """
        n = len(self.stratum)
        place_bits, stratum_bits = max(1, (n - 1).bit_length()), int(self.stratum.max()).bit_length()
        bits = 32 if place_bits + stratum_bits + RANDOM_BITS <= 32 else 64
        kind: Any = np.uint32 if bits == 32 else np.uint64
        low: Array = np.arange(n, dtype=kind)
        if stratum_bits:
            low |= np.sort(self.stratum).astype(kind) << kind(bits - stratum_bits)
        mask = kind((1 << place_bits) - 1)
        keep = kind(((1 << (bits - stratum_bits)) - 1) ^ int(mask))
        seeds = np.random.SeedSequence(self.seed).spawn(-(-self.count // BATCH))
        for number, seed in enumerate(seeds):
            rows = min(BATCH, self.count - number * BATCH)
            words: Array = np.random.SFC64(seed).random_raw(-(-rows * n * bits // 64)).view(kind)
            keys = words[: rows * n].reshape(rows, n)
            keys &= keep
            keys |= low
            keys.sort(axis=1)
            keys &= mask
            yield keys.astype(np.int64)


def permutation_test(
    x: Values, y: Values, strata: Labels | None = None, *, count: int = 99_999, seed: int, kind: str = "linear"
) -> PermutationTest:
    """Two-sided test by distance from the mean of the sum of x * y ("linear") or of S ("concordance"), within strata.

    Raises NoVariationError where x or y is constant in every stratum. Inside `accelerating()` the linear statistic is
    shuffled by compiled code, with a generator of its own.
    """
    check_lengths(x, y)
    stratum = strata_codes(strata, len(x))
    one, two = (codes(x), codes(y)) if kind == "concordance" else (integers(x), integers(y))
    check_variation(one, two, stratum)
    if kind == "concordance":
        observed, shuffled = concordances(
            one[:, None].astype(float), two[:, None].astype(float), [(0, 0)], Shuffles(stratum, count, seed)
        )
        return PermutationTest(float(observed[0]), int((abs(shuffled[:, 0]) >= abs(observed[0])).sum()), count)
    if kind != "linear":
        raise ValueError(f"kind {kind!r}; allowed: linear, concordance")
    kernel = accelerated("shuffled_sums")
    if kernel is None:
        return linear_tests(one[:, None], two, strata, count=count, seed=seed)[0]
    sums, constant = _compiled_sums(kernel, one, two, stratum, count, seed)
    low, high = _bounds(one[:, None], two, stratum)
    extreme = (sums + constant >= high[0]) | (sums + constant <= low[0])
    return PermutationTest(float((one * two).sum()), int(extreme.sum()), count)


def linear_tests(x: Ints, y: Ints, strata: Labels | None = None, *, count: int, seed: int) -> list[PermutationTest]:
    """The linear test of each column of x (n, H) with y (n,), whole numbers, under shared shuffles; as above."""
    stratum = strata_codes(strata, len(y))
    shuffles = Shuffles(stratum, count, seed)
    fixed, moved = _exact_floats(x, y, shuffles)  # first: it refuses scores of which the sums do not fit
    low, high = _bounds(x, y, stratum)
    extreme = np.zeros(x.shape[1], dtype=np.int64)
    least, largest = low.astype(fixed.dtype), high.astype(fixed.dtype)
    room = np.empty((BYTE, x.shape[1]), dtype=fixed.dtype)  # used again and again: new pages cost more than the sums
    above, below = np.empty(room.shape, dtype=np.bool_), np.empty(room.shape, dtype=np.bool_)
    for batch in shuffles.batches():
        values = moved[batch]
        for start in range(0, len(batch), BYTE):
            rows = slice(0, min(BYTE, len(batch) - start))
            sums = np.matmul(values[start : start + BYTE], fixed, out=room[rows])
            np.greater_equal(sums, largest, out=above[rows])
            np.less_equal(sums, least, out=below[rows])
            beyond = np.logical_or(above[rows], below[rows], out=above[rows])
            extreme += np.add.reduce(beyond.view(np.uint8), axis=0, dtype=np.uint8)  # at most BYTE rows: no overflow
    observed = (x * y[:, None]).sum(axis=0)
    return [PermutationTest(float(one), int(b), count) for one, b in zip(observed, extreme, strict=True)]


def _bounds(x: Ints, y: Ints, stratum: Ints) -> tuple[Ints, Ints]:
    """The sums of x * y from which on, below and above, they are as far from their exact mean as observed, (H,)."""
    sizes = np.bincount(stratum)
    scale = lcm(*sizes.tolist())
    member = (stratum[:, None] == np.arange(len(sizes))).astype(np.int64)
    # The common scale of many strata is beyond 64 bits (30 co-prime sizes: 10**44): then Python's whole numbers count.
    largest = 4 * scale * int(abs(x).sum(axis=0).max(initial=0)) * int(abs(y).max(initial=0))
    kind: Any = np.int64 if largest < MACHINE else object
    by_stratum = (x.T @ member).astype(kind) * (y @ member).astype(kind)
    centre = (by_stratum * np.array([scale // size for size in sizes.tolist()], dtype=kind)).sum(axis=1)
    distance = abs((x * y[:, None]).sum(axis=0).astype(kind) * scale - centre)
    low, high = (centre - distance) // scale, -((-centre - distance) // scale)
    return low.astype(np.int64), high.astype(np.int64)


def _exact_floats(x: Ints, y: Ints, shuffles: Shuffles) -> tuple[Array, Array]:
    """Both in the order of the shuffles, as floats that hold every sum of products. Raises ValueError if none."""
    bound = int(abs(x).sum(axis=0).max()) * int(abs(y).max())
    if bound >= 2**53:
        raise ValueError("the scores are too large for exact sums")
    kind: Any = np.float32 if bound < 2**24 else np.float64
    return x[shuffles.order].astype(kind), y[shuffles.order].astype(kind)


def _compiled_sums(kernel: Kernel, x: Ints, y: Ints, stratum: Ints, count: int, seed: int) -> tuple[Ints, int]:
    """Sums of x * shuffled y less a constant, and that constant: scores equal to their stratum's commonest drop out."""
    fixed, moved, starts, drawn, constant = [], [], [0], [], 0
    for number in range(int(stratum.max()) + 1):
        here = stratum == number
        own, other = x[here], y[here]
        values, counts = np.unique(own, return_counts=True)
        common = int(values[np.argmax(counts)])
        constant += common * int(other.sum())
        own = own - common
        fixed.append(np.concatenate([own[own != 0], own[own == 0]]))
        moved.append(other)
        starts.append(starts[-1] + len(own))
        drawn.append(min(int((own != 0).sum()), len(own)))
    sums = np.empty(count, dtype=np.int64)
    columns = (np.concatenate(fixed), np.concatenate(moved), np.array(starts), np.array(drawn))
    kernel(*columns, np.uint64(seed), SHUFFLES_OF_A_STATE, sums)
    return sums, constant


def concordances(
    x: Floats, y: Floats, pairs: Sequence[tuple[int, int]], shuffles: Shuffles
) -> tuple[Floats, npt.NDArray[np.float32]]:
    """S of each hypothesis, (H,), and of each shuffle, (count, H); pairs of units within strata only.

    x: (n, P) and y: (n, Q), NaN where missing (a pair with a missing value counts nothing); a hypothesis is the number
    of a column of x and of one of y. Exact: S is at most n * (n - 1) / 2.
    """
    order = shuffles.order
    stratum = shuffles.stratum[order]
    first, second = np.triu_indices(len(stratum), 1)
    same = stratum[first] == stratum[second]
    first, second = first[same], second[same]
    fixed = np.stack([_signs(*_bounds_of_codes(column[:, None]), first, second)[:, 0] for column in x[order].T])
    fixed = fixed.astype(np.float32)
    by_column: dict[int, list[int]] = {}
    for number, (_, column) in enumerate(pairs):
        by_column.setdefault(column, []).append(number)
    bounds = {column: _bounds_of_codes(y[order, column]) for column in by_column}
    together = {column: fixed[[pairs[number][0] for number in numbers]] for column, numbers in by_column.items()}
    observed, shuffled = np.empty(len(pairs)), np.empty((shuffles.count, len(pairs)), dtype=np.float32)
    for column, numbers in by_column.items():
        low, high = bounds[column]
        observed[numbers] = (together[column] @ _signs(low[:, None], high[:, None], first, second))[:, 0]
    done = 0
    size = max(1, ROOM // max(1, len(first)))
    for part in (batch[start : start + size] for batch in shuffles.batches() for start in range(0, len(batch), size)):
        places = part.T  # a line a pair, so that the values of one unit are copied as they lie
        for column, numbers in by_column.items():
            low, high = bounds[column]
            moved = low[places]
            signs = _signs(moved, moved if high is low else high[places], first, second)
            shuffled[done : done + len(part), numbers] = (together[column] @ signs.astype(np.float32)).T
        done += len(part)
    return observed, shuffled


def _bounds_of_codes(values: Floats) -> tuple[Array, Array]:
    """Codes of values twice, a missing one below all others and above them: neither is ever the larger of a pair."""
    known = ~np.isnan(values)
    levels, places = np.unique(values[known], return_inverse=True)
    kind: Any = np.int8 if len(levels) < np.iinfo(np.int8).max else np.int32  # a byte: eight times less to move
    low = np.full(values.shape, -1, dtype=kind)
    low[known] = places.reshape(-1)
    return low, low if known.all() else np.where(known, low, kind(len(levels)))


def _signs(low: Array, high: Array, first: Ints, second: Ints) -> npt.NDArray[np.int8]:
    """The sign of each pair's difference, 0 where a value is missing: (pairs, R) from codes (n, R)."""
    above: npt.NDArray[np.bool_] = low[first] > high[second]
    below: npt.NDArray[np.bool_] = low[second] > high[first]
    return above.view(np.int8) - below.view(np.int8)


def group_differences(
    groups: Labels, y: Sequence[Sequence[int | None]], *, count: int, seed: int
) -> tuple[Floats, Floats]:
    """H of Kruskal and Wallis for each outcome, (Q,), and for each of `count` shuffles of the groups, (count, Q).

    y: for each outcome n values with None where missing; what is missing counts in no rank and no group. An outcome
    without variation has NaN.
    """
    group = strata_codes(groups, len(groups))
    n, sizes = len(group), int(group.max()) + 1
    ranks, known = np.zeros((n, len(y))), np.zeros((n, len(y)))
    for column, values in enumerate(y):
        here = np.array([value is not None for value in values])
        if here.any():
            ranks[here, column] = double_ranks([value for value in values if value is not None])
        known[:, column] = here
    totals, numbers = ranks.sum(axis=0), known.sum(axis=0)

    def statistic(labels: Ints) -> Floats:
        between = np.zeros((len(labels), len(y)))
        for number in range(sizes):
            member = (labels == number).astype(np.float64)
            counts = member @ known
            between += np.divide((member @ ranks) ** 2, counts, out=np.zeros_like(between), where=counts > 0)
        spread = (ranks**2).sum(axis=0) - totals**2 / np.maximum(numbers, 1)
        factor = np.divide(numbers - 1, spread, out=np.full(len(y), np.nan), where=spread > 0)
        return np.asarray((between - totals**2 / np.maximum(numbers, 1)) * factor)

    shuffles = Shuffles(np.zeros(n, dtype=np.int64), count, seed)
    shuffled = np.concatenate([statistic(group[batch]) for batch in shuffles.batches()])
    return statistic(group[None, :])[0], shuffled


def shuffle_tests(observed: Floats, shuffled: Array, tolerance: float = 0.0) -> list[PermutationTest]:
    """The test of each hypothesis, on large absolute values: observed (H,), shuffled (count, H)."""
    extreme = (abs(shuffled) >= abs(observed) - tolerance).sum(axis=0)
    return [PermutationTest(float(one), int(b), len(shuffled)) for one, b in zip(observed, extreme, strict=True)]
