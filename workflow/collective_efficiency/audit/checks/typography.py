"""How numbers and words are printed: decimal marks, thousands marks, precision, spelling. One finding a table."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from collective_efficiency.audit.checks.kinds import Check, Observation, Observed
from collective_efficiency.audit.checks.walk import cells_in_order, place_of, tables_in_order
from collective_efficiency.audit.judge import Judge
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import is_of_program
from collective_efficiency.report.transcription import Cell, Report, Table
from collective_efficiency.words import SUMMARY_ROWS

QUOTED = 6  # odd cells whose text is quoted; more make a finding unreadable


def _seen(check: Check, cells: Sequence[Cell], printed: str, expected: str, why: str) -> Observation:
    return Observation(check["id"], tuple(map(place_of, cells)), printed, expected, why, check["severity"])


def observe_decimal_marks(check: Check, report: Report, judge: Judge) -> Observed:
    """One table uses one decimal mark."""
    looked, seen = 0, []
    for table in tables_in_order(report):
        by_mark: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells_in_order(table):
            if cell.decimals and not cell.reading:
                looked += 1
                by_mark[cell.printed[-cell.decimals - 1]].append(cell)
        if len(by_mark) > 1:
            rare = min(by_mark, key=lambda mark: (len(by_mark[mark]), mark))
            usual = max(by_mark, key=lambda mark: len(by_mark[mark]))
            odd, quoted = by_mark[rare], by_mark[rare][:QUOTED]
            printed = "; ".join(cell.printed for cell in quoted)
            expected = "; ".join(cell.printed.replace(rare, usual) for cell in quoted)
            why = f"{len(odd)} of {sum(map(len, by_mark.values()))} decimals of the table have the mark {rare!r}"
            seen.append(_seen(check, odd, printed, expected, why))
    return looked, seen


def observe_thousands(check: Check, report: Report, judge: Judge) -> Observed:
    """One table uses one mark between thousands, and not the decimal mark."""
    looked, seen = 0, []
    for table in tables_in_order(report):
        mark_of = {column.name: column.form.thousands for column in table.columns if column.form}
        cells = [
            cell
            for cell in cells_in_order(table)
            if mark_of.get(cell.column) and isinstance(cell.value, Fraction) and not cell.reading
        ]
        looked += len(cells)
        by_mark: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            whole = cell.printed[: -cell.decimals - 1] if cell.decimals else cell.printed
            if mark_of[cell.column] in whole:
                by_mark[mark_of[cell.column]].append(cell)
        if len(by_mark) > 1:
            rare = min(by_mark, key=lambda mark: (len(by_mark[mark]), mark))
            usual = max(by_mark, key=lambda mark: (len(by_mark[mark]), mark))
            odd, others = by_mark[rare], len(by_mark[usual])
            why = f"thousands are marked by {usual!r} in {others} cells and by {rare!r} in {len(odd)}"
            seen.append(_seen(check, odd, odd[0].printed, "one mark", why))
    return looked, seen


def observe_decimals(check: Check, report: Report, judge: Judge) -> Observed:
    """The totals, or the averages, of a table are printed with the same precision, or exactly."""
    looked, seen = 0, []
    for table in tables_in_order(report):
        coarse: list[tuple[Cell, Fraction]] = []
        for kind in SUMMARY_ROWS:
            cells = [cell for cell in cells_in_order(table, kind) if cell.decimals is not None]
            looked += len(cells)
            coarse += _coarser(cells, judge)
        if coarse:
            printed = "; ".join(cell.printed for cell, _ in coarse)
            expected = "; ".join(half_up(exact, (cell.decimals or 0) + 1) for cell, exact in coarse)
            why = "printed with fewer decimals than its neighbours, and not exact"
            seen.append(_seen(check, [cell for cell, _ in coarse], printed, expected, why))
    return looked, seen


def _coarser(cells: Sequence[Cell], judge: Judge) -> list[tuple[Cell, Fraction]]:
    """The consistent cells that have fewer decimals than another and lose something by it, with their exact values."""
    most = max((cell.decimals or 0 for cell in cells), default=0)
    judged = [(cell, judge.judge(place_of(cell))) for cell in cells if (cell.decimals or 0) < most]
    return [
        (cell, verdict.exact)
        for cell, verdict in judged
        if verdict.verdict in ("consistent", "consistent_if")
        and isinstance(verdict.exact, Fraction)
        and isinstance(cell.value, Fraction)
        and verdict.exact != cell.value
        and not is_of_program(cell.value, cell.decimals or 0)  # it has as many digits as a double
    ]


def observe_spelling(check: Check, report: Report, judge: Judge) -> Observed:
    """A class is spelled in one way."""
    looked, seen = 0, []
    for table in tables_in_order(report):
        words = _classes(table)
        looked += len(words)
        odd = [cell for cell in words if cell.printed != cell.value]
        if odd:
            why = f"spelled otherwise in {len(odd)} of {len(words)} cells"
            seen.append(_seen(check, odd, odd[0].printed, str(odd[0].value), why))
    return looked, seen


def _classes(table: Table) -> list[Cell]:
    return [cell for cell in cells_in_order(table, "class") if isinstance(cell.value, str)]
