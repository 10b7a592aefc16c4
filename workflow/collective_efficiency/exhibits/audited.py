"""What the audit says of the printed cells, for the tables: its verdicts stand on the report's own rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.exhibits.exhibit import Entry
from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import rounded
from collective_efficiency.numbers.scores import DERIVED_PLACES
from collective_efficiency.report.transcription import Cell

PLACES_OF_LOST = 2  # decimals of a cell that the text layer lost: those of most of its neighbours
MARK_OF_VERDICT = {
    "inconsistent": "differs", "consistent_if": "assumed", "lost": "lost", "not_checkable": "unchecked",
}  # fmt: skip
NO_REFERENCE = ("input", "not_checkable")  # verdicts on cells that follow from nothing


@dataclass(frozen=True)
class AuditedCells:
    """What the audit found, by the keys of table, row and column; truncated: the tables and columns that truncate."""

    cells: Mapping[tuple[str, str, str], Record]
    truncated: frozenset[tuple[str, str]]

    def entry(self, cell: Cell, value: Fraction | str, n: str = "") -> Entry:
        """The regenerated `value` of a cell, beside what is printed there and what the audit says of that."""
        audited = self.cells[cell.table, cell.row, cell.column]
        verdict, by_report = audited["verdict"], audited["recomputed"]
        text = value if isinstance(value, str) else self.text(cell, value)
        mark = MARK_OF_VERDICT.get(verdict, "")
        chosen = "" if verdict in NO_REFERENCE or text == by_report else by_report
        same = _same(by_report if verdict not in NO_REFERENCE else text, cell)
        assumed = audited["rounding"] if mark == "assumed" else ""
        printed = cell.printed if mark == "differs" or (mark and not same) else ""
        return Entry(text, mark or ("chosen" if chosen else ""), printed, assumed, chosen, n)

    def text(self, cell: Cell, value: Fraction) -> str:
        """`value` as the cell would print it: with its decimals, rounded as the audit finds that its column is.

        The sums and indices of one cluster have as many decimals as they need, up to four; averages and totals have
        those of the cell.
        """
        places = PLACES_OF_LOST if cell.decimals is None else cell.decimals
        if cell.kind not in ("average", "total"):
            return exact_text(value, places)
        if cell.kind == "average" and (cell.table, cell.column) in self.truncated:
            value = rounded(value, places, "truncation")
        return half_up(value, places)


def verdicts_of_cells(cells: Iterable[Record], rounding: Iterable[Record]) -> AuditedCells:
    """What audit/cells.csv and audit/rounding.csv say, given as their records."""
    return AuditedCells(
        {(record["table"], record["row"], record["column"]): record for record in cells},
        frozenset((record["table"], record["column"]) for record in rounding if record["mode"] == "truncation"),
    )


def exact_text(value: Fraction, places: int) -> str:
    """`value` with at least `places` decimals and as many more as it needs, up to four.

    >>> exact_text(Fraction(37, 4), 1), exact_text(Fraction(9), 1), exact_text(Fraction(1, 3), 0)
    ('9.25', '9.0', '0.3333')
    """
    enough = (more for more in range(places, DERIVED_PLACES) if (value * 10**more).denominator == 1)
    return half_up(value, next(enough, DERIVED_PLACES))


def _same(text: str, cell: Cell) -> bool:
    """Whether the cell prints `text`, whatever mark stands before its decimals."""
    printed = half_up(cell.value, cell.decimals or 0) if isinstance(cell.value, Fraction) else cell.value
    return text in (printed, cell.printed)
