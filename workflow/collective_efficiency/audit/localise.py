"""Which printed cells must be wrong: error localisation over all tables of a sector together.

Fellegi and Holt (1976) ask for the smallest set of values to change so that every rule holds. Here a derived cell is
also excused if it follows from its neighbours as they are printed (it was computed from what stands there), so that one
misprint does not cost as much as all that was computed from it. A score costs more than a sum, since it is the source:
it is called wrong only where two derived cells that do not rest on each other both say so. One wrong score is looked
for cell by cell; only where many slips leave room for two is a mixed-integer programme solved (`programme`). All optima
are found, and each is verified in fractions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.model import OMIT, Place
from collective_efficiency.audit.programme import CLOSE, MOST_OPTIMA, Programme
from collective_efficiency.numbers.rounding import stands_for

SLIP_COST = 1.0  # a derived cell that nothing gives
ITEM_COST = 1.5  # a score: more than one slip, so that a wrong sum alone accuses no score, and less than two
FOLLOW_COST = 0.05  # a cell that follows from what is printed: next to nothing, so that 20 of them are still one slip
STEPS_OF_SCALES = tuple(
    Fraction(1, parts) for parts in (1, 2, 4, 5, 10, 20, 100, 1000)
)  # of scales, the coarsest first
ODD_VALUES = 50  # values of a table of which one may lie off the step of the others: it may be the misprint
MOST_CANDIDATES = 40  # scores of a programme that is solved in time; beyond, many slips are rather one event
MOST_STEPS = 4  # of a score that one rounded cell admits; and how many times the largest slip a score may move
Shares = Mapping[Place, Fraction]  # a derived cell as a weighted sum of scores


@dataclass(frozen=True)
class Optimum:
    """One cheapest explanation: derived cells that are slips, and scores that are misprints with their values."""

    cost: float
    slips: frozenset[Place]
    items: Mapping[Place, Fraction]

    def places(self) -> frozenset[Place]:
        return self.slips | frozenset(self.items)


def localise(judge: Judge) -> list[list[Optimum]]:
    """For each group of slips that share scores, all tied optima, the first in the order of places first.

    An empty list if no cell is a slip.
    """
    slips = sorted(place for place in judge.model.derivations if (SLIP, place) in judge.judge(place).causes)
    rules = ScoreRules(judge, Scores(judge))
    return [_optima(rules, group) for group in _groups(slips, rules.scores)]


@dataclass
class Scores:
    """Every derived cell as a weighted sum of scores, down its first derivation; each is found once and remembered."""

    judge: Judge
    _shares: dict[Place, Shares | None] = field(default_factory=dict, init=False)
    _above: dict[Place, list[Place]] | None = field(default=None, init=False)

    def above(self, score: Place) -> Sequence[Place]:
        """The derived cells that rest on a score."""
        if self._above is None:
            self._above = {}
            for place in self.judge.model.derivations:
                for below in self.below(place) or ():
                    self._above.setdefault(below, []).append(place)
        return self._above.get(score, ())

    def below(self, place: Place) -> Shares | None:
        """The scores that a cell rests on, with their weights; None where it is no weighted sum."""
        if place not in self._shares:
            self._shares[place] = self._find(place)
        return self._shares[place]

    def _find(self, place: Place) -> Shares | None:
        derivation = next((each for each in self.judge.derivations(place) if each.assumption != OMIT), None)
        if derivation is None:
            return {place: Fraction(1)}
        if not derivation.linear:
            return None
        shares: dict[Place, Fraction] = {}
        for parent, weight in derivation.parents:
            if self.judge.model.cells[parent].status == "not_available":
                continue
            below = self.below(parent)
            if below is None:
                return None
            for score, share in below.items():
                shares[score] = shares.get(score, Fraction(0)) + weight * share
        return shares


def _groups(slips: Sequence[Place], scores: Scores) -> list[list[Place]]:
    """The slips, together where they share scores, directly or by way of others."""
    leader = {place: place for place in slips}

    def first(place: Place) -> Place:
        while leader[place] != place:
            leader[place] = leader[leader[place]]  # halves the way for who asks next
            place = leader[place]
        return place

    rests_on: dict[Place, Place] = {}  # the first slip that rests on each score
    for place in slips:
        for score in scores.below(place) or ():
            leader[first(place)] = first(rests_on.setdefault(score, place))
    groups: dict[Place, list[Place]] = {}
    for place in slips:
        groups.setdefault(first(place), []).append(place)
    return [sorted(members) for members in groups.values()]


def _optima(rules: "ScoreRules", slips: Sequence[Place]) -> list[Optimum]:
    """All cheapest explanations of `slips`; without a score among the candidates the slips themselves."""
    slips_alone = Optimum(SLIP_COST * len(slips), frozenset(slips), {})
    judge = rules.judge
    candidates = _candidates(judge, rules.scores, slips)
    if not candidates:
        return [slips_alone]
    if slips_alone.cost > 2 * ITEM_COST and len(candidates) <= MOST_CANDIDATES:  # two wrong scores could be cheaper
        optima = list(_solve(judge, rules, slips, candidates))
    else:
        optima = _of_one_score(judge, rules, slips, candidates)
    return sorted(optima, key=lambda each: (each.cost, sorted(each.places()))) or [slips_alone]


def _of_one_score(
    judge: Judge, rules: "ScoreRules", slips: Sequence[Place], candidates: Mapping[Place, Fraction]
) -> list[Optimum]:
    """The cheapest explanations by one wrong score; none if the slips by themselves are cheaper."""
    accused = set(slips)
    costs: dict[tuple[Place, Fraction], float] = {}
    for score, printed in candidates.items():
        touching = rules.on(score)
        for change in rules.changes(score, printed, [rule for rule in touching if rule.target in accused]):
            broken = sum(rule.cost for rule in touching if not rule.low <= rule.weights[score] * change <= rule.high)
            elsewhere = sum(SLIP_COST for slip in accused if score not in (rules.scores.below(slip) or ()))
            costs[score, printed + change] = ITEM_COST + broken + elsewhere
    best = min(costs.values(), default=SLIP_COST * len(slips))
    if best + CLOSE >= SLIP_COST * len(slips):
        return []
    tied = sorted(each for each, cost in costs.items() if cost <= best + CLOSE)[:MOST_OPTIMA]
    return [
        Optimum(best, frozenset(_left(judge, rules.scores, slips, score, value)), {score: value})
        for score, value in tied
    ]


def _left(judge: Judge, scores: Scores, slips: Sequence[Place], score: Place, value: Fraction) -> Iterator[Place]:
    """The slips that are left if the score is `value`."""
    change = value - candidate if isinstance(candidate := judge.printed(score), Fraction) else Fraction(0)
    for slip in slips:
        exact, weight = judge.truth(slip), (scores.below(slip) or {}).get(score, Fraction(0))
        if not isinstance(exact, Fraction) or judge.fits(slip, exact + weight * change) is None:
            yield slip


def _candidates(judge: Judge, scores: Scores, slips: Sequence[Place]) -> dict[Place, Fraction]:
    """The printed scores that at least two slips share: only these can be cheaper than the slips."""
    counts: dict[Place, int] = {}
    for place in slips:
        for score in scores.below(place) or ():
            if judge.model.cells[score].kind == "item":
                counts[score] = counts.get(score, 0) + 1
    shared = sorted(score for score, count in counts.items() if count > 1)
    return {score: value for score in shared if isinstance(value := judge.printed(score), Fraction)}


@dataclass(frozen=True)
class ScoreRule:
    """What a derived cell asks of the scores: low <= sum of weight * change <= high, or it is violated at `cost`."""

    target: Place
    weights: Shares
    low: Fraction
    high: Fraction
    cost: float


@dataclass
class ScoreRules:
    """What the derived cells ask of scores, looked up by score."""

    judge: Judge
    scores: Scores
    _rules: dict[Place, ScoreRule | None] = field(default_factory=dict, init=False)
    _steps: dict[str, Fraction] = field(default_factory=dict, init=False)

    def on(self, score: Place) -> list[ScoreRule]:
        """The rules of the cells that rest on a score."""
        return [rule for place in self.scores.above(score) if (rule := self._rule(place)) is not None]

    def _rule(self, place: Place) -> ScoreRule | None:
        if place not in self._rules:
            self._rules[place] = self._find(place)
        return self._rules[place]

    def _find(self, place: Place) -> ScoreRule | None:
        weights = self.scores.below(place)
        exact, printed = self.judge.truth(place), self.judge.printed(place)
        if not weights or not isinstance(exact, Fraction) or not isinstance(printed, Fraction):
            return None
        low = high = printed
        if self._is_rounded(place, exact, weights):
            decimals = self.judge.decimals(place)
            meant = [stands_for(printed, decimals, mode) for mode in sorted(self.judge.ways.admits(place))]
            low, high = min(each.low for each in meant), max(each.high for each in meant)
        cost = FOLLOW_COST if _follows(self.judge, place) else SLIP_COST
        return ScoreRule(place, weights, low - exact, high - exact, cost)

    def _is_rounded(self, place: Place, exact: Fraction, weights: Shares) -> bool:
        """Whether a cell needs more decimals than it has, or would if a score below it changed."""
        grain = Fraction(1, 10 ** self.judge.decimals(place))
        kinds = {(weight, score[0]) for score, weight in weights.items()}  # few, of as many scores as there may be
        steps = (weight * self.step(table) for weight, table in kinds)
        return any((each / grain).denominator != 1 for each in (exact, *steps))

    def step(self, table: str) -> Fraction:
        """The step of the scores of a table: the coarsest that all but the odd value lie on."""
        if table not in self._steps:
            values = self.judge.model.scores_of_table.get(table, ())
            odd = 1 + len(values) // ODD_VALUES
            fitting = (
                step for step in STEPS_OF_SCALES if sum((value / step).denominator != 1 for value in values) <= odd
            )
            self._steps[table] = next(fitting, STEPS_OF_SCALES[-1])
        return self._steps[table]

    def largest(self, score: Place) -> Fraction | None:
        """The largest value that a score may have; None where the layout says nothing of it."""
        return self.judge.model.largest.get((score[0], score[2]))

    def changes(self, score: Place, printed: Fraction, rules: Sequence[ScoreRule]) -> list[Fraction]:
        """The changes of a score, on its step and within its bounds, by which the most of `rules` hold."""
        step, largest = self.step(score[0]), self.largest(score)
        ends = [sorted((rule.low / rule.weights[score], rule.high / rule.weights[score])) for rule in rules]
        tried: dict[Fraction, int] = {}
        for low, high in ends:
            first = ceil((printed + low) / step)
            for number in range(first, min(floor((printed + high) / step), first + MOST_STEPS) + 1):
                value = number * step
                if value != printed and value >= 0 and (largest is None or value <= largest):
                    tried[value - printed] = sum(one <= value - printed <= other for one, other in ends)
        most = max(tried.values(), default=0)
        return [change for change, count in tried.items() if count == most > 1]


def _follows(judge: Judge, place: Place) -> bool:
    """Whether the cell is what its neighbours give as they are printed."""
    linear = (each for each in judge.model.derivations[place] if not each.by_class)
    return judge.judge(place).derivation is not None or any(
        judge.fits(place, judge.value(each, judge.printed)) is not None for each in linear
    )


def _solve(
    judge: Judge, by_score: ScoreRules, slips: Sequence[Place], candidates: Mapping[Place, Fraction]
) -> Iterator[Optimum]:
    """The cheapest changes of scores in steps, and violations of rules, by which every rule holds or is paid for."""
    rules = list({rule.target: rule for score in candidates for rule in by_score.on(score)}.values())
    farthest = max((abs(end) for rule in rules for end in (rule.low, rule.high)), default=Fraction(0))
    printed = list(candidates.values())
    step_of = [by_score.step(score[0]) for score in candidates]
    largest = [
        value + farthest * MOST_STEPS if (most := by_score.largest(score)) is None else most
        for score, value in candidates.items()
    ]
    n, span = len(candidates), float(max(top / step for top, step in zip(largest, step_of, strict=True)))

    programme = Programme()
    steps = programme.block(
        low=[ceil(-value / step) for value, step in zip(printed, step_of, strict=True)],
        high=[floor((top - value) / step) for top, value, step in zip(largest, printed, step_of, strict=True)],
        cost=[0.0] * n,
    )
    changed = programme.block([0.0] * n, [1.0] * n, [ITEM_COST] * n)
    violated = programme.block([0.0] * len(rules), [1.0] * len(rules), [rule.cost for rule in rules])
    for step, change in zip(steps, changed, strict=True):  # a score has steps only if it is changed
        programme.at_most({step: 1.0, change: -span}, 0.0)
        programme.at_most({step: -1.0, change: -span}, 0.0)
    for rule, violation in zip(rules, violated, strict=True):
        # a violated rule is lifted by more than any change of its scores can reach (a big M as small as it can be)
        reach = float(sum(map(abs, rule.weights.values())) * max(largest)) + float(max(abs(rule.low), abs(rule.high)))
        weights = {
            step: float(rule.weights[score] * size)
            for step, score, size in zip(steps, candidates, step_of, strict=True)
            if score in rule.weights
        }
        below = {step: -weight for step, weight in weights.items()}
        programme.at_most(weights | {violation: -reach}, float(rule.high) + CLOSE)
        programme.at_most(below | {violation: -reach}, float(-rule.low) + CLOSE)
    for solution in programme.optima(range(changed.start, violated.stop)):
        items = {
            score: value + solution.values[step] * size
            for (score, value), step, size in zip(candidates.items(), steps, step_of, strict=True)
            if solution.values[step]
        }
        yield _verified(judge, slips, items, solution.cost)


def _verified(judge: Judge, slips: Sequence[Place], items: Mapping[Place, Fraction], cost: float) -> Optimum:
    """The optimum with the slips that are left found anew, in fractions."""
    again = judge.with_corrected(items)
    left = frozenset(place for place in slips if (SLIP, place) in again.judge(place).causes)
    return Optimum(cost, left, items)
