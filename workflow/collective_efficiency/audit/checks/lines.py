"""The lines of tables along which a relation holds: each row, whose columns it names, or each column, whose rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.audit.checks.walk import number_columns, tables_in_order, unit_rows
from collective_efficiency.audit.expressions import At, Expression, WeightedSum
from collective_efficiency.audit.model import Place
from collective_efficiency.numbers.printed import exact
from collective_efficiency.report.transcription import Report, Table
from collective_efficiency.words import SUMMARY_ROWS

ROWS, COLUMNS = "rows", "columns"  # what the names of a relation are
_ONE = Fraction(1)


@dataclass(frozen=True)
class Line:
    """One row of a table, of which a relation names columns, or (over_rows) one column, of which it names rows."""

    table: Table
    key: str
    over_rows: bool

    def place(self, name: str, across: str = "") -> Place:
        """The cell of this line at `name`; across: of another line instead."""
        key = across or self.key
        return (self.table.id, name, key) if self.over_rows else (self.table.id, key, name)

    def at(self, name: str, across: str = "") -> At:
        return At(self.place(name, across))

    def names(self) -> list[str]:
        """The names that a line has, without totals and averages: rows, or columns of numbers."""
        return unit_rows(self.table) if self.over_rows else list(number_columns(self.table))

    def others(self) -> list[str]:
        """The keys of all lines beside this one and itself, in printed order, without totals and averages."""
        if self.over_rows:
            return list(number_columns(self.table))
        return [row for row in self.table.rows if row not in SUMMARY_ROWS]

    def before(self, name: str, lag: int = 1) -> At | None:
        """The cell at `name` so many lines before, in printed order; below 0: behind. None where there is no such line,
        and for a total.
        """
        keys = self.others()
        at = keys.index(self.key) - lag if self.key in keys else -1
        return self.at(name, keys[at]) if 0 <= at < len(keys) else None


def lines_of(check: Check, report: Report) -> Iterator[Line]:
    """The lines along which a check holds: those that it names under `only`, else all but the row of averages."""
    only = check.get("only")
    for table in tables_in_order(report, check.get("layouts")):
        over_rows = check.get("over", COLUMNS) == ROWS
        keys = list(number_columns(table)) if over_rows else [row for row in table.rows if row != "average"]
        known = [column.name for column in table.columns] if over_rows else list(table.rows)
        for key in keys if only is None else [key for key in known if key in only]:
            yield Line(table, key, over_rows)


def weighted(names: Mapping[str, str | int | float] | list[str]) -> dict[str, Fraction]:
    """Names with their weights; of a mere list each once.

    >>> weighted(["x", "y"]) == weighted({"x": 1, "y": "1"})
    True
    """
    if isinstance(names, Mapping):
        return {name: exact(weight) for name, weight in names.items()}
    return dict.fromkeys(names, _ONE)


def sum_of_cells(line: Line, weights: Mapping[str, Fraction]) -> Expression:
    """The weighted sum of the cells of a line."""
    return WeightedSum(tuple((weight, line.at(name)) for name, weight in weights.items()))
