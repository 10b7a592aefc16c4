"""Explanations by what a number was computed from: the wrong rows, another column, an old value, another denominator.

`explain` asks each of them for every slip that is a number.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from collective_efficiency.audit.checks.walk import TOTAL_ROWS
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.model import OMIT, ZERO, Derivation, Place
from collective_efficiency.audit.operations import Explanation, explained
from collective_efficiency.numbers.printed import shortest
from collective_efficiency.numbers.rounding import MODES, rounded

MOST_ROWS_NAMED = 3  # rows named that may have been left out; of more, how many more
FINER = -0.07  # of a mean with two decimals or more, which chance seldom gives: likelier than a replaced digit
WHOLE = 100  # what percentages add up to


def of_wrong_parts(judge: Judge, place: Place, printed: Fraction, expected: Fraction) -> Iterator[Explanation]:
    """Every explanation of the slip at `place` by what it was computed from."""
    ways = judge.model.derivations.get(place, ())
    yield from _of_treatment(judge, place, ways)
    yield from _of_draft_total(judge, place)
    yield from _of_revision(judge, place, ways)
    yield from _of_denominator(judge, place, ways)
    yield from _of_part(judge, place, printed, expected, ways)
    if place[1] in TOTAL_ROWS:
        yield from _of_neighbour(judge, place, printed)
        yield from _of_rows(judge, place, printed, expected)


def _prints(judge: Judge, place: Place, exact: Fraction) -> bool:
    return judge.fits(place, exact) is not None


def _of_treatment(judge: Judge, place: Place, ways: Sequence[Derivation]) -> Iterator[Explanation]:
    way = judge.ways.determined_treatment(place)
    for other in (each for each in ways if way and each.assumption in (ZERO, OMIT) and each.assumption != way):
        value = judge.value(other, judge.truth)
        if isinstance(value, Fraction) and _prints(judge, place, value) and not other.at_least:
            tied = judge.ways.treatments[place[0]].tied
            detail = f"{other.assumption}, as nothing else in {place[0]}"
            if tied:
                detail = f"{other.assumption}, unless it is wrong of {' and '.join(at[2] for at in tied)} in {place[0]}"
            yield explained("n.a. treated otherwise", detail, shared=other.assumption)


def _of_draft_total(judge: Judge, place: Place) -> Iterator[Explanation]:
    """A total from which the average was computed: that of a draft, unless it has one digit, which is soon mistyped."""
    average = (place[0], "average", place[2])
    follows = average in judge.model.cells and (SLIP, place) in judge.judge(average).causes
    if place[1] == "total" and follows and sum(mark.isdigit() for mark in judge.model.cells[place].printed) > 1:
        yield explained("stale draft total", "the average was computed from it")


def _of_revision(judge: Judge, place: Place, ways: Sequence[Derivation]) -> Iterator[Explanation]:
    """A copy that is not what it repeats, and from which other cells were computed."""
    sources = [way.parents[0][0] for way in ways if way.copy]
    if not sources:
        return
    follow = [at for at in judge.model.readers.get(place, ()) if (SLIP, place) in judge.judge(at).causes]
    if follow:
        table, row, column = follow[0]
        detail = f"{column} of {row} in {table} was computed from it; {sources[0][0]} was changed since"
        yield explained("sister table before revision", detail)


def _of_denominator(judge: Judge, place: Place, ways: Sequence[Derivation]) -> Iterator[Explanation]:
    """A share of one cell, taken of another number of its row than it should be."""
    for way in ways:
        (part, weight), *others = way.parents
        count = judge.truth(part)
        if others or way.copy or not isinstance(count, Fraction) or not weight or not count:
            continue
        meant = WHOLE / weight
        for at in judge.model.rows[place[:2]]:
            whole = judge.truth(at)
            usable = at not in (place, part) and isinstance(whole, Fraction) and whole not in (0, meant)
            if usable and isinstance(whole, Fraction) and _prints(judge, place, WHOLE * count / whole):
                yield explained("wrong denominator", f"{whole} for {meant}", shared=at[2])


def _of_part(
    judge: Judge, place: Place, printed: Fraction, expected: Fraction, ways: Sequence[Derivation]
) -> Iterator[Explanation]:
    """A score that only this sum reads may be misprinted as well as the sum."""
    if place[1] == "average" or any(way.copy or not way.linear for way in ways):
        return
    possible = []
    for part, weight in ways[0].parents if ways else ():
        value, largest = judge.printed(part), judge.model.largest.get((part[0], part[2]))
        alone = judge.model.readers.get(part) == (place,) and judge.model.cells[part].kind == "item"
        if not alone or part in judge.model.certified or not weight or not isinstance(value, Fraction):
            continue
        right = value + (printed - expected) / weight
        if right >= 0 and (largest is None or right <= largest):
            possible.append(f"{part[2] if part[1] == place[1] else part[1]} {shortest(value)} for {shortest(right)}")
    if possible and len(possible) <= MOST_ROWS_NAMED:
        yield explained("part misprinted", " or ".join(possible))


def of_certain_whole(judge: Judge, place: Place, expected: Fraction) -> Iterator[Explanation]:
    """A score that is wrong because what is computed from it is certified, or the 100 that shares add up to."""
    for whole in judge.model.readers.get(place, ()):
        if whole in judge.model.certified:
            printed = judge.model.cells[whole].printed
            line = f"{whole[1]} of {whole[2]}"
            yield explained("part misprinted, the whole is certain", f"{shortest(expected)} by the {printed} of {line}")


def _of_neighbour(judge: Judge, place: Place, printed: Fraction) -> Iterator[Explanation]:
    """A total that is right for a column beside it which has none, or which prints another's."""
    table, row, column = place
    cells = judge.model.cells_of_table[table].items()
    columns = list(dict.fromkeys(at[2] for at, cell in cells if isinstance(cell.value, Fraction)))
    at = columns.index(column)
    for other in sorted(
        {columns[at - 1], columns[(at + 1) % len(columns)]} - {column}
    ):  # the last wraps round to the first
        there = (table, row, other)
        if there in judge.model.cells:
            if judge.printed(there) != judge.truth(there) and _prints(judge, place, _number(judge.truth(there))):
                side = "right" if other == columns[at - 1] else "left"
                detail = f"{row} by a column to the {side}; {shortest(printed)} belongs to {other}"
                yield explained("shifted", detail, shared=side)
        else:
            places = [
                each for each in judge.model.cells_of_table[table] if each[2] == other and each[1] not in TOTAL_ROWS
            ]
            numbers = [value for each in places if isinstance(value := judge.truth(each), Fraction)]
            whole = sum(numbers, Fraction(0)) / (1 if row == "total" else len(numbers) or 1)
            if numbers and _prints(judge, place, whole):
                yield explained("shifted", f"{shortest(printed)} belongs to {other}, which has none")


def _number(value: object) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(-1)


def _of_rows(judge: Judge, place: Place, printed: Fraction, expected: Fraction) -> Iterator[Explanation]:
    """A total or mean that leaves a row out, counts one twice, or counts the total itself."""
    way = next((each for each in judge.derivations(place) if not each.copy and len(each.parents) > 1), None)
    if way is None or not way.linear:
        return
    parts = [(at, value) for at, _ in way.parents if isinstance(value := judge.truth(at), Fraction)]
    whole, n = sum((value for _, value in parts), Fraction(0)), len(way.parents)
    if place[1] == "total":
        if expected and _prints(judge, place, 2 * whole):
            yield explained("total counts itself", f"{shortest(2 * whole)} is twice {shortest(whole)}", shared="itself")
        without = [at[1] for at, value in parts if value and whole - value == printed]
        twice = [at[1] for at, value in parts if value and whole + value == printed]
        operation = "total over the wrong rows"
    else:
        without = [at[1] for at, value in parts if n > 1 and _prints_alike(judge, place, (whole - value) / (n - 1))]
        twice = ["the total"] if _prints_alike(judge, place, 2 * whole / (n + 1)) and whole else []
        operation = "mean over the wrong rows"
    finer = FINER if place[1] == "average" and judge.decimals(place) > 1 else 0.0
    if without:
        shared = without[0] if len(without) == 1 else ""
        yield explained(operation, f"without {_named(without)}", finer, shared)
    if 0 < len(twice) <= MOST_ROWS_NAMED:  # of more rows some one always fits
        yield explained(operation, f"with {_named(twice)}{'' if place[1] == 'average' else ' once more'}", finer)


def _prints_alike(judge: Judge, place: Place, exact: Fraction) -> bool:
    """Whether a mean prints so as its column rounds; where nobody knows, to the nearest."""
    mode, printed = judge.ways.likely_mode(place), judge.printed(place)
    modes = [mode.mode] if mode and mode.mode in MODES else ["half_up", "half_even"]
    return any(rounded(exact, judge.decimals(place), each) == printed for each in modes)  # type: ignore[arg-type]


def _named(rows: Sequence[str]) -> str:
    more = len(rows) - MOST_ROWS_NAMED
    return " or ".join(rows[:MOST_ROWS_NAMED]) + (f" or {more} others" if more > 0 else "")
