"""Stata (.dta) and SPSS (.sav) files, as a `Grid` by pyreadstat: codes as text, and what each of them stands for.

The first row of the grid holds the names of the variables, and counts as row 0: the file has none for them.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from collective_efficiency.files.sheets.bounds import SheetBounds
from collective_efficiency.files.sheets.grid import CellMark, Grid, cell_number
from collective_efficiency.files.texts import composed

DAY = "T00:00:00"  # at the end of a date that is a day


def read_dta(content: bytes) -> list[Grid]:
    """The data of a Stata file. Raises TooLargeSheetError, and whatever pyreadstat raises of a broken file."""
    import pyreadstat  # few files are of this format, and it takes long to import

    return [_labelled_grid(pyreadstat.read_dta, content)]


def read_sav(content: bytes) -> list[Grid]:
    """The data of an SPSS file. Raises TooLargeSheetError, and whatever pyreadstat raises of a broken file."""
    import pyreadstat

    return [_labelled_grid(pyreadstat.read_sav, content)]


def _labelled_grid(read: Callable[..., Any], content: bytes) -> Grid:
    _, described = read(io.BytesIO(content), metadataonly=True)
    bounds = SheetBounds(len(content))
    bounds.check(described.number_rows or 0, described.number_columns)
    most = bounds.most_cells // max(described.number_columns, 1) + 1  # a file of SPSS need not say how many rows it has
    values, described = read(io.BytesIO(content), user_missing=True, output_format="dict", row_limit=most)
    bounds.add(max(map(len, values.values()), default=0), len(values))
    columns: list[list[str]] = []
    labels: dict[int, Mapping[str, str]] = {}
    shown: dict[tuple[int, int], str] = {}
    marks: list[CellMark] = []
    for index, (name, column) in enumerate(values.items()):
        written = _Variable(name, described)
        meant = {value: written.text(value) for value in set(column)}  # few different ones, each judged once
        texts = [meant[value] for value in column]
        labels |= {index: written.labels} if written.labels else {}
        missing = {value for value in meant if written.is_missing(value)}
        odd = missing | {value for value in meant if isinstance(value, date | time) or meant[value] in written.labels}
        for row, value in enumerate(column, 1) if odd else ():
            if value not in odd:
                continue
            text = meant[value]
            seen = written.labels.get(text, text)
            if value in missing:
                marks.append(CellMark("user_missing", row, index, seen))
                text = texts[row - 1] = ""
            elif isinstance(value, date | time):
                marks.append(CellMark("date", row, index, seen))
            if seen != text:
                shown[row, index] = seen
        columns.append([composed(name), *texts])
    headings = {index: composed(text) for index, text in enumerate(described.column_labels) if text}
    height = len(columns[0]) if columns else 0
    return Grid("", columns, range(height), shown=shown, marks=marks, labels=labels, described=headings)


class _Variable:
    """What the file says of a variable.

    labels: what each code stands for, by the code as text.
    """

    def __init__(self, name: str, described: Any) -> None:
        self._is_text = described.readstat_variable_types[name] == "string"
        self._is_single = described.readstat_variable_types[name] == "float"
        self._missing: Sequence[Mapping[str, Any]] = described.missing_ranges.get(name, ())
        codes = described.variable_value_labels.get(name, {})
        self.labels = {self.text(code): composed(label) for code, label in codes.items()}

    def text(self, value: Any) -> str:
        """A value as text. One of Stata's type float is the shortest number that this type takes for it."""
        if value is None:
            return ""
        if isinstance(value, str):
            return composed(value).strip() if self._is_text else f".{value}"  # .a to .z: Stata's kinds of missing
        if isinstance(value, int | float):
            return cell_number(_shortest_single(value) if self._is_single else float(value))
        return str(value.isoformat()).removesuffix(DAY)

    def is_missing(self, value: Any) -> bool:
        """Whether the file declares the value to be missing."""
        if not self._is_text and isinstance(value, str):
            return True
        return value is not None and any(span["lo"] <= value <= span["hi"] for span in self._missing)


def _shortest_single(value: float) -> float:
    """2.3 of 2.299999952316284, its neighbour among the numbers of four bytes."""
    import numpy as np

    return float(str(np.float32(value)))
