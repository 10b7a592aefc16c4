"""The conclusions that scores carry, computed for many scores at once: classes, orders, cross-tabulations, p-values."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from collective_efficiency.inference.concordances import concordances
from collective_efficiency.inference.distributions import Array
from collective_efficiency.inference.frames import p_value_text
from collective_efficiency.inference.panels import DEGREE_ORDER
from collective_efficiency.inference.samples import Floats, strata_codes
from collective_efficiency.inference.shuffles import Shuffles
from collective_efficiency.robustness.scoring_draws import DrawnScores
from collective_efficiency.words import ALL_SECTORS, INDICES, UPGRADING

WATCHED_PREDICTORS = (*INDICES, "degree")
TRENDS = ("falls", "neither", "level", "rises")  # of mean upgrading from Low to High
DRAWS_AT_A_TIME = 100  # draws whose shuffles are counted at a time


class Watched(NamedTuple):
    """A conclusion of every draw, (D,), the first as scored; what makes two of its values the same conclusion, and a
    value in words. ordered: whether it makes sense to say between which values it lies."""

    what: str
    key: str
    values: Array
    conclusion: Array
    text: Callable[[float], str]
    ordered: bool


def watched(drawn: DrawnScores, clusters: Sequence[str], sectors: Sequence[str]) -> Iterator[Watched]:
    """Everything but the p-values. clusters, sectors: of each cluster its id and its sector, (n,)."""
    degree = drawn.degree()
    for place, cluster in enumerate(clusters):
        values = degree[:, place]
        if not np.isnan(values[0]):
            yield Watched("degree", cluster, values, values, lambda code: DEGREE_ORDER[int(code)], True)
    labels = np.array(sectors, dtype=object)
    names = list(dict.fromkeys(sectors))
    for index in INDICES:
        means = np.stack([np.nanmean(drawn.index(index)[:, labels == name], axis=1) for name in names], axis=1)
        for one, two in combinations(sorted(range(len(names)), key=lambda place: -means[0, place]), 2):
            if means[0, one] > means[0, two]:
                above = np.sign(means[:, one] - means[:, two])
                yield Watched("sector_order", f"{index}: {names[one]} > {names[two]}", above, above, _relation, False)
    for sector in (*names, ALL_SECTORS):
        member = labels == sector if sector != ALL_SECTORS else np.ones(len(labels), dtype=np.bool_)
        for kind in UPGRADING:
            codes = trends(degree[:, member], drawn.outcome(kind)[:, member])
            if codes[0] >= 0:
                yield Watched("crosstab", f"{sector}: {kind}", codes, codes, _trend, False)


def _relation(sign: float) -> str:
    return {1: "above", 0: "equal", -1: "below"}[int(sign)]


def _trend(code: float) -> str:
    return TRENDS[int(code)] if code >= 0 else ""


def trends(degree: Floats, outcome: Floats) -> Array:
    """How mean upgrading goes from Low to High, as a place in TRENDS, (D,), of degree and outcome (D, n); -1 where
    fewer than two degrees have a mean. It rises where no mean is below that of a lower degree, and not all are equal.

    >>> trends(np.array([[0.0, 1, 2, 2]]), np.array([[1.0, 1, 0, 4]])).tolist()  # means 1, 1, 2
    [3]
    """
    means = []
    for code in range(len(DEGREE_ORDER)):
        member = (degree == code) & ~np.isnan(outcome)
        counts = member.sum(axis=1)
        sums = np.where(member, outcome, 0).sum(axis=1)
        means.append(np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0))
    steps = np.stack([means[two] - means[one] for one, two in combinations(range(len(means)), 2)])
    up, down, known = (steps > 0).any(axis=0), (steps < 0).any(axis=0), (~np.isnan(steps)).any(axis=0)
    codes = np.select([up & down, up, down], [1, 3, 0], default=2)
    return np.where(known, codes, -1)


def watched_p_values(
    drawn: DrawnScores, sectors: Sequence[str], shuffles: int, seed: int, significance: float
) -> Iterator[Watched]:
    """p of each index, and of the degree, with each kind of upgrading within sectors, by shuffles that all share; the
    conclusion is whether it is at most `significance`."""
    stratum = strata_codes(list(sectors), len(sectors))
    shared = Shuffles(stratum, shuffles, seed)
    x = [drawn.degree() if name == "degree" else drawn.index(name) for name in WATCHED_PREDICTORS]
    y = [drawn.outcome(kind) for kind in UPGRADING]
    draws = len(drawn.scores)
    p = np.empty((len(x), len(y), draws))
    varies: Array = np.zeros((len(x), len(y)), dtype=np.bool_)
    for start in range(0, draws, DRAWS_AT_A_TIME):
        some = range(start, min(draws, start + DRAWS_AT_A_TIME))
        hypotheses = [
            (one * len(some) + draw, two * len(some) + draw)
            for draw in range(len(some)) for one in range(len(x)) for two in range(len(y))
        ]  # fmt: skip
        columns = [np.concatenate([each[some.start : some.stop] for each in part]).T for part in (x, y)]
        observed, shuffled = concordances(columns[0], columns[1], hypotheses, shared)
        extreme = (abs(shuffled) >= abs(observed)).sum(axis=0) + 1
        shape = len(some), len(x), len(y)
        p[:, :, some.start : some.stop] = np.moveaxis(extreme.reshape(shape) / (shuffles + 1), 0, 2)
        if not start:
            varies = np.asarray(shuffled.reshape(shuffles, *shape)[:, 0].any(axis=0))
    for one, predictor in enumerate(WATCHED_PREDICTORS):
        for two, kind in enumerate(UPGRADING):
            if varies[one, two]:
                values = p[one, two]
                yield Watched(
                    "association", f"{predictor}: {kind}", values, values <= significance, p_value_text, True
                )  # fmt: skip
