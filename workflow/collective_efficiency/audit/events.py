"""Slips that are one event: what made several cells wrong at once is one finding, with one explanation.

A row that repeats another, a total row shifted by a column or counting itself, a column that is off by the same in
every row, one wrong divisor in all averages. What explains no second cell stays a finding of its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from collective_efficiency.audit.event import Event, of_cause
from collective_efficiency.audit.explain import copied_row, exchange_partners, exchanged, explanations
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.localise import Optimum
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.operations import explained

SAME_OFFSET = 3  # cells that are off by the same, or by a row: of two, chance does as much
SHARING = 2  # cells that one named cause explains


def slip_events(
    judge: Judge, slips: Sequence[Place], misplaced: Sequence[Optimum] = (), lines: Sequence[Event] = ()
) -> list[Event]:
    """The slips as events, by their first cells. misplaced, lines: events of scores that are known already."""
    left = dict.fromkeys(sorted(slips))
    events: list[Event] = []

    def known(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
        for line in lines:
            yield replace(line, places=tuple(place for place in line.places if place in slips))
        for each in misplaced:
            if each.event:
                yield of_cause(judge, sorted(each.items), each.event)

    for detect in (known, _whole_rows, _rows, _widely_shared, _exchanged, _offsets, _shared):
        for event in detect(judge, tuple(left)):
            if event.places and all(place in left for place in event.places):
                events.append(event)
                for place in event.places:
                    del left[place]
    events += [Event((place,), tuple(explanations(judge, place))) for place in left]
    return sorted(events, key=lambda event: event.places)


def _whole_rows(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
    """Cells of two rows that are each other's."""
    by_row: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in slips:
        by_row[place[:2]].append(place)
    for (table, row), places in by_row.items():
        partners = [at[1] for at in exchange_partners(judge, places[0]) if at[2] == places[0][2] and at[1] > row]
        for other in dict.fromkeys(partners):
            twins = [(table, other, column) for _, _, column in places]
            same = set(twins) == set(by_row.get((table, other), ()))
            if same and len(places) > 1 and all(exchanged(judge, *pair) for pair in zip(places, twins, strict=True)):
                yield of_cause(judge, (*places, *twins), explained("rows exchanged", f"{row} and {other} of {table}"))


def _rows(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
    """Slips of one row that repeat that row of another table."""
    by_row: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in slips:
        by_row[place[:2]].append(place)
    for places in by_row.values():
        cause = copied_row(judge, places)
        if cause:
            yield of_cause(judge, places, cause)


def _exchanged(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
    left = set(slips)
    for place in slips:
        partners = (each for each in exchange_partners(judge, place) if each in left and exchanged(judge, place, each))
        twin = next(partners, None)
        if place in left and twin is not None:
            left -= {place, twin}
            yield Event((place, twin), tuple(explanations(judge, place)))


def _offsets(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
    """Slips of one column that are off by the same in every row."""
    by_offset: dict[tuple[str, str, Fraction], list[Place]] = defaultdict(list)
    for place in slips:
        printed, truth = judge.printed(place), judge.truth(place)
        if isinstance(printed, Fraction) and isinstance(truth, Fraction):
            by_offset[place[0], place[2], printed - truth].append(place)
    for (_, column, by), places in by_offset.items():
        if len(places) >= SAME_OFFSET:
            side = "above" if by > 0 else "below"
            detail = f"{column} is {abs(by)} {side} what follows in {len(places)} rows"
            yield of_cause(judge, places, explained("systematic offset", detail))


def _shifted(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
    """Sums of a column that stand a row too far up or down."""
    by_side: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for table, row, column in slips:
        for side, other in zip(("down", "up"), judge.model.beside_row.get((table, row), ()), strict=False):
            there = (table, other, column)
            if there in judge.model.cells and judge.truth(there) == judge.printed((table, row, column)):
                by_side[table, column, side].append((table, row, column))
    for (table, column, side), places in by_side.items():
        if len(places) >= SAME_OFFSET:
            yield of_cause(judge, places, explained("shifted", f"{column} of {table} by a row {side}"))


def _widely_shared(judge: Judge, slips: Sequence[Place]) -> Iterator[Event]:
    """Slips of which one named cause explains more than any exchange would, the most first."""
    events = [*_shared(judge, slips, 1 + SHARING), *_offsets(judge, slips), *_shifted(judge, slips)]
    yield from sorted(events, key=lambda event: -len(event.places))


def _shared(judge: Judge, slips: Sequence[Place], least: int = SHARING) -> Iterator[Event]:
    """Slips of one row or column that one named cause explains: the one that explains the most of them first."""
    by_cause: dict[tuple[str, str, str, str, str], list[Place]] = defaultdict(list)
    ranked = {place: explanations(judge, place) for place in slips}
    for place, explained_by in ranked.items():
        for each in explained_by:
            if each.shared:
                for line, key in (("row", place[1]), ("column", place[2])):
                    cells = by_cause[each.operation, each.shared, place[0], line, key]
                    cells += [] if place in cells else [place]
    left = set(slips)
    for (operation, shared, *_), cells in sorted(by_cause.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        places = [place for place in cells if place in left]
        if len(places) >= least:
            left -= set(places)
            cause = next(each for each in ranked[places[0]] if (each.operation, each.shared) == (operation, shared))
            yield Event(tuple(places), (cause, *(each for each in ranked[places[0]] if each != cause)))


def tied(texts: Mapping[Place, Sequence[str]], event: Event) -> list[str]:
    """What else may have happened as well, by the cells of an event."""
    return list(dict.fromkeys(text for place in event.places for text in texts.get(place, ())))
