"""Stage `tables`: annex tables 1 to 8 and tables 3 to 19 of the report, regenerated in its own layout.

Every sum, index, degree, total, average and cross-tabulation is computed anew from the scores; a value that the
report prints otherwise stands with the printed one beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.scores import UNIT, sum_of
from collective_efficiency.report.transcription import Cell, Report, Table
from collective_efficiency.words import DEGREES, LABELS, LOST, NOT_AVAILABLE

EMPTY_CLASS = "-"
NO_SCORE = "no score"
EXACT_PLACES = 4


@dataclass(frozen=True)
class Entry:
    """A regenerated value as text, and the printed one where the two differ (else empty)."""

    text: str
    printed: str = ""

    def both(self) -> str:
        """The value with the printed one beside it, for people."""
        if not self.printed:
            return self.text
        return f"{self.text} (lost)" if self.printed == LOST else f"{self.text} (printed {self.printed})"


@dataclass(frozen=True)
class Exhibit:
    """A regenerated table: `entries` holds one row of entries for each of `rows`, one entry for each of `columns`."""

    id: str
    title: str
    caption: str
    rows: tuple[str, ...]
    labels: tuple[str, ...]
    groups: Mapping[str, str]
    columns: tuple[str, ...]
    entries: tuple[tuple[Entry, ...], ...]

    def data(self) -> pd.DataFrame:
        """The table for machines: row, label, each column, and `<column>_printed` after it where any cell differs."""
        frame = pd.DataFrame({"row": self.rows, "label": self.labels})
        for number, column in enumerate(self.columns):
            entries = [row[number] for row in self.entries]
            frame[column] = [entry.text for entry in entries]
            if any(entry.printed for entry in entries):
                frame[f"{column}_printed"] = [entry.printed for entry in entries]
        return frame

    def display(self) -> pd.DataFrame:
        """The table for people, with the report's subheadings as rows of their own."""
        rows = []
        for key, label, entries in zip(self.rows, self.labels, self.entries, strict=True):
            if key in self.groups:
                rows.append([self.groups[key], *("" for _ in self.columns)])
            rows.append([label, *(entry.both() for entry in entries)])
        return pd.DataFrame(rows, columns=["", *(LABELS[column] for column in self.columns)])

    def classes(self) -> pd.DataFrame:
        """For each cell of `display` its class: group, summary, differs, lost, or nothing."""
        rows = []
        for key, entries in zip(self.rows, self.entries, strict=True):
            if key in self.groups:
                rows.append(["group", *("" for _ in self.columns)])
            row = "summary" if key in ("total", "average") else ""
            marks = ["" if not entry.printed else "lost" if entry.printed == LOST else "differs" for entry in entries]
            rows.append([row, *(f"{row} {mark}".strip() for mark in marks)])
        return pd.DataFrame(rows, columns=["", *(LABELS[column] for column in self.columns)])


class Regenerated:
    """The value that each cell should have, by the measures of its cluster, sector or degree.

    measured: the frame of `averages.measures` under the recomputed reading; clusters: the text frame of clusters.csv.
    """

    def __init__(self, clusters: pd.DataFrame, measured: pd.DataFrame) -> None:
        self._texts = _by_cluster(clusters)
        self._values = _by_cluster(measured)
        self._measured = measured

    def value(self, table: Table, row: str, column: str) -> Fraction | str | None:
        """The exact value at a cell of `table`; a word for classes and codes; None where there is none.

        A row is a cluster, `total` or `average` of the table's sector, a degree within it, or a sector.
        """
        if row in self._texts:
            if column in self._texts[row]:
                return _score(self._texts[row][column])
            found = self._values[row][column]
            return found if isinstance(found, str) else _fraction(found)
        if row in ("total", "average") and column == "degree":
            return None
        sector = table.sector or row
        group = self._measured[self._measured["sector"] == sector]
        if row in DEGREES:
            group = group[group["degree"] == row]
            if group.empty:
                return EMPTY_CLASS
        if row == "total":
            values = group[column].dropna()
            return Fraction(int(values.sum()), UNIT) if len(values) else None
        return sum_of(group[column]).mean


def _by_cluster(frame: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {row["cluster"]: dict(row) for row in frame.to_dict("records")}


def _score(text: str) -> Fraction | str | None:
    return text if text == NOT_AVAILABLE else Fraction(text) if text else None


def _fraction(units: float) -> Fraction | None:
    return None if pd.isna(units) else Fraction(int(units), UNIT)


def exhibits(
    report: Report, ids: Sequence[str], clusters: pd.DataFrame, measured: pd.DataFrame, captions: Mapping[str, str]
) -> list[Exhibit]:
    """The tables `ids` of `report`, regenerated; `captions` by layout say what was done."""
    values = Regenerated(clusters, measured)
    names = {row["cluster"]: row["name"] for row in report.clusters}
    return [_exhibit(report.tables[table_id], values, names, captions) for table_id in ids]


def _exhibit(table: Table, values: Regenerated, names: Mapping[str, str], captions: Mapping[str, str]) -> Exhibit:
    columns = tuple(column.name for column in table.columns)
    places = {column: _places(table, column) for column in columns}
    entries = tuple(
        tuple(
            entry(table.cells.get((row, column)), values.value(table, row, column), places[column])
            for column in columns
        )
        for row in table.rows
    )
    labels = tuple(label(table.labels[row], names.get(row, row.capitalize())) for row in table.rows)
    lost = any(cell.status == "lost" for cell in table.cells.values())
    note = " Cells marked (lost) are regenerated: the text layer of the report does not hold them." if lost else ""
    return Exhibit(
        table.id, table.title, captions[table.layout] + note, table.rows, labels, table.groups, columns, entries
    )


def label(printed: Mapping[str, str], name: str) -> str:
    """A row's label as printed, product first; `name` where the text layer lost any of it."""
    parts = [printed[key] for key in ("product_name", "label") if printed.get(key)]
    return name if not parts or any(LOST in part for part in parts) else ", ".join(parts)


def _places(table: Table, column: str) -> int:
    """The decimals of a column: the most that any of its cells is printed with (2 if all are lost)."""
    return max(
        (cell.decimals for (_, name), cell in table.cells.items() if name == column and cell.decimals is not None),
        default=2,
    )


def entry(cell: Cell | None, value: Fraction | str | None, places: int) -> Entry:
    """The regenerated `value` beside what `cell` prints, if the two differ.

    Totals and averages are compared as printed: rounded half up to the decimals of the cell. Scores, and the sums and
    indices of one cluster, are compared exactly: an index that was printed rounded is shown beside the exact one.
    """
    if cell is None:
        return Entry("" if value is None else _text(value, 0, exact=True))
    if value is None:
        return Entry(NO_SCORE, cell.printed)
    if isinstance(value, str):
        known = cell.value if isinstance(cell.value, str) else cell.printed
        return Entry(value, "" if value == known else cell.printed)
    if cell.status == "lost":
        return Entry(_text(value, places if cell.kind == "average" else 0, exact=cell.kind != "average"), LOST)
    if not isinstance(cell.value, Fraction):
        return Entry(_text(value, places), cell.printed)
    rounded = cell.kind in ("total", "average")
    printed_places = cell.decimals or 0
    same = half_up(value, printed_places) == half_up(cell.value, printed_places) if rounded else value == cell.value
    if same:
        return Entry(half_up(cell.value, printed_places))
    return Entry(_text(value, printed_places, exact=not rounded), cell.printed)


def _text(value: Fraction | str, places: int, exact: bool = False) -> str:
    """`value` with `places` decimals, or with as many as its exact value needs."""
    if isinstance(value, str):
        return value
    needed = next((more for more in range(places, EXACT_PLACES) if (value * 10**more).denominator == 1), EXACT_PLACES)
    return half_up(value, needed if exact else places)
