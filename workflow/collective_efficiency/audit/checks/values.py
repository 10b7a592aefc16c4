"""Plausibility of printed facts: one column not above another, no large value twice."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import exp

from collective_efficiency.audit.checks.kinds import Check, Observation, Observed
from collective_efficiency.audit.checks.walk import cells_in_order, number_columns, place_of, tables_in_order
from collective_efficiency.audit.judge import Judge
from collective_efficiency.report.transcription import Cell, Report

THREE_DIGIT_NUMBERS = 900  # the birthday rule's days: values agree by chance as their three leading digits do


def observe_not_above(check: Check, report: Report, judge: Judge) -> Observed:
    """One column is not above another: what a cluster exports it also produces."""
    looked, seen = 0, []
    for smaller, larger in _pairs(check, report):
        looked += 1
        if isinstance(smaller.value, Fraction) and isinstance(larger.value, Fraction) and smaller.value > larger.value:
            said = smaller.row in check.get("noted", ())
            note = "the report's own note says so" if said else "the report's note on such rows leaves it out"
            why = f"above {check['larger']} ({larger.printed}); {note}"
            cells, expected = (place_of(smaller), place_of(larger)), f"at most {larger.printed}"
            seen.append(Observation(check["id"], cells, smaller.printed, expected, why, check["severity"]))
    return looked, seen


def _pairs(check: Check, report: Report) -> Iterator[tuple[Cell, Cell]]:
    """The two cells of each row that has both as numbers."""
    for table in tables_in_order(report):
        for row in sorted(table.rows):
            smaller, larger = (table.cells.get((row, check[key])) for key in ("smaller", "larger"))
            if smaller is None or larger is None:
                continue
            if isinstance(smaller.value, Fraction) and isinstance(larger.value, Fraction):
                yield smaller, larger


def observe_repeated_values(check: Check, report: Report, judge: Judge) -> Observed:
    """No large value stands twice in a column, unless chance does as much: by the birthday rule over three digits."""
    looked, seen = 0, []
    for table in tables_in_order(report, check["layouts"]):
        for column in number_columns(table):
            cells = [
                cell for cell in cells_in_order(table) if cell.column == column and _digits(cell) >= check["digits"]
            ]
            looked += len(cells)
            pairs = len(cells) * (len(cells) - 1) / 2
            chance = 1 - exp(-pairs / THREE_DIGIT_NUMBERS)
            by_value: dict[Fraction | str | None, list[Cell]] = defaultdict(list)
            for cell in cells:
                by_value[cell.value].append(cell)
            for same in by_value.values():
                if len(same) > 1:
                    why = f"in {len(same)} of {len(cells)} cells; chance does as much with probability {chance:.2f}"
                    places = tuple(map(place_of, same))
                    seen.append(Observation(check["id"], places, same[0].printed, "", why, check["severity"]))
    return looked, seen


def _digits(cell: Cell) -> int:
    """The significant digits of a printed number; none of a text."""
    return sum(mark.isdigit() for mark in cell.digits.strip("-.,0")) if isinstance(cell.value, Fraction) else 0
