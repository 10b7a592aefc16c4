"""The null distribution of a statistic that needs the whole table: every table is visited, from its middle.

The columns are cut in two halves, the partial tables of each half are listed with what they place in each group, equal
ones merged, and a left half fits a right half if together they fill the groups. What a pair of halves adds to the
statistic beyond their own sums depends on that filling alone, so two lists are combined by one outer sum. A table
stands for prod(m_l!) / prod(cells!) of the n! / (n_1! ... n_K!) arrangements. Only sums that occur are kept: a wide
range of scores costs nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod
from typing import TypeAlias

import numpy as np

from collective_efficiency.inference.acceleration import accelerated
from collective_efficiency.inference.additive import Margin, compositions, multinomial
from collective_efficiency.inference.distributions import DEARER, MACHINE, Array, Distribution, merged, together
from collective_efficiency.inference.samples import Ints, TooLargeError

PARTIAL_TABLES = 3_000_000  # of a half, and
PAIRS_OF_HALVES = 60_000_000  # pairs of them, beyond which an enumeration is refused: sooner where numbers are Python's
GRID = 20_000_000  # values up to which sums are counted on a grid; else, of those that occur,
DISTINCT = 4_000_000  # are kept
PAIRS_AT_A_TIME = 1_000_000  # pairs at a time

Step: TypeAlias = Callable[[int, Ints, Ints], Ints]


@dataclass(frozen=True)
class Half:
    """Partial tables, by state: the code of what they place in each group, sums, and arrangements; (N,) each."""

    state: Ints
    sums: Ints
    ways: Array


def table_distribution(
    groups: Margin, columns: Margin, step: Step, crossing: Callable[[Ints], int] | None = None
) -> Distribution:
    """The null distribution of a statistic of K x L tables with these margins.

    step(l, placed, added) is what column l adds if it places added (K,) units on top of placed (N, K), (N,); crossing
    (placed) what a right half adds beyond its own steps, which start from nothing. Raises TooLargeError where there
    are too many tables.
    """
    if prod(size + 1 for size in groups) >= MACHINE:
        raise TooLargeError(f"groups of {groups}")
    ends = np.cumsum(columns)
    middle = int(np.argmin(abs(2 * ends[:-1] - ends[-1]))) + 1 if len(columns) > 1 else 1  # equal halves of the units
    left = _half(groups, columns[:middle], step)
    right = _half(groups, columns[middle:], lambda number, placed, added: step(number + middle, placed, added))
    return _combined(left, right, groups, crossing)


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


def _half(groups: Margin, columns: Margin, step: Step) -> Half:
    """All partial tables of some columns, equal ones merged."""
    machine = multinomial(groups) < MACHINE
    most = PARTIAL_TABLES if machine else PARTIAL_TABLES // DEARER
    radix, limits = _radix(groups), np.array(groups)
    half = Half(np.zeros(1, np.int64), np.zeros(1, np.int64), np.ones(1, np.int64 if machine else object))
    for number, column in enumerate(columns):
        pieces = compositions(column, groups)
        if len(pieces) * len(half.state) > most:
            raise TooLargeError(f"{len(pieces) * len(half.state)} partial tables of {groups} and {columns}")
        states, of = np.unique(half.state, return_inverse=True)
        placed = _decoded(states, groups)
        order = np.arange(len(half.sums))
        found = []
        for added, count in pieces:
            adds = np.array(added, dtype=np.int64)
            fits: Array = np.all(placed + adds <= limits, axis=1)
            extra = step(number, placed, adds)
            chosen = order if fits.all() else np.flatnonzero(fits[of])
            ways = half.ways[chosen] if count == 1 else half.ways[chosen] * count
            found.append((half.state[chosen] + int(adds @ radix), half.sums[chosen] + extra[of[chosen]], ways))
        half = _merged_half(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
    return half


def _merged_half(state: Ints, sums: Ints, ways: Array) -> Half:
    """Partial tables in the order of their states, those with the same state and sum as one."""
    low, span = int(sums.min()), int(sums.max()) - int(sums.min()) + 1
    if (int(state.max()) + 1) * span < MACHINE:
        packed = state * span + (sums - low)
        order = np.argsort(packed)
        packed = packed[order]
        new = packed[1:] != packed[:-1]
    else:
        order = np.lexsort((sums, state))
        new = (state[order][1:] != state[order][:-1]) | (sums[order][1:] != sums[order][:-1])
    starts = np.flatnonzero(np.concatenate([[True], new]))
    first = order[starts]
    return Half(state[first], sums[first], np.add.reduceat(ways[order], starts))


def _fitting(left: Half, right: Half, groups: Margin) -> Iterator[tuple[slice, slice, Ints]]:
    """For each state in the middle the left and the right partial tables that meet there, in manageable pieces."""
    full = int(np.array(groups) @ _radix(groups))
    states, starts, counts = np.unique(left.state, return_index=True, return_counts=True)
    first = np.searchsorted(right.state, full - states, side="left")
    last = np.searchsorted(right.state, full - states, side="right")
    pairs = int((counts * (last - first)).sum())
    if pairs > PAIRS_OF_HALVES // (1 if left.ways.dtype == np.int64 else DEARER):
        raise TooLargeError(f"{pairs} pairs of half tables")
    placed = _decoded(states, groups)
    for number, (start, count, low, high) in enumerate(np.stack([starts, counts, first, last], axis=1).tolist()):
        if low < high:
            size = max(1, PAIRS_AT_A_TIME // (high - low))
            for begin in range(start, start + count, size):
                yield slice(begin, min(begin + size, start + count)), slice(low, high), placed[number]


def _combined(left: Half, right: Half, groups: Margin, crossing: Callable[[Ints], int] | None) -> Distribution:
    """The distribution of the sums of all pairs that fit, with what the state in the middle adds."""
    pieces = [(a, b, crossing(placed) if crossing else 0) for a, b, placed in _fitting(left, right, groups)]
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
    found: list[Distribution] = []
    for a, b, extra in pieces:
        sums = (left.sums[a] + extra)[:, None] + right.sums[b]
        found.append(merged(sums.ravel(), (left.ways[a][:, None] * right.ways[b]).ravel()))
        if sum(len(each.values) for each in found) > 2 * DISTINCT:
            found = [together(found)]
            if len(found[0].values) > DISTINCT:
                raise TooLargeError(f"more than {DISTINCT} values of the statistic")
    return together(found)
