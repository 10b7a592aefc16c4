"""What a finding changes: the report as it was computed, run again with the finding put right.

Every cell that only follows is computed from its parents again; a slip keeps its printed value until it is put right.
With nothing put right this gives the report as printed, which is verified.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from collective_efficiency.audit.evaluation import CellValue
from collective_efficiency.audit.judge import ROUNDED, SLIP, Cause, Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import counted


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
    return Consequence(changes, (*classes, *crosstabs, *_orders(rerun, changes)))


def _text(judge: Judge, place: Place, value: CellValue) -> str:
    return value if isinstance(value, str) else half_up(value, judge.model.cells[place].decimals or 0)


def _orders(rerun: Rerun, changes: Mapping[Place, CellValue]) -> list[str]:
    """The columns of sector tables in which the order of the sectors changes, by the values as they print."""
    judge = rerun.judge
    sectors = sorted(set(judge.model.sector_of.values()))
    orders = []
    for table, column in sorted({(place[0], place[2]) for place in changes if place[1] in sectors}):
        places = [(table, sector, column) for sector in sectors if (table, sector, column) in judge.model.cells]
        before = {place[1]: _number(judge.printed(place)) for place in places}
        after = {place[1]: Fraction(_text(judge, place, rerun.value(place) or "0")) for place in places}
        if any((before[a] - before[b]) * (after[a] - after[b]) < 0 for a in before for b in before):
            old, new = (" > ".join(sorted(by, key=lambda name: -by[name])) for by in (before, after))
            orders.append(f"order of the sectors by {column} in {table}: {old} -> {new}")
    return orders


def _number(value: CellValue | None) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(0)
