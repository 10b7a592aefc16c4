"""What a finding changes: the report as it was computed, run again with the finding put right.

Every cell that only follows is computed from its parents again; a slip keeps its printed value until it is put right.
With nothing put right this gives the report as printed, which is verified.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from collective_efficiency.audit.evaluation import CellValue
from collective_efficiency.audit.judge import ROUNDED, SLIP, Cause, Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import counted

MOST_SECTORS = 12  # whose order is written out; of more only those that move


@dataclass
class Rerun:
    """The report computed again with the causes in `right` put right; each value is found once and remembered."""

    judge: Judge
    right: frozenset[Cause]
    _values: dict[Place, CellValue | None] = field(default_factory=dict, init=False)

    def value(self, place: Place) -> CellValue | None:
        """The value of a cell in this run."""
        if place not in self._values:
            self._values[place] = self._find(place)
        return self._values[place]

    def _find(self, place: Place) -> CellValue | None:
        judge, judged = self.judge, self.judge.judge(place)
        slip_is_right = (SLIP, place) in self.right
        if place in judge.corrected:
            return judge.truth(place) if slip_is_right else judge.printed(place)
        if judge.model.cells[place].status == "lost":
            return judge.truth(place)
        if (SLIP, place) in judged.causes:
            return self._put_right(place) if slip_is_right else judge.printed(place)
        if not judged.causes:
            return judge.truth(place) if (ROUNDED, place) in self.right else judge.printed(place)
        if not judged.causes & self.right:
            return judge.printed(place)
        rule = judged.derivation
        if rule is None:
            return None

        def look(parent: Place) -> CellValue | None:
            return judge.truth(parent) if parent in judged.as_right else self.value(parent)

        return judge.gives(place, rule, look)

    def _put_right(self, place: Place) -> CellValue | None:
        """A slip put right: what its first rule gives with the values of this run."""
        value = self.judge.first_value(place, self.value)
        return self.judge.truth(place) if value is None else value

    def changes(self, wrong: Iterable[Place] | None = None) -> dict[Place, CellValue]:
        """Every printed cell that prints another value in this run. wrong: those that may, if they are known."""
        changed = {}
        for place in self.judge.model.cells if wrong is None else wrong:
            cell = self.judge.model.cells[place]
            if cell.status == "lost" or not (self.judge.judge(place).causes & self.right):
                continue
            value = self.value(place)
            if value is not None and self.judge.fits(place, value) is None:
                changed[place] = value
        return changed


@dataclass(frozen=True)
class Consequence:
    """What changes, and whether it changes a decision: a degree, a cross-tabulation, the order of the sectors."""

    changes: Mapping[Place, CellValue]
    decisions: tuple[str, ...]

    @property
    def severity(self) -> str:
        return "decision" if self.decisions else "numeric"

    def __str__(self) -> str:
        count = len(self.changes)
        cells = counted(count, "printed cell changes", "printed cells change")
        return "; ".join((*self.decisions, cells))


def consequence(judge: Judge, right: frozenset[Cause], wrong: Iterable[Place] | None = None) -> Consequence:
    """What putting `right` right changes. wrong: the cells that are wrong by it, if they are known."""
    rerun = Rerun(judge, right)
    changes = rerun.changes(wrong)
    classes = [
        f"{place[2]} of {place[1]} in {place[0]}: {judge.printed(place)} -> {value}"
        for place, value in sorted(changes.items())
        if judge.model.cells[place].kind == "class"
    ]
    crosstabs = [
        f"cross-tabulation {'/'.join(place)}: {judge.model.cells[place].printed} -> {_text(judge, place, value)}"
        for place, value in sorted(changes.items())
        if any(each.by_class for each in judge.model.derivations.get(place, ()))
    ]
    return Consequence(changes, (*classes, *crosstabs, *_orders(judge, changes)))


def _text(judge: Judge, place: Place, value: CellValue) -> str:
    return value if isinstance(value, str) else half_up(value, judge.model.cells[place].decimals or 0)


def _orders(judge: Judge, changes: Mapping[Place, CellValue]) -> list[str]:
    """The columns of sector tables in which the order of the sectors changes, by the values as they print."""
    moves: dict[tuple[str, str], dict[str, Fraction]] = {}
    for (table, row, column), value in sorted(changes.items()):
        if row in judge.model.sector_values.get((table, column), ()):
            moves.setdefault((table, column), {})[row] = Fraction(_text(judge, (table, row, column), value))
    return [
        f"order of the sectors by {column} in {table}: {order}"
        for (table, column), after in moves.items()
        if (order := _order(judge.model.sector_values[table, column], after))
    ]


def _order(before: Mapping[str, Fraction], moved: Mapping[str, Fraction]) -> str:
    """How the order of sectors changes if some print another value, in words; empty where it stays.

    before: in the order of the values. Only a sector that moves can pass another, which is looked up by its value.

    >>> _order({"b": Fraction(1), "a": Fraction(2)}, {"b": Fraction(3)})
    'a > b -> b > a'
    """
    ranked = list(before.values())
    spans = {name: sorted((before[name], value)) for name, value in moved.items()}
    between = {name: bisect_left(ranked, high) - bisect_right(ranked, low) for name, (low, high) in spans.items()}
    also_moved = {name: sum(low < before[one] < high for one in moved) for name, (low, high) in spans.items()}
    crossed = any(
        (before[one] - before[other]) * (moved[one] - moved[other]) < 0 for one, other in combinations(moved, 2)
    )
    if between == also_moved and not crossed:
        return ""
    if len(before) > MOST_SECTORS:
        return "; ".join(f"{name} passes {between[name]}" for name in moved if between[name])
    old, new = (sorted(sorted(by), key=lambda name: -by[name]) for by in (before, {**before, **moved}))
    return f"{' > '.join(old)} -> {' > '.join(new)}"
