"""Exact tests of an association between ordered variables, and Wilcoxon's tests.

Each is a sum over strata, which are independent under the null hypothesis, so their exact distributions are convolved
(Mehta, Patel and Senchaudhuri 1992); `additive` counts the arrangements of one stratum.

All tests take x and y: n ordered values each, any number of levels (sequences, arrays, Series, ordered Categorical);
strata: n labels, and only units of one stratum are compared; a unit with a missing value is left out and counted.
method: "exact"; "shuffles", `count` of them from `seed`; or "auto", exact where that is in reach. They raise
NoVariationError where x or y is constant in every stratum, ValueError for what cannot be ordered, and under "exact"
TooLargeError where the count is out of reach.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from math import gcd, prod

import numpy as np

from collective_efficiency.inference.additive import MOST_STATES, WORK, Margin, additive, margins, narrow
from collective_efficiency.inference.concordances import pairs_of_tables
from collective_efficiency.inference.distributions import MACHINE, Distribution, HypothesisTest, from_dense, point
from collective_efficiency.inference.halves import table_distribution
from collective_efficiency.inference.samples import (
    Ints,
    Labels,
    NoVariationError,
    Observations,
    TooLargeError,
    Values,
    check_variation,
    codes,
    crossed,
    double_ranks,
    integers,
    is_unknown,
    observations,
    within_strata,
)
from collective_efficiency.inference.shuffled import COUNT, SEED, Method, by_concordance, by_products, tested

REMEMBERED_UNITS = 60  # of a stratum: its null distribution has no more than some thousand values


def jonckheere_terpstra(
    x: Values, y: Values, strata: Labels | None = None, *,
    method: Method = "exact", count: int = COUNT, seed: int = SEED, work: int = WORK,
) -> HypothesisTest:  # fmt: skip
    """The test of Jonckheere (1954) and Terpstra (1952) that y rises with x, on S = concordant - discordant pairs.

    With fixed margins J, tau-b, tau-c and Somers' D are increasing functions of S: one test, to be counted once in a
    family. work: the additions that an exact count may take.

    >>> jonckheere_terpstra([0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6])  # one of 20 ways, and its mirror image
    <Jonckheere-Terpstra: statistic 9, p = 0.1 (exact: 1/10), n = 6>
    """
    return _by_concordance("Jonckheere-Terpstra", observations(x, y, strata), method, count, seed, work)


def linear_by_linear(
    x: Values, y: Values, strata: Labels | None = None, *,
    method: Method = "exact", count: int = COUNT, seed: int = SEED,
) -> HypothesisTest:  # fmt: skip
    """The linear-by-linear association test on the sum of x * y within strata, with x and y as numeric scores.

    The same test as the Cochran-Mantel-Haenszel correlation (Mantel 1963) and as Pearson's correlation. The
    statistic is on the smallest whole-number scale of each variable (see `samples.integers`).
    """
    data = observations(x, y, strata)
    return _by_products("linear-by-linear", data, integers(data.x), integers(data.y), method, count, seed)


def spearman(
    x: Values, y: Values, strata: Labels | None = None, *,
    method: Method = "exact", count: int = COUNT, seed: int = SEED,
) -> HypothesisTest:  # fmt: skip
    """Spearman's rank correlation: the linear-by-linear test on midranks, each within its stratum."""
    data = observations(x, y, strata)
    one, two = (within_strata(double_ranks, codes(values), data.stratum) for values in (data.x, data.y))
    return _by_products("Spearman", data, one, two, method, count, seed)


def wilcoxon_mann_whitney(
    x: Values, y: Values, strata: Labels | None = None, *,
    method: Method = "exact", count: int = COUNT, seed: int = SEED,
) -> HypothesisTest:  # fmt: skip
    """Wilcoxon's rank sum test of two groups x (two distinct values), with ties in y.

    S = U1 - U2 = pairs in which the upper group has more, minus those in which it has less. Raises ValueError where x
    has not two values.

    >>> wilcoxon_mann_whitney([0, 0, 0, 1, 1, 1], [1, 2, 4, 3, 5, 6]).p("greater")
    Fraction(1, 10)
    """
    data = observations(x, y, strata)
    if len(set(codes(data.x).tolist())) > 2:
        raise ValueError(f"two groups are needed: x has {len(set(codes(data.x).tolist()))} values")
    return _by_concordance("Wilcoxon-Mann-Whitney", data, method, count, seed, WORK)


def wilcoxon_signed_rank(differences: Values, zeros: str = "pratt") -> HypothesisTest:
    """Wilcoxon's signed rank test with ties: the sum of the ranks of the positive differences.

    zeros: "pratt" ranks zeros too, then lets go of their ranks (Pratt 1959); "wilcoxon" drops them first. The unit is
    half a rank. Raises NoVariationError where every difference is zero.

    >>> wilcoxon_signed_rank([1, 2, 3])  # two of the 2**3 ways to set the signs
    <Wilcoxon signed rank: statistic 6, p = 0.25 (exact: 1/4), n = 3>
    """
    known = [value for value in np.asarray(differences, dtype=object).tolist() if not is_unknown(value)]
    exact = _signed(known)
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
    observed, null = int(ranks[exact > 0].sum()), from_dense(0, counts, Fraction(1, 2))
    left_out = len(differences) - len(known)
    return HypothesisTest("Wilcoxon signed rank", observed, null, n=len(known), left_out=left_out)


def _signed(differences: Sequence[object]) -> Ints:
    """Differences as whole numbers that keep their zero."""
    shifted = integers([*differences, 0])  # type: ignore[list-item]
    return np.asarray(shifted[:-1] - shifted[-1], dtype=np.int64)


def _by_concordance(name: str, data: Observations, method: Method, count: int, seed: int, work: int) -> HypothesisTest:
    x, y = codes(data.x), codes(data.y)
    check_variation(x, y, data.stratum)
    exact = partial(_stratified, name, x, y, data, partial(_concordance, work=work))
    return tested(method, exact, lambda: by_concordance(name, data, x, y, count, seed))


def _by_products(
    name: str, data: Observations, x: Ints, y: Ints, method: Method, count: int, seed: int
) -> HypothesisTest:
    check_variation(x, y, data.stratum)
    exact = partial(_stratified, name, x, y, data, _products)
    return tested(method, exact, lambda: by_products(name, data, x, y, count, seed))


def _stratified(
    name: str, x: Ints, y: Ints, data: Observations, one: Callable[[Ints, Ints], tuple[int, Distribution]]
) -> HypothesisTest:
    """The statistic summed over the strata, and the convolution of the strata's null distributions."""
    observed, null = 0, point()
    for number in range(int(data.stratum.max()) + 1):
        member = data.stratum == number
        value, distribution = one(x[member], y[member])
        observed += value
        null = null.convolve(distribution) if number else distribution
    return HypothesisTest(name, observed, null, n=len(x), left_out=data.left_out)


def _concordance(x: Ints, y: Ints, work: int = WORK) -> tuple[int, Distribution]:
    """S of one stratum and its null distribution."""
    _, _, table = crossed(x, y)
    concordant, discordant = pairs_of_tables(table)
    groups, columns = margins(narrow(table))  # S is the same with x and y exchanged
    null = _null_of_s if sum(groups) <= REMEMBERED_UNITS else _null_of_s.__wrapped__
    return int(concordant - discordant), null(groups, columns, work)


@lru_cache(maxsize=1024)
def _null_of_s(groups: Margin, columns: Margin, work: int) -> Distribution:
    """The null distribution of S depends on the margins alone: a family of hypotheses meets the same ones often."""

    def increment(_: int, placed: Margin) -> tuple[int, Sequence[int]]:
        ends, upto = sum(placed), 0
        slopes = []
        for count in placed:  # of a unit already in the group: those that now come above it, less those below
            slopes.append(ends - upto - count - upto)
            upto += count
        return 0, slopes

    return additive(groups, columns, increment, work)


def _products(x: Ints, y: Ints) -> tuple[int, Distribution]:
    """The sum of x * y of one stratum and its null distribution."""
    rows, columns, table = crossed(x, y)
    turned = narrow(table)
    if turned is not table:
        rows, columns = columns, rows
    groups, sizes = margins(turned)
    n = int(table.sum())
    if int(rows[-1]) * int(columns[-1]) * n >= MACHINE // 4:
        raise TooLargeError(f"sums of products of scores up to {rows[-1]} and {columns[-1]}")
    if _width(rows, columns, groups, sizes) * prod(size + 1 for size in sorted(groups)[:-1]) > MOST_STATES:

        def shares(column: int, placed: Ints, added: Ints) -> Ints:
            return np.full(placed.shape[:-1], int(added @ rows) * int(columns[column]), dtype=np.int64)

        return int((x * y).sum()), table_distribution(groups, sizes, shares)
    # Scores about their mean keep the sums of all states in one narrow range; what that takes away is constant.
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


def _width(rows: Ints, columns: Ints, groups: Margin, sizes: Margin) -> int:
    """The largest less the smallest sum of products, in steps of both scores."""
    a, b = np.repeat(rows, groups), np.repeat(columns, sizes)
    step = (gcd(*np.diff(rows).tolist()) or 1) * (gcd(*np.diff(columns).tolist()) or 1)
    return (int(a @ b) - int(a @ b[::-1])) // step + 1
