"""Ways through the tables of a report that do not depend on how its file lays them out."""

from collections.abc import Iterable, Iterator

from collective_efficiency.audit.model import Place
from collective_efficiency.report.transcription import Cell, Report, Table
from collective_efficiency.words import SUMMARY_ROWS


def place_of(cell: Cell) -> Place:
    return cell.table, cell.row, cell.column


def tables_in_order(report: Report, layouts: Iterable[str] | None = None) -> list[Table]:
    """The tables of these layouts (None: of any), by id."""
    wanted = None if layouts is None else set(layouts)
    chosen = (table for table in report.tables.values() if wanted is None or table.layout in wanted)
    return sorted(chosen, key=lambda table: table.id)


def cells_in_order(table: Table, kind: str = "") -> list[Cell]:
    """The cells of a table (of one kind, if it is named), by row and column."""
    return [table.cells[place] for place in sorted(table.cells) if kind in ("", table.cells[place].kind)]


def unit_rows(table: Table) -> list[str]:
    """The rows that stand for one cluster, sector or class each: all but totals and averages."""
    return sorted(row for row in table.rows if row not in SUMMARY_ROWS)


def number_columns(table: Table) -> Iterator[str]:
    """The columns that hold numbers, in printed order."""
    return (column.name for column in table.columns if column.form)
