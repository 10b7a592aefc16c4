"""A row typed twice: all its scores equal those of the row above or below, and the columns say that they should not."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, pairwise, product
from math import ceil, floor

from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.localise import Optimum
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.operations import explained
from collective_efficiency.audit.trials import TOGETHER, Items, Trials
from collective_efficiency.words import SUMMARY_ROWS

TWICE_COST = 1.6  # one event in a whole row, which must explain two slips at least
MOST_ADMITTED = 6  # of a score that a rounded mean admits
MOST_ROWS_TRIED = 200  # ways to choose one such value in each column


def row_typed_twice(trials: Trials) -> Iterator[list[Optimum]]:
    """For each table with a doubled row, the rows and scores that put everything right."""
    tables = dict.fromkeys(table for table, row, _ in trials.deviations if row in SUMMARY_ROWS)
    for table in tables:
        twins = dict(doubled_rows(trials.judge, table))
        best = trials.best(items for row in twins for items in _before(trials, table, row))
        rows = {next(iter(items))[1]: items for items in reversed(best)}  # of each row the first that fits
        if rows:
            yield [
                Optimum(TWICE_COST, frozenset(), items, explained("row typed twice", f"{row} repeats {twins[row]}"))
                for row, items in sorted(rows.items())
            ]


def doubled_rows(judge: Judge, table: str) -> list[tuple[str, str]]:
    """The rows whose scores all equal those of the row above or below, two known ones at least, with that row."""
    scores: dict[str, dict[str, object]] = defaultdict(dict)
    for (_, row, column), cell in judge.model.cells_of_table[table].items():
        if cell.kind == "item" and row not in SUMMARY_ROWS:
            scores[row][column] = cell.value
    known = {row: sum(value is not None for value in values.values()) for row, values in scores.items()}
    twins = [(one, other) for one, other in pairwise(scores) if known[one] > 1 and scores[one] == scores[other]]
    return [pair for one, other in twins for pair in ((one, other), (other, one))]


def _before(trials: Trials, table: str, row: str) -> Iterator[Items]:
    """The scores that a row may have had, by its totals and means."""
    cells = [at for at in trials.judge.model.rows[table, row] if trials.judge.model.cells[at].kind == "item"]
    wrong = [place for place in cells if any(True for _ in _summaries(trials, place))]
    if any(trials.score(place) is None for place in wrong):
        return  # what is not available has no value to try: see `whole_lines`
    by_score = {place: _admitted(trials, place) for place in wrong}
    for row_values in islice(product(*by_score.values()), MOST_ROWS_TRIED):
        items = dict(zip(by_score, row_values, strict=True))
        if len(items) >= TOGETHER or any(_sum_agrees(trials, place) for place in items):
            yield items


def _sum_agrees(trials: Trials, score: Place) -> bool:
    """Whether the sum beside a score is that of the row as it is typed: a misprinted score alone would not agree."""
    return any(at[1] == score[1] and at not in trials.deviations for at in trials.judge.model.readers.get(score, ()))


def _summaries(trials: Trials, score: Place) -> Iterator[Place]:
    """The wrong total and mean of the column of a score."""
    return (at for row in SUMMARY_ROWS if (at := (score[0], row, score[2])) in trials.deviations)


def _admitted(trials: Trials, score: Place) -> list[Fraction]:
    """The values of a score that its wrong totals and means admit, but for the printed one."""
    rules = list(trials.rules.on(score, list(_summaries(trials, score))))
    printed, step = trials.score(score), trials.rules.step(score[0])
    if not rules or printed is None:
        return []
    ends = [sorted((rule.low / weight, rule.high / weight)) for rule, weight in rules]
    first = ceil((printed + max(low for low, _ in ends)) / step)
    last = floor((printed + min(high for _, high in ends)) / step)
    values = [number * step for number in range(first, min(last, first + MOST_ADMITTED) + 1)]
    return [each for each in values if each != printed and trials.rules.is_possible(score, each)]
