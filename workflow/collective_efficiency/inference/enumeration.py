"""Exact tests whose statistic needs the whole table: gamma, Kruskal-Wallis and Fisher-Freeman-Halton.

Every K x L table with the observed margins is visited, from its middle: the columns are cut in two halves, the partial
tables of each half are listed with what they place in each group, equal ones merged, and a left half fits a right half
if together they fill the groups. What a pair of halves adds to the statistic beyond their own sums depends on that
filling alone, so two lists are combined by one outer sum. A table stands for prod(m_l!) / prod(cells!) of the
n! / (n_1! ... n_K!) arrangements.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, lcm, prod

import numpy as np

from collective_efficiency.inference.acceleration import accelerated
from collective_efficiency.inference.distributions import MACHINE, Array, Distribution, ExactTest, merged, point
from collective_efficiency.inference.exact import Margin, compositions, concordance
from collective_efficiency.inference.samples import (
    Ints,
    Labels,
    TooLargeError,
    Values,
    check_lengths,
    check_variation,
    codes,
    crossed,
    double_ranks,
    strata_codes,
)

HALVES = 3_000_000  # partial tables, and
PAIRS_OF_HALVES = 60_000_000  # pairs of them, beyond which an enumeration is refused
GRID = 20_000_000  # values up to which sums are counted on a grid
PAIRS_AT_A_TIME = 1_000_000  # pairs at a time
FINE = 2**40  # two different gammas of fewer than a million pairs differ by more than 1 / FINE

Step = Callable[[int, Ints, Ints], Ints]


@dataclass(frozen=True)
class GammaTest(ExactTest):
    """An exact test of gamma. Values of the null distribution are gamma in units of 2**-40, cut towards zero: they keep
    order and sign, and different gammas stay different. The observed gamma itself is exact."""

    gamma: Fraction = Fraction(0)

    @property
    def statistic(self) -> Fraction:
        """The observed gamma."""
        return self.gamma


def goodman_kruskal_gamma(x: Values, y: Values, strata: Labels | None = None) -> GammaTest:
    """Gamma = (C - D) / (C + D), pairs within strata (Goodman and Kruskal 1954; Davis 1967), by enumeration.

    Its denominator varies from table to table, so it is not the test of S. "Distance" is distance from zero.
    Raises NoVariationError where x or y is constant in every stratum, TooLargeError where the count is out of reach.

    >>> test = goodman_kruskal_gamma([0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6])
    >>> test.statistic, test.p()
    (Fraction(1, 1), Fraction(1, 10))
    """
    concordant, discordant, null, base = 0, 0, point(), len(x) * (len(x) - 1) // 2 + 1
    for _, _, table in _strata(x, y, strata):
        found = concordance(table)
        concordant, discordant = concordant + found[0], discordant + found[1]
        null = null.convolve(_concordant_discordant(table, base))
    above, below = null.values // base, null.values % base
    signed = above - below
    keys = np.sign(signed) * (abs(signed) * FINE // np.maximum(above + below, 1))
    gamma = Fraction(concordant - discordant, concordant + discordant)
    observed = int(gamma * FINE)  # towards zero, as the keys
    distribution = merged(keys, null.counts, Fraction(1, FINE))
    return GammaTest("Goodman-Kruskal gamma", observed, distribution, "distance", Fraction(0), gamma)


def kruskal_wallis(x: Values, y: Values, strata: Labels | None = None) -> ExactTest:
    """H of Kruskal and Wallis (1952), corrected for ties: do the groups x differ in the ordered values y?

    With strata: the sum of the strata's H. The p-value is that of a large H. Raises as `goodman_kruskal_gamma`.

    >>> kruskal_wallis([0, 0, 1, 1, 2, 2], [1, 2, 3, 4, 5, 6]).p()  # the 3! orders of the groups, of 90 ways
    Fraction(1, 15)
    """
    parts = []
    for here_x, here_y, table in _strata(x, y, strata):
        if min(table.shape) == 1:
            parts.append((Fraction(0), point(), Fraction(1), Fraction(0)))
            continue
        ranks = double_ranks(here_y)
        n, sizes = len(ranks), table.sum(axis=1)
        common = lcm(*sizes.tolist())
        mean = Fraction(int(ranks.sum()), n)
        spread = int((ranks * ranks).sum()) - n * mean**2
        factor = Fraction(n - 1) / spread
        sums = [int(ranks[here_x == group].sum()) for group in np.unique(here_x)]
        observed = sum(common // size * total**2 for size, total in zip(sizes.tolist(), sums, strict=True))
        null = _rank_sums(table, np.unique(ranks), common)
        parts.append((Fraction(observed), null, factor / common, -factor * n * mean**2))
    fine = lcm(*(each.denominator for _, _, scale, shift in parts for each in (scale, shift)))
    total, null = Fraction(0), point(unit=Fraction(1, fine))
    for observed, distribution, scale, shift in parts:
        total += observed * scale + shift
        values = distribution.values.astype(object) * int(scale * fine) + int(shift * fine)
        machine = values if abs(values).max() >= MACHINE // 2 else values.astype(np.int64)
        null = null.convolve(Distribution(machine, distribution.counts, Fraction(1, fine)))
    return ExactTest("Kruskal-Wallis", int(total * fine), null, "greater")


def fisher_freeman_halton(x: Values, y: Values, strata: Labels | None = None) -> ExactTest:
    """The test of Freeman and Halton (1951): all tables at most as probable as the observed one.

    The statistic is the number of arrangements that the table stands for; with strata, the product over the strata.
    Raises as `goodman_kruskal_gamma`.

    >>> fisher_freeman_halton([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1, 1]).p()  # Fisher (1935): the lady's tea
    Fraction(17, 35)
    """
    observed, values, counts = 1, np.array([1]), np.array([1])
    total = 1
    for _, _, table in _strata(x, y, strata):
        table = _narrow(table)
        groups, columns = _margins(table)
        total *= factorial(sum(groups)) // prod(map(factorial, groups))
        cells = prod(factorial(cell) for cell in table.ravel().tolist())
        observed *= prod(map(factorial, columns)) // cells
        ways, tables = _probabilities(groups, columns)
        if total >= MACHINE:
            values, ways = values.astype(object), ways.astype(object)
        if len(values) * len(ways) > PAIRS_OF_HALVES:
            raise TooLargeError(f"{len(values) * len(ways)} products of probabilities")
        products = merged((values[:, None] * ways).ravel(), (counts[:, None] * tables).ravel())
        values, counts = products.values, products.counts
    counts = counts.astype(object) * values if total >= MACHINE else counts * values
    return ExactTest("Fisher-Freeman-Halton", observed, Distribution(values, counts), "less")


def _strata(x: Values, y: Values, strata: Labels | None) -> Iterator[tuple[Ints, Ints, Ints]]:
    """For each stratum its codes of x and y and their table."""
    check_lengths(x, y)
    rows, columns, stratum = codes(x), codes(y), strata_codes(strata, len(x))
    check_variation(rows, columns, stratum)
    for number in range(int(stratum.max()) + 1):
        here = stratum == number
        yield rows[here], columns[here], crossed(rows[here], columns[here])[2]


def _narrow(table: Ints) -> Ints:
    """The table with the margin that has fewer states as rows."""
    rows, columns = (prod(int(size) + 1 for size in table.sum(axis=axis)) for axis in (1, 0))
    return table if rows <= columns else table.T


def _margins(table: Ints) -> tuple[Margin, Margin]:
    return tuple(table.sum(axis=1).tolist()), tuple(table.sum(axis=0).tolist())


def _concordant_discordant(table: Ints, base: int) -> Distribution:
    """The joint null distribution of C and D, as C * base + D."""
    groups, columns = _margins(_narrow(table))

    def crossing(placed: Ints, added: Ints) -> Ints:
        """C * base + D of pairs of an earlier unit (states (N, K)) with a later one ((M, K) or the same shape)."""
        before = np.cumsum(placed, axis=-1) - placed
        after = placed.sum(axis=-1, keepdims=True) - before - placed
        return np.asarray((before * added).sum(axis=-1) * base + (after * added).sum(axis=-1), dtype=np.int64)

    def step(_: int, placed: Ints, added: Ints) -> Ints:
        return crossing(placed, added)

    middle = _middle(columns)
    left, right = (_half(groups, part, step) for part in (columns[:middle], columns[middle:]))
    full = np.array(groups)
    return _combined(left, right, full, lambda placed: int(crossing(placed, full - placed)))


def _rank_sums(table: Ints, ranks: Ints, common: int) -> Distribution:
    """The null distribution of sum over groups of (rank sum)**2 * common / size, for double midranks."""
    sizes = table.sum(axis=1)
    narrow = _narrow(table)
    groups, columns = _margins(narrow)
    middle = _middle(columns)
    if narrow is not table:  # the columns are the groups to compare: what each adds is final

        def final(number: int, placed: Ints, added: Ints) -> Ints:
            sums = (added * ranks).sum(axis=-1)
            return np.broadcast_to(sums**2 * (common // columns[number]), placed.shape[:-1])

        left = _half(groups, columns[:middle], final)
        right = _half(groups, columns[middle:], lambda number, *rest: final(number + middle, *rest))
        return _combined(left, right, np.array(groups), lambda _: 0)
    largest = int((ranks * table.sum(axis=0)).sum()) + 1
    radix = np.array([largest**power for power in range(len(groups) - 1)] + [0], dtype=object)
    if int(radix.max()) * largest >= MACHINE:
        raise TooLargeError(f"rank sums of {len(groups)} groups")
    radix = radix.astype(np.int64)

    def sums(number: int, placed: Ints, added: Ints) -> Ints:
        return np.broadcast_to((added * radix).sum(axis=-1) * ranks[number], placed.shape[:-1])

    left = _half(groups, columns[:middle], sums)
    right = _half(groups, columns[middle:], lambda number, *rest: sums(number + middle, *rest))
    packed = _combined(left, right, np.array(groups), lambda _: 0)
    rest, last = packed.values, np.full(len(packed.values), largest - 1)
    values = np.zeros(len(rest), dtype=np.int64)
    for size in sizes[:-1].tolist():
        rest, one = np.divmod(rest, largest)
        values += one**2 * (common // size)
        last -= one
    values += last**2 * (common // int(sizes[-1]))
    return merged(values, packed.counts)


def _probabilities(groups: Margin, columns: Margin) -> tuple[Array, Ints]:
    """The distinct numbers of arrangements of a table, and how many tables have each."""
    middle = _middle(columns)
    halves = [_half(groups, part, None) for part in (columns[:middle], columns[middle:])]
    found = []
    for left, right, _ in _fitting(halves[0], halves[1], np.array(groups)):
        products = (halves[0].ways[left][:, None] * halves[1].ways[right]).ravel()
        found.append(merged(products, (halves[0].tables[left][:, None] * halves[1].tables[right]).ravel()))
    all_found = merged(np.concatenate([each.values for each in found]), np.concatenate([each.counts for each in found]))
    return all_found.values, all_found.counts


@dataclass(frozen=True)
class Half:
    """Partial tables, by state: the code of what they place in each group, sums, arrangements, tables; (N,) each."""

    state: Ints
    sums: Ints
    ways: Array
    tables: Ints


def _middle(columns: Margin) -> int:
    """After how many columns the two halves hold about the same number of units."""
    ends = np.cumsum(columns)
    return int(np.argmin(abs(2 * ends[:-1] - ends[-1]))) + 1 if len(columns) > 1 else 1


def _radix(groups: Margin) -> Ints:
    """What a unit in each group adds to the code of a state."""
    return np.array([prod(size + 1 for size in groups[:group]) for group in range(len(groups))], dtype=np.int64)


def _decoded(state: Ints, groups: Margin) -> Ints:
    """The units that states place in each group, (N, K)."""
    placed = np.empty((len(state), len(groups)), dtype=np.int64)
    rest = state
    for group, size in enumerate(groups):
        rest, placed[:, group] = np.divmod(rest, size + 1)
    return placed


def _half(groups: Margin, columns: Margin, step: Step | None) -> Half:
    """All partial tables of some columns, equal ones merged. `step` None: tables differ by their arrangements."""
    total = factorial(sum(groups)) // prod(map(factorial, groups))
    kind = np.int64 if total < MACHINE else object
    radix, limits = _radix(groups), np.array(groups)
    zero, one = np.zeros(1, np.int64), np.ones(1, np.int64)
    half = Half(zero, zero, one.astype(kind), one)
    for number, column in enumerate(columns):
        pieces = compositions(column, groups)
        if len(pieces) * len(half.state) > HALVES:
            raise TooLargeError(f"{len(pieces) * len(half.state)} partial tables of {groups} and {columns}")
        states, of = np.unique(half.state, return_inverse=True)
        placed, rest = _decoded(states, groups), half.sums
        order = np.arange(len(rest))
        found = []
        for added, count in pieces:
            adds = np.array(added, dtype=np.int64)
            fits: Array = np.all(placed + adds <= limits, axis=1)
            extra = np.zeros(len(states), np.int64) if step is None else step(number, placed, adds)
            chosen = order if fits.all() else np.flatnonzero(fits[of])
            ways = half.ways[chosen] if count == 1 else half.ways[chosen] * count
            found.append(
                (half.state[chosen] + int(adds @ radix), rest[chosen] + extra[of[chosen]], ways, half.tables[chosen])
            )
        state, sums, ways, tables = (np.concatenate(parts) for parts in zip(*found, strict=True))
        half = _merged_half(state, sums, ways, tables, step is None)
    return half


def _merged_half(state: Ints, sums: Ints, ways: Array, tables: Ints, by_ways: bool) -> Half:
    """Partial tables in the order of their states, those with the same state and sum (or arrangements) as one."""
    key = ways if by_ways else sums
    low, span = int(key.min()), int(key.max()) - int(key.min()) + 1
    if (int(state.max()) + 1) * span < MACHINE:
        packed = state * span + (key - low).astype(np.int64)
        order = np.argsort(packed)
        packed = packed[order]
        new = packed[1:] != packed[:-1]
    else:
        order = np.lexsort((key, state))
        new = (state[order][1:] != state[order][:-1]) | (key[order][1:] != key[order][:-1])
    starts = np.flatnonzero(np.concatenate([[True], new]))
    first = order[starts]
    merged_ways = ways[first] if by_ways else np.add.reduceat(ways[order], starts)
    return Half(
        state[first], sums[first], merged_ways, np.add.reduceat(tables[order], starts) if by_ways else tables[first]
    )


def _fitting(left: Half, right: Half, groups: Ints) -> Iterator[tuple[slice, slice, Ints]]:
    """For each state in the middle the left and the right partial tables that meet there, in manageable pieces."""
    margin = tuple(groups.tolist())
    full = int(groups @ _radix(margin))
    states, starts, counts = np.unique(left.state, return_index=True, return_counts=True)
    first = np.searchsorted(right.state, full - states, side="left")
    last = np.searchsorted(right.state, full - states, side="right")
    pairs = int((counts * (last - first)).sum())
    if pairs > PAIRS_OF_HALVES:
        raise TooLargeError(f"{pairs} pairs of half tables")
    placed = _decoded(states, margin)
    for number, (start, count, low, high) in enumerate(np.stack([starts, counts, first, last], axis=1).tolist()):
        if low < high:
            size = max(1, PAIRS_AT_A_TIME // (high - low))
            for begin in range(start, start + count, size):
                yield slice(begin, min(begin + size, start + count)), slice(low, high), placed[number]


def _combined(left: Half, right: Half, groups: Ints, crossing: Callable[[Ints], int]) -> Distribution:
    """The distribution of the sums of all pairs that fit, with what the state in the middle adds."""
    pieces = [(a, b, crossing(placed)) for a, b, placed in _fitting(left, right, groups)]
    low = min(int(left.sums[a].min() + right.sums[b].min()) + extra for a, b, extra in pieces)
    high = max(int(left.sums[a].max() + right.sums[b].max()) + extra for a, b, extra in pieces)
    if high - low < GRID:
        grid = np.zeros(high - low + 1, dtype=left.ways.dtype)
        kernel = accelerated("outer_sums") if left.ways.dtype == np.int64 else None
        for a, b, extra in pieces:
            if kernel is not None:
                kernel(grid, left.sums[a], right.sums[b], left.ways[a], right.ways[b], extra - low)
            else:
                places = (left.sums[a] + (extra - low))[:, None] + right.sums[b]
                np.add.at(grid, places.ravel(), (left.ways[a][:, None] * right.ways[b]).ravel())
        used = np.flatnonzero(grid)
        return Distribution(used + low, grid[used])
    found = [
        merged(
            ((left.sums[a] + extra)[:, None] + right.sums[b]).ravel(), (left.ways[a][:, None] * right.ways[b]).ravel()
        )
        for a, b, extra in pieces
    ]
    return merged(np.concatenate([each.values for each in found]), np.concatenate([each.counts for each in found]))
