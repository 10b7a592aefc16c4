"""How a table is regenerated: every cell anew from the scores, beside what the report prints where the two differ.

The values are those of the run's choices; what is printed is judged by the report's own rules, as the audit does it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.audited import AuditedCells, exact_text
from collective_efficiency.exhibits.captions import caption_text
from collective_efficiency.exhibits.exhibit import Entry, Exhibit, row_label
from collective_efficiency.measures.averages import sector_sums
from collective_efficiency.measures.crosstabs import cross_cells
from collective_efficiency.numbers.scores import points
from collective_efficiency.report.transcription import Report, Table
from collective_efficiency.words import DEGREES, NOT_AVAILABLE

NO_CLUSTER = "-"  # how the report prints the mean of a degree that no cluster has (table 14)
NO_SCORE = "no score"
AVERAGES_TRUNCATED = "averages are truncated, as the report does it in this table"
MEANS_ROUNDED = "means and totals are rounded half up"


class Regenerated:
    """The value that each cell should have, by the measures of its cluster, sector or degree.

    clusters: the text frame of clusters.csv; measured: as `averages.cluster_measures` gives it, recomputed reading.
    """

    def __init__(self, clusters: pd.DataFrame, measured: pd.DataFrame) -> None:
        self._texts = _by_cluster(clusters)
        self._values = _by_cluster(measured)
        self._sectors = sector_sums(measured)
        self._crossed = {(cell.sector, cell.degree, cell.upgrading): cell for cell in cross_cells(measured)}

    def value(self, table: Table, row: str, column: str) -> Fraction | str:
        """The exact value at a cell of `table`, or a word: a class, or why there is no value.

        A row is a cluster, `total` or `average` of the table's sector, a degree within it, or a sector.
        """
        if row in self._texts:
            return self._of_cluster(row, column)
        if row in DEGREES:
            cell = self._crossed[table.sector, row, column]
            return _known(cell.scores.mean) if cell.clusters else NO_CLUSTER
        if column == "degree":  # neither a total nor an average has one
            return ""
        scores = self._sectors[table.sector or row][column]
        return _known(scores.total if row == "total" and scores.count else scores.mean)

    def clusters_behind(self, table: Table, row: str, column: str) -> str:
        """How many clusters stand behind a mean of a cross-tabulation; empty for what is none."""
        return str(self._crossed[table.sector, row, column].scores.count) if row in DEGREES else ""

    def _of_cluster(self, cluster: str, column: str) -> Fraction | str:
        texts = self._texts[cluster]
        if column in texts:  # a score or a code: as it stands
            text = texts[column]
            return Fraction(text) if text and text != NOT_AVAILABLE else text
        value = self._values[cluster][column]
        known = value if isinstance(value, str) else points(value)
        return NOT_AVAILABLE if known in ("", None) else known  # where a score is n.a. and left out


def _known(value: Fraction | None) -> Fraction | str:
    return NO_SCORE if value is None else value


def _by_cluster(frame: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {record["cluster"]: dict(record) for record in frame.to_dict("records")}


def regenerated_exhibits(
    report: Report,
    ids: Sequence[str],
    clusters: pd.DataFrame,
    measured: pd.DataFrame,
    audited: AuditedCells,
    choices: Choices,
) -> list[Exhibit]:
    """The tables `ids` of `report`, regenerated. clusters, measured: as `Regenerated` takes them, under `choices`."""
    values = Regenerated(clusters, measured)
    names = {record["cluster"]: record["name"] for record in report.clusters}
    return [_exhibit(report.tables[table_id], values, names, audited, choices) for table_id in ids]


def _exhibit(
    table: Table, values: Regenerated, names: Mapping[str, str], audited: AuditedCells, choices: Choices
) -> Exhibit:
    columns = tuple(column.name for column in table.columns)
    counted = any(row in DEGREES for row in table.rows)
    entries = tuple(tuple(_entry(table, row, column, values, audited) for column in columns) for row in table.rows)
    labels = tuple(row_label(table.labels[row], names.get(row, row.capitalize())) for row in table.rows)
    return Exhibit(
        table.id,
        table.title,
        _caption(table, counted, audited, choices),
        table.rows,
        labels,
        table.groups,
        columns,
        entries,
        counted,
    )


def _entry(table: Table, row: str, column: str, values: Regenerated, audited: AuditedCells) -> Entry:
    cell, value = table.cells.get((row, column)), values.value(table, row, column)
    if cell is not None:
        return audited.entry(cell, value, values.clusters_behind(table, row, column))
    if isinstance(value, str):  # the report leaves the cell blank; a class is more than that
        return Entry("" if value == NO_SCORE else value)
    return Entry(exact_text(value, 0))


def _caption(table: Table, by_degree: bool, audited: AuditedCells, choices: Choices) -> str:
    truncated = any(name == table.id for name, _ in audited.truncated)
    computed = any(column.kind not in ("item", "code") for column in table.columns)
    return caption_text(
        f"tables/{table.layout}",
        choices,
        "report",
        *(["recomputed"] if computed else []),
        by_degree=by_degree,
        rounding=AVERAGES_TRUNCATED if truncated else MEANS_ROUNDED,
        computed=computed,
    )
