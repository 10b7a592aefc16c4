"""The relations of a table's numbers: which rows and columns seem to follow from others, and in how many cells."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from collective_efficiency.audit.drafts.backwards import backwards
from collective_efficiency.audit.drafts.called import called
from collective_efficiency.audit.drafts.evidence import Relation
from collective_efficiency.audit.drafts.lines import NumberGrid, NumberLines, column_lines, row_lines
from collective_efficiency.audit.drafts.orientation import oriented
from collective_efficiency.audit.drafts.products import products
from collective_efficiency.audit.drafts.scaled import copies, scaled
from collective_efficiency.audit.drafts.simplest import simplest
from collective_efficiency.audit.drafts.sums import adjacent_sums, all_sums, sets_of_four

_LEVELS = 6  # of totals of totals
_MANY_LINES = 200  # in a table of more rows these are records: sums and means of them are sought, nothing else
_FEWEST = 3  # numbers that a column needs to be a running number
_NOT_ADDED = ("ratio", "growth", "share", "index", "step_growth")  # kinds of columns whose total is no sum


def discover(grid: NumberGrid) -> list[Relation]:
    """The relations between rows and between columns of a table that chance would hardly show, the simplest of them."""
    grid = replace(grid, numbers=_measured(grid))
    if not grid.numbers:
        return []
    columns = column_lines(grid)
    copied = simplest(copies(columns))
    rows = _without_evidence(row_lines(grid), [each.target for each in copied])
    of_rows = [oriented(each, rows) for each in _sums(rows, [])]
    totals = {each.target for each in of_rows if each.kind == "sum"}
    leaves = {*range(len(rows))} - {each.target for each in of_rows}
    of_columns = [oriented(each, columns) for each in _sums(columns, copied)]
    of_columns += simplest([*products(columns), *scaled(columns, leaves, totals), *backwards(columns)], of_columns)
    if len(rows) <= _MANY_LINES:
        ends = {each.target for each in of_columns if each.kind == "sum"}
        firsts = {*range(len(columns))} - {each.target for each in of_columns}
        of_rows += simplest([*products(rows), *scaled(rows, firsts, ends), *backwards(rows)], of_rows)
    found = [*_applicable(of_columns, of_rows), *_additive(of_rows, of_columns)]
    return sorted(found, key=lambda each: (each.axis, each.target))


def _sums(lines: NumberLines, kept: list[Relation]) -> list[Relation]:
    """Sums and means, level by level: first what stands beside its parts, then totals of totals, then of what is left.

    kept: what is known; the answer has it, too.
    """
    everything = list(range(len(lines)))
    kept += simplest([*adjacent_sums(lines, everything, ()), *all_sums(lines), *sets_of_four(lines)], kept)
    for _ in range(_LEVELS):
        totals = [each.target for each in kept if each.kind == "sum"]
        added = {part for each in kept if each.kind == "sum" for part in each.parts}
        known = {each.target for each in kept}
        aside = {each.target for each in kept if each.kind == "mean"}
        top = [line for line in everything if line not in added | aside]
        leaves = [line for line in everything if line not in {*totals, *aside}]
        new = simplest(adjacent_sums(lines, top, totals, known), kept) if kept else []
        new += simplest(adjacent_sums(lines, leaves, (), known), [*kept, *new]) if kept else []
        if not new:
            break
        kept += new
    return kept + called(lines, kept)


def _without_evidence(lines: NumberLines, cells: Sequence[int]) -> NumberLines:
    """The lines, in which that these cells hold is no evidence: a copy of a column says nothing of rows once more."""
    rooms = lines.rooms.copy()
    rooms[:, cells] = 0
    return replace(lines, rooms=rooms)


def _measured(grid: NumberGrid) -> dict[tuple[int, int], tuple[Fraction, int]]:
    """The numbers without those of columns that only count or name the rows: years, ranks, running numbers."""
    counting = set()
    for column in range(len(grid.columns)):
        values = [value for (_, at), (value, _) in sorted(grid.numbers.items()) if at == column]
        steps = {later - earlier for earlier, later in pairwise(values)}
        if len(values) >= _FEWEST and len(steps) == 1 and abs(steps.pop()) == 1:
            counting.add(column)
    return {place: number for place, number in grid.numbers.items() if place[1] not in counting}


def _additive(of_rows: Iterable[Relation], of_columns: Sequence[Relation]) -> list[Relation]:
    """Sums of rows without the columns that are not added up: ratios and shares, and those in which no sum holds."""
    sums = [each for each in of_rows if each.kind == "sum"]
    ever = {cell for each in sums for cell in each.held}
    computed = {each.target for each in of_columns if each.kind in _NOT_ADDED}
    kept = []
    for relation in of_rows:
        if relation.kind in ("sum", "mean"):
            left_out = {
                cell
                for cell in relation.tried - relation.held
                if cell in computed or (cell not in ever and len(sums) > 1)
            }
            relation = replace(relation, tried=relation.tried - left_out)
        kept.append(relation)
    return kept


def _applicable(of_columns: Iterable[Relation], of_rows: Sequence[Relation]) -> list[Relation]:
    """Relations of columns without the totals and means of rows for which they do not hold."""
    summary = {each.target for each in of_rows if each.kind in ("sum", "mean")}
    return [
        replace(each, tried=each.tried - ((each.tried - each.held) & summary)) if each.kind in _NOT_ADDED else each
        for each in of_columns
    ]
