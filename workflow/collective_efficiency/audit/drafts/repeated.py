"""Columns of a table that repeat columns of another one, row by row of the same name."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from collective_efficiency.audit.drafts.drafted import DraftedTable
from collective_efficiency.audit.drafts.evidence import Relation
from collective_efficiency.audit.drafts.lines import NumberGrid, column_lines
from collective_efficiency.audit.drafts.proposals import Proposal
from collective_efficiency.audit.drafts.scaled import copies_of
from collective_efficiency.audit.line_names import is_summary_name

_AS_PRINTED = (1.0,)  # the factor of a copy that is in the same units
_MOSTLY = 0.7  # of the cells are the same: numbers that were revised are no copy


def repeated(tables: Sequence[DraftedTable]) -> Iterator[tuple[str, Proposal]]:
    """For each pair of tables of which the later repeats columns of the earlier one: its id, and the check."""
    for number, table in enumerate(tables):
        known: set[int] = set()  # columns that repeat one: what a third table repeats as well is said once
        for source in tables[:number]:
            found = {each.target: each for each in _copies(table, source) if each.target not in known}
            if found:
                known |= {*found}
                yield table.id, _proposal(table, source, found)


def _shared(table: DraftedTable, source: DraftedTable) -> list[str]:
    there = {*source.rows}
    return [row for row in table.rows if row in there]


def _copies(table: DraftedTable, source: DraftedTable) -> Iterator[Relation]:
    """For each column of a table (by number) the column of the source, numbered behind those, that it repeats best."""
    rows = _shared(table, source)
    width = len(table.number_columns)
    numbers: dict[tuple[int, int], tuple[Fraction, int]] = {}
    for each, first in ((table, 0), (source, width)):
        at = {row: number for number, row in enumerate(each.rows)}
        numbers |= {
            (number, first + column): each.grid.numbers[at[row], column]
            for number, row in enumerate(rows)
            for column in range(len(each.number_columns))
            if (at[row], column) in each.grid.numbers
        }
    columns = (*table.grid.columns, *source.grid.columns)
    if not numbers:
        return
    lines = column_lines(NumberGrid(table.id, tuple(rows), columns, numbers))
    for target in range(width):
        ways = copies_of(lines, target, np.arange(width, len(columns)), _AS_PRINTED)
        mostly = [way for way in ways if len(way.held) >= _MOSTLY * len(way.tried)]
        if mostly:
            yield min(mostly, key=lambda way: (way.chance, way.parts))


def _proposal(table: DraftedTable, source: DraftedTable, found: Mapping[int, Relation]) -> Proposal:
    rows, columns = _shared(table, source), table.number_columns
    texts = {row: number for number, row in enumerate(table.rows)}
    pairs = {
        columns[target].name: source.number_columns[each.parts[0] - len(columns)].name
        for target, each in sorted(found.items())
    }
    check = {
        "id": f"{table.layout}_copy_of_{source.layout}",
        "kind": "copy",
        "layouts": [table.layout],
        "from": [source.layout],
        "columns": pairs,
        **({"rows": rows} if any(map(is_summary_name, rows)) else {}),  # without it a copy is of all rows but totals
        "guessed": True,
    }
    against = tuple(
        f"{columns[target].name}/{rows[cell]} {columns[target].texts[texts[rows[cell]]]}"
        for target, each in sorted(found.items())
        for cell in sorted(each.tried - each.held)
    )
    held, tried = sum(len(each.held) for each in found.values()), sum(len(each.tried) for each in found.values())
    return Proposal(check, held, tried, against)
