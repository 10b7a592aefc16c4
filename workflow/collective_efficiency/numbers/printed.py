"""Printed numbers: what stands on the page, read and written without ever passing through a float."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FINE = 8  # decimals of what fewer do not hold: the mean of raters, from which its exact value can be told again


@dataclass(frozen=True)
class NumberFormat:
    """Which marks a column uses.

    decimal: the characters that may stand before the decimals (empty: whole numbers only).
    thousands: the mark between groups of three digits (empty: none).
    """

    decimal: str = "."
    thousands: str = ""

    def pattern(self) -> re.Pattern[str]:
        """The regular expression of this format, with the groups `whole` and `decimals`."""
        mark = re.escape(self.thousands)
        whole = rf"\d{{1,3}}(?:{mark}\d{{3}})+|\d+" if self.thousands else r"\d+"
        tail = rf"(?:[{re.escape(self.decimal)}](?P<decimals>\d+))?" if self.decimal else r"(?P<decimals>(?!))?"
        return re.compile(rf"(?P<whole>{whole}){tail}", re.ASCII)

    def describe(self) -> str:
        """The format in words, for an error message."""
        marks = " or ".join(repr(mark) for mark in self.decimal)
        whole = f"a number with {marks} before its decimals" if self.decimal else "a whole number"
        return whole + (f" and {self.thousands!r} between thousands" if self.thousands else "")


@dataclass(frozen=True)
class PrintedNumber:
    """A number as printed: its exact value and how many decimals stand on the page (trailing zeros count)."""

    text: str
    value: Fraction
    decimals: int


def parse(text: str, form: NumberFormat) -> PrintedNumber:
    """The number that `text` prints under `form`.

    Raises ValueError, saying what is allowed, where `text` is not of that form.
    """
    match = form.pattern().fullmatch(text)
    if match is None:
        raise ValueError(f"expected {form.describe()}")
    decimals = match["decimals"] or ""
    whole = match["whole"].replace(form.thousands, "") if form.thousands else match["whole"]
    return PrintedNumber(text, Fraction(int(whole + decimals), 10 ** len(decimals)), len(decimals))


def exact(text: str | int | float) -> Fraction:
    """The exact value of a decimal or of a ratio written in text or in YAML ("0.5", 0.5, "1/3")."""
    return Fraction(str(text))


def half_up(value: Fraction, decimals: int) -> str:
    """`value` (not negative) printed with `decimals` decimals, ties rounded up."""
    unit = Decimal(1).scaleb(-decimals)
    scaled = (value * 10**decimals * 2 + 1) // 2  # floor(x + 1/2), exact
    return str((Decimal(int(scaled)) * unit).quantize(unit, rounding=ROUND_HALF_UP))


def decimal_text(value: Fraction, decimals: int) -> str:
    """`value` with `decimals` decimals where these hold it exactly, else with `FINE`."""
    return half_up(value, decimals if (value * 10**decimals).denominator == 1 else FINE)
