"""Scores as exact numbers in a frame.

A score has at most two decimals and a weight has at most two; the mean of up to ten raters divides by at most ten. So
every score, sum and index is a whole number of units of 1 / UNIT. Frames hold these whole numbers as float64, which is
exact below 2**53 and leaves NaN for what is missing; a mean of clusters is a fraction of two whole numbers and is
rounded once, half up, when it is written. A score or index is written with eight decimals where fewer do not hold it:
rounding these to a whole number of units gives its exact value again.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from collective_efficiency.numbers.printed import decimal_text, half_up
from collective_efficiency.words import NOT_AVAILABLE

UNIT = 10_000 * 2520  # 2520: divisible by every number up to ten
PLACES = 4


def units(frame: pd.DataFrame, columns: Sequence[str], missing: str) -> pd.DataFrame:
    """The text columns of `frame` in units.

    An empty text is missing (never scored); `n.a.` is zero where `missing` is "zero" and missing where it is "omit".
    """
    meaning = {"": np.nan, NOT_AVAILABLE: 0.0 if missing == "zero" else np.nan}
    found = {}
    for name in columns:
        place, different = pd.factorize(frame[name])  # few: each is read once; the place of what is missing is -1
        numbers = [meaning[text] if text in meaning else float(text) for text in different]
        found[name] = (np.array([*numbers, np.nan]) * UNIT).round()[place]
    return pd.DataFrame(found, index=frame.index)


def unit(value: Fraction) -> int:
    """A number with at most four decimals in units."""
    return int(value * UNIT)


def text(values: pd.Series, places: int = PLACES) -> pd.Series:
    """Units as text with `places` decimals where these hold them, else with eight; empty where missing."""
    place, different = pd.factorize(values)  # few: each is written once; the place of what is missing is -1
    texts = [decimal_text(Fraction(int(value), UNIT), places) for value in different]
    return pd.Series(np.array([*texts, ""], dtype=object)[place], index=values.index, dtype="str")


def mean(values: Iterable[float]) -> Fraction | None:
    """The exact mean of those of `values` (units) that are not missing; None if there are none."""
    known = [int(value) for value in values if not np.isnan(value)]
    return Fraction(sum(known), len(known) * UNIT) if known else None


def mean_text(values: Iterable[float], places: int = PLACES) -> str:
    """The mean of units as text, rounded half up; empty if there is none."""
    value = mean(values)
    return "" if value is None else half_up(value, places)
