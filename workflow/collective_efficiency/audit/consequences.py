"""What a finding changes: the report as it was computed, run again with the finding put right.

Every cell that only follows is computed from its parents again; a slip keeps its printed value until it is put right.
With nothing put right this gives the report as printed, which is verified.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from collective_efficiency.audit.judge import ROUNDED, SLIP, Cause, Judge, Value
from collective_efficiency.audit.model import ClassRule, Place
from collective_efficiency.numbers.printed import half_up


@dataclass
class Rerun:
    """The report computed again with the causes in `right` put right."""

    judge: Judge
    right: frozenset[Cause]
    _values: dict[Place, Value | None] = field(default_factory=dict)

    def value(self, place: Place) -> Value | None:
        """The value of a cell in this run."""
        if place not in self._values:
            self._values[place] = self._find(place)
        return self._values[place]

    def _find(self, place: Place) -> Value | None:
        judge = self.judge
        if judge.model.cells[place].status == "lost" or place in judge.corrected:
            return (
                judge.truth(place)
                if (SLIP, place) in self.right or place not in judge.corrected
                else judge.printed(place)
            )
        judged = judge.judge(place)
        if (SLIP, place) in judged.causes:
            return self._anew(place) if (SLIP, place) in self.right else judge.printed(place)
        if not judged.causes:
            return judge.truth(place) if (ROUNDED, place) in self.right else judge.printed(place)
        if not judged.causes & self.right:
            return judge.printed(place)
        rule = judged.derivation
        if rule is None:
            return None

        def look(parent: Place) -> Value | None:
            return judge.truth(parent) if parent in judged.as_right else self.value(parent)

        if isinstance(rule, ClassRule) or place in judge.model.class_rules:
            return judge.class_from(rule, look)
        return judge.value(rule, look)

    def _anew(self, place: Place) -> Value | None:
        """A slip put right: its first derivation, from the values of this run."""
        for rule in self.judge.model.class_rules.get(place, ()):
            found = self.judge.class_from(rule, self.value)
            if found is not None:
                return found
        for derivation in self.judge.derivations(place):
            value = self.judge.value(derivation, self.value)
            if value is not None:
                return value
        return self.judge.truth(place)

    def changes(self) -> dict[Place, Value]:
        """Every printed cell that prints another value in this run."""
        found = {}
        for place, cell in self.judge.model.cells.items():
            if cell.status == "lost" or not (self.judge.judge(place).causes & self.right):
                continue
            value = self.value(place)
            if value is not None and self.judge.fits(place, value) is None:
                found[place] = value
        return found


@dataclass(frozen=True)
class Consequence:
    """What changes, and whether it changes a decision: a degree, a cross-tabulation, the order of the sectors."""

    changes: Mapping[Place, Value]
    decisions: tuple[str, ...]

    @property
    def severity(self) -> str:
        return "decision" if self.decisions else "numeric"

    def __str__(self) -> str:
        others = len(self.changes)
        numbers = f"{others} printed cell{'s' if others != 1 else ''} change{'' if others != 1 else 's'}"
        return "; ".join((*self.decisions, numbers))


def consequence(judge: Judge, right: frozenset[Cause]) -> Consequence:
    """What putting `right` right changes."""
    rerun = Rerun(judge, right)
    changes = rerun.changes()
    decisions = [
        f"{place[2]} of {place[1]} in {place[0]}: {judge.printed(place)} -> {value}"
        for place, value in sorted(changes.items())
        if judge.model.cells[place].kind == "class"
    ]
    decisions += [
        f"cross-tabulation {'/'.join(place)}: {judge.model.cells[place].printed} -> {_text(judge, place, value)}"
        for place, value in sorted(changes.items())
        if any(each.by_class for each in judge.model.derivations.get(place, ()))
    ]
    return Consequence(changes, (*decisions, *_orders(judge, rerun, changes)))


def _text(judge: Judge, place: Place, value: Value) -> str:
    return value if isinstance(value, str) else half_up(value, judge.model.cells[place].decimals or 0)


def _orders(judge: Judge, rerun: Rerun, changes: Mapping[Place, Value]) -> list[str]:
    """The columns of sector tables in which the order of the sectors changes."""
    sectors = sorted(set(judge.model.sector_of.values()))
    found = []
    for table, column in sorted({(place[0], place[2]) for place in changes if place[1] in sectors}):
        places = [(table, sector, column) for sector in sectors if (table, sector, column) in judge.model.cells]
        before = {place[1]: judge.printed(place) for place in places}
        after = {place[1]: Fraction(_text(judge, place, rerun.value(place) or "0")) for place in places}
        old, new = (
            sorted(sectors_, key=lambda name: -_number(values[name]))
            for sectors_, values in ((before, before), (after, after))
        )
        if any((_number(before[a]) - _number(before[b])) * (after[a] - after[b]) < 0 for a in before for b in before):
            found.append(f"order of the sectors by {column} in {table}: {' > '.join(old)} -> {' > '.join(new)}")
    return found


def _number(value: Value | None) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(0)
