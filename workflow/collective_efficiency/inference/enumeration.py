"""Exact tests whose statistic needs the whole table: gamma, Kruskal-Wallis and Fisher-Freeman-Halton.

The first two by `halves`, every table of the margins; the last by `fisher`, the network of Mehta and Patel. Arguments
and errors as in `exact`; where an exact count is out of reach, method="auto" takes shuffles.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache, partial
from math import lcm, prod
from typing import NamedTuple

import numpy as np

from collective_efficiency.inference.additive import Margin, margins, multinomial, narrow
from collective_efficiency.inference.concordances import pairs_of_tables
from collective_efficiency.inference.distributions import MACHINE, Distribution, HypothesisTest, merged, point
from collective_efficiency.inference.exact import REMEMBERED_UNITS
from collective_efficiency.inference.fisher import extreme_arrangements
from collective_efficiency.inference.halves import table_distribution
from collective_efficiency.inference.samples import (
    Ints,
    Labels,
    Observations,
    TooLargeError,
    Values,
    check_variation,
    codes,
    crossed,
    double_ranks,
    observations,
)
from collective_efficiency.inference.shuffled import (
    COUNT,
    FREEMAN_HALTON,
    GAMMA,
    KRUSKAL_WALLIS,
    SEED,
    Method,
    by_tables,
    tested,
)


def goodman_kruskal_gamma(
    x: Values, y: Values, strata: Labels | None = None, *,
    method: Method = "exact", count: int = COUNT, seed: int = SEED,
) -> HypothesisTest:  # fmt: skip
    """Gamma = (C - D) / (C + D), pairs within strata (Goodman and Kruskal 1954; Davis 1967), by enumeration.

    Its denominator varies from table to table, so it is not the test of S. "Distance" is distance from zero. Values of
    the null distribution are gamma in units so small that different ones stay different, cut towards zero.

    >>> goodman_kruskal_gamma([0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6])
    <Goodman-Kruskal gamma: statistic 1, p = 0.1 (exact: 1/10), n = 6>
    """
    data = observations(x, y, strata)
    tables = [stratum.table for stratum in _strata(data)]
    concordant, discordant = (int(sum(counts)) for counts in zip(*map(pairs_of_tables, tables), strict=True))
    gamma = Fraction(concordant - discordant, concordant + discordant) if concordant + discordant else Fraction(0)
    by_shuffles = partial(by_tables, GAMMA, data, gamma)
    return tested(method, lambda: _exact_gamma(data, tables, gamma), lambda: by_shuffles(count, seed))


def kruskal_wallis(
    x: Values, y: Values, strata: Labels | None = None, *,
    method: Method = "exact", count: int = COUNT, seed: int = SEED,
) -> HypothesisTest:  # fmt: skip
    """H of Kruskal and Wallis (1952), corrected for ties: do the groups x differ in the ordered values y?

    With strata: the sum of the strata's H. The p-value is that of a large H.

    >>> kruskal_wallis([0, 0, 1, 1, 2, 2], [1, 2, 3, 4, 5, 6])  # the 3! orders of the groups, of 90 ways
    <Kruskal-Wallis: statistic 32/7, p = 0.06667 (exact: 1/15), n = 6>
    """
    data = observations(x, y, strata)
    parts = [_Height.of(stratum) for stratum in _strata(data)]
    observed = sum((part.statistic for part in parts), Fraction(0))
    by_shuffles = partial(by_tables, KRUSKAL_WALLIS, data, observed)
    return tested(method, lambda: _exact_height(data, parts, observed), lambda: by_shuffles(count, seed))


def fisher_freeman_halton(
    x: Values, y: Values, strata: Labels | None = None, *,
    method: Method = "exact", count: int = COUNT, seed: int = SEED,
) -> HypothesisTest:  # fmt: skip
    """The test of Freeman and Halton (1951): all tables at most as probable as the observed one.

    The statistic is the probability of the table; with strata, the product over the strata. The null distribution says
    of tables only whether they are less probable than the observed one, as probable or more so.

    >>> fisher_freeman_halton([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1, 1])  # Fisher (1935): the lady's tea
    <Fisher-Freeman-Halton: statistic 8/35, p = 0.4857 (exact: 17/35), n = 8>
    """
    data = observations(x, y, strata)
    tables = [stratum.table for stratum in _strata(data)]
    ways = prod(multinomial(column) for table in tables for column in table.T.tolist())
    probability = Fraction(ways, prod(multinomial(table.sum(axis=1).tolist()) for table in tables))
    by_shuffles = partial(by_tables, FREEMAN_HALTON, data, probability)
    return tested(method, lambda: _exact_halton(data, tables, probability), lambda: by_shuffles(count, seed))


class _Stratum(NamedTuple):
    """Codes of x and y of one stratum, and their table."""

    x: Ints
    y: Ints
    table: Ints


def _strata(data: Observations) -> Iterator[_Stratum]:
    rows, columns = codes(data.x), codes(data.y)
    check_variation(rows, columns, data.stratum)
    for number in range(int(data.stratum.max()) + 1):
        member = data.stratum == number
        yield _Stratum(rows[member], columns[member], crossed(rows[member], columns[member])[2])


def _exact_gamma(data: Observations, tables: list[Ints], gamma: Fraction) -> HypothesisTest:
    pairs = sum(int(table.sum()) * (int(table.sum()) - 1) // 2 for table in tables)
    base = 2 ** max(8, pairs.bit_length())  # more than the pairs, and the same of a stratum by itself and with others
    if base * base >= MACHINE:
        raise TooLargeError(f"{pairs} pairs")
    null = point()
    for table in tables:
        by_margin = margins(narrow(table))
        count = _pairs_by_margins if sum(by_margin[0]) <= REMEMBERED_UNITS else _pairs_by_margins.__wrapped__
        null = null.convolve(count(*by_margin, base))
    fine = 2 ** max(40, 2 * pairs.bit_length())  # two different gammas of so few pairs differ by more than 1 / fine
    above, below = null.values // base, null.values % base
    signed = above - below
    if pairs * fine >= MACHINE:
        signed = signed.astype(object)
    keys = np.sign(signed) * (abs(signed) * fine // np.maximum(above + below, 1))
    observed = int(gamma * fine)  # towards zero, as the keys
    distribution = merged(keys, null.counts, Fraction(1, fine))
    return HypothesisTest(
        GAMMA.name, observed, distribution, "distance", Fraction(0),
        n=len(data.stratum), left_out=data.left_out, exactly=gamma,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _pairs_by_margins(groups: Margin, columns: Margin, base: int) -> Distribution:
    """The joint null distribution of C and D, as C * base + D."""

    def crossed_pairs(placed: Ints, added: Ints) -> Ints:
        """C * base + D of pairs of an earlier unit (states (N, K)) with a later one ((M, K) or the same shape)."""
        before = np.cumsum(placed, axis=-1) - placed
        after = placed.sum(axis=-1, keepdims=True) - before - placed
        return np.asarray((before * added).sum(axis=-1) * base + (after * added).sum(axis=-1), dtype=np.int64)

    return table_distribution(
        groups,
        columns,
        lambda _, placed, added: crossed_pairs(placed, added),
        lambda placed: int(crossed_pairs(placed, np.array(groups) - placed)),
    )


class _Height(NamedTuple):
    """H of one stratum: scale * (sum over groups of (sum of double ranks)**2 * common / size) + shift."""

    table: Ints
    ranks: Ints
    common: int
    scale: Fraction
    shift: Fraction
    statistic: Fraction

    @classmethod
    def of(cls, stratum: _Stratum) -> "_Height":
        """With the observed statistic; all zero where the stratum says nothing."""
        table = stratum.table
        if min(table.shape) == 1:
            return cls(table, np.zeros(0, np.int64), 1, Fraction(0), Fraction(0), Fraction(0))
        ranks = double_ranks(stratum.y)
        n, sizes = len(ranks), table.sum(axis=1).tolist()
        common, mean = lcm(*sizes), Fraction(int(ranks.sum()), n)
        factor = Fraction(n - 1) / (int((ranks * ranks).sum()) - n * mean**2)
        sums = [int(ranks[stratum.x == group].sum()) for group in np.unique(stratum.x)]
        observed = sum(common // size * total**2 for size, total in zip(sizes, sums, strict=True))
        scale, shift = factor / common, -factor * n * mean**2
        return cls(table, np.unique(ranks), common, scale, shift, observed * scale + shift)


def _exact_height(data: Observations, parts: list[_Height], observed: Fraction) -> HypothesisTest:
    fine = lcm(*(each.denominator for part in parts for each in (part.scale, part.shift)))
    null = point(unit=Fraction(1, fine))
    for part in parts:
        if not part.scale:
            continue
        sums = _rank_sums(part.table, part.ranks, part.common)
        values = sums.values.astype(object) * int(part.scale * fine) + int(part.shift * fine)
        machine = values if max(map(abs, (values[0], values[-1]))) >= MACHINE else values.astype(np.int64)
        null = null.convolve(Distribution(machine, sums.counts, null.unit))
    return HypothesisTest(
        KRUSKAL_WALLIS.name, int(observed * fine), null, "greater", n=len(data.stratum), left_out=data.left_out
    )


def _rank_sums(table: Ints, ranks: Ints, common: int) -> Distribution:
    """The null distribution of sum over groups of (rank sum)**2 * common / size, for double midranks."""
    sizes = table.sum(axis=1).tolist()
    turned = narrow(table)
    groups, columns = margins(turned)
    largest = int((ranks * table.sum(axis=0)).sum()) + 1
    if largest**2 * common >= MACHINE:
        raise TooLargeError(f"rank sums of groups of {sizes}")
    if turned is not table:  # the columns are the groups to compare: what each adds is final

        def final(number: int, placed: Ints, added: Ints) -> Ints:
            square = int((added * ranks).sum()) ** 2 * (common // columns[number])
            return np.full(placed.shape[:-1], square, dtype=np.int64)

        return table_distribution(groups, columns, final)
    radix = [largest**power for power in range(len(groups) - 1)] + [0]
    if max(radix) * largest >= MACHINE:
        raise TooLargeError(f"rank sums of {len(groups)} groups")
    digits = np.array(radix, dtype=np.int64)

    def sums(number: int, placed: Ints, added: Ints) -> Ints:
        return np.full(placed.shape[:-1], int((added * digits).sum() * ranks[number]), dtype=np.int64)

    packed = table_distribution(groups, columns, sums)
    rest, last = packed.values, np.full(len(packed.values), largest - 1)
    values = np.zeros(len(rest), dtype=np.int64)
    for size in sizes[:-1]:
        rest, one = np.divmod(rest, largest)
        values += one**2 * (common // size)
        last -= one
    values += last**2 * (common // sizes[-1])
    return merged(values, packed.counts)


def _exact_halton(data: Observations, tables: list[Ints], probability: Fraction) -> HypothesisTest:
    total, extreme, equal = extreme_arrangements([table for table in tables if min(table.shape) > 1])
    observed = int(probability * total)
    kinds = [(0, extreme - equal), (observed, equal), (total + 1, total - extreme)]
    kind = np.int64 if total + 1 < MACHINE else object
    values, counts = (np.array(column, dtype=kind) for column in zip(*(each for each in kinds if each[1]), strict=True))
    return HypothesisTest(
        FREEMAN_HALTON.name, observed, Distribution(values, counts), "less",
        n=len(data.stratum), left_out=data.left_out, exactly=probability,
    )  # fmt: skip
