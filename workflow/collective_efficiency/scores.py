"""Scores as exact numbers in a frame.

A score has at most two decimals and a weight has at most two, so every score, sum and index is a whole number of
ten-thousandths. Frames hold these whole numbers as float64, which is exact below 2**53 and leaves NaN for what is
missing; a mean is a fraction of two whole numbers and is rounded once, half up, when it is written.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from collective_efficiency.printed import half_up
from collective_efficiency.words import NOT_AVAILABLE

UNIT = 10_000
PLACES = 4


def units(frame: pd.DataFrame, columns: Sequence[str], missing: str) -> pd.DataFrame:
    """The text columns of `frame` in ten-thousandths.

    An empty text is missing (never scored); `n.a.` is zero where `missing` is "zero" and missing where it is "omit".
    """
    texts = frame[list(columns)].replace({"": np.nan, NOT_AVAILABLE: "0" if missing == "zero" else np.nan})
    return (texts.astype("float64") * UNIT).round()


def unit(value: Fraction) -> int:
    """A number with at most four decimals in ten-thousandths."""
    return int(value * UNIT)


def text(values: pd.Series, places: int = PLACES) -> pd.Series:
    """Ten-thousandths as text with `places` decimals (exact where `places` holds them), empty where missing."""
    return values.map(lambda value: "" if pd.isna(value) else half_up(Fraction(int(value), UNIT), places))


def mean(values: Iterable[float]) -> Fraction | None:
    """The exact mean of those of `values` (ten-thousandths) that are not missing; None if there are none."""
    known = [int(value) for value in values if not np.isnan(value)]
    return Fraction(sum(known), len(known) * UNIT) if known else None


def mean_text(values: Iterable[float], places: int = PLACES) -> str:
    """The mean of ten-thousandths as text, rounded half up; empty if there is none."""
    value = mean(values)
    return "" if value is None else half_up(value, places)
