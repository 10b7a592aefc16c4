"""How a table is regenerated: every cell anew from the scores, beside what the report prints where the two differ."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from collective_efficiency.exhibits.exhibit import Entry, Exhibit, row_label
from collective_efficiency.files.package import template
from collective_efficiency.measures.averages import sector_sums
from collective_efficiency.measures.crosstabs import cross_cells
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.scores import DERIVED_PLACES, points
from collective_efficiency.report.transcription import Cell, Report, Table
from collective_efficiency.words import DEGREES, LOST, NOT_AVAILABLE

NO_CLUSTER = "-"  # how the report prints the mean of a degree that no cluster has (table 14)
NO_SCORE = "no score"
LOST_NOTE = " Cells marked (lost) are regenerated: the text layer of the report does not hold them."


class Regenerated:
    """The value that each cell should have, by the measures of its cluster, sector or degree.

    clusters: the text frame of clusters.csv; measured: as `averages.cluster_measures` gives it, recomputed reading.
    """

    def __init__(self, clusters: pd.DataFrame, measured: pd.DataFrame) -> None:
        self._texts = _by_cluster(clusters)
        self._values = _by_cluster(measured)
        self._sectors = sector_sums(measured)
        self._crossed = {(cell.sector, cell.degree, cell.upgrading): cell for cell in cross_cells(measured)}

    def value(self, table: Table, row: str, column: str) -> Fraction | str | None:
        """The exact value at a cell of `table`; a word for classes and codes; None where there is none.

        A row is a cluster, `total` or `average` of the table's sector, a degree within it, or a sector.
        """
        if row in self._texts:
            return self._of_cluster(row, column)
        if row in DEGREES:
            cell = self._crossed[table.sector, row, column]
            return cell.scores.mean if cell.clusters else NO_CLUSTER
        if column == "degree":  # neither a total nor an average has one
            return None
        scores = self._sectors[table.sector or row][column]
        return (scores.total if scores.count else None) if row == "total" else scores.mean

    def _of_cluster(self, cluster: str, column: str) -> Fraction | str | None:
        texts = self._texts[cluster]
        if column in texts:  # a score or a code: as it stands
            text = texts[column]
            return text if text == NOT_AVAILABLE else Fraction(text) if text else None
        value = self._values[cluster][column]
        return value if isinstance(value, str) else points(value)


def _by_cluster(frame: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {record["cluster"]: dict(record) for record in frame.to_dict("records")}


def regenerated_exhibits(
    report: Report, ids: Sequence[str], clusters: pd.DataFrame, measured: pd.DataFrame
) -> list[Exhibit]:
    """The tables `ids` of `report`, regenerated. clusters, measured: as `Regenerated` takes them."""
    values = Regenerated(clusters, measured)
    names = {record["cluster"]: record["name"] for record in report.clusters}
    return [_exhibit(report.tables[table_id], values, names) for table_id in ids]


def _exhibit(table: Table, values: Regenerated, names: Mapping[str, str]) -> Exhibit:
    columns = tuple(column.name for column in table.columns)
    places = {column: _places(table, column) for column in columns}
    entries = tuple(
        tuple(
            regenerated_entry(table.cells.get((row, column)), values.value(table, row, column), places[column])
            for column in columns
        )
        for row in table.rows
    )
    labels = tuple(row_label(table.labels[row], names.get(row, row.capitalize())) for row in table.rows)
    caption = template(f"captions/{table.layout}.rst").strip()
    lost = any(cell.status == "lost" for cell in table.cells.values())
    return Exhibit(
        table.id, table.title, caption + (LOST_NOTE if lost else ""), table.rows, labels, table.groups, columns, entries
    )


def _places(table: Table, column: str) -> int:
    """The decimals of a column: the most that any of its cells is printed with (2 if all are lost)."""
    return max(
        (cell.decimals for (_, name), cell in table.cells.items() if name == column and cell.decimals is not None),
        default=2,
    )


def regenerated_entry(cell: Cell | None, value: Fraction | str | None, places: int) -> Entry:
    """The regenerated `value` beside what `cell` prints, if the two differ; cell: None where the report is blank.

    Totals and averages are compared as printed: rounded half up to the decimals of the cell. Scores, and the sums and
    indices of one cluster, are compared exactly: an index that was printed rounded is shown beside the exact one.
    """
    if isinstance(value, str):
        return _word(cell, value)
    if cell is None:
        return Entry("" if value is None else _exact_text(value, 0))
    if value is None:
        return Entry(NO_SCORE, cell.printed)
    if cell.status == "lost":
        return Entry(half_up(value, places) if cell.kind == "average" else _exact_text(value, 0), LOST)
    if not isinstance(cell.value, Fraction):
        return Entry(half_up(value, places), cell.printed)
    own_places = cell.decimals or 0
    if cell.kind in ("total", "average"):
        text, printed = half_up(value, own_places), half_up(cell.value, own_places)
        return Entry(text, "" if text == printed else cell.printed)
    return Entry(_exact_text(value, own_places), "" if value == cell.value else cell.printed)


def _word(cell: Cell | None, word: str) -> Entry:
    if cell is None:
        return Entry(word)
    printed = cell.value if isinstance(cell.value, str) else cell.printed
    return Entry(word, "" if word == printed else cell.printed)


def _exact_text(value: Fraction, places: int) -> str:
    """`value` with at least `places` decimals and as many more as it needs, up to four."""
    enough = (more for more in range(places, DERIVED_PLACES) if (value * 10**more).denominator == 1)
    return half_up(value, next(enough, DERIVED_PLACES))
