"""Ordered values as whole numbers: the one place where data become codes, ranks and strata.

Ties decide an exact test, and ties among floats are an accident of rounding (the mean of three scores may differ from
itself in its last bit). So a score is a whole number, a fraction or decimal text; a float must be a whole number.
"""

from collections.abc import Hashable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
OrderedValue: TypeAlias = int | Fraction | Decimal | str | np.integer[Any] | float
Values: TypeAlias = Sequence[OrderedValue] | npt.NDArray[Any]
Labels: TypeAlias = Sequence[Hashable] | npt.NDArray[Any]


class NoVariationError(ValueError):
    """A variable is constant (in every stratum): the association is undefined, which is not the same as absent."""

    def __init__(self, message: str = "undefined, no variation") -> None:
        super().__init__(message)


class TooLargeError(ValueError):
    """The exact distribution would take too long: use permutations."""


def exact_value(value: OrderedValue) -> Fraction:
    """`value` as a fraction. Raises ValueError for a float that is no whole number, for NaN, for no number."""
    if isinstance(value, float | np.floating):
        if not float(value).is_integer():
            raise ValueError(f"{value!r}: scores are whole numbers, fractions or decimal text; floats make false ties")
        return Fraction(int(value))
    if isinstance(value, np.integer):
        return Fraction(int(value))
    return Fraction(value)


def integers(values: Values) -> Ints:
    """`values` on the smallest scale of whole numbers with the same differences' ratios, the smallest value at 0.

    Shape (n,). Doubling the scores, or adding a constant, changes nothing. Raises ValueError as `exact_value`, and
    where the scale does not fit 63 bits.
    """
    array = np.asarray(values)
    if array.dtype.kind in "iu" and array.size and -(2**61) < array.min() <= array.max() < 2**61:
        shifted = array.astype(np.int64) - int(array.min())
        return np.asarray(shifted // (int(np.gcd.reduce(shifted)) or 1), dtype=np.int64)
    items = array.tolist() if isinstance(values, np.ndarray) else list(values)
    if not items:
        return np.zeros(0, dtype=np.int64)
    known = {each: exact_value(each) for each in set(items)}
    least, denominator = min(known.values()), lcm(*(value.denominator for value in known.values()))
    whole = {each: int((value - least) * denominator) for each, value in known.items()}
    step = gcd(*whole.values()) or 1
    if max(whole.values()) // step >= 2**62:
        raise ValueError("the scores need more than 62 bits on a common scale")
    return np.array([whole[each] // step for each in items], dtype=np.int64)


def codes(values: Values) -> Ints:
    """The place of each value among the distinct values, from 0; shape (n,)."""
    return np.unique(integers(values), return_inverse=True)[1].astype(np.int64).reshape(-1)


def double_ranks(values: Values) -> Ints:
    """Twice the midrank of each value (a whole number), from 2; shape (n,)."""
    places = codes(values)
    counts = np.bincount(places)
    ends = np.cumsum(counts)
    return np.asarray((2 * ends - counts + 1)[places], dtype=np.int64)


def strata_codes(strata: Labels | None, n: int) -> Ints:
    """The number of each unit's stratum, in order of first appearance; one stratum where `strata` is None."""
    if strata is None:
        return np.zeros(n, dtype=np.int64)
    labels = list(strata)
    if len(labels) != n:
        raise ValueError(f"{len(labels)} stratum labels for {n} values")
    seen: dict[Hashable, int] = {}
    return np.array([seen.setdefault(label, len(seen)) for label in labels], dtype=np.int64)


def crossed(x: Ints, y: Ints) -> tuple[Ints, Ints, Ints]:
    """The contingency table of two columns: the distinct values of x (K,), of y (L,), and the counts (K, L)."""
    rows, row = np.unique(x, return_inverse=True)
    columns, column = np.unique(y, return_inverse=True)
    places = row.reshape(-1) * len(columns) + column.reshape(-1)
    counts = np.bincount(places, minlength=len(rows) * len(columns)).reshape(len(rows), len(columns))
    return rows, columns, counts


def check_lengths(x: Values, y: Values) -> None:
    """Raises ValueError where two columns are not of one length, or empty."""
    if len(x) != len(y) or not len(x):
        raise ValueError(f"two columns of one length, not empty, are needed: {len(x)} and {len(y)} values given")


def check_variation(x: Ints, y: Ints, stratum: Ints) -> None:
    """Raises NoVariationError where no stratum has two different values of x and two of y."""
    for number in range(int(stratum.max()) + 1):
        here = stratum == number
        if np.ptp(x[here]) and np.ptp(y[here]):
            return
    raise NoVariationError
