"""Whole rows and columns in the wrong place that hold unknown scores: told by their totals and means.

What is not available has no value to put right, so these are told from what the columns print (`misplaced` tries the
known scores): the finding names the scores, and what each should be.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice, product
from math import ceil, floor

from collective_efficiency.audit.event import Event, of_cause
from collective_efficiency.audit.explain import exchanged
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.model import OMIT, ZERO, Place
from collective_efficiency.audit.operations import explained
from collective_efficiency.audit.retyped import doubled_rows
from collective_efficiency.audit.score_rules import step_of_scores
from collective_efficiency.audit.trials import TOGETHER
from collective_efficiency.numbers.printed import shortest
from collective_efficiency.words import NOT_AVAILABLE, SUMMARY_ROWS

MOST_SCORES_TRIED = 40  # of a score that a rounded mean admits
MOST_LINES_TRIED = 5_000  # ways to choose one value in each column


def whole_lines(judge: Judge) -> list[Event]:
    """The rows typed twice and the columns exchanged that no known score alone explains."""
    slips = sorted(place for place in judge.model.derivations if (SLIP, place) in judge.judge(place).causes)
    rows = list(rows_typed_twice(judge, slips))
    left = [place for place in slips if not any(place in event.places for event in rows)]
    return [*rows, *columns_exchanged(judge, left)]


# columns


def columns_exchanged(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
    """Two columns whose totals and means, and what repeats these, are each other's."""
    left = set(slips)
    by_row: dict[tuple[str, str], list[Place]] = {}
    for place in slips:
        if place[1] in SUMMARY_ROWS:
            by_row.setdefault(place[:2], []).append(place)
    for (table, _), places in by_row.items():
        for one, other in combinations(places, 2):
            if not {one, other} <= left or not exchanged(judge, one, other):
                continue
            first, second = _sums_up(judge, table, one[2]), _sums_up(judge, table, other[2])
            pairs = [*zip(first, second, strict=False), *zip(second, first, strict=False)]
            agree = [at for at, twin in pairs if judge.judge(at).causes and _is_of(judge, at, twin)]
            if len(agree) > TOGETHER:
                explains = [at for at in agree if at in left]
                left.difference_update(explains)
                cause = explained("columns exchanged", f"{one[2]} and {other[2]} of {table}")
                yield of_cause(judge, explains, cause, _swapped(judge, table, one[2], other[2]))


def _is_of(judge: Judge, at: Place, twin: Place) -> bool:
    """Whether a cell prints what another should."""
    return judge.fits(at, judge.truth(twin)) is not None


def _sums_up(judge: Judge, table: str, column: str) -> list[Place]:
    """The total and mean of a column, and the cells that repeat them."""
    own = [(table, row, column) for row in SUMMARY_ROWS if (table, row, column) in judge.model.cells]
    return [*own, *(copy for at in own for copy in judge.model.copies.get(at, ()))]


def _swapped(judge: Judge, table: str, one: str, other: str) -> Mapping[Place, str]:
    """What the scores of two columns should print: the text of the other column, where that is another."""
    cells, right = judge.model.cells_of_table[table], {}
    for place, cell in cells.items():
        if place[2] in (one, other) and place[1] not in SUMMARY_ROWS:
            twin = cells.get((table, place[1], other if place[2] == one else one))
            if twin is not None and twin.printed != cell.printed:
                right[place] = twin.printed
    return right


# rows


def rows_typed_twice(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
    """A row that repeats the one beside it, where other scores, some of them unknown, give what its columns print."""
    left = set(slips)
    for table in dict.fromkeys(place[0] for place in slips if place[1] in SUMMARY_ROWS):
        told: list[tuple[str, str, list[Place], Mapping[Place, str]]] = []
        twins = doubled_rows(judge, table)
        if not twins:
            continue
        columns = _Columns(judge, table)
        for row, twin in twins:
            wrong = [at for at in dict.fromkeys(columns.rest_on(row)) if judge.judge(at).causes]
            explains = sorted(wrong, key=lambda at: at not in left)  # slips first
            right = columns.before(row) if len(left.intersection(explains)) >= TOGETHER else None
            if right:
                told.append((row, twin, explains, right))
        if told:
            row, twin, explains, right = told[0]
            left.difference_update(explains)
            also = [explained("row typed twice", f"{other} repeats {its}") for other, its, *_ in told[1:]]
            yield of_cause(judge, explains, explained("row typed twice", f"{row} repeats {twin}"), right, also)


class _Columns:
    """The scores of a table by column, added up once, and what sums them up."""

    def __init__(self, judge: Judge, table: str) -> None:
        self.judge, self.table = judge, table
        self.step = step_of_scores(judge.model, table)
        self.sums_up: dict[str, dict[str, list[Place]]] = {}
        self._sum: dict[str, Fraction] = {}
        self._count: dict[str, tuple[int, int]] = {}  # known numbers, and rows
        for place, cell in judge.model.cells_of_table[table].items():
            if place[1] in SUMMARY_ROWS or cell.kind not in ("item", "derived"):
                continue
            value, column = judge.truth(place), place[2]
            known, rows = self._count.get(column, (0, 0))
            number = value if isinstance(value, Fraction) else None
            self._sum[column] = self._sum.get(column, Fraction(0)) + (number or 0)
            self._count[column] = known + (number is not None), rows + 1
        for column in self._sum:
            self.sums_up[column] = {
                row: [at, *judge.model.copies.get(at, ())] if at in judge.model.cells else []
                for row in SUMMARY_ROWS
                for at in [(table, row, column)]
            }

    def rest_on(self, row: str) -> Iterator[Place]:
        """What sums up the columns of a row, and what repeats the row's sums."""
        for place in self._cells(row):
            yield from (at for each in self.sums_up[place[2]].values() for at in each)
            yield from self.judge.model.copies.get(place, ())

    def _cells(self, row: str) -> list[Place]:
        return [place for place in self.judge.model.rows[self.table, row] if place[2] in self._sum]

    def before(self, row: str) -> Mapping[Place, str] | None:
        """The scores that a row may have had, as texts, as far as they are others; None if with none all holds."""
        kinds = {place: self.judge.model.cells[place].kind for place in self._cells(row)}
        options = [[(place, value) for value in self._tried(place)] for place, kind in kinds.items() if kind == "item"]
        for chosen in islice(product(*options), MOST_LINES_TRIED):
            values = dict(chosen)
            if all(self._sum_holds(place, values) for place, kind in kinds.items() if kind == "derived"):
                texts = {place: NOT_AVAILABLE if value is None else shortest(value) for place, value in values.items()}
                changed = {place for place, value in values.items() if value != self._number(place)}
                return {place: texts[place] for place in sorted(changed)} or None
        return None

    def _number(self, place: Place) -> Fraction | None:
        value = self.judge.truth(place)
        return value if isinstance(value, Fraction) else None

    def _others(self, place: Place) -> tuple[Fraction, int, int]:
        """The sum of the other numbers of a column, how many are known, and how many rows it has with this one."""
        number, (known, rows) = self._number(place), self._count[place[2]]
        return self._sum[place[2]] - (number or 0), known - (number is not None), rows

    def _tried(self, place: Place) -> Iterator[Fraction | None]:
        """The values of a score with which the total and mean of its column print as they do."""
        rest, known, rows = self._others(place)
        summaries = {row: self.judge.printed(at[0]) for row, at in self.sums_up[place[2]].items() if at}
        total, mean = summaries.get("total"), summaries.get("average")
        tried: list[Fraction | None] = [self._number(place)]
        if isinstance(total, Fraction):
            tried = [None, total - rest]
        elif isinstance(mean, Fraction):
            unit = Fraction(1, 10 ** (self.judge.model.cells[self.sums_up[place[2]]["average"][0]].decimals or 0))
            tried = [None]
            for count in {known + 1, rows}:
                first = ceil(((mean - unit) * count - rest) / self.step)
                last = floor(((mean + unit) * count - rest) / self.step)
                tried += [
                    number * self.step for number in range(max(first, 0), min(last, first + MOST_SCORES_TRIED) + 1)
                ]
        largest = self.judge.model.largest.get((self.table, place[2]))
        for value in dict.fromkeys(tried):
            possible = value is None or (value >= 0 and (largest is None or value <= largest))
            if possible and self._column_holds(place, value):
                yield value

    def _column_holds(self, place: Place, value: Fraction | None) -> bool:
        """Whether total and mean of a column, and what repeats them, print what a value in a row gives."""
        rest, known, rows = self._others(place)
        whole, known = rest + (value or 0), known + (value is not None)
        told = self.judge.ways.treatments.get(self.table)
        counts = {ZERO: [rows], OMIT: [known]}.get(told.way if told else "", [rows, known])
        given = {"total": [whole], "average": [whole / count for count in counts if count]}
        return all(
            any(self.judge.fits(at, each) is not None for each in given[row])
            for row, places in self.sums_up[place[2]].items()
            for at in places
        )

    def _sum_holds(self, place: Place, values: Mapping[Place, Fraction | None]) -> bool:
        """Whether the sum of a row's scores is what is repeated elsewhere, and gives its own total and mean."""
        ways = (way for way in self.judge.derivations(place) if way.linear and not way.copy)
        way = next((way for way in ways if all(at in values for at, _ in way.parents)), None)
        if way is None:
            return True
        whole = sum((weight * (values[at] or 0) for at, weight in way.parents), way.constant)
        repeated = all(self.judge.printed(copy) == whole for copy in self.judge.model.copies.get(place, ()))
        return repeated and self._column_holds(place, whole)
