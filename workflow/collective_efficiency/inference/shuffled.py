"""Every test by shuffles: where an exact count is out of reach, or on request.

A shuffle hands y to the units of the same stratum anew (`shuffles.Shuffles`). A statistic is computed for all
shuffles of a batch, as a whole number, so that ties are ties. The null distribution of the result is that of the
shuffles and of the sample itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from math import prod
from typing import Literal, TypeAlias, get_args

import numpy as np
from scipy.special import gammaln

from collective_efficiency.inference.concordances import concordance_sums, pairs_of_tables
from collective_efficiency.inference.distributions import Alternative, Array, Distribution, HypothesisTest, merged
from collective_efficiency.inference.permutation import linear_sums
from collective_efficiency.inference.samples import Ints, Observations, TooLargeError, codes, within_strata
from collective_efficiency.inference.shuffles import Shuffles

Method: TypeAlias = Literal["exact", "shuffles", "auto"]
COUNT, SEED = 99_999, 1  # shuffles unless told otherwise
STEPS = 300_000_000  # of all shuffles together: where they have more, there are fewer shuffles,
FEWEST_SHUFFLES = 999  # but never fewer than these
CELLS_AT_A_TIME = 4_000_000
GRAIN = 2**30  # the unit of a statistic that is no whole number is 1 / GRAIN


def tested(
    method: Method, exact: Callable[[], HypothesisTest], by_shuffles: Callable[[], HypothesisTest]
) -> HypothesisTest:
    """The exact test, or that by shuffles, as `method` says: "auto" takes shuffles where an exact count is too large.

    Raises TooLargeError under "exact" only.
    """
    if method not in get_args(Method):
        raise ValueError(f"method {method!r}; allowed: {', '.join(get_args(Method))}")
    if method == "shuffles":
        return by_shuffles()
    try:
        return exact()
    except TooLargeError as error:
        if method == "auto":
            return by_shuffles()
        raise TooLargeError(f'{error}: an exact count is out of reach; method="auto" takes shuffles there') from None


def by_concordance(name: str, data: Observations, x: Ints, y: Ints, count: int, seed: int) -> HypothesisTest:
    """S = concordant - discordant pairs within strata, from codes x and y; from zero, its mean."""
    steps = len(x) * min(int(y.max()) + 1, (len(x) + 1) // 2)
    observed, shuffled = concordance_sums(x, y, _affordable(data, count, seed, steps))
    return _of_shuffles(HypothesisTest(name, observed, _null(shuffled, observed), centre=Fraction(0)), shuffled, data)


def by_products(name: str, data: Observations, x: Ints, y: Ints, count: int, seed: int) -> HypothesisTest:
    """The sum of x * y, whole numbers, within strata; from its exact mean."""
    observed, sums, centre = linear_sums(x, y, _affordable(data, count, seed, len(x)))
    return _of_shuffles(HypothesisTest(name, observed, _null(sums, observed), centre=centre), sums, data)


@dataclass(frozen=True)
class TableStatistic:
    """A statistic of tables x by y, by its `name`: of (R, K, L) a stratum, (R,). What is extreme: `usual`."""

    name: str
    of: Callable[[list[Ints]], Array]
    usual: Alternative
    centre: Fraction | None = None


def by_tables(
    statistic: TableStatistic, data: Observations, exactly: Fraction, count: int, seed: int
) -> HypothesisTest:
    """A statistic of the tables; exactly: that of the sample. What is as near to it as a float can tell is a tie."""
    members = [data.stratum == number for number in range(int(data.stratum.max()) + 1)]
    x, y = (within_strata(codes, codes(values), data.stratum) for values in (data.x, data.y))
    cells = sum((int(x[member].max()) + 1) * (int(y[member].max()) + 1) for member in members)
    shuffles = _affordable(data, count, seed, cells + len(x))
    x, y = x[shuffles.order], y[shuffles.order]
    parts = (y[places] for places in shuffles.parts(max(1, CELLS_AT_A_TIME // (cells + len(x)))))
    sizes = np.bincount(data.stratum).tolist()
    sample, *values = (statistic.of(_tables(x, part, sizes)) for part in chain((y[None],), parts))
    shuffled = np.rint(np.concatenate(values) * GRAIN).astype(np.int64)
    observed = int(np.rint(sample[0] * GRAIN))
    shuffled[abs(shuffled - observed) <= 1] = observed
    null = _null(shuffled, observed, Fraction(1, GRAIN))
    test = HypothesisTest(statistic.name, observed, null, statistic.usual, statistic.centre, exactly=exactly)
    return _of_shuffles(test, shuffled, data)


def _affordable(data: Observations, count: int, seed: int, steps: int) -> Shuffles:
    """`count` shuffles of so many steps each, or as many as STEPS allows."""
    shuffles = Shuffles(data.stratum, count, seed)
    return replace(shuffles, count=min(count, max(FEWEST_SHUFFLES, STEPS // steps)))


def _tables(x: Ints, y: Ints, sizes: list[int]) -> list[Ints]:
    """The tables of x (n,) by each row of y (R, n), codes within strata of these sizes: (R, K, L) a stratum."""
    found, start = [], 0
    for size in sizes:
        row, column = x[start : start + size], y[:, start : start + size]
        shape = len(y), int(row.max()) + 1, int(column[0].max()) + 1
        places = (row + shape[1] * np.arange(len(y))[:, None]) * shape[2] + column
        found.append(np.bincount(places.ravel(), minlength=prod(shape)).reshape(shape))
        start += size
    return found


def _null(shuffled: Array, observed: int, unit: Fraction = Fraction(1)) -> Distribution:
    """The distribution of the shuffles and of the sample itself."""
    values = np.append(shuffled, observed)
    return merged(values, np.ones(len(values), dtype=np.int64), unit)


def _of_shuffles(test: HypothesisTest, shuffled: Array, data: Observations) -> HypothesisTest:
    return replace(test, shuffles=len(shuffled), n=len(data.stratum), left_out=data.left_out)


def _gammas(strata: list[Ints]) -> Array:
    concordant, discordant = (sum(part) for part in zip(*map(pairs_of_tables, strata), strict=True))
    return np.asarray((concordant - discordant) / np.maximum(concordant + discordant, 1))


def _heights(strata: list[Ints]) -> Array:
    """H of Kruskal and Wallis, the sum over the strata."""
    return np.asarray(sum(map(_height, strata)))


def _height(tables: Ints) -> Array:
    sizes, levels = tables[0].sum(axis=1), tables[0].sum(axis=0)
    n = int(sizes.sum())
    ranks = np.cumsum(levels) - (levels - 1) / 2
    spread = float((levels * ranks**2).sum() - n * ((n + 1) / 2) ** 2)
    if len(sizes) == 1 or not spread:
        return np.zeros(len(tables))
    between = ((tables @ ranks) ** 2 / sizes).sum(axis=1) - n * ((n + 1) / 2) ** 2
    return np.asarray((n - 1) * between / spread)


def _improbabilities(strata: list[Ints]) -> Array:
    """The logarithm of prod(cells!): the larger, the less probable."""
    return np.asarray(sum(gammaln(tables + 1.0).sum(axis=(1, 2)) for tables in strata))


GAMMA = TableStatistic("Goodman-Kruskal gamma", _gammas, "distance", Fraction(0))
KRUSKAL_WALLIS = TableStatistic("Kruskal-Wallis", _heights, "greater")
FREEMAN_HALTON = TableStatistic("Fisher-Freeman-Halton", _improbabilities, "greater")
