"""Reading printed numbers: value, decimals and what is said of the marks, by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.numbers.forms import infer_forms
from collective_efficiency.numbers.printed import NumberFormat, half_up
from collective_efficiency.numbers.reading import read_number, two_numbers

POINT = NumberFormat(".", ",")


@pytest.mark.parametrize(
    ("text", "form", "value", "decimals", "said"),
    [
        ("-20", POINT, "-20", 0, ""),
        ("\u221220.5", POINT, "-20.5", 1, ""),  # a minus sign
        ("20-", POINT, "-20", 0, ""),
        ("(20)", POINT, "-20", 0, "in brackets: negative"),
        ("(20)", NumberFormat(".", ",", "plain"), "20", 0, "in brackets"),
        ("40%", POINT, "40", 0, "%"),
        ("3.1\u2030", POINT, "3.1", 1, "\u2030"),
        ("12.3*", POINT, "12.3", 1, "footnote mark *"),
        ("4.5a", POINT, "4.5", 1, "footnote mark a"),
        ("4.50\u00b9", POINT, "4.5", 2, "footnote mark \u00b9"),
        ("$1,200", POINT, "1200", 0, "currency $"),
        ("R$ 3.400,50", NumberFormat(",", "."), "3400.5", 2, "currency R$"),
        ("12 EUR", POINT, "12", 0, "currency EUR"),
        ("($5)", POINT, "-5", 0, "in brackets: negative; currency $"),
        ("+5", POINT, "5", 0, "plus sign"),
        ("1 200", NumberFormat(".", " "), "1200", 0, ""),
        ("1\u202f200,5", NumberFormat(",", " "), "1200.5", 1, ""),  # a narrow no-break space
        ("1\u2019200", NumberFormat(".", "'"), "1200", 0, ""),
        (".05", POINT, "0.05", 2, ""),
        ("1.2e-3", POINT, "0.0012", 4, ""),
    ],
)  # fmt: skip
def test_what_is_printed_is_read(text, form, value, decimals, said):
    read = read_number(text, form)
    assert (read.number.value, read.number.decimals, "; ".join(read.notes)) == (Fraction(value), decimals, said)
    assert (read.bound, read.odd, read.number.text) == ("", "", text)


@pytest.mark.parametrize(
    ("text", "value", "odd"),
    [
        ("12,5", "12.5", "read as a number with '.' or ',' before its decimals"),
        ("1 200", "1200", "and ' ' between thousands"),
        ("43 (22.5%)", "43", "two numbers in a cell; the first is read"),
    ],
)
def test_another_form_is_read_and_said(text, value, odd):
    read = read_number(text, POINT)
    assert read.number.value == Fraction(value)
    assert odd in read.odd


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("two", "expected a number"),
        ("1/2", "expected a number"),
        ("12.5.3", "expected a number"),
    ],
)
def test_what_is_no_number_is_said(text, says):
    with pytest.raises(ValueError, match=says):
        read_number(text, POINT)


def test_a_number_that_may_be_two_is_no_guess():
    with pytest.raises(ValueError, match="1,234 could be 617/500 or a whole number"):
        read_number("1,234", NumberFormat("."))


@pytest.mark.parametrize(
    ("text", "bound", "value", "said"),
    [
        ("<0.05", "<", "0.05", "a bound, below 0.05"),
        ("\u2265 3", ">=", "3", "a bound, at least 3"),
        ("3\u20135", "to", "3", "a range, from 3 to 5"),
        ("12 to 15%", "to", "12", "a range, from 12 to 15; %"),
    ],
)
def test_bounds_and_ranges_are_said(text, bound, value, said):
    read = read_number(text, POINT)
    assert (read.bound, read.number.value, "; ".join(read.notes)) == (bound, Fraction(value), said)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("43 (22.5%)", ("43", "22.5%")),
        ("0.09 (0.21)", ("0.09", "0.21")),
        ("0.09 (SD = 0.21)", ("0.09", "0.21")),
        ("5.1 \u00b1 0.4", ("5.1", "0.4")),
        ("43 [22.5]", ("43", "22.5")),
        ("(20)", None),
        ("43", None),
    ],
)
def test_two_numbers_in_a_cell(text, both):
    assert two_numbers(text) == both


@given(st.fractions(-(10**9), 10**9), st.integers(0, 4), st.sampled_from([POINT, NumberFormat(",", ".")]))
def test_what_was_printed_is_read_back(value, decimals, form):
    """Against the printing itself: with thousands, in the marks of either language."""
    text = half_up(value, decimals)
    whole, _, rest = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", form.thousands) + (f"{form.decimal}{rest}" if rest else "")
    read = read_number(f"({grouped})" if text.startswith("-") else grouped, form)
    assert (read.number.value, read.number.decimals, read.odd) == (Fraction(text), decimals, "")


def test_forms_are_told_by_the_other_columns():
    """1.234 is 1234 beside 2,5 and doubtful alone."""
    (one, doubtful), _ = infer_forms([["1.234"], ["2,5"]])
    assert (one.decimal, one.thousands, doubtful) == (",", ".", ())
    assert infer_forms([["1.234"]])[0][1] == ("1.234",)
    assert infer_forms([["1,234.5 (3%)", "$12"]])[0] == (NumberFormat(".", ","), ())
