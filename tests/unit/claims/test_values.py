"""Values that are not known, by hand: spans, comparisons and calculations with them, and the logic of three values."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.claims.language.values import (
    UNKNOWN,
    Span,
    Truth,
    Value,
    as_truth,
    combined,
    compared_truth,
    joined,
    negated,
    quotient,
    span_of,
)

ONE, TWO, THREE = (Fraction(number) for number in (1, 2, 3))
TRUTHS = st.sampled_from([True, False, UNKNOWN])
ENDS = st.integers(0, 4).map(Fraction)
SPANS = st.tuples(ENDS, ENDS).map(lambda ends: span_of(min(ends), max(ends)))


@pytest.mark.parametrize(
    ("left", "name", "right", "truth"),
    [
        (Span(ONE, TWO), "<", THREE, True),
        (Span(ONE, TWO), "<=", TWO, True),
        (Span(ONE, TWO), "<", TWO, UNKNOWN),
        (Span(ONE, TWO), "==", THREE, False),
        (Span(ONE, TWO), "!=", THREE, True),
        (Span(ONE, TWO), "==", TWO, UNKNOWN),
        (Span(TWO, inf), ">=", TWO, True),
        (UNKNOWN, ">", TWO, UNKNOWN),
        ("High", "==", UNKNOWN, UNKNOWN),
        ("High", "!=", "Low", True),
        (None, "==", TWO, None),
    ],
)
def test_comparisons(left: Value, name: str, right: Value, truth: Truth) -> None:
    assert compared_truth(left, right, name) is truth


@given(SPANS, SPANS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
def test_a_comparison_is_decided_exactly_if_all_that_the_numbers_may_be_agree(
    left: Value, right: Value, name: str
) -> None:
    """Against every pair of the whole and half numbers in both spans; the ends are among them."""

    def inside(value: Value) -> list[Fraction]:
        low, high = (value, value) if isinstance(value, Fraction) else (value.low, value.high)
        return [each for each in (Fraction(half, 2) for half in range(9)) if low <= each <= high]

    truths = {compared_truth(x, y, name) for x in inside(left) for y in inside(right)}
    assert compared_truth(left, right, name) is (truths.pop() if len(truths) == 1 else UNKNOWN)


@given(st.lists(TRUTHS, min_size=1, max_size=4))
def test_and_or_and_not_are_de_morgans(truths: list[Truth]) -> None:
    assert joined(truths, decisive=False) is negated(joined(map(negated, truths), decisive=True))


def test_what_is_not_defined_stays_so_unless_another_part_decides() -> None:
    assert joined([None, False], decisive=False) is False
    assert joined([None, True], decisive=False) is None
    assert joined([None, UNKNOWN], decisive=False) is UNKNOWN  # it may decide
    assert as_truth("word") is UNKNOWN


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ((Span(ONE, TWO), THREE), Span(Fraction(4), Fraction(5))),
        ((ONE, TWO), THREE),
        ((None, ONE), None),
        ((Span(ONE, TWO, is_left_out=True), ONE), Span(TWO, THREE, is_left_out=True)),
        ((Span(ONE, inf), Span(-inf, ONE)), UNKNOWN),
        ((UNKNOWN, ONE), UNKNOWN),
        ((UNKNOWN, None), None),
    ],
)
def test_sums(values: tuple[Value, ...], result: Value) -> None:
    assert combined(values, lambda left, right: left + right) == result


def test_quotients() -> None:
    assert combined([ONE, TWO], quotient) == Fraction(1, 2)
    assert combined([ONE, Fraction(0)], quotient) is None
    assert combined([ONE, Span(Fraction(0), ONE)], quotient) is UNKNOWN
    assert combined([ONE, Span(-ONE, ONE)], quotient) is UNKNOWN
    assert combined([ONE, Span(ONE, TWO)], quotient) == Span(Fraction(1, 2), ONE)
