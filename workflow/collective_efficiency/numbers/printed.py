"""Printed numbers: what stands on the page, read and written without ever passing through a float."""

import re
from dataclasses import dataclass
from fractions import Fraction

FINE_PLACES = 8  # decimals of what fewer do not hold, a mean of raters: enough to tell its exact value again
MOST_LETTERS = 100  # of a number; what is longer is no number that anyone printed, and costs the square of its length


@dataclass(frozen=True)
class NumberFormat:
    """Which marks a column of a printed table uses: the report has 6,5 and 6.5, 10.605 and 1,005.0 for thousands.

    decimal: the characters that may stand before the decimals (empty: whole numbers only).
    thousands: the mark between groups of three digits (empty: none).
    brackets: what they mean around a number, `negative` (as accountants write) or `plain`.
    """

    decimal: str = "."
    thousands: str = ""
    brackets: str = "negative"

    def pattern(self) -> re.Pattern[str]:
        """The regular expression of this format, with the groups `whole` and `decimals`."""
        mark = re.escape(self.thousands)
        whole = rf"\d{{1,3}}(?:{mark}\d{{3}})+|\d+" if self.thousands else r"\d+"
        tail = rf"(?:[{re.escape(self.decimal)}](?P<decimals>\d+))?" if self.decimal else r"(?P<decimals>(?!))?"
        return re.compile(rf"(?P<whole>{whole}){tail}", re.ASCII)

    def describe(self) -> str:
        """The format in words, for an error message.

        >>> NumberFormat(".", ",").describe()
        "a number with '.' before its decimals and ',' between thousands"
        """
        marks = " or ".join(repr(mark) for mark in self.decimal)
        whole = f"a number with {marks} before its decimals" if self.decimal else "a whole number"
        return whole + (f" and {self.thousands!r} between thousands" if self.thousands else "")


@dataclass(frozen=True)
class PrintedNumber:
    """A number as printed: its exact value and how many decimals stand on the page.

    Trailing zeros count: 2.50 says that it was rounded to two decimals, 2.5 does not.
    """

    text: str
    value: Fraction
    decimals: int


def parse(text: str, form: NumberFormat) -> PrintedNumber:
    """The number that `text` prints under `form`, without ever being a float.

    Raises ValueError, saying what is allowed, where `text` is not of that form.

    >>> parse("6,50", NumberFormat(",."))
    PrintedNumber(text='6,50', value=Fraction(13, 2), decimals=2)
    >>> parse("1.", NumberFormat())
    Traceback (most recent call last):
    ValueError: expected a number with '.' before its decimals
    """
    match = form.pattern().fullmatch(text)
    if match is None:
        raise ValueError(f"expected {form.describe()}")
    if len(text) > MOST_LETTERS:
        raise ValueError(f"expected a number of at most {MOST_LETTERS} digits and marks")
    decimals = match["decimals"] or ""
    whole = match["whole"].replace(form.thousands, "") if form.thousands else match["whole"]
    return PrintedNumber(text, Fraction(int(whole + decimals), 10 ** len(decimals)), len(decimals))


def read_under(text: str, form: NumberFormat) -> Fraction | None:
    """The exact value that `text` prints under `form`; None where it is not of that form.

    >>> read_under("6,50", NumberFormat(",")), read_under("6,50", NumberFormat("."))
    (Fraction(13, 2), None)
    """
    try:
        return parse(text, form).value
    except ValueError:
        return None


def exact(text: str | int | float) -> Fraction:
    """The exact value of a decimal or of a ratio written in text or in YAML.

    A float of YAML is taken as it is written, not as the binary number next to it.

    >>> exact("9.5"), exact(0.1), exact("1/3")
    (Fraction(19, 2), Fraction(1, 10), Fraction(1, 3))
    """
    return Fraction(str(text))


def half_up(value: Fraction, decimals: int) -> str:
    """`value` printed with `decimals` decimals, ties rounded up in size: those of negative numbers away from zero.

    >>> half_up(Fraction(1, 8), 2), half_up(Fraction(7), 2), half_up(Fraction(-1, 8), 2)
    ('0.13', '7.00', '-0.13')
    """
    scaled = (abs(value) * 10**decimals * 2 + 1) // 2  # floor(x + 1/2), exact
    whole, rest = divmod(scaled, 10**decimals)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{rest:0{decimals}}" if decimals else f"{sign}{whole}"


def decimal_text(value: Fraction, decimals: int) -> str:
    """`value` with `decimals` decimals where these hold it exactly, else with `FINE_PLACES`.

    >>> decimal_text(Fraction(3, 2), 2), decimal_text(Fraction(4, 3), 2)
    ('1.50', '1.33333333')
    """
    return half_up(value, decimals if (value * 10**decimals).denominator == 1 else FINE_PLACES)


def shortest(value: Fraction, most: int = 4) -> str:
    """`value` with as few decimals as hold it exactly, for prose, or rounded to `most`; a choice has at most four.

    >>> shortest(Fraction(19, 2)), shortest(Fraction(5)), shortest(Fraction(1, 4))
    ('9.5', '5', '0.25')
    """
    return half_up(value, next((places for places in range(most) if (value * 10**places).denominator == 1), most))
