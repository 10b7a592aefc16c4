"""What derived cells ask of the scores they rest on: between which bounds these may change.

Steps and bounds come from the tables: the step of a table's scores is the coarsest that all but an odd value lie on.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Model, Place
from collective_efficiency.audit.shares import Shares
from collective_efficiency.numbers.rounding import stands_for

SLIP_COST = 1.0  # a derived cell that nothing gives
FOLLOW_COST = 0.05  # a cell that follows from what is printed: next to nothing, so that 20 of them are still one slip
CERTIFIED_COST = 20.0  # a cell that someone vouches for: more than all that may be wrong instead of it
STEPS_OF_SCALES = tuple(
    Fraction(1, parts) for parts in (1, 2, 4, 5, 10, 20, 100, 1000)
)  # of scales, the coarsest first
ODD_VALUES = 50  # values of a table of which one may lie off the step of the others: it may be the misprint
MOST_STEPS = 4  # of a score that one rounded cell admits; and how many times the largest slip a score may move


@dataclass(frozen=True)
class ScoreRule:
    """What a derived cell asks of its scores: low <= sum of weight * change <= high, or it is violated at `cost`."""

    target: Place
    low: Fraction
    high: Fraction
    cost: float

    def admits(self, change: Fraction) -> bool:
        """Whether the cell is right if the weighted sum of its scores changes by so much."""
        return self.low <= change <= self.high


Weighted = tuple[ScoreRule, Fraction]  # what a cell asks of a score, and the weight of the score in it


def step_of_scores(model: Model, table: str) -> Fraction:
    """The step of the scores of a table: the coarsest that all but the odd value lie on."""
    values = model.scores_of_table.get(table, ())
    odd = 1 + len(values) // ODD_VALUES
    fitting = (step for step in STEPS_OF_SCALES if sum((value / step).denominator != 1 for value in values) <= odd)
    return next(fitting, STEPS_OF_SCALES[-1])


@dataclass
class ScoreRules:
    """What the derived cells ask of scores, looked up by score; each rule is found once and remembered."""

    judge: Judge
    shares: Shares
    _rules: dict[Place, ScoreRule | None] = field(default_factory=dict, init=False)
    _steps: dict[str, Fraction] = field(default_factory=dict, init=False)

    def on(self, score: Place, among: Container[Place] | None = None) -> Iterator[Weighted]:
        """The rules of the cells (`among` these) that rest on a score, the nearest first, with its weight in each."""
        for place, weight in self.shares.above(score).items():
            rule = self.rule(place) if among is None or place in among else None
            if rule is not None:
                yield rule, weight

    def rule(self, place: Place) -> ScoreRule | None:
        """The rule of a derived cell; None where it is no weighted sum, or lost."""
        if place not in self._rules:
            self._rules[place] = self._find(place)
        return self._rules[place]

    def _find(self, place: Place) -> ScoreRule | None:
        exact, printed = self.judge.truth(place), self.judge.printed(place)
        if not self.shares.is_sum(place) or not isinstance(exact, Fraction) or not isinstance(printed, Fraction):
            return None
        low = high = printed
        if self._is_rounded(place, exact):
            decimals = self.judge.decimals(place)
            meant = [stands_for(printed, decimals, mode) for mode in sorted(self.judge.ways.admits(place))]
            low, high = min(each.low for each in meant), max(each.high for each in meant)
        return ScoreRule(place, low - exact, high - exact, self._cost(place))

    def _cost(self, place: Place) -> float:
        if place in self.judge.model.certified:
            return CERTIFIED_COST
        return FOLLOW_COST if self._follows(place) else SLIP_COST

    def _follows(self, place: Place) -> bool:
        """Whether the cell is what its neighbours give as they are printed."""
        judge = self.judge
        linear = (each for each in judge.model.derivations[place] if not each.by_class)
        return judge.judge(place).derivation is not None or any(
            judge.fits(place, judge.value(each, judge.printed)) is not None for each in linear
        )

    def slip_cost(self, slips: Iterable[Place]) -> float:
        """What it costs to call cells wrong by themselves."""
        return sum(CERTIFIED_COST if place in self.judge.model.certified else SLIP_COST for place in slips)

    def _is_rounded(self, place: Place, exact: Fraction) -> bool:
        """Whether a cell needs more decimals than it has, or would if a score below it changed."""
        grain = Fraction(1, 10 ** self.judge.decimals(place))
        steps = (weight * self.step(table) for weight, table in self.shares.kinds(place))
        return any((each / grain).denominator != 1 for each in (exact, *steps))

    def step(self, table: str) -> Fraction:
        """The step of the scores of a table, remembered."""
        if table not in self._steps:
            self._steps[table] = step_of_scores(self.judge.model, table)
        return self._steps[table]

    def is_possible(self, score: Place, value: Fraction, below_zero: bool = False) -> bool:
        """Whether a score may have a value: not above its largest, nor below zero unless its column prints such."""
        low, high = self.bounds(score, value, Fraction(0))
        return (low <= value or below_zero) and value <= high

    def bounds(self, score: Place, printed: Fraction, reach: Fraction) -> tuple[Fraction, Fraction]:
        """Between which values a score may lie; `reach` from what is printed where its layout says nothing."""
        column = (score[0], score[2])
        least = printed - reach if column in self.judge.model.signed else Fraction(0)
        return least, self.judge.model.largest.get(column, max(printed + reach, least))

    def changes(
        self, score: Place, printed: Fraction, rules: Sequence[Weighted], fewest: int, below_zero: bool
    ) -> list[Fraction]:
        """The changes of a score, on its step and within its bounds, by which the most of `rules` hold.

        None where fewer than `fewest` do.
        """
        step = self.step(score[0])
        ends = [sorted((rule.low / weight, rule.high / weight)) for rule, weight in rules if weight]
        tried: dict[Fraction, int] = {}
        for low, high in ends:
            first = ceil((printed + low) / step)
            for number in range(first, min(floor((printed + high) / step), first + MOST_STEPS) + 1):
                value = number * step
                if value != printed and self.is_possible(score, value, below_zero):
                    tried[value - printed] = sum(one <= value - printed <= other for one, other in ends)
        most = max(tried.values(), default=0)
        return [change for change, count in tried.items() if count == most >= fewest]
