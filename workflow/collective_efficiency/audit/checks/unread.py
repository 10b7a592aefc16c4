"""Cells that are not what their column holds: what cannot be a number, what is out of scale, what has another form.

They stay in their table, so that the rest is audited; what rests on a cell without a number is not checkable.
"""

from collections import defaultdict
from fractions import Fraction

from collective_efficiency.audit.checks.kinds import Observation
from collective_efficiency.audit.checks.walk import cells_in_order, place_of, tables_in_order
from collective_efficiency.audit.judge import Judge
from collective_efficiency.numbers.printed import shortest
from collective_efficiency.report.transcription import Cell, Report
from collective_efficiency.words import counted

_UNREADABLE = "unreadable"  # these stand where a finding names its check
_OTHER_FORM = "another_form"


def unread(report: Report, judge: Judge) -> list[Observation]:
    """A finding for each cell that is not read, and one for those of a column that are read and should not be so."""
    seen = []
    for table in tables_in_order(report):
        of_column: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for cell in cells_in_order(table):
            if cell.status == "unreadable":
                place = place_of(cell)
                right = judge.truth(place)
                expected = shortest(right) if isinstance(right, Fraction) else right or ""
                seen.append(Observation(_UNREADABLE, (place,), cell.printed, expected, cell.fault, "format"))
            elif cell.fault:
                of_column[cell.column, cell.fault].append(cell)
        seen += [_of_cells(cells, fault) for (_, fault), cells in of_column.items()]
    return seen


def _of_cells(cells: list[Cell], fault: str) -> Observation:
    printed = "; ".join(cell.printed for cell in cells)
    why = fault if len(cells) == 1 else f"{fault} ({counted(len(cells), 'cell')} of the column)"
    return Observation(_OTHER_FORM, tuple(map(place_of, cells)), printed, "", why, "format")
