"""Permutation tests where an exact count is out of reach: one engine, within strata, one set of shuffles for a family.

A shuffle hands the rows of y to the units of the same stratum anew; every hypothesis of a family sees the same
shuffles, so that their joint distribution is kept (Westfall and Young 1993). Statistics are whole numbers, held exactly
in floats below 2**53, and compared exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from collective_efficiency.inference.acceleration import Kernel, accelerated
from collective_efficiency.inference.concordances import concordance_sums
from collective_efficiency.inference.distributions import MACHINE, Array, clopper_pearson
from collective_efficiency.inference.samples import (
    Floats,
    Ints,
    Labels,
    Values,
    check_variation,
    codes,
    double_ranks,
    integers,
    observations,
    strata_codes,
)
from collective_efficiency.inference.shuffles import Shuffles

Kind: TypeAlias = Literal["linear", "concordance"]
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
        return clopper_pearson(self.extreme, self.count)


def permutation_test(
    x: Values, y: Values, strata: Labels | None = None, *, count: int = 99_999, seed: int, kind: Kind = "linear"
) -> PermutationTest:
    """Two-sided test by distance from the mean of the sum of x * y ("linear") or of S ("concordance"), within strata.

    Raises NoVariationError where x or y is constant in every stratum. Inside `accelerating()` the linear statistic is
    shuffled by compiled code, with a generator of its own.
    """
    if kind not in get_args(Kind):
        raise ValueError(f"kind {kind!r}; allowed: {', '.join(get_args(Kind))}")
    data = observations(x, y, strata)
    one, two = (codes(data.x), codes(data.y)) if kind == "concordance" else (integers(data.x), integers(data.y))
    check_variation(one, two, data.stratum)
    shuffles = Shuffles(data.stratum, count, seed)
    if kind == "concordance":
        observed, shuffled = concordance_sums(one, two, shuffles)
        return PermutationTest(float(observed), int((abs(shuffled) >= abs(observed)).sum()), count)
    kernel = accelerated("shuffled_sums")
    if kernel is None or _bound(one, two) >= MACHINE // 4:
        return linear_tests(one[:, None], two, data.stratum, count=count, seed=seed)[0]
    sums, constant = _compiled_sums(kernel, one, two, data.stratum, count, seed)
    low, high = _limits(one[:, None], two, data.stratum)
    extreme = (sums + constant >= high[0]) | (sums + constant <= low[0])
    return PermutationTest(float((one * two).sum()), int(extreme.sum()), count)


def linear_tests(x: Ints, y: Ints, strata: Labels | None = None, *, count: int, seed: int) -> list[PermutationTest]:
    """The linear test of each column of x (n, H) with y (n,), whole numbers, under shared shuffles; as above."""
    stratum = strata_codes(strata, len(y))
    shuffles = Shuffles(stratum, count, seed)
    fixed, moved = _exactly_summed(x, y, shuffles)
    low, high = _limits(x, y, stratum)
    extreme = np.zeros(x.shape[1], dtype=np.int64)
    least, largest = low.astype(fixed.dtype), high.astype(fixed.dtype)
    room = np.empty((BYTE, x.shape[1]), dtype=fixed.dtype)  # used again and again: new pages cost more than the sums
    above, below = np.empty(room.shape, dtype=np.bool_), np.empty(room.shape, dtype=np.bool_)
    for batch in shuffles.batches():
        values = moved[batch]
        for start in range(0, len(batch), BYTE):
            rows = slice(0, min(BYTE, len(batch) - start))
            sums = np.matmul(values[start : start + BYTE], fixed, out=room[rows])
            above[rows], below[rows] = sums >= largest, sums <= least
            beyond = np.logical_or(above[rows], below[rows], out=above[rows])
            extreme += np.add.reduce(beyond.view(np.uint8), axis=0, dtype=np.uint8)  # at most BYTE rows: no overflow
    observed = y.astype(object) @ x.astype(object)
    return [PermutationTest(float(one), int(b), count) for one, b in zip(observed, extreme, strict=True)]


def linear_sums(x: Ints, y: Ints, shuffles: Shuffles) -> tuple[int, Array, Fraction]:
    """The sum of x * y, whole numbers (n,), its values under the shuffles, (count,), and its exact mean."""
    fixed, moved = _exactly_summed(x, y, shuffles)
    kind: Any = object if fixed.dtype == object else np.int64
    sums = np.concatenate([(moved[batch] @ fixed).astype(kind) for batch in shuffles.batches()])
    mean = Fraction(0)
    for number, size in enumerate(np.bincount(shuffles.stratum).tolist()):
        member = shuffles.stratum == number
        mean += Fraction(sum(x[member].tolist()) * sum(y[member].tolist()), size)
    return sum(a * b for a, b in zip(x.tolist(), y.tolist(), strict=True)), sums, mean


def _limits(x: Ints, y: Ints, stratum: Ints) -> tuple[Array, Array]:
    """The sums of x * y from which on, below and above, they are as far from their exact mean as observed, (H,)."""
    sizes = np.bincount(stratum)
    scale = lcm(*sizes.tolist())
    # The common scale of many strata is beyond 64 bits (30 co-prime sizes: 10**44): then Python's whole numbers count.
    kind: Any = np.int64 if 4 * scale * _bound(x, y) < MACHINE else object
    x, y = x.astype(kind), y.astype(kind)
    member = (stratum[:, None] == np.arange(len(sizes))).astype(kind)
    by_stratum = (x.T @ member) * (y @ member)
    centre = (by_stratum * np.array([scale // size for size in sizes.tolist()], dtype=kind)).sum(axis=1)
    distance = abs((x * y[:, None]).sum(axis=0) * scale - centre)
    return (centre - distance) // scale, -((-centre - distance) // scale)


def _bound(x: Ints, y: Ints) -> int:
    """What no sum of x (n,) or (n, H) times a shuffled y exceeds."""
    largest = max(abs(int(x.min())), abs(int(x.max())))
    by_column = abs(x).sum(axis=0) if largest * len(x) < MACHINE else abs(x.astype(object)).sum(axis=0)
    return int(np.max(by_column)) * max(abs(int(y.min())), abs(int(y.max())))


def _exactly_summed(x: Ints, y: Ints, shuffles: Shuffles) -> tuple[Array, Array]:
    """Both in the order of the shuffles, as the cheapest numbers that hold every sum of products exactly."""
    bound = _bound(x, y)
    kinds: list[tuple[int, Any]] = [(2**24, np.float32), (2**53, np.float64), (MACHINE, np.int64)]
    kind = next((kind for limit, kind in kinds if bound < limit), object)
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
