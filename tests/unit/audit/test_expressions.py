"""Expressions over cells: exact values by Python's own arithmetic, intervals by trying values inside them."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collective_efficiency.audit.checks.formulas import FormulaError, bound, parsed_formula, parsed_inequality
from collective_efficiency.audit.checks.lines import Line
from collective_efficiency.audit.expressions import expression_words, interval_of, linear_form, value_of
from collective_efficiency.numbers.rounding import Interval
from collective_efficiency.report.transcription import Column, Table

T = Table("T", "t", "", tuple(Column(name, "item") for name in "xyz"), ("r",), {"r": {}}, {}, "t")
NUMBERS = st.fractions(-20, 20, max_denominator=20)


def expression(text: str):
    made = bound(parsed_formula(text), Line(T, "r", over_rows=False))
    assert made is not None
    return made


TEXTS = (
    "x + 2 * y - z / 4",
    "100 * x / (y + z)",
    "-(x - y) * z",
    "x ** 2 - y ** 3",
    "x ** -1 + y",
    "(x / y - 1) * 100",
)


@pytest.mark.parametrize("text", TEXTS)
@settings(deadline=None)  # a busy machine is no fault
@given(x=NUMBERS, y=NUMBERS, z=NUMBERS)
def test_it_gives_what_python_gives(text, x, y, z):
    try:
        expected = eval(text, {"x": x, "y": y, "z": z})
    except ZeroDivisionError:
        expected = None
    assert value_of(expression(text), lambda at: {"x": x, "y": y, "z": z}[at[2]]) == expected


@pytest.mark.parametrize("text", TEXTS)
@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.tuples(NUMBERS, st.fractions(0, 2, max_denominator=4)), min_size=3, max_size=3), st.data())
def test_values_inside_the_intervals_give_a_value_inside(text, ends, data):
    spans = {name: Interval(low, low + width) for name, (low, width) in zip("xyz", ends, strict=True)}
    inside = {name: data.draw(st.fractions(span.low, span.high)) for name, span in spans.items()}
    whole = interval_of(expression(text), lambda at: spans[at[2]])
    value = value_of(expression(text), lambda at: inside[at[2]])
    assert whole is None or value in whole


def test_an_open_end_stays_open():
    """[1, 2) / (2, 4] is [1/4, 1)."""
    spans = {"x": Interval(Fraction(1), Fraction(2), True, False), "y": Interval(Fraction(2), Fraction(4), False, True)}
    assert str(interval_of(expression("x / y"), lambda at: spans[at[2]])) == "[1/4, 1)"


@pytest.mark.parametrize(
    ("text", "weights"),
    [("x + 2 * y - z / 4", {"x": 1, "y": 2, "z": Fraction(-1, 4)}), ("(x + x) * 3 - 6", {"x": 6}), ("x * y", None),
     ("x / y", None), ("x ** 1", {"x": 1})],
)  # fmt: skip
def test_what_is_linear_has_weights(text, weights):
    form = linear_form(expression(text))
    assert (form and {at[2]: weight for at, weight in form[0].items()}) == weights


def test_in_words():
    assert expression_words(expression("100 * (x - y) / (y * z) - (x + 1) ** 2"), lambda at: at[2]) == (
        "100 x (x - y) / (y x z) - (x + 1)^2"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x +", "not readable as a formula"),
        ("x ** 7", "allowed as a power: a whole number from -4 to 4"),
        ("x ** y", "allowed as a power"),
        ("maximum(x)", "unknown function maximum; allowed: cell, across, before, after, sum"),
        ("cell(T1, a)", "cell takes 3 names or more in brackets"),
        ("__import__('os').system('ls')", "allowed: + - * / **"),
        ("x % y", "allowed: + - * / **"),
        ("x if y else z", "allowed: + - * / **"),
        ("[x]", "allowed: + - * / **"),
        ("True", "allowed: + - * / **"),
        ("(" * 500 + "x" + ")" * 500, "not readable as a formula"),
        ("x+" * 1500 + "x", "allowed: at most 2000 characters"),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused(text, says):
    with pytest.raises(FormulaError) as caught:
        parsed_formula(text)
    assert says in str(caught.value)


@pytest.mark.parametrize("text", ["x", "x == y", "x < y < z", "x <= ", "x and y"])
def test_what_is_no_inequality_is_refused(text):
    with pytest.raises(FormulaError):
        parsed_inequality(text)
