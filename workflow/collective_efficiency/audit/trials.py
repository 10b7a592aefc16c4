"""What else would hold if some scores were others: the slips that are not explained yet, and how to try."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from collective_efficiency.audit.evaluation import class_members, is_missing
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.model import OMIT, Place
from collective_efficiency.audit.score_rules import ScoreRules
from collective_efficiency.audit.shares import Shares

TOGETHER = 2  # slips that one event explains at least
Items = Mapping[Place, Fraction]  # scores with their right values


@dataclass
class Trials:
    """Tries scores that would put right what is wrong. deviations: by how much each slip prints more than it should."""

    judge: Judge
    shares: Shares
    deviations: dict[Place, Fraction] = field(default_factory=dict, init=False)
    _below: dict[Place, dict[Place, None]] = field(default_factory=dict, init=False)
    _above: dict[Place, Mapping[Place, Fraction]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.rules = ScoreRules(self.judge, self.shares)
        for place in sorted(self.judge.model.derivations):
            if (SLIP, place) in self.judge.judge(place).causes:
                printed, exact = self.judge.printed(place), self.judge.truth(place)
                if isinstance(printed, Fraction) and isinstance(exact, Fraction):
                    self.deviations[place] = printed - exact

    def explain(self, items: Iterable[Place]) -> None:
        """Takes what rests on these scores as explained."""
        for place in self.judge.model.resting_on(items):
            self.deviations.pop(place, None)

    def score(self, place: Place) -> Fraction | None:
        """The printed value of a score that may be wrong; None of any other cell, and where none is printed."""
        cell = self.judge.model.cells.get(place)
        if cell is None or cell.kind != "item" or place in self.judge.model.certified:
            return None
        return cell.value if isinstance(cell.value, Fraction) else None

    def below(self, slip: Place) -> Collection[Place]:
        """The scores that a slip rests on, of a mean over a class those of the class; remembered."""
        if slip not in self._below:
            self._below[slip] = self._of_class(slip) or dict.fromkeys(sorted(self.shares.below(slip)))
        return self._below[slip]

    def _of_class(self, slip: Place) -> dict[Place, None]:
        way = next(self.judge.derivations(slip))
        left_out = way.assumption == OMIT
        members = class_members(way, self.judge.truth)
        return {at: None for at in members if not (left_out and is_missing(self.judge.model, at))}

    def _weight(self, score: Place, slip: Place) -> Fraction:
        if self.judge.model.derivations[slip][0].by_class:
            return Fraction(score in self.below(slip), len(self.below(slip)) or 1)
        return self._weights(score).get(slip, Fraction(0))

    def _weights(self, score: Place) -> Mapping[Place, Fraction]:
        if score not in self._above:
            self._above[score] = self.shares.above(score)
        return self._above[score]

    def fits(self, slip: Place, items: Items) -> bool:
        """Whether a slip would print what follows from these scores."""
        exact, change = self.judge.truth(slip), self._change(slip, items)
        return isinstance(exact, Fraction) and bool(change) and self.judge.fits(slip, exact + change) is not None

    def _change(self, place: Place, items: Items) -> Fraction:
        changes = ((score, value - (self.score(score) or 0)) for score, value in items.items())
        return sum((self._weight(score, place) * by for score, by in changes), Fraction(0))

    def best(self, options: Iterable[Items]) -> list[Items]:
        """The scores that put right the most slips, and two at least; none if anything that rests on them is wrong."""
        by_count: dict[int, list[Items]] = defaultdict(list)
        for items in options:
            by_count[self._put_right(items)].append(items)
        most = max(by_count, default=0)
        return by_count[most] if most >= TOGETHER else []

    def _put_right(self, items: Items) -> int:
        """How many slips are right with these scores; none if anything is wrong, soon found where it is a sum."""
        slips = {at for score in items for at in self._weights(score) if at in self.deviations}
        if not all(self.fits(at, items) for at in slips):
            return 0
        again = self.judge.with_corrected(items)
        computed = [place for place in again.touched if place not in items]
        if any((SLIP, place) in again.judge(place).causes for place in computed):
            return 0
        return sum(place in self.deviations for place in computed)
