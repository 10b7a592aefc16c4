"""The null distribution of a statistic that adds up along an ordered variable, by dynamic programming over its ties.

The units of one value of y (a column of the table x by y) are placed into the groups of x, column after column. State:
how many places of each group are taken, and the statistic so far; weight: the multinomial coefficient of the column.
The counts are those of the n! / (n_1! ... n_K!) ways to hand the labels of x to the units (Agresti, Mehta and Patel
1990; for two groups Streitberg and Roehmel 1986). Counts are whole numbers: int64 where the total fits, else residues
modulo primes, put together by the Chinese remainder theorem.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from math import comb, factorial, prod
from typing import NamedTuple, TypeAlias

import numpy as np

from collective_efficiency.inference.distributions import MACHINE, Array, Distribution, from_dense
from collective_efficiency.inference.samples import Ints, TooLargeError

Margin: TypeAlias = tuple[int, ...]
Increment: TypeAlias = Callable[[int, Margin], tuple[int, Sequence[int]]]
WORK = 2_000_000_000  # additions,
MOST_STATES = 30_000_000  # cells of a table of states,
PLACINGS = 100_000  # and ways to place one column, beyond which an exact distribution is refused
A_MOVE = 1_000  # additions in the time that it takes to prepare one
MOST_PRIMES = 64
REMEMBERED = 1_000  # ways to place a column up to which they are kept


def additive(groups: Margin, columns: Margin, increment: Increment, work: int = WORK) -> Distribution:
    """The null distribution of a statistic that adds up over the columns of a K x L table with fixed margins.

    groups: the K row totals; columns: the L column totals. increment(l, x) is what column l adds if it places x_k units
    in group k, as (constant, slopes): constant + sum of slopes[k] * (units of earlier columns in group k).
    Raises TooLargeError beyond `work` additions.
    """
    total = multinomial(groups)
    if total < MACHINE:
        return from_dense(*_count(groups, columns, increment, None, work))
    needed = total.bit_length() // 30 + 1  # each prime has nearly 31 bits
    if needed > MOST_PRIMES:
        raise TooLargeError(f"{sum(groups)} units")
    primes = _primes()[:needed]
    parts = [(prime, *_count(groups, columns, increment, prime, work // needed)) for prime in primes]
    return from_dense(*_remainders(parts, prod(primes)))


def multinomial(sizes: Sequence[int]) -> int:
    """In how many ways units fall into groups of these sizes: n! / (n_1! ... n_K!)."""
    return factorial(sum(sizes)) // prod(map(factorial, sizes))


def margins(table: Ints) -> tuple[Margin, Margin]:
    """The totals of a table's rows and of its columns."""
    return tuple(table.sum(axis=1).tolist()), tuple(table.sum(axis=0).tolist())


def narrow(table: Ints) -> Ints:
    """The table itself, or turned, so that its rows have the margin with fewer states."""
    rows, columns = (prod(size + 1 for size in margin) for margin in margins(table))
    return table if rows <= columns else table.T


def _remainders(parts: Sequence[tuple[int, int, Array]], modulus: int) -> tuple[int, Array]:
    """The counts below `modulus` that leave the given residues; parts: (prime, lowest value, residues)."""
    low = min(start for _, start, _ in parts)
    high = max(start + len(residues) for _, start, residues in parts)
    counts = np.zeros(high - low, dtype=object)
    for prime, start, residues in parts:
        others = modulus // prime
        factor = others * pow(others, -1, prime)
        counts[start - low : start - low + len(residues)] += residues.astype(object) * factor
    return low, counts % modulus


class _Move(NamedTuple):
    """One way to place a column: the states it starts from (a box), where the first of them lands, how the statistic
    shifts there and how this changes along each axis, and in how many ways it happens."""

    box: tuple[slice, ...]
    landing: list[int]
    shift: int
    lean: list[int]
    ways: int


def _count(groups: Margin, columns: Margin, increment: Increment, modulus: int | None, most: int) -> tuple[int, Array]:
    """The lowest value of the statistic and the number of arrangements (modulo `modulus`) at it and above.

    The table of states has an axis for each group but the largest, whose count follows from the others, and one for
    the statistic. All states shift by an amount that is linear in the state, so one strided view adds them at once.
    """
    dropped = max(range(len(groups)), key=groups.__getitem__)
    free = [group for group in range(len(groups)) if group != dropped]
    low, high, base, left, work = [0] * len(free), [0] * len(free), 0, sum(groups), 0
    state = np.ones((1,) * (len(free) + 1), dtype=np.int64)
    for number, column in enumerate(columns):
        done = sum(groups) - left
        left -= column
        goal = [max(0, groups[k] - left) for k in free], [min(groups[k], done + column) for k in free]
        column_increment = partial(increment, number)
        moves, lowest, highest = _moves(column, groups, free, dropped, (low, high), goal, column_increment, done)
        low, high = goal
        width = state.shape[-1] + highest - lowest
        sizes = [hi - lo + 1 for lo, hi in zip(low, high, strict=True)]
        cells = prod(sizes) * width
        work += len(moves) * (state.size + A_MOVE)
        if work > most or cells > MOST_STATES:
            raise TooLargeError(f"groups of {groups} and {columns}")
        flat = np.zeros(cells, dtype=np.int64)
        strides = [prod(sizes[axis + 1 :]) * width for axis in range(len(free))]
        for move in moves:
            source = state[move.box]
            offset = move.shift - lowest
            for place, stride in zip(move.landing, strides, strict=True):
                offset += place * stride
            steps = [8 * (stride + c) for stride, c in zip(strides, move.lean, strict=True)]
            target: Array = np.ndarray(source.shape, np.int64, flat, 8 * offset, (*steps, 8))
            if modulus is None:
                target += source if move.ways == 1 else source * move.ways
            else:
                target += source * (move.ways % modulus) % modulus
        if modulus is not None:
            flat %= modulus
        used = np.flatnonzero(flat.reshape(-1, width).any(axis=0))
        first, last = (int(used[0]), int(used[-1])) if len(used) else (0, 0)
        state = flat.reshape(*sizes, width)[..., first : last + 1]
        base += lowest + first
    return base, state.reshape(-1)


Bounds = tuple[list[int], list[int]]


def _moves(
    column: int,
    groups: Margin,
    free: Sequence[int],
    dropped: int,
    origin: Bounds,
    goal: Bounds,
    increment: Callable[[Margin], tuple[int, Sequence[int]]],
    done: int,
) -> tuple[list[_Move], int, int]:
    """Every way to place a column from the states in `origin` to those in `goal`; the least and the largest shift."""
    moves: list[_Move] = []
    lowest, highest = 0, 0
    axes = list(zip(free, *origin, *goal, strict=True))
    for placed, ways in compositions(column, groups):
        constant, slopes = increment(placed)
        shared = slopes[dropped]
        shift, down, up = constant + shared * done, 0, 0
        box, landing, lean = [], [], []
        for k, low, high, new_low, new_high in axes:
            added, slope = placed[k], slopes[k] - shared
            start, stop = max(low, new_low - added), min(high, new_high - added)
            if start > stop:
                break
            shift += slope * start
            span = slope * (stop - start)
            if span < 0:
                down += span
            else:
                up += span
            box.append(slice(start - low, stop - low + 1))
            landing.append(start + added - new_low)
            lean.append(slope)
        else:
            least, most = shift + down, shift + up
            lowest, highest = (min(lowest, least), max(highest, most)) if moves else (least, most)
            moves.append(_Move(tuple(box), landing, shift, lean, ways))
    return moves, lowest, highest


def compositions(size: int, groups: Margin) -> tuple[tuple[Margin, int], ...]:
    """Every way to place `size` units in groups of limited size, with its multinomial coefficient."""
    most = prod(min(size, group) + 1 for group in sorted(groups)[:-1])
    if most > PLACINGS:
        raise TooLargeError(f"{size} units in groups of {groups}")
    return _few_compositions(size, groups) if most <= REMEMBERED else tuple(_placings(size, groups))


def _placings(size: int, groups: Margin) -> Iterator[tuple[Margin, int]]:
    if len(groups) == 1:
        yield (size,), 1
        return
    for first in range(max(0, size - sum(groups[1:])), min(size, groups[0]) + 1):
        ways = comb(size, first)
        for rest, more in _placings(size - first, groups[1:]):
            yield (first, *rest), ways * more


@lru_cache(maxsize=4096)
def _few_compositions(size: int, groups: Margin) -> tuple[tuple[Margin, int], ...]:
    return tuple(_placings(size, groups))


@lru_cache(maxsize=1)
def _primes() -> tuple[int, ...]:
    """The largest primes below 2**31: the product of two residues fits int64."""
    return tuple(islice(_descending(2**31 - 1), MOST_PRIMES))


def _descending(start: int) -> Iterator[int]:
    small = np.array([each for each in range(2, 46_341) if all(each % other for other in range(2, int(each**0.5) + 1))])
    yield from (each for each in range(start, 2, -2) if (each % small[small < each]).all())
