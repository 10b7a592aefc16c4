"""What most likely happened: each operation of `operations` is tried on a slip, and what fits is ranked by its cost.

An operation that turns the expected value into the printed one is an explanation.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import ClassRule, Derivation, Place
from collective_efficiency.audit.modes import reproducing
from collective_efficiency.audit.operations import Explanation, explained
from collective_efficiency.audit.wrong_parts import of_certain_whole, of_wrong_parts
from collective_efficiency.audit.wrong_terms import of_wrong_terms
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import MODES, NEAREST, rounded
from collective_efficiency.words import SUMMARY_ROWS

HALF_POINT = Fraction(1, 2)
FARTHEST_DRAFT = 6  # half points that a score may have moved between drafts: its whole scale
DEARER_DRAFT = 20  # half points by which a draft that is farther away costs one more
LESS = 0.01  # by which what is ranked before another is cheaper
MANY_DIGITS, MANY_DIGITS_CHEAPER = 2, 0.25  # digits that agree beside an inserted one, and how much likelier that is
ODD_ROUNDING = 0.4  # of a mean that only rounding up gives, where nothing tells how its column was rounded
OF_A_ROW = 0.03  # how much dearer it is that two scores of a row are exchanged than all of their columns
MOST_SHIFTED = 3  # decimals of the value whose point was shifted


def explanations(judge: Judge, place: Place) -> list[Explanation]:
    """Every operation that explains the slip at `place`, the likeliest first; never empty. Remembered by the judge."""
    if place not in judge.ranked:
        judge.ranked[place] = _found(judge, place)
    return judge.ranked[place]


def _found(judge: Judge, place: Place) -> list[Explanation]:
    cell, expected, printed = judge.model.cells[place], judge.truth(place), judge.model.cells[place].value
    if isinstance(expected, str) or isinstance(printed, str):
        return sorted(_of_class(judge, place))
    if not isinstance(expected, Fraction) or not isinstance(printed, Fraction):
        return [explained("another value printed")]
    decimals = cell.decimals or 0
    of_sum = list(_of_sum(judge, place))
    typed = list(_of_typing(half_up(printed, decimals), expected, decimals, _peer_decimals(judge, place)))
    if of_sum and len(_digits(cell.digits)) > 1:  # the sum is misprinted: a mistyped digit says how
        typed = [replace(each, cost=min(each.cost, of_sum[0].cost - LESS)) for each in typed]
    fitting = {
        *_of_point(cell.digits, printed, expected),
        *typed,
        *of_sum,
        *_of_exchange(judge, place),
        *of_certain_whole(judge, place, expected),
        explained("another value printed", f"{cell.printed} for {half_up(expected, decimals)}"),
    }
    if cell.kind in ("average", "total", "derived"):
        fitting |= {*_of_rounding(printed, expected, decimals), *_of_mean(judge, place, printed, decimals)}
        fitting |= {*of_wrong_parts(judge, place, printed, expected)}
        fitting |= {*of_wrong_terms(judge, place, printed, expected)}
    return sorted(fitting)


# what a typist does


def _meant(value: Fraction, decimals: int) -> list[str]:
    """How `value` may have been meant to print with so many decimals, under one rounding or another."""
    return sorted({half_up(rounded(value, decimals, mode), decimals) for mode in MODES})


def _of_point(text: str, printed: Fraction, expected: Fraction) -> Iterator[Explanation]:
    """The digits are those of the expected value, and the point stands elsewhere."""
    for decimals in range(MOST_SHIFTED + 1):
        for meant in _meant(expected, decimals):
            if _digits(text) == _digits(meant) and printed != Fraction(meant):
                yield explained("decimal shift", f"{meant} printed {text.replace(',', '.')}")


def _digits(text: str) -> str:
    return text.replace(",", "").replace(".", "").strip("0")


def _peer_decimals(judge: Judge, place: Place) -> int:
    """The decimals that a cell was meant to print: those of its column, of an average those of its row."""
    cell = judge.model.cells[place]
    if cell.kind != "average":
        column, own = (place[0], place[2]), cell.decimals or 0
        return judge.model.usual_decimals.get(column, judge.model.decimals.get(column, own))
    peers = (judge.model.cells[at] for at in judge.model.rows[place[:2]] if at != place)
    counts = Counter(each.decimals for each in peers if each.decimals is not None and each.kind == "average")
    return max(counts, key=lambda each: (counts[each], each), default=cell.decimals or 0)


def _of_typing(printed: str, value: Fraction, decimals: int, peer_decimals: int) -> Iterator[Explanation]:
    if peer_decimals != decimals:
        for meant in _meant(value, peer_decimals):
            yield from _of_length(printed, meant)
    for meant in _meant(value, decimals):
        if len(meant) != len(printed):
            yield from _of_length(printed, meant)
            continue
        differ = [number for number, (one, other) in enumerate(zip(printed, meant, strict=True)) if one != other]
        if len(differ) == 1:
            yield explained("replaced digit", f"{meant} printed {printed}")
        if len(differ) == 2 and _are_neighbours(printed, differ) and _swapped(meant, differ) == printed:
            yield explained("transposition", f"{meant} printed {printed}")


def _of_length(printed: str, meant: str) -> Iterator[Explanation]:
    """A digit too many or too few: likely where the others are many."""
    longer, shorter = (printed, meant) if len(printed) > len(meant) else (meant, printed)
    if shorter in {longer[:at] + longer[at + 1 :] for at, mark in enumerate(longer) if mark.isdigit()}:
        word = "inserted digit" if longer == printed else "dropped digit"
        yield explained(word, f"{meant} printed {printed}", -MANY_DIGITS_CHEAPER if len(shorter) > MANY_DIGITS else 0.0)


def _are_neighbours(text: str, differ: Sequence[int]) -> bool:
    """Whether no digit stands between two characters, though the decimal point may."""
    return not text[differ[0] + 1 : differ[1]].strip(".")


def _swapped(text: str, at: Sequence[int]) -> str:
    letters = list(text)
    letters[at[0]], letters[at[1]] = letters[at[1]], letters[at[0]]
    return "".join(letters)


# what the other cells say


def _of_sum(judge: Judge, place: Place) -> Iterator[Explanation]:
    """An index that rests on this sum is right: it was computed from the items, and the sum is misprinted."""
    if judge.model.cells[place].kind != "derived":
        return
    copies = [place]  # of this sum, with its slip
    for copy in copies:
        copies += [at for at in judge.model.copies.get(copy, ()) if at not in copies and judge.judge(at).causes]
    for target in dict.fromkeys(reader for copy in copies for reader in judge.model.readers.get(copy, ())):
        same_row = target[1] == place[1] and target not in copies and target in judge.model.derivations
        if same_row and judge.judge(target).verdict in ("consistent", "consistent_if"):
            detail = f"{target[2]} of {target[0]} agrees with the items, not with this sum"
            yield explained("sum misprinted, index computed from the right items", detail)


def _of_exchange(judge: Judge, place: Place) -> Iterator[Explanation]:
    for other in exchange_partners(judge, place):
        if exchanged(judge, place, other):
            yield explained("cells exchanged", f"with {other[1] if other[2] == place[2] else other[2]}")
            if place[1] == other[1] in SUMMARY_ROWS:
                yield explained("columns exchanged", f"{place[2]} and {other[2]} above the {place[1]}")
                for row in _rows_that_exchange(judge, place, other):
                    detail = f"{place[2]} and {other[2]} of {row} in {place[0]}"
                    yield explained("cells exchanged", detail, OF_A_ROW)


def _rows_that_exchange(judge: Judge, one: Place, other: Place) -> Iterator[str]:
    """The rows above two totals whose scores, each in the other's column, give both as they are printed."""
    off = _difference(judge.printed(one), judge.truth(one))
    for place in judge.model.cells_of_table[one[0]] if one[1] == "total" and off is not None else ():
        beside = (place[0], place[1], other[2])
        is_pair = place[2] == one[2] and place[1] not in SUMMARY_ROWS and beside in judge.model.cells
        if is_pair and _difference(judge.truth(beside), judge.truth(place)) == off:
            yield place[1]


def _difference(value: object, other: object) -> Fraction | None:
    return value - other if isinstance(value, Fraction) and isinstance(other, Fraction) else None


def exchange_partners(judge: Judge, place: Place) -> Iterator[Place]:
    """The cells of its row and its column that print what a cell should."""
    truth = judge.truth(place)
    if isinstance(truth, Fraction):
        if judge.model.cells[place].kind == "average":  # which prints rounded what it should
            yield from (at for at in judge.model.rows[place[:2]] if _stands_at(judge, place, at))
            return
        yield from judge.model.lines.get((place[0], "row", place[1], truth), ())
        yield from judge.model.lines.get((place[0], "column", place[2], truth), ())


def exchanged(judge: Judge, one: Place, other: Place) -> bool:
    """Whether two cells of a row or column print each other's value."""
    near = one[0] == other[0] and one != other and (one[1] == other[1] or one[2] == other[2])
    if not near or judge.printed(one) == judge.printed(other) or judge.truth(one) == judge.truth(other):
        return False
    return _stands_at(judge, one, other) and _stands_at(judge, other, one)


def _stands_at(judge: Judge, place: Place, other: Place) -> bool:
    """Whether what a cell should print stands in another."""
    if judge.printed(other) == judge.truth(place):
        return True
    rounded = judge.model.cells[place].kind == judge.model.cells[other].kind == "average"
    return rounded and judge.fits(other, judge.truth(place)) is not None


def copied_row(judge: Judge, slips: Sequence[Place]) -> Explanation | None:
    """Whether several slips, all of one row, repeat the same columns of that row in another table."""
    if len(slips) < 2:
        return None
    table, row, _ = slips[0]
    for other in (name for name in judge.model.tables_of_row[row] if name != table):
        twins = [(other, row, column) for _, _, column in slips]
        if all(twin in judge.model.cells for twin in twins) and all(
            judge.printed(twin) == judge.printed(place) for twin, place in zip(twins, slips, strict=True)
        ):
            return explained("row copied from another table", f"{row} of {other}")
    return None


# what arithmetic does


def of_rounding_before_use(place: Place, repeated: bool) -> Explanation:
    """The column of `place` was rounded; repeated: other tables repeat it, else something was computed from it."""
    table, _, column = place
    if repeated:
        return explained("rounded twice", f"{column} of {table} was repeated with more decimals than it has")
    return explained("rounded before use", f"{column} of {table} was rounded, and others computed from it")


def _of_rounding(printed: Fraction, expected: Fraction, decimals: int) -> Iterator[Explanation]:
    modes = reproducing(expected, printed, decimals)
    if modes and not modes & NEAREST:
        word = "truncated" if "truncation" in modes else "rounded up"
        yield explained(word, "against the way of its column")
    if not modes:
        for first in (decimals + 1, decimals - 1):
            if first >= 0 and rounded(rounded(expected, first, "half_up"), decimals, "half_up") == printed:
                yield explained("rounded twice", f"first to {first} decimals")


def _of_mean(judge: Judge, place: Place, printed: Fraction, decimals: int) -> Iterator[Explanation]:
    """What may have gone wrong in a sum or mean of values that all have the same weight."""
    for derivation in judge.model.derivations.get(place, ()):
        values = [value for parent, _ in derivation.parents if isinstance(value := judge.truth(parent), Fraction)]
        weights = {weight for _, weight in derivation.parents}
        missing = [at for at, _ in derivation.parents if judge.model.cells[at].status == "not_available"]
        known = len(values) + len(missing) == len(derivation.parents) and len(weights) == 1 and bool(values)
        if derivation.copy or not derivation.linear or derivation.constant or not known:
            continue
        total, n = sum(values, Fraction(0)), 1 / weights.pop()
        yield from _of_divisor(judge, total, n, derivation)
        yield from _of_draft(total, n, printed, decimals)
        if n != 1:
            whole = sum((rounded(value, 0, "half_up") for value in values), Fraction(0)) / n
            if whole != total / n and _prints(whole, printed, decimals):
                yield explained("mean of rounded values")


def _of_divisor(judge: Judge, total: Fraction, n: Fraction, derivation: Derivation) -> Iterator[Explanation]:
    """One row too few or too many; the columns of a table may have other numbers of known values."""
    place = derivation.target
    cell = judge.model.cells[place]
    if len(derivation.parents) < 2 or n == 1 or not isinstance(cell.value, Fraction):
        return
    for other, shared in ((n - 1, "one row too few"), (n + 1, "one row too many")):
        if other > 0 and judge.fits(place, total / other) is not None:
            dearer = 0.0 if _prints(total / other, cell.value, cell.decimals or 0) else ODD_ROUNDING
            yield explained("wrong divisor", f"{total} / {other} for {total} / {n}", dearer, shared)


def _of_draft(total: Fraction, n: Fraction, printed: Fraction, decimals: int) -> Iterator[Explanation]:
    """The value follows from scores that add up to a little more or less: an earlier draft; the nearest one."""
    for half_points in range(1, FARTHEST_DRAFT + 1):
        for sign in (-1, 1):
            draft = total + sign * half_points * HALF_POINT
            if draft >= 0 and (draft == printed if n == 1 else _prints(draft / n, printed, decimals)):
                detail = f"as if the scores added up to {half_up(draft, 2)}, not {half_up(total, 2)}"
                yield explained("stale draft value", detail, half_points / DEARER_DRAFT)
                return


def _prints(exact: Fraction, printed: Fraction, decimals: int) -> bool:
    return bool(reproducing(exact, printed, decimals) & (NEAREST | {"truncation"}))


def _of_class(judge: Judge, place: Place) -> Iterator[Explanation]:
    for rule in judge.model.class_rules.get(place, ()):
        if isinstance(rule, ClassRule) and judge.truth(rule.index) in [cut for _, _, cut in rule.classes]:
            yield explained("class set on a boundary", f"the index is {judge.truth(rule.index)}")
    yield explained("replaced class", f"{judge.truth(place)} printed {judge.model.cells[place].printed}")
