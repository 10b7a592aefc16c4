"""What most likely happened: named operations on the cells (Scholtus 2016), each tried on a slip, ranked by its cost.

An operation that turns the expected value into the printed one is an explanation. The cost says how much one has to
believe: a row copied from a sister table explains several cells at once, a replaced digit one, "another value" any.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import ClassRule, Derivation, Place
from collective_efficiency.audit.modes import reproducing
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import MODES, NEAREST, rounded

HALF_POINT = Fraction(1, 2)
FARTHEST_DRAFT = 6  # half points that a score may have moved between drafts


@dataclass(frozen=True, order=True)
class Explanation:
    """A named operation with what it did; the lower the cost, the likelier."""

    cost: float
    operation: str
    detail: str

    def __str__(self) -> str:
        return f"{self.operation}: {self.detail}" if self.detail else self.operation


def explanations(judge: Judge, place: Place) -> list[Explanation]:
    """Every operation that explains the slip at `place`, the likeliest first; never empty."""
    cell, expected = judge.model.cells[place], judge.truth(place)
    if isinstance(expected, str) or isinstance(cell.value, str):
        return sorted(_of_class(judge, place))
    printed = cell.value
    if not isinstance(expected, Fraction) or not isinstance(printed, Fraction):
        return [Explanation(9, "another value printed", "")]
    found = [
        *_of_digits(cell.printed.replace(",", "."), expected, cell.decimals or 0),
        *_of_sum(judge, place),
        *_of_exchange(judge, place),
    ]
    if cell.kind in ("average", "total", "derived"):
        found += _of_rounding(printed, expected, cell.decimals or 0)
        found += _of_mean(judge, place, printed, cell.decimals or 0)
    found.append(Explanation(9, "another value printed", f"{cell.printed} for {half_up(expected, cell.decimals or 0)}"))
    return sorted(set(found))


def _of_digits(printed: str, value: Fraction, decimals: int) -> Iterator[Explanation]:
    """What a typist does: each way in which `value` may have been meant to print is tried."""
    for places in range(4):
        for meant in sorted({half_up(rounded(value, places, mode), places) for mode in MODES}):
            if _digits(printed) == _digits(meant) and Fraction(printed) != Fraction(meant):
                yield Explanation(0.7, "decimal shift", f"{meant} printed {printed}")
    for meant in sorted({half_up(rounded(value, decimals, mode), decimals) for mode in MODES}):
        yield from _of_typing(printed, meant)


def _digits(text: str) -> str:
    return text.replace(".", "").strip("0")


def _of_typing(printed: str, expected: str) -> Iterator[Explanation]:
    if len(printed) != len(expected):
        return
    differ = [number for number, (one, other) in enumerate(zip(printed, expected, strict=True)) if one != other]
    if len(differ) == 1:
        yield Explanation(1.2, "replaced digit", f"{expected} printed {printed}")
    digits = [number for number in range(len(printed)) if printed[number] != "."]
    adjacent = (
        len(differ) == 2 and digits.index(differ[1]) - digits.index(differ[0]) == 1 if len(differ) == 2 else False
    )
    if adjacent and printed[differ[0]] == expected[differ[1]] and printed[differ[1]] == expected[differ[0]]:
        yield Explanation(1.0, "transposition", f"{expected} printed {printed}")


def _of_sum(judge: Judge, place: Place) -> Iterator[Explanation]:
    """An index that rests on this sum is right: it was computed from the items, and the sum is misprinted."""
    if judge.model.cells[place].kind != "derived":
        return
    below = {place}
    for target, derivations in judge.model.derivations.items():
        copied = any(each.copy and each.parents[0][0] in below for each in derivations)
        if copied and judge.judge(target).causes:
            below.add(target)
    for target, derivations in judge.model.derivations.items():
        rests = any(not each.copy and below & {parent for parent, _ in each.parents} for each in derivations)
        same_row = target[1] == place[1] and target not in below
        if rests and same_row and judge.judge(target).verdict in ("consistent", "consistent_if"):
            detail = f"{target[2]} of {target[0]} agrees with the items, not with this sum"
            yield Explanation(0.8, "sum misprinted, index computed from the right items", detail)


def _of_exchange(judge: Judge, place: Place) -> Iterator[Explanation]:
    for other in judge.model.cells:
        if exchanged(judge, place, other):
            yield Explanation(0.6, "cells exchanged", f"with {other[1] if other[2] == place[2] else other[2]}")


def exchanged(judge: Judge, one: Place, other: Place) -> bool:
    """Whether two cells of a row or column print each other's value."""
    near = one[0] == other[0] and one != other and (one[1] == other[1] or one[2] == other[2])
    if not near or judge.printed(one) == judge.printed(other):
        return False
    return judge.printed(one) == judge.truth(other) and judge.printed(other) == judge.truth(one)


def _of_rounding(printed: Fraction, expected: Fraction, decimals: int) -> Iterator[Explanation]:
    modes = reproducing(expected, printed, decimals)
    if modes and not modes & NEAREST:
        word = "truncated" if "truncation" in modes else "rounded up"
        yield Explanation(0.7, word, "against the way of its column")
    if not modes:
        for coarser in (decimals + 1, decimals - 1):
            if coarser >= 0:
                twice = rounded(rounded(expected, coarser, "half_up"), decimals, "half_up")
                if twice == printed:
                    yield Explanation(0.8, "rounded twice", f"first to {coarser} decimals")


def _of_mean(judge: Judge, place: Place, printed: Fraction, decimals: int) -> Iterator[Explanation]:
    for derivation in judge.model.derivations.get(place, ()):
        if derivation.copy or derivation.by_class:
            continue
        parents = [judge.truth(parent) for parent, _ in derivation.parents]
        values = [value for value in parents if isinstance(value, Fraction)]
        weights = {weight for _, weight in derivation.parents}
        if len(values) != len(parents) or len(weights) != 1:
            continue
        weight = weights.pop()
        total, n = sum(values, Fraction(0)), 1 / weight
        yield from _of_divisor(total, n, printed, decimals, derivation)
        yield from _of_draft(total, n, printed, decimals)
        if weight != 1:
            whole = sum((rounded(value, 0, "half_up") for value in values), Fraction(0)) / n
            if whole != total / n and _prints(whole, printed, decimals):
                yield Explanation(1.0, "mean of rounded values", "")


def _of_divisor(
    total: Fraction, n: Fraction, printed: Fraction, decimals: int, derivation: Derivation
) -> Iterator[Explanation]:
    if len(derivation.parents) < 2 or n == 1:
        return
    for other in (n - 1, n + 1):
        if other > 0 and _prints(total / other, printed, decimals):
            yield Explanation(0.9, "wrong divisor", f"{total} / {other} for {total} / {n}")


def _of_draft(total: Fraction, n: Fraction, printed: Fraction, decimals: int) -> Iterator[Explanation]:
    """The value follows from scores that add up to a little more or less: an earlier draft."""
    for half_points in range(1, FARTHEST_DRAFT + 1):
        for sign in (-1, 1):
            draft = total + sign * half_points * HALF_POINT
            if draft >= 0 and (draft == printed if n == 1 else _prints(draft / n, printed, decimals)):
                detail = f"as if the scores added up to {half_up(draft, 2)}, not {half_up(total, 2)}"
                yield Explanation(1.3 + half_points / 20, "stale draft value", detail)
                return


def _prints(exact: Fraction, printed: Fraction, decimals: int) -> bool:
    return bool(reproducing(exact, printed, decimals) & (NEAREST | {"truncation"}))


def _of_class(judge: Judge, place: Place) -> Iterator[Explanation]:
    expected = judge.truth(place)
    for rule in judge.model.class_rules.get(place, ()):
        if isinstance(rule, ClassRule) and judge.truth(rule.index) in [cut for _, _, cut in rule.classes]:
            yield Explanation(0.7, "class set on a boundary", f"the index is {judge.truth(rule.index)}")
    yield Explanation(1.2, "replaced class", f"{expected} printed {judge.model.cells[place].printed}")


def copied_row(judge: Judge, slips: Iterable[Place]) -> tuple[Explanation, str] | None:
    """Whether the slips, all of one row, repeat the same columns of that row in another table, which it names."""
    places = list(slips)
    table, row, _ = places[0]
    if len(places) < 2:
        return None
    others = {name for name, key, _ in judge.model.cells if key == row and name != table}
    for other in sorted(others):
        twins = [(other, row, column) for _, _, column in places]
        if all(twin in judge.model.cells for twin in twins) and all(
            judge.printed(twin) == judge.printed(place) for twin, place in zip(twins, places, strict=True)
        ):
            return Explanation(0.5, "row copied from another table", f"{row} of {other}"), other
    return None
