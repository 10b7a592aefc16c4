"""Exact tests whose statistic adds up along an ordered variable, by dynamic programming over its groups of ties.

The units of one value of y (a column of the table x by y) are placed into the groups of x, column after column. State:
how many places of each group are taken, and the statistic so far; weight: the multinomial coefficient of the column.
The counts are those of the n! / (n_1! ... n_K!) ways to hand the labels of x to the units (Agresti, Mehta and Patel
1990; for two groups Streitberg and Roehmel 1986). Strata are independent under the null hypothesis, so their
distributions are convolved (Mehta, Patel and Senchaudhuri 1992). Counts are whole numbers: int64 where the total fits,
else residues modulo primes, put together by the Chinese remainder theorem.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from itertools import product
from math import factorial, gcd, prod
from typing import NamedTuple

import numpy as np

from collective_efficiency.inference.distributions import MACHINE, Array, Distribution, ExactTest, from_dense, point
from collective_efficiency.inference.samples import (
    Ints,
    Labels,
    NoVariationError,
    TooLargeError,
    Values,
    check_lengths,
    check_variation,
    codes,
    crossed,
    double_ranks,
    integers,
    strata_codes,
)

Margin = tuple[int, ...]
Increment = Callable[[int, Margin], tuple[int, Sequence[int]]]
WORK = 2_000_000_000  # additions,
MOST_STATES = 30_000_000  # cells of a table of states,
PLACINGS = 1_000_000  # and ways to place one column, beyond which an exact distribution is refused


def jonckheere_terpstra(x: Values, y: Values, strata: Labels | None = None, work: int = WORK) -> ExactTest:
    """The test of Jonckheere (1954) and Terpstra (1952) that y rises with x, on S = concordant - discordant pairs.

    x and y: n ordered values, any number of levels; strata: n labels; only pairs within a stratum count. With fixed
    margins J, tau-b, tau-c and Somers' D are increasing functions of S: one test, to be counted once in a family.
    work: the additions that it may take. Raises NoVariationError where x or y is constant in every stratum,
    TooLargeError where the count is out of reach.

    >>> test = jonckheere_terpstra([0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6])  # one of 20 ways, and its mirror image
    >>> test.observed, test.p(), test.p("greater")
    (9, Fraction(1, 10), Fraction(1, 20))
    """
    check_lengths(x, y)
    return _stratified("Jonckheere-Terpstra", codes(x), codes(y), strata, partial(_concordance, work=work))


def linear_by_linear(x: Values, y: Values, strata: Labels | None = None) -> ExactTest:
    """The linear-by-linear association test on the sum of x * y within strata, with x and y as numeric scores.

    The same test as the Cochran-Mantel-Haenszel correlation (Mantel 1963) and as Pearson's correlation. The
    statistic is on the smallest whole-number scale of each variable (see `samples.integers`). Raises as
    `jonckheere_terpstra`.
    """
    check_lengths(x, y)
    return _stratified("linear-by-linear", integers(x), integers(y), strata, _products)


def spearman(x: Values, y: Values, strata: Labels | None = None) -> ExactTest:
    """The linear-by-linear test on midranks over all units: Spearman's rank correlation. Raises as above."""
    check_lengths(x, y)
    return _stratified("Spearman", integers(double_ranks(x)), integers(double_ranks(y)), strata, _products)


def wilcoxon_mann_whitney(x: Values, y: Values, strata: Labels | None = None) -> ExactTest:
    """Wilcoxon's rank sum test of two groups x (two distinct values), with ties in y.

    S = U1 - U2 = pairs in which the upper group has more, minus those in which it has less. Raises as above, and
    ValueError where x has not two values.

    >>> wilcoxon_mann_whitney([0, 0, 0, 1, 1, 1], [1, 2, 4, 3, 5, 6]).p("greater")
    Fraction(1, 10)
    """
    check_lengths(x, y)
    if len(set(codes(x).tolist())) > 2:
        raise ValueError("two groups are needed")
    return _stratified("Wilcoxon-Mann-Whitney", codes(x), codes(y), strata, _concordance)


def wilcoxon_signed_rank(differences: Values, zeros: str = "pratt") -> ExactTest:
    """Wilcoxon's signed rank test with ties: the sum of the ranks of the positive differences.

    zeros: "pratt" ranks zeros too, then lets go of their ranks (Pratt 1959); "wilcoxon" drops them first. The unit is
    half a rank. Raises NoVariationError where every difference is zero.

    >>> wilcoxon_signed_rank([1, 2, 3]).p()  # two of the 2**3 ways to set the signs
    Fraction(1, 4)
    """
    exact = _signed(differences)
    if zeros == "wilcoxon":
        exact = exact[exact != 0]
    elif zeros != "pratt":
        raise ValueError(f"zeros {zeros!r}; allowed: pratt, wilcoxon")
    if not exact.any():
        raise NoVariationError
    ranks = double_ranks(np.abs(exact))
    counted = ranks[exact != 0].tolist()
    counts = np.zeros(sum(counted) + 1, dtype=np.int64 if 2 ** len(counted) < MACHINE else object)
    counts[0], reached = 1, 0
    for rank in counted:
        counts[rank : reached + rank + 1] += counts[: reached + 1].copy()
        reached += rank
    observed = int(ranks[exact > 0].sum())
    return ExactTest("Wilcoxon signed rank", observed, from_dense(0, counts, Fraction(1, 2)))


def _signed(differences: Values) -> Ints:
    """Differences as whole numbers that keep their zero."""
    shifted = integers([*np.asarray(differences, dtype=object).tolist(), 0])
    return np.asarray(shifted[:-1] - shifted[-1], dtype=np.int64)


def _stratified(
    name: str, x: Ints, y: Ints, strata: Labels | None, one: Callable[[Ints, Ints], tuple[int, Distribution]]
) -> ExactTest:
    """The statistic summed over the strata, and the convolution of the strata's null distributions."""
    stratum = strata_codes(strata, len(x))
    check_variation(x, y, stratum)
    observed, null = 0, point()
    for number in range(int(stratum.max()) + 1):
        here = stratum == number
        value, distribution = one(x[here], y[here])
        observed += value
        null = null.convolve(distribution) if number else distribution
    return ExactTest(name, observed, null)


def concordance(table: Ints) -> tuple[int, int]:
    """Concordant and discordant pairs of a table (K, L)."""
    counts = []
    for each in (table, table[::-1]):
        below = np.cumsum(np.cumsum(each, axis=0), axis=1)
        counts.append(int((each[1:, 1:] * below[:-1, :-1]).sum()))
    return counts[0], counts[1]


def _concordance(x: Ints, y: Ints, work: int = WORK) -> tuple[int, Distribution]:
    """S of one stratum and its null distribution."""
    _, _, table = crossed(x, y)
    groups, columns = tuple(table.sum(axis=1).tolist()), tuple(table.sum(axis=0).tolist())
    concordant, discordant = concordance(table)
    if prod(size + 1 for size in columns) < prod(size + 1 for size in groups):
        groups, columns = columns, groups  # S is the same with x and y exchanged

    def increment(_: int, placed: Margin) -> tuple[int, Sequence[int]]:
        ends, upto = sum(placed), 0
        slopes = []
        for count in placed:  # of a unit already in the group: those that now come above it, less those below
            slopes.append(ends - upto - count - upto)
            upto += count
        return 0, slopes

    return concordant - discordant, additive(groups, columns, increment, work)


def _products(x: Ints, y: Ints) -> tuple[int, Distribution]:
    """The sum of x * y of one stratum and its null distribution."""
    rows, columns, table = crossed(x, y)
    groups, sizes = tuple(table.sum(axis=1).tolist()), tuple(table.sum(axis=0).tolist())
    if prod(size + 1 for size in sizes) < prod(size + 1 for size in groups):
        rows, columns, groups, sizes = columns, rows, sizes, groups
    # Scores about their mean keep the sums of all states in one narrow range; what that takes away is constant.
    n = int(table.sum())
    row_step, column_step = (gcd(*np.diff(scores).tolist()) or 1 for scores in (rows, columns))
    step = row_step * column_step
    row_mid = int(rows[0]) + row_step * round(sum(((rows - rows[0]) // row_step * groups).tolist()) / n)
    column_mid = int(columns[0]) + column_step * round(
        sum(((columns - columns[0]) // column_step * sizes).tolist()) / n
    )
    a, b = ((rows - row_mid) // row_step).tolist(), ((columns - column_mid) // column_step).tolist()
    total_x, total_y = int((rows * groups).sum()), int((columns * sizes).sum())
    constant = row_mid * total_y + column_mid * total_x - row_mid * column_mid * n
    none = (0,) * len(groups)

    def increment(column: int, placed: Margin) -> tuple[int, Sequence[int]]:
        return b[column] * sum(score * count for score, count in zip(a, placed, strict=True)), none

    null = additive(groups, sizes, increment)
    return int((x * y).sum()), Distribution(null.values * step + constant, null.counts)


def additive(groups: Margin, columns: Margin, increment: Increment, work: int = WORK) -> Distribution:
    """The null distribution of a statistic that adds up over the columns of a K x L table with fixed margins.

    groups: the K row totals; columns: the L column totals. increment(l, x) is what column l adds if it places x_k units
    in group k, as (constant, slopes): constant + sum of slopes[k] * (units of earlier columns in group k).
    Raises TooLargeError beyond `work` additions.
    """
    total = factorial(sum(groups)) // prod(factorial(size) for size in groups)
    if total < MACHINE:
        return from_dense(*_count(groups, columns, increment, None, work))
    parts = []
    modulus = 1
    for prime in _primes():
        parts.append((prime, *_count(groups, columns, increment, prime, work)))
        modulus *= prime
        if modulus > total:
            break
    return from_dense(*_remainders(parts, modulus))


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
        work += len(moves) * state.size
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


@lru_cache(maxsize=4096)
def compositions(size: int, groups: Margin) -> tuple[tuple[Margin, int], ...]:
    """Every way to place `size` units in groups of limited size, with its multinomial coefficient."""
    if prod(min(size, group) + 1 for group in groups[:-1]) > PLACINGS:
        raise TooLargeError(f"{size} units in groups of {groups}")
    return tuple(
        (placed, factorial(size) // prod(map(factorial, placed)))
        for head in product(*(range(min(size, group) + 1) for group in groups[:-1]))
        if 0 <= size - sum(head) <= groups[-1]
        for placed in [(*head, size - sum(head))]
    )


@lru_cache(maxsize=1)
def _primes(count: int = 64) -> tuple[int, ...]:
    """The largest primes below 2**31: the product of two residues fits int64."""
    return tuple(next_ for next_, _ in zip(_descending(2**31 - 1), range(count), strict=False))


def _descending(start: int) -> Iterator[int]:
    small = np.array([each for each in range(2, 46_341) if all(each % other for other in range(2, int(each**0.5) + 1))])
    yield from (each for each in range(start, 2, -2) if (each % small[small < each]).all())
