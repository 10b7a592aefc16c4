"""Ordered values as whole numbers: the one place where data become codes, ranks and strata.

Ties decide an exact test, and ties among floats are an accident of rounding (the mean of three scores may differ from
itself in its last bit). So a score is a whole number, a fraction or decimal text; a float must be a whole number. Words
have an order only as an ordered Categorical of pandas.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
OrderedValue: TypeAlias = int | Fraction | Decimal | str | np.integer[Any] | float
Values: TypeAlias = Sequence[OrderedValue | None] | npt.NDArray[Any]  # or a Series, or an ordered Categorical
Labels: TypeAlias = Sequence[Hashable] | npt.NDArray[Any]


class NoVariationError(ValueError):
    """A variable is constant (in every stratum): the association is undefined, which is not the same as absent."""

    def __init__(self, message: str = "undefined, no variation") -> None:
        super().__init__(message)


class TooLargeError(ValueError):
    """The exact distribution would take too long: use permutations."""


class UnitColumns(NamedTuple):
    """Two columns of units and their strata, as every test takes them: `jonckheere_terpstra(*columns)`."""

    x: Values
    y: Values
    strata: Labels | None = None


@dataclass(frozen=True)
class Observations:
    """The units whose values are all known: x, y and the number of each stratum, (n,) each; how many were not; and the
    labels of the strata, by number."""

    x: Values
    y: Values
    stratum: Ints
    left_out: int = 0
    labels: tuple[Hashable, ...] = ()


def observations(x: Values, y: Values, strata: Labels | None = None) -> Observations:
    """The units of which x, y and stratum are known; None, NaN and pandas' NA are not.

    Raises ValueError where lengths differ or nothing is known, TypeError for a Categorical without order.

    >>> observations([1, None, 3], [2, 2, float("nan")]).left_out
    2
    """
    columns = [_plain(x), _plain(y), ["all"] * len(x) if strata is None else _labels(strata)]
    lengths = [len(column) for column in columns]
    if len(set(lengths)) > 1:
        given = " and ".join(str(length) for length in (lengths if strata is not None else lengths[:2]))
        raise ValueError(f"columns of one length are needed: {given} values given")
    units = [unit for unit in zip(*columns, strict=True) if not any(map(is_unknown, unit))]
    if not units:
        raise ValueError("no unit has a value in every column")
    one, two, labels = (list(column) for column in zip(*units, strict=True))
    stratum = strata_codes(labels, len(units))
    return Observations(one, two, stratum, len(x) - len(units), tuple(dict.fromkeys(labels)))


def from_table(
    counts: Sequence[Any] | npt.NDArray[Any],
    row_scores: Values | None = None,
    column_scores: Values | None = None,
    strata: Labels | None = None,
) -> UnitColumns:
    """The units of a contingency table: counts (K, L), or (S, K, L), a table a stratum, or a frame of pandas.

    row_scores (K,), column_scores (L,): ascending numbers; 0, 1, 2 ... where not given. strata: (S,) labels. Raises
    ValueError for counts that are no whole numbers from 0, or shapes that do not fit.

    >>> from_table([[2, 0], [1, 1]])
    UnitColumns(x=[0, 0, 1, 1], y=[0, 0, 0, 1], strata=None)
    """
    table = np.asarray(counts)
    if table.ndim not in (2, 3) or not table.size:
        raise ValueError(f"counts of shape {table.shape}: a table (rows, columns) or (strata, rows, columns) is needed")
    whole = [exact_value(count) for count in table.ravel().tolist()]
    for count in whole:
        if count < 0 or count.denominator > 1:
            raise ValueError(f"{count} is no count: whole numbers from 0 are needed")
    stacked = table if table.ndim == 3 else table[None]
    scores = []
    for name, given, size in zip(
        ("strata", "row_scores", "column_scores"), (strata, row_scores, column_scores), stacked.shape, strict=True
    ):
        labels = list(range(size)) if given is None else _plain(given)
        if len(labels) != size:
            raise ValueError(f"{name}: {len(labels)} for {size} of the table")
        scores.append(labels)
    places = np.repeat(np.arange(stacked.size), [int(count) for count in whole])
    columns = np.unravel_index(places, stacked.shape)
    block, x, y = ([labels[place] for place in column] for labels, column in zip(scores, columns, strict=True))
    return UnitColumns(x, y, block if table.ndim == 3 else None)


def _plain(values: Any) -> list[Any]:
    """A column as Python's values: the places of an ordered Categorical, the values of anything else."""
    categorical = getattr(values, "array", values)  # a Series holds one
    if hasattr(categorical, "categories"):
        if not categorical.ordered:
            names = ", ".join(map(str, categorical.categories))
            raise TypeError(
                f"a Categorical without order ({names}): give it one by as_ordered() or reorder_categories()"
            )
        return [None if code < 0 else int(code) for code in categorical.codes]
    return _labels(values)


def _labels(values: Any) -> list[Any]:
    return list(values.tolist() if hasattr(values, "tolist") else values)


def is_unknown(value: Any) -> bool:
    """Whether `value` is None, NaN, NaT or pandas' NA."""
    return value is None or type(value).__name__ in ("NAType", "NaTType") or value != value


def exact_value(value: Any) -> Fraction:
    """`value` as a fraction. Raises ValueError for a float that is no whole number, for NaN, for no number."""
    if isinstance(value, float | np.floating):
        if not float(value).is_integer():
            raise ValueError(f"{value!r}: scores are whole numbers, fractions or decimal text; floats make false ties")
        return Fraction(int(value))
    if isinstance(value, np.integer | np.bool_):
        return Fraction(int(value))
    try:
        return Fraction(value)
    except (ValueError, TypeError, ZeroDivisionError):
        raise ValueError(
            f"{value!r} has no place in an order: give numbers, decimal text, or an ordered Categorical"
        ) from None


def integers(values: Values) -> Ints:
    """`values` on the smallest scale of whole numbers with the same differences' ratios, the smallest value at 0.

    Shape (n,). Doubling the scores, or adding a constant, changes nothing. Raises ValueError as `exact_value`, and
    where the scale does not fit 63 bits.
    """
    array = np.asarray(values)
    if array.dtype.kind in "iu" and array.size and -(2**61) < array.min() <= array.max() < 2**61:
        shifted = array.astype(np.int64) - int(array.min())
        return np.asarray(shifted // (int(np.gcd.reduce(shifted)) or 1), dtype=np.int64)
    items = _labels(values)
    if not items:
        return np.zeros(0, dtype=np.int64)
    known = {each: exact_value(each) for each in dict.fromkeys(items)}
    least, denominator = min(known.values()), lcm(*(value.denominator for value in known.values()))
    whole = {each: int((value - least) * denominator) for each, value in known.items()}
    step = gcd(*whole.values()) or 1
    if max(whole.values()) // step >= 2**62:
        raise ValueError("the scores need more than 62 bits on a common scale")
    return np.array([whole[each] // step for each in items], dtype=np.int64)


def codes(values: Values) -> Ints:
    """The place of each value among the distinct values, from 0; shape (n,)."""
    array = np.asarray(values)
    if array.dtype.kind in "iu":
        return np.unique(array, return_inverse=True)[1].astype(np.int64).reshape(-1)
    known = {each: exact_value(each) for each in dict.fromkeys(_labels(values))}
    place = {value: number for number, value in enumerate(sorted(set(known.values())))}
    return np.array([place[known[each]] for each in _labels(values)], dtype=np.int64)


def double_ranks(values: Values) -> Ints:
    """Twice the midrank of each value (a whole number), from 2; shape (n,)."""
    places = codes(values)
    counts = np.bincount(places)
    ends = np.cumsum(counts)
    return np.asarray((2 * ends - counts + 1)[places], dtype=np.int64)


def within_strata(place: Callable[[Ints], Ints], values: Ints, stratum: Ints) -> Ints:
    """What `place` (`codes`, `double_ranks`) makes of the values of each stratum by themselves, (n,).

    >>> within_strata(double_ranks, np.array([5, 1, 9]), np.array([0, 1, 0])).tolist()
    [2, 2, 4]
    """
    found = np.empty(len(values), dtype=np.int64)
    for number in range(int(stratum.max()) + 1):
        here = stratum == number
        found[here] = place(values[here])
    return found


def strata_codes(strata: Labels | None, n: int) -> Ints:
    """The number of each unit's stratum, in order of first appearance; one stratum where `strata` is None."""
    if strata is None:
        return np.zeros(n, dtype=np.int64)
    labels = list(strata)
    if len(labels) != n:
        raise ValueError(f"{len(labels)} stratum labels for {n} values")
    seen: dict[Hashable, int] = {}
    return np.array([seen.setdefault(label, len(seen)) for label in labels], dtype=np.int64)


def pairs_within(stratum: Ints) -> tuple[Ints, Ints]:
    """The pairs of units of one stratum: the first unit of each, and the second.

    >>> [each.tolist() for each in pairs_within(np.array([0, 1, 0, 0]))]
    [[0, 0, 2], [2, 3, 3]]
    """
    first, second = np.triu_indices(len(stratum), 1)
    same = stratum[first] == stratum[second]
    return first[same], second[same]


def crossed(x: Ints, y: Ints) -> tuple[Ints, Ints, Ints]:
    """The contingency table of two columns: the distinct values of x (K,), of y (L,), and the counts (K, L)."""
    rows, row = np.unique(x, return_inverse=True)
    columns, column = np.unique(y, return_inverse=True)
    places = row.reshape(-1) * len(columns) + column.reshape(-1)
    counts = np.bincount(places, minlength=len(rows) * len(columns)).reshape(len(rows), len(columns))
    return rows, columns, counts


def check_variation(x: Ints, y: Ints, stratum: Ints) -> None:
    """Raises NoVariationError where no stratum has two different values of x and two of y."""
    for number in range(int(stratum.max()) + 1):
        here = stratum == number
        if np.ptp(x[here]) and np.ptp(y[here]):
            return
    raise NoVariationError
