"""The statistics of the claims' language, by hand and against brute force."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.claims.language.statistics import STATISTICS, exact_gamma, exact_median, rise

NUMBERS = st.integers(0, 6).map(lambda number: Fraction(number, 2))


def test_gamma_by_hand() -> None:
    pairs = [(Fraction(x), Fraction(y)) for x, y in ((1, 1), (2, 3), (3, 2))]
    assert exact_gamma(pairs) == Fraction(1, 3)  # two pairs agree, one does not
    assert exact_gamma([(Fraction(1), Fraction(1)), (Fraction(2), Fraction(1))]) is None
    assert exact_gamma([]) is None


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=9))
def test_gamma_counts_all_pairs(pairs: list[tuple[Fraction, Fraction]]) -> None:
    signs = [(x - z) * (y - w) for number, (x, y) in enumerate(pairs) for z, w in pairs[:number]]
    agree, disagree = sum(sign > 0 for sign in signs), sum(sign < 0 for sign in signs)
    expected = Fraction(agree - disagree, agree + disagree) if agree + disagree else None
    assert exact_gamma(pairs) == expected


@pytest.mark.parametrize(
    ("numbers", "median"), [([], None), ([3], 3), ([5, 1], 3), ([9, 1, 2], 2), ([4, 1, 9, 2], 3), ([1, 1, 7, 9, 9], 7)]
)
def test_the_median_by_hand(numbers: list[int], median: int | None) -> None:
    assert exact_median([Fraction(number) for number in numbers]) == median


def test_no_number_has_no_statistic() -> None:
    assert {name: statistic([]) for name, statistic in STATISTICS.items()} == dict.fromkeys(STATISTICS)


@pytest.mark.parametrize(
    ("steps", "rises"), [([], None), ([1], None), ([1, 2, 3], True), ([1, 1], False), ([1, 3, 2], False)]
)
def test_a_rise_by_hand(steps: list[int], rises: bool | None) -> None:
    assert rise([Fraction(step) for step in steps]) is rises
