"""Findings: one record a slip, with what explains it, what follows from it and what it changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.audit.consequences import consequence
from collective_efficiency.audit.explain import Explanation, copied_row, exchanged, explanations
from collective_efficiency.audit.facts import Observation
from collective_efficiency.audit.judge import ROUNDED, SLIP, Cause, Judge, Value
from collective_efficiency.audit.model import Place
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import rounded

SEVERITIES = ("decision", "numeric", "format", "lead")
COLUMNS = (
    "finding", "check", "table", "row", "column", "printed", "expected", "exact", "delta", "explanation",
    "alternatives", "cells", "follows", "consequence", "severity", "adjudication",
)  # fmt: skip
Changed = Callable[[Mapping[Place, str]], tuple[str, ...]]


@dataclass(frozen=True)
class Finding:
    """One discrepancy. cells: all that are wrong by themselves; follows: what was computed from them."""

    check: str
    cells: tuple[Place, ...]
    printed: str
    expected: str
    exact: str
    delta: str
    explanation: str
    alternatives: tuple[str, ...]
    follows: tuple[Place, ...]
    consequence: str
    severity: str

    @property
    def id(self) -> str:
        """Stable as long as the check and the first cell are the same."""
        return ".".join((self.check, *self.cells[0]))

    def record(self, adjudication: str = "") -> dict[str, str]:
        """The finding as a row of findings.csv."""
        table, row, column = self.cells[0]
        values = (
            self.id, self.check, table, row, column, self.printed, self.expected, self.exact, self.delta,
            self.explanation, " | ".join(self.alternatives), names(self.cells), names(self.follows),
            self.consequence, self.severity, adjudication,
        )  # fmt: skip
        return dict(zip(COLUMNS, values, strict=True))


def names(places: Iterable[Place]) -> str:
    """Places as text: table/row/column, separated by semicolons."""
    return "; ".join("/".join(place) for place in places)


def findings(judge: Judge, observations: Iterable[Observation], claims: Changed | None = None) -> list[Finding]:
    """Every finding, ordered by severity and place. claims: tells which claims change when cells print other texts."""
    groups = _groups(judge)
    found = [_from_causes(judge, causes, places, claims) for causes, places in groups]
    found += [
        Finding(
            each.check, each.cells, each.printed, each.expected, "", "", each.explanation, (), (), "", each.severity
        )
        for each in observations
    ]
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), sort_key(each.cells[0]), each.check))


def sort_key(place: Place) -> tuple[str, int, str, str]:
    """Tables in the order of their numbers (T2 before T10)."""
    table, row, column = place
    return table[0], int(table[1:] or 0), row, column


def _groups(judge: Judge) -> list[tuple[frozenset[Cause], tuple[Place, ...]]]:
    """Causes that are one finding, with the cells they are seen in.

    Slips of one row that repeat another table's row; roundings of one column that others were computed from; a value
    rounded in one table and repeated with more decimals in another; else each slip by itself.
    """
    causes = {cause for place in judge.model.cells for cause in judge.judge(place).causes}
    groups: list[tuple[frozenset[Cause], tuple[Place, ...]]] = []
    slips: list[list[Place]] = []
    by_row: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for kind, place in causes:
        if kind == SLIP:
            by_row[place[:2]].append(place)
    for places in by_row.values():
        together = [sorted(places)] if copied_row(judge, sorted(places)) else [[place] for place in sorted(places)]
        slips.extend(together)
    for some in _join_exchanged(judge, slips):
        groups.append((frozenset((SLIP, place) for place in some), tuple(some)))
    columns: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for kind, place in causes:
        if kind == ROUNDED:
            columns[place[0], place[2]].append(place)
    for rounded_places in columns.values():
        group = frozenset((ROUNDED, place) for place in rounded_places)
        groups.append((group, tuple(sorted(rounded_places, key=sort_key))))
    return groups


def _join_exchanged(judge: Judge, slips: list[list[Place]]) -> list[list[Place]]:
    """Two slips that have each other's value are one: two cells were exchanged."""
    joined: list[list[Place]] = []
    left = sorted(slips)
    while left:
        group = left.pop(0)
        single = [other for other in left if len(group) == len(other) == 1]
        twin = next((other for other in single if exchanged(judge, group[0], other[0])), None)
        if twin:
            left.remove(twin)
        joined.append([*group, *(twin or [])])
    return joined


def _from_causes(judge: Judge, causes: frozenset[Cause], places: tuple[Place, ...], claims: Changed | None) -> Finding:
    kind = next(iter(causes))[0]
    follows = sorted(
        (place for place in judge.model.cells if judge.judge(place).causes & causes and place not in places),
        key=sort_key,
    )
    if kind == ROUNDED:
        ranked = [_rounding(judge, places, follows)]
        if ranked[0].operation == "rounded twice":  # what is wrong is the copy, not the rounded source
            places, follows = tuple(follows), []
    else:
        copied = copied_row(judge, list(places))
        ranked = explanations(judge, places[0])
        if copied:
            ranked = [copied[0], *ranked]
    effect = consequence(judge, causes)
    moved = (
        claims({place: would_print(judge, place, value) for place, value in effect.changes.items()}) if claims else ()
    )
    severity = "decision" if moved else effect.severity
    texts = [_as_printed(judge, place) for place in places]
    return Finding(
        _check(judge, places[0]),
        places,
        "; ".join(judge.model.cells[place].printed for place in places),
        "; ".join(text for text, _, _ in texts),
        "; ".join(exact for _, exact, _ in texts),
        "; ".join(delta for _, _, delta in texts if delta),
        str(ranked[0]),
        tuple(str(each) for each in ranked[1:]),
        tuple(follows),
        "; ".join([*(f"claim {each}" for each in moved), str(effect)]),
        severity,
    )


def _rounding(judge: Judge, places: tuple[Place, ...], follows: list[Place]) -> Explanation:
    table, _, column = places[0]
    copies = all(
        any(each.copy and each.parents[0][0] in places for each in judge.model.derivations.get(place, ()))
        for place in follows
    )
    if copies:
        return Explanation(0.8, "rounded twice", f"{column} of {table} was repeated with more decimals than it has")
    return Explanation(0.6, "rounded before use", f"{column} of {table} was rounded, and others computed from it")


def _check(judge: Judge, place: Place) -> str:
    """The first check that says how the cell is computed."""
    for each in (*judge.model.class_rules.get(place, ()), *judge.model.derivations.get(place, ())):
        return each.check
    return "score"


def _as_printed(judge: Judge, place: Place) -> tuple[str, str, str]:
    """What should stand there: as it would print, exactly, and the difference from what is printed."""
    cell, exact = judge.model.cells[place], judge.truth(place)
    if not isinstance(exact, Fraction):
        return str(exact or ""), str(exact or ""), ""
    delta = str(cell.value - exact) if isinstance(cell.value, Fraction) else ""
    return would_print(judge, place, exact), str(exact), delta


def would_print(judge: Judge, place: Place, exact: Value | None) -> str:
    """`exact` as the cell would print it: with its decimals (a sum with those it needs), rounded as its column is."""
    if not isinstance(exact, Fraction):
        return exact or ""
    cell, mode = judge.model.cells[place], judge.mode(place)
    decimals = cell.decimals if cell.decimals is not None else 2
    if cell.kind == "derived":
        while decimals < 4 and (exact * 10**decimals).denominator != 1:
            decimals += 1
    if mode and mode.mode == "truncation" and cell.kind == "average":
        return half_up(rounded(exact, decimals, "truncation"), decimals)
    return half_up(exact, decimals)
