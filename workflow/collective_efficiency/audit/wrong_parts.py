"""Explanations by what a number was computed from: the wrong rows, another column, an old value, another denominator.

`explain` asks each of them for every slip that is a number.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.model import OMIT, ZERO, Derivation, Place
from collective_efficiency.audit.operations import Explanation, explained
from collective_efficiency.audit.treatments import UNDETERMINED
from collective_efficiency.numbers.printed import shortest
from collective_efficiency.numbers.rounding import MODES, NEAREST, rounded
from collective_efficiency.words import SUMMARY_ROWS

MOST_ROWS_NAMED = 3  # rows named that may have been left out; of more, how many more
ODD_MEAN = 0.3  # of a mean that only truncation or rounding up gives, where nobody knows how its column rounds
FINER = -0.07  # of a mean with two decimals or more, which chance seldom gives: likelier than a replaced digit
SHIFT_OF_ONE = 0.6  # how much dearer a shift is that a single cell shows: by chance its neighbour often has its value
WHOLE = 100  # what percentages add up to


def of_wrong_parts(judge: Judge, place: Place, printed: Fraction, expected: Fraction) -> Iterator[Explanation]:
    """Every explanation of the slip at `place` by what it was computed from."""
    ways = judge.model.derivations.get(place, ())
    yield from _of_treatment(judge, place, ways)
    yield from _of_draft_total(judge, place)
    yield from _of_revision(judge, place, ways)
    yield from _of_denominator(judge, place, ways)
    yield from _of_part(judge, place, printed, expected, ways)
    if place[1] in SUMMARY_ROWS:
        yield from _of_neighbour(judge, place, printed)
        yield from _of_rows(judge, place, printed, expected)


def _prints(judge: Judge, place: Place, exact: Fraction) -> bool:
    return judge.fits(place, exact) is not None


def _of_treatment(judge: Judge, place: Place, ways: Sequence[Derivation]) -> Iterator[Explanation]:
    way = judge.ways.determined_treatment(place)
    yield from _of_copied_treatment(judge, place, ways)
    for other in (each for each in ways if way and each.assumption in (ZERO, OMIT) and each.assumption != way):
        value = judge.value(other, judge.truth)
        if isinstance(value, Fraction) and _prints(judge, place, value) and not other.at_least:
            tied = judge.ways.treatments[place[0]].tied
            detail = f"{other.assumption}, as nothing else in {place[0]}"
            if tied:
                detail = f"{other.assumption}, unless it is wrong of {' and '.join(at[2] for at in tied)} in {place[0]}"
            yield explained("n.a. treated otherwise", detail, shared=other.assumption)


def _of_copied_treatment(judge: Judge, place: Place, ways: Sequence[Derivation]) -> Iterator[Explanation]:
    """A copy of a mean that is what the other treatment of missing scores gives."""
    for source in (way.parents[0][0] for way in ways if way.copy):
        for other in judge.model.derivations.get(source, ()):
            value = judge.value(other, judge.truth)
            if other.assumption in (ZERO, OMIT) and not other.at_least and _prints(judge, place, _number(value)):
                yield explained("n.a. treated otherwise", f"{other.assumption}, as not in {source[0]}")
                return


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
    cells = judge.model.cells_of_table[table]
    of_numbers = {at[2] for at, cell in cells.items() if isinstance(cell.value, Fraction)}
    columns = [each for each in dict.fromkeys(at[2] for at in cells) if each in of_numbers]
    at = columns.index(column)
    for other in sorted(
        {columns[at - 1], columns[(at + 1) % len(columns)]} - {column}
    ):  # the last wraps round to the first
        there = (table, row, other)
        if there in judge.model.cells:
            right = judge.first_value(there, judge.truth)  # of a sum that leaves open what is unknown, the least
            if right != judge.truth(place) and _prints(judge, place, _number(right)):
                side = "right" if other == columns[at - 1] else "left"
                detail = f"{row} by a column to the {side}; {shortest(printed)} belongs to {other}"
                yield explained("shifted", detail, SHIFT_OF_ONE if judge.printed(there) == right else 0.0, side)
        else:
            places = [each for each in cells if each[2] == other and each[1] not in SUMMARY_ROWS]
            numbers = [value for each in places if isinstance(value := judge.truth(each), Fraction)]
            whole = sum(numbers, Fraction(0)) / (1 if row == "total" else len(numbers) or 1)
            if numbers and _prints(judge, place, whole):
                yield explained("shifted", f"{shortest(printed)} belongs to {other}, which has none")


def _number(value: object) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(-1)


def _of_rows(judge: Judge, place: Place, printed: Fraction, expected: Fraction) -> Iterator[Explanation]:
    """A total or mean that leaves a row out, counts one twice, or counts the total itself."""
    ways = (each for each in judge.derivations(place) if each.linear and not each.copy and len(each.parents) > 1)
    way = next((each for each in ways if all(at[2] == place[2] for at, _ in each.parents)), None)
    if way is None:
        return
    parts = [(at, value) for at, _ in way.parents if isinstance(value := judge.truth(at), Fraction)]
    whole, n = sum((value for _, value in parts), Fraction(0)), len(way.parents)
    if place[1] == "total":
        if expected and _is_twice(judge, place, printed, whole):
            yield explained("total counts itself", f"{shortest(printed)} is twice {shortest(whole)}", shared="itself")
        without = [at[1] for at, value in parts if value and whole - value == printed]
        twice = [at[1] for at, value in parts if value and whole + value == printed]
        operation, dearer = "total over the wrong rows", 0.0
    else:
        counts = {n, len(parts)} - {0, 1}  # of all rows, and of those that are known
        means = [((whole - value) / (count - 1), at[1]) for at, value in parts for count in counts]
        means += [(2 * whole / (count + 1), "") for count in counts if whole]
        fitting, dearer = _fitting_means(judge, place, means)
        without, twice = [at[1] for at, _ in parts if at[1] in fitting], ["the total"] if "" in fitting else []
        operation = "mean over the wrong rows"
        dearer += FINER if judge.decimals(place) > 1 else 0.0
    if without:
        shared = without[0] if len(without) == 1 else ""
        yield explained(operation, f"without {_named(without)}", dearer, shared)
    if 0 < len(twice) <= MOST_ROWS_NAMED:  # of more rows some one always fits
        yield explained(operation, f"with {_named(twice)}{'' if place[1] == 'average' else ' once more'}", dearer)


def _is_twice(judge: Judge, place: Place, printed: Fraction, whole: Fraction) -> bool:
    """Whether a total prints twice its sum, or twice what that was rounded to."""
    twice_rounded = (2 * rounded(whole, judge.decimals(place), mode) for mode in MODES)
    return _prints(judge, place, 2 * whole) or printed in twice_rounded


def _fitting_means(judge: Judge, place: Place, means: Sequence[tuple[Fraction, str]]) -> tuple[set[str], float]:
    """The rows whose mean prints so as the column rounds; where nobody knows, to the nearest, else dearer."""
    known = judge.ways.likely_mode(place)
    told = known is not None and known.mode != UNDETERMINED
    tried = ((known.admits, 0.0),) if known and told else ((NEAREST, 0.0), (frozenset(MODES), ODD_MEAN))
    for modes, dearer in tried:
        fitting = {
            row
            for mean, row in means
            if any(rounded(mean, judge.decimals(place), mode) == judge.printed(place) for mode in modes)
        }
        if fitting:
            return fitting, dearer
    return set(), 0.0


def _named(rows: Sequence[str]) -> str:
    more = len(rows) - MOST_ROWS_NAMED
    return " or ".join(rows[:MOST_ROWS_NAMED]) + (f" or {more} others" if more > 0 else "")
