"""A table of numbers as lines, its rows or its columns, in whole units of its last decimal: what the search works on.

Floats hold these whole numbers exactly up to 2**53; a table that would need more is searched with fewer decimals. The
search only proposes: what is judged later is judged in exact fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int_]  # of lines, of cells or of candidates
_EXACT_UP_TO = 2.0**53
USUAL = 0.9  # of a column's numbers: what so many keep to is the column's way, the rest may be misprints
FEW_LINES = 60  # so many are all compared with each other; of more lines those that stand near to each other
BESIDE = 6
_SPARE = 1_000  # how many of a table's largest number a sum may hold


@dataclass(frozen=True)
class NumberGrid:
    """The numbers of a table. rows, columns: their names as printed; numbers: value and decimals by row and column."""

    id: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: Mapping[tuple[int, int], tuple[Fraction, int]]


@dataclass(frozen=True)
class NumberLines:
    """Lines that are searched for one that follows from others, cell by cell.

    values: a line a row, in units of the table's last decimal, NaN where no number is printed. units: what one of the
    last printed digit is. grains: the step on which the numbers of the cell's column lie. rooms: over how much the cell
    could have varied, so that `grain / room` is the chance to meet it blindly. names: as printed.
    """

    table: str
    axis: str
    names: tuple[str, ...]
    values: Reals
    units: Reals
    grains: Reals
    rooms: Reals
    scale: float

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def known(self) -> Flags:
        """Where a number is printed."""
        return ~np.isnan(self.values)


def column_lines(grid: NumberGrid) -> NumberLines:
    """The columns of a table as lines.

    >>> column_lines(NumberGrid("T1", ("a", "b"), ("x",), {(0, 0): (Fraction(3, 2), 1)})).values
    array([[15., nan]])
    """
    shape = (len(grid.rows), len(grid.columns))
    places = _places(grid)
    values, units = np.full(shape, np.nan), np.ones(shape)
    for place, (value, decimals) in grid.numbers.items():
        values[place] = float(round(value * 10**places))
        units[place] = 10.0 ** max(places - decimals, 0)
    units = np.minimum(units, [_usual_unit(values[:, at], units[:, at]) for at in range(shape[1])])
    grains = np.maximum(units, [_grain(values[:, at]) for at in range(shape[1])])
    grains = np.where(np.nan_to_num(values) % grains == 0, grains, units)
    rooms = _rooms(values)
    return NumberLines(grid.id, "column", grid.columns, values.T, units.T, grains.T, rooms.T, 10.0**places)


def row_lines(grid: NumberGrid) -> NumberLines:
    """The rows of a table as lines."""
    columns = column_lines(grid)
    return replace(
        columns,
        axis="row",
        names=grid.rows,
        values=columns.values.T,
        units=columns.units.T,
        grains=columns.grains.T,
        rooms=columns.rooms.T,
    )


def compared_with(lines: NumberLines, target: int) -> Numbers:
    """The lines from which a line may be computed: all others, or those beside it where there are many."""
    n = len(lines)
    near = range(n) if n <= FEW_LINES else range(max(target - BESIDE, 0), min(target + BESIDE + 1, n))
    return np.array([line for line in near if line != target], dtype=np.int_)


def _places(grid: NumberGrid) -> int:
    """The decimals with which all numbers are whole, or as many as floats hold."""
    largest = max((abs(value) for value, _ in grid.numbers.values()), default=Fraction(0))
    places = max((decimals for _, decimals in grid.numbers.values()), default=0)
    while places and largest * 10**places * _SPARE > _EXACT_UP_TO:
        places -= 1
    return places


def _usual_unit(values: Reals, units: Reals) -> float:
    """What the last digit of a column is worth: spreadsheets drop zeros at the end, so the finest that is not rare."""
    found = units[~np.isnan(values)]
    return float(np.quantile(found, 0.1, method="lower")) if found.size else 1.0


def _grain(values: Reals) -> float:
    """The coarsest of 1, 2, 5, 10, 20, ... on which nearly all numbers of a column lie."""
    found = np.abs(values[~np.isnan(values) & (values != 0)])
    grain = 1.0
    if not found.size:
        return grain
    while grain <= found.max():
        for step in (10.0, 5.0, 2.0):
            if np.mean(found % (grain * step) == 0) >= USUAL:
                grain *= step
                break
        else:
            break
    return grain


def _rooms(values: Reals) -> Reals:
    """How far each number could have varied: as its column does, or, far outside of it, by its own size."""
    sizes = np.nan_to_num(np.abs(values))
    rooms = sizes.copy()
    for column in range(values.shape[1]):
        found = values[:, column][~np.isnan(values[:, column])]
        if found.size > 1:
            low, middle, high = np.quantile(found, (0.25, 0.5, 0.75))
            spread = 2 * (high - low) or float(np.abs(found - middle).mean())
            within = (values[:, column] >= low - spread) & (values[:, column] <= high + spread)
            rooms[:, column] = np.where(within, np.minimum(sizes[:, column], spread), sizes[:, column])
    return rooms
