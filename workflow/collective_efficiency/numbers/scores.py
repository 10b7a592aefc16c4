"""Scores as exact numbers in a frame.

A score has at most two decimals and a weight has at most two; the mean of up to ten raters divides by at most ten. So
every score, sum and index is a whole number of units of 1 / UNIT. Frames hold these whole numbers as float64, which is
exact below 2**53 and leaves NaN for what is missing; a mean of clusters is a fraction of two whole numbers and is
rounded once, half up, when it is written. A score or index is written with eight decimals where fewer do not hold it:
rounding these to a whole number of units gives its exact value again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from collective_efficiency.numbers.printed import decimal_text, half_up
from collective_efficiency.words import NOT_AVAILABLE

UNIT = 10_000 * 2520  # four decimals, times 2520, which every number of raters up to ten divides
DERIVED_PLACES = 4  # decimals of everything that is derived from scores


@dataclass(frozen=True)
class Sum:
    """The exact sum of the values that are known, in points, and how many they are."""

    total: Fraction
    count: int

    @property
    def mean(self) -> Fraction | None:
        """The exact mean; None where no value is known."""
        return self.total / self.count if self.count else None

    @property
    def mean_text(self) -> str:
        """The mean with four decimals, rounded half up; empty where there is none."""
        return "" if self.mean is None else half_up(self.mean, DERIVED_PLACES)


def units(frame: pd.DataFrame, columns: Sequence[str], missing: str) -> pd.DataFrame:
    """The text columns of `frame` in units, in a frame of the same rows.

    An empty text is missing (never scored); `n.a.` is zero where `missing` is "zero" and missing where it is "omit".

    >>> units(pd.DataFrame({"inputs": ["2.5", "n.a.", ""]}), ["inputs"], "zero")["inputs"].tolist()
    [63000000.0, 0.0, nan]
    """
    meaning = {"": np.nan, NOT_AVAILABLE: 0.0 if missing == "zero" else np.nan}
    columns_in_units = {}
    for name in columns:
        # A column holds few different texts: each is read once. The code of what is missing is -1, the NaN at the end.
        codes, texts = pd.factorize(frame[name])
        numbers = [meaning[text] if text in meaning else float(text) for text in texts]
        columns_in_units[name] = (np.array([*numbers, np.nan]) * UNIT).round()[codes]
    return pd.DataFrame(columns_in_units, index=frame.index)


def unit(value: Fraction) -> int:
    """A number with at most four decimals in units.

    >>> unit(Fraction(1, 2))
    12600000
    """
    return int(value * UNIT)


def points(value: float) -> Fraction | None:
    """The exact value of so many units; None where it is missing.

    >>> points(63000000.0)
    Fraction(5, 2)
    """
    return None if np.isnan(value) else Fraction(int(value), UNIT)


def units_text(values: pd.Series) -> pd.Series:
    """Units as text with four decimals where these hold them, else with eight; empty where missing.

    >>> units_text(pd.Series([63000000.0, UNIT / 3, float("nan")])).tolist()
    ['2.5000', '0.33333333', '']
    """
    codes, numbers = pd.factorize(values)  # few different ones, as in `units`
    texts = [decimal_text(Fraction(int(value), UNIT), DERIVED_PLACES) for value in numbers]
    return pd.Series(np.array([*texts, ""], dtype=object)[codes], index=values.index, dtype="str")


def sum_of(values: pd.Series) -> Sum:
    """The sum of those of `values` (units) that are not missing.

    >>> sum_of(pd.Series([63000000.0, 0.0, float("nan")]))
    Sum(total=Fraction(5, 2), count=2)
    """
    known = values.to_numpy()[~np.isnan(values.to_numpy())]
    return Sum(Fraction(sum(map(int, known)), UNIT), len(known))
