"""The statistics of the claims' language, by hand and against brute force."""

from fractions import Fraction
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.claims.language.statistics import (
    STATISTICS,
    exact_median,
    exact_quantile,
    gamma_bounds,
    pair_counts,
    statistic_bounds,
    step_up,
    varies,
)
from collective_efficiency.claims.language.values import UNKNOWN, Span, Truth, Value, bounds

NUMBERS = st.integers(0, 6).map(lambda number: Fraction(number, 2))
SPANS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends)))


def exactly(*numbers: int) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(number), Fraction(number)) for number in numbers]


def gamma(pairs: list[tuple[Fraction, Fraction]]) -> Value:
    return gamma_bounds(*pair_counts([((x, x), (y, y), "") for x, y in pairs]))


def test_gamma_by_hand() -> None:
    assert gamma([(Fraction(x), Fraction(y)) for x, y in ((1, 1), (2, 3), (3, 2))]) == Fraction(1, 3)  # 2 agree, 1 not
    assert gamma([(Fraction(1), Fraction(1)), (Fraction(2), Fraction(1))]) is None
    assert gamma([]) is None


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=9))
def test_gamma_counts_all_pairs(pairs: list[tuple[Fraction, Fraction]]) -> None:
    signs = [(x - z) * (y - w) for number, (x, y) in enumerate(pairs) for z, w in pairs[:number]]
    agree, disagree = sum(sign > 0 for sign in signs), sum(sign < 0 for sign in signs)
    expected = Fraction(agree - disagree, agree + disagree) if agree + disagree else None
    assert gamma(pairs) == expected


def test_gamma_of_what_is_not_known_by_hand() -> None:
    first, second, third = ((Fraction(x), Fraction(x)) for x in (1, 2, 3))
    anywhere = (Fraction(0), Fraction(3))
    # the first two agree; each makes with the third, of which y is not known, a pair that may agree or not
    assert gamma_bounds(*pair_counts([(first, first, ""), (second, second, ""), (third, anywhere, "")])) == Span(
        Fraction(-1, 3), Fraction(1)
    )
    assert pair_counts([(first, first, "a"), (second, second, "b")]) == (0, 0, 0)  # of different strata


@pytest.mark.parametrize(
    ("numbers", "median"), [([], None), ([3], 3), ([5, 1], 3), ([9, 1, 2], 2), ([4, 1, 9, 2], 3), ([1, 1, 7, 9, 9], 7)]
)
def test_the_median_by_hand(numbers: list[int], median: int | None) -> None:
    assert exact_median([Fraction(number) for number in numbers]) == median


@given(st.lists(NUMBERS, min_size=1, max_size=9), st.integers(0, 8).map(lambda number: Fraction(number, 8)))
def test_quantiles_are_numpys(numbers: list[Fraction], part: Fraction) -> None:
    expected = np.quantile([float(number) for number in numbers], float(part))
    assert float(exact_quantile(numbers, part) or 0) == pytest.approx(float(expected))


def test_no_number_has_no_statistic() -> None:
    assert {name: statistic([]) for name, statistic in STATISTICS.items()} == {**dict.fromkeys(STATISTICS), "total": 0}


@given(st.sampled_from(sorted(STATISTICS)), st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=3))
def test_the_bounds_are_those_of_every_choice(
    name: str, sure: list[tuple[Fraction, Fraction]], maybe: list[tuple[Fraction, Fraction]]
) -> None:
    """Against every subset of those that may belong, each number at either end."""
    statistic = STATISTICS[name]
    subsets = chain.from_iterable(combinations(maybe, count) for count in range(len(maybe) + 1))
    ends = [
        (statistic([each[0] for each in (*sure, *some)]), statistic([each[1] for each in (*sure, *some)]))
        for some in subsets
    ]
    lows, highs = ([each for each in column if each is not None] for column in zip(*ends, strict=True))
    found = statistic_bounds(statistic, sure, maybe)
    if 0 < len(lows) < len(ends):  # whether it is defined is not known
        assert found is UNKNOWN
    else:
        assert bounds(found) == ((min(lows), max(highs)) if lows else None)


@pytest.mark.parametrize(
    ("steps", "surely", "rises"),
    [
        ([], [], None),
        (exactly(1), [True], None),
        (exactly(1, 2, 3), [True] * 3, True),
        (exactly(1, 1), [True] * 2, False),
        (exactly(1, 3, 2), [True] * 3, False),
        ([*exactly(1), (Fraction(1), Fraction(2))], [True] * 2, UNKNOWN),
        (exactly(2, 1), [True, False], UNKNOWN),  # the second step may have no cluster
    ],
)
def test_a_rise_by_hand(steps: list[tuple[Fraction, Fraction]], surely: list[bool], rises: Truth) -> None:
    assert step_up(steps, surely) is rises


def test_whether_numbers_vary_by_hand() -> None:
    assert [varies(exactly(1, 1)), varies(exactly(1, 2)), varies([*exactly(1), (Fraction(0), Fraction(1))])] == [
        False, True, UNKNOWN,
    ]  # fmt: skip
