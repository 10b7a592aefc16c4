"""Findings: one record a slip, with what explains it, what follows from it and what it changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from collective_efficiency.audit.checks.kinds import Observation
from collective_efficiency.audit.consequences import consequence
from collective_efficiency.audit.evaluation import CellValue
from collective_efficiency.audit.event import Event
from collective_efficiency.audit.events import slip_events, tied
from collective_efficiency.audit.explain import of_rounding_before_use
from collective_efficiency.audit.judge import ROUNDED, SLIP, Cause, Judge
from collective_efficiency.audit.localise import Optimum
from collective_efficiency.audit.model import Place, place_names, place_order
from collective_efficiency.audit.operations import Explanation
from collective_efficiency.audit.wrong_terms import spelled_out
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import rounded

SEVERITIES = ("decision", "numeric", "format", "lead")
FINDING_COLUMNS = (
    "finding", "check", "table", "row", "column", "printed", "expected", "exact", "delta", "explanation",
    "alternatives", "cells", "follows", "consequence", "severity", "adjudication", "reviews",
)  # fmt: skip
PUT_RIGHT_COLUMNS = ("finding", "table", "row", "column", "printed", "becomes")
MOST_DECIMALS = 4  # of a sum: what needs more (a third) is rounded as its column is
Changed = Callable[[Mapping[Place, str]], tuple[str, ...]]  # from cells that print otherwise to claims and advice


@dataclass(frozen=True)
class Finding:
    """One discrepancy. cells: all that are wrong by themselves; follows: what was computed from them.

    changes: what every cell that changes prints if this finding alone is put right.
    """

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
    changes: tuple[tuple[Place, str], ...] = ()

    @property
    def id(self) -> str:
        """Stable as long as the check and the first cell are the same."""
        return ".".join((self.check, *self.cells[0]))

    def record(self, adjudication: str = "", reviews: str = "") -> dict[str, str]:
        """The finding as a line of findings.csv. reviews: what reviewers say of it, in words."""
        table, row, column = self.cells[0]
        values = (
            self.id, self.check, table, row, column, self.printed, self.expected, self.exact, self.delta,
            self.explanation, " | ".join(self.alternatives), place_names(self.cells), place_names(self.follows),
            self.consequence, self.severity, adjudication, reviews,
        )  # fmt: skip
        return dict(zip(FINDING_COLUMNS, values, strict=True))


def find(
    judge: Judge,
    observations: Iterable[Observation],
    claims: Changed | None = None,
    ties: Mapping[Place, Sequence[str]] | None = None,
    events: Sequence[Optimum] = (),
    lines: Sequence[Event] = (),
) -> list[Finding]:
    """Every finding, ordered by severity and place.

    claims: tells what changes of claims and advice when cells print otherwise; ties: what else may be wrong instead;
    events: of scores that stand in the wrong place; lines: of whole rows and columns that do, as `whole_lines` tells.
    """
    of = _Findings(judge, claims, ties or {})
    slips = [place for kind, place in of.wrong_by if kind == SLIP]
    in_lines = {place for event in lines for place in event.places}
    roundings = [at for (kind, at), wrong in of.wrong_by.items() if kind == ROUNDED and not in_lines.issuperset(wrong)]
    findings = [_of_event(of, event) for event in slip_events(judge, slips, events, lines)]
    findings += [_of_roundings(of, places) for places in _columns(roundings)]
    findings += [_of_observation(observation) for observation in observations]
    return sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), place_order(each.cells[0]), each.check))


@dataclass
class _Findings:
    """What findings are made of, and the cells that each cause makes wrong."""

    judge: Judge
    claims: Changed | None
    ties: Mapping[Place, Sequence[str]]

    def __post_init__(self) -> None:
        self.wrong_by: dict[Cause, list[Place]] = defaultdict(list)
        for place in self.judge.model.cells:
            for cause in self.judge.judge(place).causes:
                self.wrong_by[cause].append(place)

    def wrong(self, causes: Iterable[Cause]) -> list[Place]:
        """The cells that are wrong by these causes."""
        return list(dict.fromkeys(place for cause in sorted(causes) for place in self.wrong_by.get(cause, ())))

    def following(self, causes: Iterable[Cause], places: Sequence[Place]) -> list[Place]:
        """The cells that are wrong by these causes and are not where these began."""
        return sorted((place for place in self.wrong(causes) if place not in places), key=place_order)


def _columns(places: Iterable[Place]) -> list[list[Place]]:
    """Roundings of one column are one finding: all that was computed from them was computed in the same way."""
    by_column: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in sorted(places, key=place_order):
        by_column[place[0], place[2]].append(place)
    return list(by_column.values())


def _of_event(of: "_Findings", event: Event) -> Finding:
    causes = frozenset((SLIP, place) for place in event.places)
    also = tied(of.ties, event)
    if not event.right:
        return _finding(of, causes, event.places, of.following(causes, event.places), event.ranked, also)
    cells = tuple(event.right)
    moved = _finding(of, causes, event.places, of.following(causes, cells), event.ranked, also)
    return replace(
        moved,
        check="score",
        cells=cells,
        printed="; ".join(of.judge.model.cells[place].printed for place in cells),
        expected="; ".join(event.right.values()),
        exact="",
        delta="",
        consequence="",
        changes=tuple(event.right.items()),
    )


def _of_roundings(of: _Findings, places: Sequence[Place]) -> Finding:
    causes = frozenset((ROUNDED, place) for place in places)
    follows = of.following(causes, places)
    repeated = all(_repeats_one_of(of.judge, place, places) for place in follows)
    ranked = [of_rounding_before_use(places[0], repeated)]
    if repeated:  # what is wrong is the copy with its additional decimals, not the rounded source
        return _finding(of, causes, follows, [], ranked)
    return _finding(of, causes, places, follows, ranked)


def _repeats_one_of(judge: Judge, place: Place, sources: Sequence[Place]) -> bool:
    derivations = judge.model.derivations.get(place, ())
    return any(each.copy and each.parents[0][0] in sources for each in derivations)


def _finding(
    of: _Findings,
    causes: frozenset[Cause],
    places: Sequence[Place],
    follows: Sequence[Place],
    ranked: Sequence[Explanation],
    also: Sequence[str] = (),
) -> Finding:
    judge = of.judge
    spelled = spelled_out(judge, places[0])
    effect = consequence(judge, causes, of.wrong(causes))
    put_right = {place: would_print(judge, place, value) for place, value in effect.changes.items()}
    moved = of.claims(put_right) if of.claims else ()
    right = [_right_value(judge, place) for place in places]
    return Finding(
        check=_check(judge, places[0]),
        cells=tuple(places),
        printed="; ".join(judge.model.cells[place].printed for place in places),
        expected="; ".join(expected for expected, _, _ in right),
        exact="; ".join(exact for _, exact, _ in right),
        delta="; ".join(delta for _, _, delta in right if delta),
        explanation="; ".join(filter(None, (str(ranked[0]), spelled))),
        alternatives=(*also, *map(str, ranked[1:])),
        follows=tuple(follows),
        consequence="; ".join([*moved, str(effect)]),
        severity="decision" if moved else effect.severity,
        changes=tuple(put_right.items()),
    )


def _of_observation(seen: Observation) -> Finding:
    return Finding(
        check=seen.check,
        cells=seen.cells,
        printed=seen.printed,
        expected=seen.expected,
        exact="",
        delta="",
        explanation=seen.explanation,
        alternatives=(),
        follows=(),
        consequence="",
        severity=seen.severity,
    )


def _check(judge: Judge, place: Place) -> str:
    """The first check that says how the cell is computed."""
    rules = (*judge.model.class_rules.get(place, ()), *judge.model.derivations.get(place, ()))
    return rules[0].check if rules else "score"


def _right_value(judge: Judge, place: Place) -> tuple[str, str, str]:
    """What should stand there: as it would print, exactly, and the difference from what is printed."""
    cell, exact = judge.model.cells[place], judge.truth(place)
    if not isinstance(exact, Fraction):
        return str(exact or ""), str(exact or ""), ""
    delta = str(cell.value - exact) if isinstance(cell.value, Fraction) else ""
    return would_print(judge, place, exact), str(exact), delta


def would_print(judge: Judge, place: Place, exact: CellValue | None) -> str:
    """`exact` as the cell would print it: with its decimals (a sum with those it needs), rounded as its column is."""
    if not isinstance(exact, Fraction):
        return exact or ""
    cell, mode = judge.model.cells[place], judge.mode(place)
    own = 2 if cell.decimals is None else cell.decimals
    decimals = own if cell.decimals is None or _holds(exact, own) else judge.decimals(place)
    if cell.kind == "derived" and not any(way.expression for way in judge.model.derivations.get(place, ())):
        decimals = next((each for each in range(own, MOST_DECIMALS + 1) if _holds(exact, each)), decimals)
    if mode and mode.mode == "truncation" and cell.kind == "average":
        return half_up(rounded(exact, decimals, "truncation"), decimals)
    return half_up(exact, decimals)


def _holds(exact: Fraction, decimals: int) -> bool:
    """Whether so many decimals hold a number exactly."""
    return (exact * Fraction(10) ** decimals).denominator == 1
