"""Scores that stand in the wrong place: two cells exchanged, or a row typed twice.

One such event makes several derived cells wrong, by amounts that tell it: an exchange moves two totals by the same, up
and down; a row typed twice moves each total by what the row should have been. What fits is an `Optimum`, with all ties.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from collective_efficiency.audit.checks.walk import TOTAL_ROWS
from collective_efficiency.audit.explain import exchanged
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.localise import Optimum
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.score_rules import SLIP_COST, ScoreRule, ScoreRules
from collective_efficiency.audit.shares import Shares

EXCHANGE_COST = 1.7  # one event in two cells: less than two slips, more than one misprinted score
ROWS_COST = 1.65  # one event in two rows, for which another table and what was computed from it speak
TWICE_COST = 1.6  # one event in a whole row, which must explain two totals at least
MOST_PAIRS = 400  # of slips of a line that are off by the same: among more, chance makes pairs, and none tells anything
Deviations = Mapping[Place, Fraction]


def misplaced(judge: Judge, shares: Shares) -> list[list[Optimum]]:
    """For each event that fits, all ways in which it may have happened, the first in the order of places first."""
    deviations = dict(_deviations(judge))
    if len(deviations) < 2:
        return []
    rules = ScoreRules(judge, shares)
    found = [*_typed_twice(judge, rules, deviations), *_rows_exchanged(judge, deviations)]
    explained = {place for group in found for optimum in group for place in _told(rules, optimum)}
    left = {place: by for place, by in deviations.items() if place not in explained}
    return [*found, *_exchanges(judge, rules, left)]


def _told(rules: ScoreRules, optimum: Optimum) -> Iterator[Place]:
    for score in optimum.items:
        yield from (rule.target for rule, _ in rules.on(score))


def _deviations(judge: Judge) -> Iterator[tuple[Place, Fraction]]:
    """By how much each slip that is a number prints more than it should."""
    for place in sorted(judge.model.derivations):
        if (SLIP, place) in judge.judge(place).causes:
            printed, exact = judge.printed(place), judge.truth(place)
            if isinstance(printed, Fraction) and isinstance(exact, Fraction):
                yield place, printed - exact


# exchanged cells


def _exchanges(judge: Judge, rules: ScoreRules, deviations: Deviations) -> Iterator[list[Optimum]]:
    used: set[Place] = set()
    for one, other in _opposite(deviations):
        if {one, other} & used or exchanged(judge, one, other):
            continue
        pairs = _pairs(judge, rules, one, other)
        fitting = [
            Optimum(EXCHANGE_COST, frozenset(), {first: second_value, second: first_value})
            for first, first_value, second, second_value in pairs
            if _fits_exchange(
                rules, {one, other}, {first: second_value - first_value, second: first_value - second_value}
            )
        ]
        if fitting:
            used |= {one, other}
            yield fitting


def _opposite(deviations: Deviations) -> Iterator[tuple[Place, Place]]:
    """Pairs of slips of one row or column, of which one prints as much too much as the other too little."""
    by_line: dict[tuple[str, str, str, Fraction], list[Place]] = defaultdict(list)
    for place, by in deviations.items():
        by_line[place[0], "row", place[1], by].append(place)
        by_line[place[0], "column", place[2], by].append(place)
    for (table, line, key, by), places in by_line.items():
        others = by_line.get((table, line, key, -by), ())
        if by > 0 and len(places) * len(others) <= MOST_PAIRS:
            yield from ((one, other) for one in places for other in others)


def _pairs(
    judge: Judge, rules: ScoreRules, one: Place, other: Place
) -> Iterator[tuple[Place, Fraction, Place, Fraction]]:
    """Scores below two slips that stand across from each other: in one row below totals, in one column beside sums."""
    by_line = {_across(one, other, score): score for score in sorted(rules.shares.below(other))}
    for first in sorted(rules.shares.below(one)):
        second = by_line.get(_across(one, other, first))
        if second is None or second == first:
            continue
        first_value, second_value = judge.printed(first), judge.printed(second)
        items = judge.model.cells[first].kind == judge.model.cells[second].kind == "item"
        if (
            items
            and isinstance(first_value, Fraction)
            and isinstance(second_value, Fraction)
            and first_value != second_value
            and _may_right(rules, one, second_value - first_value)
            and _may_right(rules, other, first_value - second_value)
        ):
            yield first, first_value, second, second_value


def _may_right(rules: ScoreRules, slip: Place, change: Fraction) -> bool:
    """Whether a slip may be right if one score below it changes by so much: soon told, of however many."""
    rule = rules.rule(slip)
    return rule is not None and any(rule.admits(weight * change) for weight, _ in rules.shares.kinds(slip))


def _across(one: Place, other: Place, score: Place) -> tuple[str, str]:
    """Where a score stands in the direction that two slips share: its row below totals, its column beside sums."""
    return score[0], score[1] if one[1] == other[1] else score[2]


def _fits_exchange(rules: ScoreRules, slips: set[Place], changes: Mapping[Place, Fraction]) -> bool:
    """Whether with these changes the slips are right and no cell that was right is wrong."""
    touched: dict[Place, tuple[ScoreRule, Fraction]] = {}
    for score, by in changes.items():
        for rule, weight in rules.on(score):
            before = touched[rule.target][1] if rule.target in touched else Fraction(0)
            touched[rule.target] = rule, before + weight * by
    for target, (rule, change) in touched.items():
        holds = rule.admits(change)
        if not holds and (target in slips or rule.cost >= SLIP_COST or rules.judge.judge(target).causes == frozenset()):
            return False
    return slips <= touched.keys()


# exchanged rows


def _rows_exchanged(judge: Judge, deviations: Deviations) -> Iterator[list[Optimum]]:
    """Neighbouring rows in each other's place: another table repeats their sums the other way, and was computed on."""
    for one, other in _opposite(deviations):
        sources = [_source(judge, place) for place in (one, other)]
        if (
            not exchanged(judge, one, other)
            or not all(table for table, _, _ in sources)
            or not any(_goes_on(judge, at) for at in (one, other))
        ):
            continue
        (table, row, column), (other_table, other_row, other_column) = sources
        if (table, column) != (other_table, other_column) or {row, other_row} not in _neighbours(judge, table):
            continue
        items: dict[Place, Fraction] = {}
        for first in judge.model.rows[table, row]:
            second = (table, other_row, first[2])
            values = judge.printed(first), judge.printed(second) if second in judge.model.cells else None
            if judge.model.cells[first].kind == "item" and values[0] != values[1]:
                if not isinstance(values[0], Fraction) or not isinstance(values[1], Fraction):
                    break
                items |= {first: values[1], second: values[0]}
        else:
            if items:
                yield [Optimum(ROWS_COST, frozenset(), items)]


def _source(judge: Judge, place: Place) -> Place:
    """The cell that a cell repeats; empty texts if it repeats none."""
    copies = (way.parents[0][0] for way in judge.model.derivations.get(place, ()) if way.copy)
    return next(copies, ("", "", ""))


def _goes_on(judge: Judge, place: Place) -> bool:
    """Whether something was computed from a slip as it is printed."""
    return any((SLIP, place) in judge.judge(reader).causes for reader in judge.model.readers.get(place, ()))


def _neighbours(judge: Judge, table: str) -> list[set[str]]:
    rows = dict.fromkeys(row for _, row, _ in judge.model.cells_of_table.get(table, ()) if row not in TOTAL_ROWS)
    return [set(pair) for pair in pairwise(rows)]


# a row typed twice


def _typed_twice(judge: Judge, rules: ScoreRules, deviations: Deviations) -> Iterator[list[Optimum]]:
    off: dict[str, dict[str, Fraction]] = defaultdict(dict)  # by table and column, of the total row
    for (table, row, column), by in deviations.items():
        if row == "total":
            off[table][column] = by
    for table, by_column in off.items():
        if len(by_column) > 1:
            optima = [
                each for row in _doubled_rows(judge, table) for each in _retyped(judge, rules, table, row, by_column)
            ]
            supported = [each for each in optima if any(_sister_says(judge, place) for place in each.items)]
            if optima:
                yield supported or optima


def _doubled_rows(judge: Judge, table: str) -> list[str]:
    """The rows whose scores all equal those of the row above or below."""
    scores: dict[str, dict[str, object]] = defaultdict(dict)
    for (_, row, column), cell in judge.model.cells_of_table[table].items():
        if cell.kind == "item" and row not in TOTAL_ROWS:
            scores[row][column] = cell.value
    twins = [(one, other) for one, other in pairwise(scores) if len(scores[one]) > 1 and scores[one] == scores[other]]
    return sorted({row for pair in twins for row in pair})


def _retyped(
    judge: Judge, rules: ScoreRules, table: str, row: str, by_column: Mapping[str, Fraction]
) -> Iterator[Optimum]:
    """The scores that the row should have, by the totals; nothing if these are no scores."""
    items: dict[Place, Fraction] = {}
    for column, by in by_column.items():
        place = (table, row, column)
        cell = judge.model.cells.get(place)
        if cell is None or cell.kind != "item" or not isinstance(cell.value, Fraction):
            continue
        value = cell.value + by
        if (value / rules.step(table)).denominator != 1 or not rules.is_possible(place, value):
            return
        items[place] = value
    if len(items) > 1 or (items and any(column not in {place[2] for place in items} for column in by_column)):
        yield Optimum(TWICE_COST, frozenset(), items)


def _sister_says(judge: Judge, score: Place) -> bool:
    """Whether another table disagrees with what is printed of the score's row."""
    readers = [reader for reader in judge.model.readers.get(score, ()) if reader[1] == score[1]]
    repeated: Iterable[Place] = (copy for sum_ in readers for copy in judge.model.copies.get(sum_, ()))
    return any((SLIP, copy) in judge.judge(copy).causes for copy in repeated)


def event_text(event: Optimum) -> str:
    """What happened, in words.

    >>> event_text(Optimum(1.7, frozenset(), {("A1", "r1", "a"): Fraction(1), ("A1", "r1", "b"): Fraction(2)}))
    'cells exchanged: a and b of r1'
    """
    if event.cost == TWICE_COST:
        return f"row typed twice: {next(iter(event.items))[1]}"
    if event.cost == ROWS_COST:
        return f"rows exchanged: {' and '.join(sorted({row for _, row, _ in event.items}))}"
    (_, row, column), (_, other_row, other_column) = sorted(event.items)
    detail = f"{column} and {other_column} of {row}" if row == other_row else f"{row} and {other_row} of {column}"
    return f"cells exchanged: {detail}"
