"""Answers as frames of text, with numbers written in one way: the same bytes on every machine."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

AnswerFrames = Mapping[str, pd.DataFrame]  # the text frames of the stages `inference` and `models`, by their names
SMALLEST_IN_DECIMALS = 0.0001  # a p-value below it would show one digit or none in six decimals


def estimate_text(value: float, places: int = 4) -> str:
    """A number with fixed decimals; empty where undefined; never a negative zero.

    >>> estimate_text(-0.00001), estimate_text(float("nan"))
    ('0.0000', '')
    """
    if np.isnan(value):
        return ""
    text = f"{value:.{places}f}"
    return text.lstrip("-") if not float(text) else text


def p_value_text(value: Fraction | float) -> str:
    """A p-value with six decimals, in powers of ten where these would not show it; empty where undefined.

    >>> p_value_text(Fraction(1, 20)), p_value_text(3.6e-8)
    ('0.050000', '3.60e-08')
    """
    number = float(value)
    if np.isnan(number):
        return ""
    return f"{number:.6f}" if number >= SMALLEST_IN_DECIMALS or not number else f"{number:.2e}"


def fraction_text(value: Fraction) -> str:
    """An exact p-value as a fraction, `1/16`."""
    return f"{value.numerator}/{value.denominator}"


def text_frame(records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """One line a record, its values as text; what a record does not have is empty."""
    lines = [[str(record.get(column, "")) for column in columns] for record in records]
    return pd.DataFrame(lines, columns=list(columns), dtype="str")
