"""Plausibility of printed facts: what is not above something else, no large value twice, no row twice."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from math import exp, prod

from collective_efficiency.audit.checks.formulas import bound, parsed_inequality
from collective_efficiency.audit.checks.kinds import Check, Observation, Observed
from collective_efficiency.audit.checks.lines import lines_of
from collective_efficiency.audit.checks.moments import NUMERIC
from collective_efficiency.audit.checks.scores import chance_of_equals
from collective_efficiency.audit.checks.walk import (
    cells_in_order,
    number_columns,
    place_of,
    tables_in_order,
    unit_rows,
)
from collective_efficiency.audit.expressions import WeightedSum, expression_words, interval_of, places_of
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.spans import around
from collective_efficiency.numbers.rounding import Interval, stands_for
from collective_efficiency.report.transcription import Cell, Report
from collective_efficiency.words import counted

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


def observe_repeated_rows(check: Check, report: Report, judge: Judge) -> Observed:
    """No two rows are equal in the named columns; with how often chance does as much, by the columns' frequencies."""
    looked, seen = 0, []
    for table in tables_in_order(report, check["layouts"]):
        rows: dict[str, list[Cell]] = {}
        for row in unit_rows(table):
            cells = [table.cells.get((row, column)) for column in check["columns"]]
            known = [cell for cell in cells if cell is not None and cell.value is not None]
            if len(known) == len(cells):
                rows[row] = known
        looked += sum(map(len, rows.values()))
        chance = prod(chance_of_equals([cell.value for cell in column]) for column in zip(*rows.values(), strict=True))
        pairs = len(rows) * (len(rows) - 1) // 2
        by_values: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for row, known in rows.items():
            by_values[tuple(cell.value for cell in known)].append(row)
        for first, *others in by_values.values():
            if others:
                values = counted(len(check["columns"]), "value")
                why = (
                    f"equal to {', '.join(others)} in {values}; by chance a pair is so with probability {chance:.1e},"
                    f" some pair of {pairs} with {1 - exp(-pairs * chance):.2f}"
                )
                equal = tuple(place_of(cell) for row in (first, *others) for cell in rows[row])
                printed = " ".join(cell.printed for cell in rows[first])
                seen.append(Observation(check["id"], equal, printed, "", why, check.get("severity", NUMERIC)))
    return looked, seen


def observe_inequality(check: Check, report: Report, judge: Judge) -> Observed:
    """One formula is not above (below) another, as far as what is printed rounded tells."""
    left, relation, right = parsed_inequality(check["holds"])
    cells = judge.model.cells
    looked, seen = 0, []
    of_cells_alone = bound(left, None) is not None and bound(right, None) is not None
    for line in [None] if of_cells_alone else lines_of(check, report):
        one, other = bound(left, line), bound(right, line)
        if one is None or other is None:
            continue
        places = list(dict.fromkeys([*places_of(one), *places_of(other)]))
        if not places or any(place not in cells for place in places):
            continue
        looked += 1
        span = interval_of(WeightedSum(((Fraction(1), one), (Fraction(-1), other))), partial(_span, judge))
        if span is not None and not _may_be(span, relation):
            words = [expression_words(side, lambda place: cells[place].printed) for side in (one, other)]
            why = f"{words[0]} {relation} {words[1]} does not hold"
            severity = check.get("severity", NUMERIC)
            seen.append(Observation(check["id"], tuple(places), cells[places[0]].printed, "", why, severity))
    return looked, seen


def _span(judge: Judge, place: Place) -> Interval | None:
    """What a printed cell stands for: of a mean, or of a column of rounded numbers, all that print so."""
    cell = judge.model.cells[place]
    if not isinstance(cell.value, Fraction):
        return None
    is_rounded = cell.kind == "average" or (cell.table, cell.column) in judge.ways.rounded
    inexact = is_rounded or any(way.expression is not None for way in judge.model.derivations.get(place, ()))
    return (around if inexact else stands_for)(cell.value, cell.decimals or 0)


def _may_be(difference: Interval, relation: str) -> bool:
    """Whether some value of a difference is on the right side of zero."""
    match relation:
        case "<=":
            return difference.low < 0 or Fraction(0) in difference
        case ">=":
            return difference.high > 0 or Fraction(0) in difference
        case "<":
            return difference.low < 0
        case _:
            return difference.high > 0


def _digits(cell: Cell) -> int:
    """The significant digits of a printed number; none of a text."""
    return sum(mark.isdigit() for mark in cell.digits.strip("-.,0")) if isinstance(cell.value, Fraction) else 0
