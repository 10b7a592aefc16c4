"""Slips to put into a set of tables that holds together, and whether its numbers can tell.

A slip is one event: what a typist, a programme or an author did once. It is decidable if no reading of the slipped set
makes everything hold (under any way of rounding and any treatment of what is unknown), and no other single event of as
few cells puts it right. Both are found here by trying, without the library.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil, floor
from random import Random
from re import fullmatch

from synthetic import (
    CLASSES,
    EMPTY,
    UNKNOWN,
    WAYS,
    Book,
    ClassOf,
    Formula,
    Mean,
    Place,
    Same,
    Sum,
    class_of,
    evaluated,
    number_columns,
    printed,
    rounded,
    score_columns,
    sound_book,
    tables_of,
    written,
)

BOUNDLESS = 10**9  # what an unknown score may add to a sum where no largest is declared
MOST_VALUES = 60  # of one cell that are tried: a score has fewer, but where no largest is declared


@dataclass(frozen=True)
class Slip:
    """One event in a set. cells: those that are wrong by it; names: words, one of which names it; texts: what changes.

    The cells that were computed from a wrong one are among the texts, but not among the cells. twin: what puts right a
    set in which the same happened to other cells (of two rows that are alike either may be the one typed twice).
    """

    cells: frozenset[Place]
    names: tuple[str, ...]
    texts: Mapping[Place, str]
    twin: Mapping[Place, str] = field(default_factory=dict)


# which relations hold


class Conditions:
    """What the relations of a set ask of its texts.

    What is rounded tells nothing of what rests on it, as long as that can be computed anew; so every relation is asked
    of the exact cells below it.
    """

    def __init__(self, book: Book, texts: Mapping[Place, str]) -> None:
        self.book, self.texts = book, texts
        self.relations = [*book.formulas.items(), *book.also_holds]
        self.treats = [self._treats(target, formula) for target, formula in self.relations]
        self.cells: list[frozenset[Place]] = [
            frozenset({target, *self._below(formula)}) for target, formula in self.relations
        ]
        self.touched: dict[Place, set[int]] = defaultdict(set)
        for number, cells in enumerate(self.cells):
            for place in cells:
                self.touched[place].add(number)
        self.unknown = {place[0] for place, text in texts.items() if text == UNKNOWN}
        self.unknown |= {page for page in book.pages if book.pages[page].layout == "crosstab"}
        self.fits = [self._fits(number, texts) for number in range(len(self.relations))]

    def _treats(self, target: Place, formula: Formula) -> str:
        """The table whose treatment of what is unknown a relation has."""
        if isinstance(formula, Mean):
            return formula.table
        if isinstance(formula, Same) and formula.of in self.book.formulas:
            return self._treats(formula.of, self.book.formulas[formula.of])
        return target[0]

    def _below(self, formula: Formula) -> Iterator[Place]:
        """The cells that a relation reads: exact ones and classes."""
        if isinstance(formula, Sum):
            places = [place for place, _ in formula.parts]
        elif isinstance(formula, Mean):
            places = [*formula.parts, *formula.classes]
        else:
            places = [formula.of if isinstance(formula, Same) else formula.index]
        for place in places:
            if self._is_read(place):
                yield place
            else:
                yield from self._below(self.book.formulas[place])

    def _is_read(self, place: Place) -> bool:
        return place in self.book.exact or place[2] == "degree"

    def _value(self, place: Place, texts: Mapping[Place, str], omits: bool) -> Fraction | str | None:
        if not self._is_read(place):
            low, _ = self._gives(place, self.book.formulas[place], texts, omits)
            return low
        text = texts[place]
        return None if text == UNKNOWN else text if place[2] == "degree" else Fraction(text)

    def _gives(
        self, target: Place, formula: Formula, texts: Mapping[Place, str], omits: bool
    ) -> tuple[Fraction | str, Fraction | str]:
        """The lowest and the highest value that a relation allows."""
        if isinstance(formula, Same):
            value = self._value(formula.of, texts, omits)
            assert value is not None
            return value, value
        if isinstance(formula, ClassOf):
            index = self._value(formula.index, texts, omits)
            assert isinstance(index, Fraction)
            word = class_of(index, self.book.cut_offs)
            return word, word
        if isinstance(formula, Sum):
            return self._sum(target, formula, texts, omits)
        members = list(formula.parts)
        if formula.word:
            members = [part for part, at in zip(members, formula.classes, strict=True) if texts[at] == formula.word]
        values = [self._value(part, texts, omits) for part in members]
        numbers = [value for value in values if isinstance(value, Fraction)]
        count = len(numbers) if omits else len(values)
        mean = sum(numbers, Fraction(0)) / count if count else EMPTY
        return mean, mean

    def _sum(self, target: Place, formula: Sum, texts: Mapping[Place, str], omits: bool) -> tuple[Fraction, Fraction]:
        """What is unknown adds nothing where it counts as zero, else something between zero and the highest."""
        values = [(self._value(part, texts, omits), weight) for part, weight in formula.parts]
        low = sum((weight * value for value, weight in values if isinstance(value, Fraction)), Fraction(0))
        unknown = sum((weight for value, weight in values if value is None), Fraction(0))
        declared = bool(self.book.layouts["parts_a"].largest)
        return low, low + (unknown * (self.book.highest if declared else BOUNDLESS) if omits else 0)

    def _fits(self, number: int, texts: Mapping[Place, str]) -> dict[bool, frozenset[str]]:
        """The ways of rounding under which a relation holds, by the treatment of what is unknown."""
        target, formula = self.relations[number]
        treatments = (False, True) if self.treats[number] in self.unknown else (False,)
        return {omits: self._ways(target, formula, texts, omits) for omits in treatments}

    def _ways(self, target: Place, formula: Formula, texts: Mapping[Place, str], omits: bool) -> frozenset[str]:
        low, high = self._gives(target, formula, texts, omits)
        text = texts[target]
        if isinstance(low, str) or isinstance(high, str) or text in (EMPTY, UNKNOWN):
            return frozenset(WAYS if text == low else ())
        value, decimals = Fraction(text), len(text.partition(".")[2])
        if target in self.book.exact:
            return frozenset(WAYS if low <= value <= high else ())
        return frozenset(way for way in WAYS if rounded(low, decimals, way) == value)

    def hold(self, changed: Mapping[Place, str] | None = None) -> bool:
        """Whether everything holds, with these texts changed, under one way a column and one treatment a table."""
        fits = self.fits
        if changed:
            texts = {**self.texts, **changed}
            fits = list(fits)
            for number in {number for place in changed for number in self.touched[place]}:
                fits[number] = self._fits(number, texts)
        feasible = self._feasible(fits)
        by_way: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
        for number, fit in enumerate(fits):
            allowed = feasible[self.treats[number]] & fit.keys()
            by_way[self._way_of(number)].append(frozenset().union(*(fit[omits] for omits in allowed)))
        return all(frozenset(WAYS).intersection(*each) for each in by_way.values())

    def _way_of(self, number: int) -> tuple[str, str]:
        table, _, column = self.relations[number][0]
        return (table, column) if (table, column) in self.book.ways else (table, "")

    def _feasible(self, fits: Iterable[Mapping[bool, frozenset[str]]]) -> dict[str, set[bool]]:
        """The treatments under which all relations of a table hold."""
        shared: dict[tuple[str, bool, tuple[str, str]], frozenset[str]] = {}
        for number, fit in enumerate(fits):
            for omits, ways in fit.items():
                key = (self.treats[number], omits, self._way_of(number))
                shared[key] = shared.get(key, frozenset(WAYS)) & ways
        feasible: dict[str, set[bool]] = defaultdict(set)
        for table, omits, _ in shared:
            feasible[table].add(omits)
        for (table, omits, _), ways in shared.items():
            if not ways:
                feasible[table].discard(omits)
        return feasible

    def repairs(self) -> Iterator[frozenset[Place]]:
        """The cells of every single event that makes all hold: a cell replaced, or two cells or rows exchanged.

        What agrees with these cells may have been computed from them, or not; both are tried.
        """
        broken = {number for number, fit in enumerate(self.fits) if not any(fit.values())}
        changes = [*self._replaced(broken), *self._exchanged(broken)] if broken else [*self._at_odds()]
        for change in changes:
            if self.hold(change) or self.hold(self._followed(change)):
                yield frozenset(change)

    def _followed(self, change: Mapping[Place, str]) -> dict[Place, str]:
        """A change with all that now agrees with what is changed computed anew."""
        texts = {**self.texts, **change}
        changed = dict(change)
        for number, (target, formula) in enumerate(self.book.formulas.items()):
            agrees = any(self.fits[number].values())
            if agrees and target not in changed and any(place in changed for place in self._below(formula)):
                value, _ = self._gives(target, formula, texts, self.book.omits[self._treats(target, formula)])
                changed[target] = texts[target] = printed(self.book, {target: value})[target]
        return changed

    def _replaced(self, broken: set[int]) -> Iterator[dict[Place, str]]:
        for place in sorted(self.touched):
            if broken <= self.touched[place]:
                for text in self._candidates(place, min(broken)):
                    yield {place: text}

    def _at_odds(self) -> Iterator[dict[Place, str]]:
        """Where each relation may hold, but not all at once: the computed cells that speak for one reading alone."""
        for number, fit in enumerate(self.fits):
            if len({*fit.values()}) > 1 or any(ways < frozenset(WAYS) for ways in fit.values()):
                target, formula = self.relations[number]
                if target[2] != "degree":
                    for text in sorted({*self._computed_texts(target, formula)} - {self.texts[target]}):
                        yield {target: text}

    def _candidates(self, place: Place, number: int) -> Iterator[str]:
        """The texts of a cell that may make one relation hold."""
        target, formula = self.relations[number]
        if place[2] == "degree":
            yield from (word for word in CLASSES if word != self.texts[place])
        elif place == target:
            yield from self._computed_texts(target, formula)
        elif self.texts[place] != UNKNOWN and self.texts[target] not in (*CLASSES, EMPTY):
            yield from self._solved(place, target, formula)

    def _computed_texts(self, target: Place, formula: Formula) -> Iterator[str]:
        decimals = len(self.texts[target].partition(".")[2])
        for omits in (False, True):
            low, _ = self._gives(target, formula, self.texts, omits)
            if isinstance(low, str):
                yield low
            elif target in self.book.exact:
                yield written(low)
            else:
                for places in {decimals, self.book.way(target)[1]}:
                    yield from {written(rounded(low, places, way), places) for way in WAYS}

    def _solved(self, place: Place, target: Place, formula: Formula) -> Iterator[str]:
        """The multiples of the step that make a relation, which is linear in each of its cells, about hold."""
        at_zero, at_one = (
            self._gives(target, formula, {**self.texts, place: text}, self.book.omits[self._treats(target, formula)])[0]
            for text in ("0", "1")
        )
        if isinstance(at_zero, str) or isinstance(at_one, str) or at_zero == at_one:
            return
        text, slope, step = self.texts[target], at_one - at_zero, self.book.step
        unit = 0 if target in self.book.exact else Fraction(1, 10 ** len(text.partition(".")[2]))
        low = max(ceil((Fraction(text) - unit - at_zero) / slope / step), 0)
        high = floor((Fraction(text) + unit - at_zero) / slope / step)
        for steps in range(low, min(high, low + MOST_VALUES) + 1):
            if (
                place not in self.book.scores
                or steps * step <= self.book.highest
                or not self.book.layouts["parts_a"].largest
            ):
                yield written(steps * step)

    def _exchanged(self, broken: set[int]) -> Iterator[dict[Place, str]]:
        for table, page in self.book.pages.items():
            columns = number_columns(self.book, table)
            rows = (*page.rows, *page.summary)
            pairs = [((row, one), (row, other)) for row in rows for one, other in combinations(columns, 2)]
            pairs += [
                ((one, column), (other, column)) for column in columns for one, other in combinations(page.rows, 2)
            ]
            for one, other in pairs:
                yield from self._swap(broken, [((table, *one), (table, *other))])
            for first, second in pairwise(page.rows):
                yield from self._swap(broken, [((table, first, each), (table, second, each)) for each in columns])

    def _swap(self, broken: set[int], pairs: list[tuple[Place, Place]]) -> Iterator[dict[Place, str]]:
        touched = {number for pair in pairs for place in pair for number in self.touched.get(place, ())}
        unlike = any(one[2] != other[2] and UNKNOWN in (self.texts[one], self.texts[other]) for one, other in pairs)
        if broken <= touched and not unlike:
            yield swapped(self.texts, pairs)


def swapped(texts: Mapping[Place, str], pairs: Iterable[tuple[Place, Place]]) -> dict[Place, str]:
    """Each pair of cells with the other's text, as far as they differ."""
    changed = {}
    for one, other in pairs:
        if texts[one] != texts[other]:
            changed |= {one: texts[other], other: texts[one]}
    return changed


HIDDEN, TIE = "everything still holds", "another single event of as few cells explains it"


def undecidable(book: Book, slip: Slip) -> str:
    """Why the numbers cannot decide a slip; "" if they can."""
    conditions = Conditions(book, {**book.texts, **slip.texts})
    if conditions.hold():
        return HIDDEN
    if conditions.hold(slip.twin):
        return TIE
    others = (cells for cells in conditions.repairs() if not cells <= slip.texts.keys())
    return TIE if any(len(cells) <= len(slip.texts) for cells in others) else ""


# the slips


def typed(right: str, wrong: str) -> tuple[str, ...]:
    """The typist's slips that make one text of another."""
    names = []
    differ = [at for at, (one, other) in enumerate(zip(right, wrong, strict=False)) if one != other]
    if len(right) == len(wrong) and len(differ) == 1:
        names.append("replaced digit")
    if wrong in _transposed(right):
        names.append("transposition")
    if wrong in _dropped(right):
        names.append("dropped digit")
    if right in _dropped(wrong):
        names.append("inserted digit")
    if right.replace(".", "").strip("0") == wrong.replace(".", "").strip("0"):
        names.append("decimal shift")
    return tuple(names)


def typed_for(book: Book, place: Place, wrong: str) -> tuple[str, ...]:
    """What names a mistyped cell: the right text may have been meant with as many decimals as the wrong one has.

    Of a sum that another table repeats it is as right to say that the index beside it was computed without the slip.
    """
    right, decimals = book.texts[place], len(wrong.partition(".")[2])
    meant = written(rounded(Fraction(right), decimals, book.way(place)[0]), decimals)
    names = dict.fromkeys([*typed(right, wrong), *typed(meant, wrong)])
    return (*names, "sum misprinted") if place[2] in ("asum", "bsum") else tuple(names)


def _dropped(text: str) -> set[str]:
    return {text[:at] + text[at + 1 :] for at, mark in enumerate(text) if mark != "."}


def _transposed(text: str) -> set[str]:
    digits = [at for at, mark in enumerate(text) if mark != "."]
    results = set()
    for one, other in pairwise(digits):
        marks = list(text)
        marks[one], marks[other] = marks[other], marks[one]
        results.add("".join(marks))
    return results


Draw = Callable[[Book, Random], Slip | None]


def _pick(draw: Random, options: Iterable[Place]) -> Place | None:
    listed = sorted(options)
    return draw.choice(listed) if listed else None


def _numbers(book: Book, *rows: str) -> list[Place]:
    """The computed cells that print a number, of these rows if they are named."""
    return [
        place
        for place in book.formulas
        if place[2] != "degree" and book.texts[place] != EMPTY and (not rows or place[1] in rows)
    ]


def _possible(book: Book, place: Place, text: str) -> bool:
    """Whether a text is a number that the table may hold, and another than the right one."""
    if not fullmatch(r"(0|[1-9]\d*)(\.\d+)?", text) or Fraction(text) == Fraction(book.texts[place]):
        return False
    largest = book.layouts[book.pages[place[0]].layout].largest.get(place[2])
    return place[1] == "total" or largest is None or Fraction(text) <= largest


def _mistyped(name: str, texts_of: Callable[[str], Iterable[str]]) -> Draw:
    """A slip of typing in a sum, an index, a total or an average."""

    def slip(book: Book, draw: Random) -> Slip | None:
        for _ in range(20):
            place = _pick(draw, _numbers(book))
            if place is None:
                return None
            options = sorted(text for text in texts_of(book.texts[place]) if _possible(book, place, text))
            if options:
                text = draw.choice(options)
                return Slip(frozenset({place}), typed_for(book, place, text), {place: text})
        return None

    slip.__doc__ = f"{name} in a sum, an index, a total or an average"
    return slip


def _replaced(text: str) -> set[str]:
    return {text[:at] + digit + text[at + 1 :] for at, mark in enumerate(text) if mark != "." for digit in "0123456789"}


def _inserted(text: str) -> set[str]:
    return {text[:at] + digit + text[at:] for at in range(len(text) + 1) for digit in "0123456789"}


def _shifted(text: str) -> set[str]:
    whole, point, rest = text.partition(".")
    if not point:
        return set()
    moved = {(whole + rest).lstrip("0") or "0"}
    if len(whole) > 1:
        moved.add(f"{whole[:-1]}.{whole[-1]}{rest}")
    return moved


def misprinted_score(book: Book, draw: Random) -> Slip | None:
    """A score is another; its sums were computed before."""
    place = _pick(draw, (each for each, value in book.scores.items() if value is not None and each[0][0] == "A"))
    if place is None:
        return None
    steps = draw.randint(0, int(book.highest / book.step))
    text = written(steps * book.step, book.places[place[0]])
    if Fraction(text) == Fraction(book.texts[place]):
        return None
    return Slip(frozenset({place}), (*typed_for(book, place, text), "another value printed", "misprint"), {place: text})


def _revised(book: Book, draw: Random, tables: Iterable[str]) -> tuple[Place, dict[Place, str]] | None:
    """A score of these tables, and the whole set as it was before that score was revised."""
    place = _pick(draw, (each for each, value in book.scores.items() if value is not None and each[0] in set(tables)))
    if place is None:
        return None
    draft = book.step * draw.randint(0, int(book.highest / book.step))
    if draft == book.scores[place]:
        return None
    return place, printed(book, evaluated(book, {**book.scores, place: draft}))


def _changes(book: Book, texts: Mapping[Place, str], places: Iterable[Place]) -> dict[Place, str]:
    return {place: texts[place] for place in places if place in texts and texts[place] != book.texts[place]}


def stale_total(book: Book, draw: Random) -> Slip | None:
    """A total, and the average computed from it, are from before a score was revised"""
    tables = [table for table in tables_of(book, "parts_a", "parts_b") if "total" in book.pages[table].summary]
    revised = _revised(book, draw, tables)
    if revised is None:
        return None
    (table, _, column), texts = revised
    total = (table, "total", column)
    changed = _changes(book, texts, [total, (table, "average", column)])
    return Slip(frozenset({total}), ("stale",), changed) if len(changed) == 2 else None


def sister_before_revision(book: Book, draw: Random) -> Slip | None:
    """The index table repeats a sum, and computes from it, from before a score was revised"""
    revised = _revised(book, draw, tables_of(book, "parts_a", "parts_b"))
    if revised is None:
        return None
    (source, unit, _), texts = revised
    sector = book.pages[source].sector
    index = next(table for table in tables_of(book, "index") if book.pages[table].sector == sector)
    column = "asum" if book.pages[source].layout == "parts_a" else "bsum"
    changed = _changes(book, texts, [place for place in book.formulas if place[0] == index])
    place = (index, unit, column)
    return Slip(frozenset({place}), ("before revision", "revision", "stale"), changed) if place in changed else None


def _averages(book: Book, *layouts: str) -> list[Place]:
    tables = set(tables_of(book, *layouts))
    return [place for place in _numbers(book, "average") if place[0] in tables]


def _column(book: Book, place: Place) -> list[Fraction]:
    """The known exact values of the column of an average."""
    values = evaluated(book, book.scores)
    column = (values[place[0], row, place[2]] for row in book.pages[place[0]].rows)
    return [value for value in column if isinstance(value, Fraction)]


def _printed_as(book: Book, place: Place, value: Fraction) -> str:
    way, decimals = book.way(place)
    return written(rounded(value, decimals, way), decimals)


def wrong_rows(book: Book, draw: Random) -> Slip | None:
    """An average leaves a row out, or counts the total row, too"""
    place = _pick(draw, _averages(book, "parts_a", "parts_b", "index", "outcomes"))
    values = _column(book, place) if place else []
    if place is None or len(values) < 3:
        return None
    numbers = [*values, sum(values)] if draw.random() < 0.4 else [*values]
    if len(numbers) == len(values):
        numbers.remove(draw.choice(values))
    text = _printed_as(book, place, sum(numbers, Fraction(0)) / len(numbers))
    if not _possible(book, place, text):
        return None
    return Slip(
        frozenset({place}), ("wrong rows", "left out", "leaves", "counts itself", "one too many"), {place: text}
    )


def wrong_denominator(book: Book, draw: Random) -> Slip | None:
    """The averages of a table are divided by one row too few or too many"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b")))
    if "average" not in book.pages[table].summary:
        return None
    extra = draw.choice([-1, 1])
    changed = {}
    for column in number_columns(book, table):
        place = (table, "average", column)
        values = _column(book, place)
        count = len(values) if book.omits[table] else len(book.pages[table].rows)
        text = _printed_as(book, place, sum(values, Fraction(0)) / max(count + extra, 1))
        if text != book.texts[place]:
            if not _possible(book, place, text):
                return None
            changed[place] = text
    return Slip(frozenset(changed), ("wrong divisor", "wrong denominator"), changed) if changed else None


def unknown_otherwise(book: Book, draw: Random) -> Slip | None:
    """In one column of a table n.a. is treated otherwise than in the rest"""
    tables = tables_of(book, "parts_a", "parts_b", "outcomes")
    options = [
        (table, "average", column)
        for table in tables
        if "average" in book.pages[table].summary
        for column in score_columns(book, table)
        if any(book.scores[table, row, column] is None for row in book.pages[table].rows)
    ]
    place = _pick(draw, options)
    if place is None:
        return None
    values = _column(book, place)
    count = len(book.pages[place[0]].rows) if book.omits[place[0]] else len(values)
    text = _printed_as(book, place, sum(values, Fraction(0)) / count)
    return Slip(frozenset({place}), ("n.a.", "treatment"), {place: text}) if text != book.texts[place] else None


def truncated_column(book: Book, draw: Random) -> Slip | None:
    """An average is cut where its table rounds"""
    options = [
        place
        for place in _averages(book, "parts_a", "parts_b", "outcomes")
        if book.way(place)[0] in ("half up", "half even")
    ]
    place = _pick(draw, options)
    if place is None:
        return None
    decimals = book.way(place)[1]
    value = evaluated(book, book.scores)[place]
    assert isinstance(value, Fraction)
    text = written(rounded(value, decimals, "truncation"), decimals)
    return Slip(frozenset({place}), ("truncated",), {place: text}) if text != book.texts[place] else None


def scores_exchanged(book: Book, draw: Random) -> Slip | None:
    """Two scores of a row stand in each other's column"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b")))
    row = draw.choice(book.pages[table].rows)
    one, other = draw.sample(score_columns(book, table), 2)
    changed = swapped(book.texts, [((table, row, one), (table, row, other))])
    return _of_texts(changed, "exchange") if UNKNOWN not in changed.values() else None


def _of_texts(changed: Mapping[Place, str], *names: str) -> Slip | None:
    return Slip(frozenset(changed), names, changed) if changed else None


def rows_exchanged(book: Book, draw: Random) -> Slip | None:
    """Two neighbouring rows of a table stand beside each other's name"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b", "outcomes")))
    first, second = draw.choice(list(pairwise(book.pages[table].rows)))
    columns = number_columns(book, table)
    changed = swapped(book.texts, [((table, first, column), (table, second, column)) for column in columns])
    return _of_texts(changed, "exchange")


def row_typed_twice(book: Book, draw: Random) -> Slip | None:
    """A row of a table is typed again beside the next name"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b")))
    first, second = draw.choice(list(pairwise(book.pages[table].rows)))
    texts = {(table, second, column): book.texts[table, first, column] for column in number_columns(book, table)}
    slip = _of_texts(_changes(book, texts, texts), "typed twice")
    twin = {(table, first, column): book.texts[table, second, column] for column in number_columns(book, table)}
    return replace(slip, twin=twin) if slip else None


def sums_exchanged(book: Book, draw: Random) -> Slip | None:
    """Two sums of a column stand beside each other's name"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b")))
    one, other = draw.sample(book.pages[table].rows, 2)
    column = number_columns(book, table)[-1]
    return _of_texts(swapped(book.texts, [((table, one, column), (table, other, column))]), "exchange")


def _with_totals(book: Book) -> list[str]:
    return [
        table
        for table in tables_of(book, "parts_a", "parts_b", "index", "outcomes")
        if "total" in book.pages[table].summary and len(number_columns(book, table)) > 2
    ]


def _line_shifted(book: Book, line: Sequence[Place]) -> Slip | None:
    """The cells of a line print what stands before them, the first what the last should; None if few change by it."""
    texts = {place: book.texts[before] for place, before in zip(line, [line[-1], *line[:-1]], strict=True)}
    changed = _changes(book, texts, texts)
    return _of_texts(changed, "shifted") if len(changed) > 2 else None


def total_row_shifted(book: Book, draw: Random) -> Slip | None:
    """The totals of a table stand one column too far, the last one first"""
    tables = _with_totals(book)
    if not tables:
        return None
    table = draw.choice(sorted(tables))
    return _line_shifted(book, [(table, "total", column) for column in number_columns(book, table)])


def total_doubled(book: Book, draw: Random) -> Slip | None:
    """The totals of a table count themselves: they are twice their columns"""
    tables = _with_totals(book)
    if not tables:
        return None
    table = draw.choice(sorted(tables))
    texts = {
        (table, "total", column): written(2 * Fraction(book.texts[table, "total", column]))
        for column in number_columns(book, table)
    }
    return _of_texts(_changes(book, texts, texts), "counts itself", "doubled")


def column_shifted(book: Book, draw: Random) -> Slip | None:
    """The sums of a table stand one row too far, the last one first"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b")))
    column = number_columns(book, table)[-1]
    return _line_shifted(book, [(table, row, column) for row in book.pages[table].rows])


def scores_shifted(book: Book, draw: Random) -> Slip | None:
    """The scores of a column stand one row too far, the last one first"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b")))
    column = draw.choice(score_columns(book, table))
    return _line_shifted(book, [(table, row, column) for row in book.pages[table].rows])


def columns_exchanged(book: Book, draw: Random) -> Slip | None:
    """The scores of two columns stand above each other's total and average"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b")))
    one, other = draw.sample(score_columns(book, table), 2)
    pairs = [((table, row, one), (table, row, other)) for row in book.pages[table].rows]
    changed = swapped(book.texts, pairs)
    return _of_texts(changed, "columns exchanged") if len(changed) > 2 else None


def total_of_wrong_rows(book: Book, draw: Random) -> Slip | None:
    """A total leaves a row out, or counts one twice"""
    places = {(table, "total", column) for table in _with_totals(book) for column in score_columns(book, table)}
    place = _pick(draw, places)
    values = _column(book, place) if place else []
    if place is None or len(values) < 3:
        return None
    text = written(sum(values, Fraction(0)) + draw.choice([-1, 1]) * draw.choice(values), book.places[place[0]])
    return Slip(frozenset({place}), ("wrong rows",), {place: text}) if _possible(book, place, text) else None


def column_offset(book: Book, draw: Random) -> Slip | None:
    """Every sum of a table is off by the same amount"""
    table = draw.choice(sorted(tables_of(book, "parts_a", "parts_b")))
    column = number_columns(book, table)[-1]
    offset = draw.choice([-2, -1, 1, 2]) * max(book.step, Fraction(1, 2) if book.step < 1 else book.step)
    changed = {}
    for row in book.pages[table].rows:
        value = Fraction(book.texts[table, row, column]) + offset
        if value < 0 or not _possible(book, (table, row, column), written(value)):
            return None
        changed[table, row, column] = written(value)
    return _of_texts(changed, "offset", "too low", "too high")


def wrong_class(book: Book, draw: Random) -> Slip | None:
    """A class is another"""
    place = _pick(draw, (place for place in book.formulas if place[2] == "degree"))
    assert place is not None
    text = draw.choice([word for word in CLASSES if word != book.texts[place]])
    return Slip(frozenset({place}), ("class",), {place: text})


def averages_copied(book: Book, draw: Random) -> Slip | None:
    """The averages of a table are those of another sector's"""
    tables = [table for table in tables_of(book, "parts_a", "parts_b") if "average" in book.pages[table].summary]
    pairs = [
        (one, other)
        for one in tables
        for other in tables
        if one != other and book.pages[one].layout == book.pages[other].layout
    ]
    if not pairs:
        return None
    one, other = draw.choice(pairs)
    texts = {(one, "average", column): book.texts[other, "average", column] for column in number_columns(book, one)}
    changed = _changes(book, texts, texts)
    return _of_texts(changed, "copied") if len(changed) > 1 else None


KINDS_OF_SLIPS: Mapping[str, Draw] = {
    "misprinted score": misprinted_score,
    "replaced digit": _mistyped("a digit is another", _replaced),
    "transposition": _mistyped("two neighbouring digits are exchanged", _transposed),
    "decimal shift": _mistyped("the decimal point is lost or moved", _shifted),
    "inserted digit": _mistyped("a digit too many", _inserted),
    "dropped digit": _mistyped("a digit is missing", _dropped),
    "stale total": stale_total,
    "sister table before revision": sister_before_revision,
    "total over the wrong rows": total_of_wrong_rows,
    "mean over the wrong rows": wrong_rows,
    "wrong denominator": wrong_denominator,
    "n.a. treated otherwise in one column": unknown_otherwise,
    "truncation in one column": truncated_column,
    "two scores in each other's column": scores_exchanged,
    "two sums exchanged": sums_exchanged,
    "neighbouring rows exchanged": rows_exchanged,
    "two columns exchanged": columns_exchanged,
    "row typed twice": row_typed_twice,
    "total row shifted": total_row_shifted,
    "column of sums shifted": column_shifted,
    "column of scores shifted": scores_shifted,
    "total counts itself": total_doubled,
    "systematic offset": column_offset,
    "wrong class": wrong_class,
    "averages copied from another table": averages_copied,
}


def slipped(kind: str, seed: int) -> tuple[Book, Slip] | None:
    """A set with one slip of a kind; None where the set of this seed has no place for it."""
    book = sound_book(seed)
    slip = KINDS_OF_SLIPS[kind](book, Random(f"{kind} {seed}"))
    return (book, slip) if slip else None
