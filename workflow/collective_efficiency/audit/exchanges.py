"""Scores in each other's place: two cells of a row or column, two neighbouring rows, or a whole column a row too far.

An exchange moves what rests on the one cell as far up as what rests on the other down.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, pairwise

from collective_efficiency.audit.explain import exchanged
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.localise import Optimum
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.operations import explained
from collective_efficiency.audit.trials import TOGETHER, Items, Trials
from collective_efficiency.words import SUMMARY_ROWS

EXCHANGE_COST = 1.7  # one event in two cells: less than two slips, more than one misprinted score
ROWS_COST = 1.65  # one event in two rows, for which another table and what was computed from it speak
SHIFT_COST = 1.65  # one event in a column, which every sum beside it shows
MOST_PAIRS = (
    400  # of slips of a column that are off by the same: among more, chance makes pairs, and none tells anything
)


# cells


def cells_exchanged(trials: Trials) -> Iterator[list[Optimum]]:
    """Two scores of one row or column that print each other's value."""
    for one, other in _opposite(trials.deviations):
        if not {one, other} <= trials.deviations.keys() or exchanged(trials.judge, one, other):
            continue
        fitting = (
            items for items in _pairs(trials, one, other) if trials.fits(one, items) and trials.fits(other, items)
        )
        if best := trials.best(fitting):
            yield [_exchange_of_cells(items) for items in best]


def _exchange_of_cells(items: Items) -> Optimum:
    (table, row, column), (_, other_row, other_column) = sorted(items)
    detail = f"{column} and {other_column} of {row}" if row == other_row else f"{row} and {other_row} of {column}"
    return Optimum(EXCHANGE_COST, frozenset(), items, explained("cells exchanged", f"{detail} in {table}"))


def _opposite(deviations: Mapping[Place, Fraction]) -> list[tuple[Place, Place]]:
    """Pairs of slips of one row or column, of which one prints too much and the other too little.

    Of a column, of as many rows as there are clusters, only those that differ by the same: sums, which are exact.
    """
    by_row: dict[tuple[str, str], list[Place]] = defaultdict(list)
    by_column: dict[tuple[str, str, Fraction], list[Place]] = defaultdict(list)
    for place, by in deviations.items():
        by_row[place[:2]].append(place)
        by_column[place[0], place[2], by].append(place)
    pairs = [
        (one, other)
        for places in by_row.values()
        for one, other in combinations(places, 2)
        if deviations[one] * deviations[other] < 0
    ]
    for (table, column, by), places in by_column.items():
        others = by_column.get((table, column, -by), ())
        if by > 0 and len(places) * len(others) <= MOST_PAIRS:
            pairs += [(one, other) for one in places for other in others]
    return pairs


def _pairs(trials: Trials, one: Place, other: Place) -> Iterator[Items]:
    """Scores below two slips that stand across from each other: in one row below totals, in one column beside sums."""
    across = {_across(one, other, score): score for score in trials.below(other)}
    for first in trials.below(one):
        second = across.get(_across(one, other, first))
        if second is not None:
            values = trials.score(first), trials.score(second)
            if values[0] is not None and values[1] is not None and values[0] != values[1]:
                yield {first: values[1], second: values[0]}


def _across(one: Place, other: Place, score: Place) -> tuple[str, str]:
    """Where a score stands in the direction that two slips share: its row below totals, its column beside sums."""
    return score[0], score[1] if one[1] == other[1] else score[2]


# rows


def rows_exchanged(trials: Trials) -> Iterator[list[Optimum]]:
    """Neighbouring rows in each other's place: another table repeats their sums the other way, and was computed on."""
    judge = trials.judge
    for one, other in _opposite(trials.deviations):
        if not exchanged(judge, one, other) or not any(_goes_on(judge, at) for at in (one, other)):
            continue
        (table, row, column), source = _source(judge, one), _source(judge, other)
        if table and (table, column) == (source[0], source[2]) and {row, source[1]} in _neighbours(judge, table):
            items = _rows_swapped(trials, table, row, source[1])
            if items:
                yield [_exchange_of_rows(items)]


def rows_exchanged_by_class(trials: Trials) -> Iterator[list[Optimum]]:
    """Neighbouring rows of different classes in each other's place: only the cross-tabulation tells."""
    model = trials.judge.model
    by_source: dict[str, list[Place]] = defaultdict(list)
    for slip in trials.deviations:
        for way in model.derivations[slip][:1]:
            if way.by_class:
                by_source[way.parents[0][0][0]].append(slip)
    for table, slips in by_source.items():
        if len(slips) < TOGETHER:
            continue
        swapped = (_rows_swapped(trials, table, *sorted(pair)) for pair in _neighbours(trials.judge, table))
        fitting = (items for items in swapped if items and all(trials.fits(slip, items) for slip in slips))
        if best := trials.best(fitting):
            yield [_exchange_of_rows(items) for items in best]


def _exchange_of_rows(items: Items) -> Optimum:
    table = next(iter(items))[0]
    detail = f"{' and '.join(sorted({row for _, row, _ in items}))} of {table}"
    return Optimum(ROWS_COST, frozenset(), items, explained("rows exchanged", detail))


def _rows_swapped(trials: Trials, table: str, row: str, other: str) -> Items | None:
    """The scores of two rows in each other's place, as far as they differ; None where one is unknown."""
    items: dict[Place, Fraction] = {}
    for first in trials.judge.model.rows[table, row]:
        if trials.judge.model.cells[first].kind == "item":
            second = (table, other, first[2])
            values = trials.score(first), trials.score(second)
            if values[0] is None or values[1] is None:
                return None
            if values[0] != values[1]:
                items |= {first: values[1], second: values[0]}
    return items


def _source(judge: Judge, place: Place) -> Place:
    """The cell that a cell repeats; empty texts if it repeats none."""
    copies = (way.parents[0][0] for way in judge.model.derivations.get(place, ()) if way.copy)
    return next(copies, ("", "", ""))


def _goes_on(judge: Judge, place: Place) -> bool:
    """Whether something was computed from a slip as it is printed."""
    return any((SLIP, place) in judge.judge(reader).causes for reader in judge.model.readers.get(place, ()))


def _neighbours(judge: Judge, table: str) -> list[set[str]]:
    return [set(pair) for pair in pairwise(judge.model.rows_of_table.get(table, ()))]


# columns


def columns_shifted(trials: Trials) -> Iterator[list[Optimum]]:
    """The scores of a column a row too far up or down, the last at the other end: the sums beside them are off."""
    by_table: dict[str, list[Place]] = defaultdict(list)
    for slip in trials.deviations:
        if slip[1] not in SUMMARY_ROWS:
            by_table[slip[0]].append(slip)
    for table, slips in by_table.items():
        if len(slips) <= TOGETHER:
            continue
        shifted = {
            (column, side): items
            for column in dict.fromkeys(at[2] for at in trials.below(slips[0]) if at[0] == table)
            for side, by in (("down", 1), ("up", -1))
            if (items := _shifted_back(trials, table, column, by)) and all(trials.fits(slip, items) for slip in slips)
        }
        if best := trials.best(shifted.values()):
            named = [(f"{column} of {table} by a row {side}", items) for (column, side), items in shifted.items()]
            yield [
                Optimum(SHIFT_COST, frozenset(), items, explained("shifted", detail))
                for detail, items in named
                if items in best
            ]


def _shifted_back(trials: Trials, table: str, column: str, by: int) -> Items | None:
    """The scores of a column where they belong, as far as they differ; None where one is unknown."""
    places = [(table, row, column) for row in trials.judge.model.rows_of_table[table]]
    values = [trials.score(place) for place in places]
    right = dict(zip(places, [*values[by:], *values[:by]], strict=True))
    items = {place: value for place, value in right.items() if value is not None and value != trials.score(place)}
    return None if None in values else items
