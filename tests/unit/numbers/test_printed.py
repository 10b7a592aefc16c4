"""Printed numbers against hand-made examples of the report, and rounding against its definition and decimal."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.numbers.printed import NumberFormat, half_up, parse

SCORE = NumberFormat(".,")
MONEY = NumberFormat(".", ",")
COUNT = NumberFormat("", ".")


@pytest.mark.parametrize(
    ("text", "form", "value", "decimals"),
    [
        ("6,5", SCORE, Fraction(13, 2), 1),  # annex table 1, Medellín
        ("2.36", SCORE, Fraction(59, 25), 2),  # annex table 1, average
        ("3.0", SCORE, Fraction(3), 1),  # table 5: trailing zeros count
        ("114", SCORE, Fraction(114), 0),
        ("1,005.0", MONEY, Fraction(1005), 1),  # table 2, salmon
        ("10.605", COUNT, Fraction(10605), 0),  # table 2, dairy
        ("130", COUNT, Fraction(130), 0),
    ],
)
def test_numbers_of_the_report(text, form, value, decimals):
    number = parse(text, form)
    assert (number.value, number.decimals, number.text) == (value, decimals, text)


@pytest.mark.parametrize(
    ("text", "form"),
    [("", SCORE), ("-1", SCORE), ("1.", SCORE), (".5", SCORE), ("1e3", SCORE), ("1 000", MONEY), ("1,00.0", MONEY),
     ("12.50", COUNT), ("2.5", NumberFormat("")), ("٣", SCORE), ("n.a.", SCORE), ("1.5\n", SCORE)],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(text, form):
    with pytest.raises(ValueError, match="expected"):
        parse(text, form)


@given(st.fractions(min_value=-200, max_value=200), st.integers(min_value=0, max_value=4))
def test_half_up_is_the_nearest_and_goes_up_in_size_on_ties(value, decimals):
    unit = Fraction(1, 10**decimals)
    printed = abs(Fraction(half_up(value, decimals)))
    assert -unit / 2 < printed - abs(value) <= unit / 2


@given(st.decimals(min_value=-999, max_value=999, places=5), st.integers(min_value=0, max_value=4))
def test_half_up_agrees_with_decimal(value, decimals):
    assert half_up(Fraction(value), decimals) == str(
        value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # of -0.00, which nobody prints
    )


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=4))
def test_what_is_written_is_read_back(units, decimals):
    value = Fraction(units, 10**decimals)
    assert parse(half_up(value, decimals), SCORE).value == value
