"""Rows and columns that look like totals or means by their names, and that no relation holds to anything.

A table may call its total `Total`, `Gesamt` or `Todos`; where checks.yaml says nothing of it, nothing would be checked.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction

from collective_efficiency.audit.checks.kinds import Observation
from collective_efficiency.audit.checks.walk import place_of, tables_in_order
from collective_efficiency.audit.line_names import is_summary_name
from collective_efficiency.audit.model import Model, Place
from collective_efficiency.report.transcription import Cell, Report, Table
from collective_efficiency.words import counted

_KEYS_OF_SAMPLES = ("mean", "percentage", "deviation")  # by which checks of facts name a column of means
UNHELD = "held_against_nothing"  # stands where a finding names its check


def lookalikes(report: Report, model: Model) -> list[Observation]:
    """A lead for each row and column that is called a total or a mean and has numbers that no check holds."""
    held = model.derivations.keys() | model.class_rules.keys()
    seen: list[Observation] = []
    for table in tables_in_order(report):
        checks = [check for check in model.checks.values() if table.layout in check.get("layouts", ())]
        named = {check[key] for check in checks for key in _KEYS_OF_SAMPLES if key in check}
        seen += _of_table(table, held, named)
    return seen


def _of_table(table: Table, held: Collection[Place], named: Collection[str]) -> Iterator[Observation]:
    for row in table.rows:
        names = {row, *table.labels.get(row, {}).values()}
        if any(map(is_summary_name, names)):
            yield from _unheld(f"row {row}", [cell for cell in table.cells.values() if cell.row == row], held)
    for column in (each.name for each in table.columns if is_summary_name(each.name) and each.name not in named):
        cells = [cell for cell in table.cells.values() if cell.column == column]
        if not any(place_of(cell) in held for cell in cells):
            yield from _unheld(f"column {column}", cells, held)


def _unheld(line: str, cells: list[Cell], held: Collection[Place]) -> Iterator[Observation]:
    loose = [cell for cell in cells if isinstance(cell.value, Fraction) and place_of(cell) not in held]
    if loose:
        why = f"the {line} looks like a total or a mean; no check holds {counted(len(loose), 'number')} of it"
        printed = "; ".join(cell.printed for cell in loose)
        yield Observation(UNHELD, tuple(map(place_of, loose)), printed, "", why, "lead")
