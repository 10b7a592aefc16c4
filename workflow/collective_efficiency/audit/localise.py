"""Which printed cells must be wrong: error localisation over all tables of a sector together.

Fellegi and Holt (1976) ask for the smallest set of values to change so that every rule holds. Here a derived cell is
also excused if it follows from its neighbours as they are printed (it was computed from what stands there), so that one
misprint does not cost as much as all that was computed from it. A score costs more than a sum, since it is the source:
it is called wrong only where two derived cells that do not rest on each other both say so. Solved as a mixed-integer
programme (`programme`); all optima are found, and each is verified in fractions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.model import OMIT, Place
from collective_efficiency.audit.programme import CLOSE, Programme
from collective_efficiency.words import MAX_SCORE

SLIP_COST = 1.0  # a derived cell that nothing gives
ITEM_COST = 1.5  # a score: more than one slip, so that a wrong sum alone accuses no score, and less than two
FOLLOW_COST = 0.05  # a cell that follows from what is printed: next to nothing, so that 20 of them are still one slip
STEP = Fraction(1, 2)  # of the scale of scores
COARSEST = 10  # the largest denominator of an exact value that is taken to print as it is, not rounded: tenths
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
    scores = Scores(judge)
    return [_optima(judge, scores, group) for group in _groups(slips, scores)]


@dataclass
class Scores:
    """Every derived cell as a weighted sum of scores, down its first derivation; each is found once and remembered."""

    judge: Judge
    _shares: dict[Place, Shares | None] = field(default_factory=dict, init=False)

    def below(self, place: Place) -> Shares | None:
        """The scores that a cell rests on, with their weights; None where it is no weighted sum."""
        if place not in self._shares:
            self._shares[place] = self._find(place)
        return self._shares[place]

    def _find(self, place: Place) -> Shares | None:
        derivation = next((each for each in self.judge.derivations(place) if each.assumption != OMIT), None)
        if derivation is None:
            return {place: Fraction(1)}
        if derivation.by_class:
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
    groups: list[tuple[set[Place], set[Place]]] = []  # slips, and the scores they rest on
    for place in slips:
        members, rests = {place}, set(scores.below(place) or ())
        apart = []
        for other_members, other_rests in groups:
            if other_rests & rests:
                members, rests = members | other_members, rests | other_rests
            else:
                apart.append((other_members, other_rests))
        groups = [*apart, (members, rests)]
    return [sorted(members) for members, _ in groups]


def _optima(judge: Judge, scores: Scores, slips: Sequence[Place]) -> list[Optimum]:
    """All cheapest explanations of `slips`; without a score among the candidates the slips themselves."""
    slips_alone = Optimum(SLIP_COST * len(slips), frozenset(slips), {})
    candidates = _candidates(judge, scores, slips)
    optima = list(_solve(judge, scores, slips, candidates)) if candidates else []
    return sorted(optima, key=lambda each: (each.cost, sorted(each.places()))) or [slips_alone]


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
class _Rule:
    """What a derived cell asks of the scores: low <= sum of weight * change <= high, or it is violated at `cost`."""

    weights: Shares
    low: Fraction
    high: Fraction
    cost: float


def _rules(
    judge: Judge, scores: Scores, slips: Sequence[Place], candidates: Mapping[Place, Fraction]
) -> Iterator[_Rule]:
    """Each derived cell that rests on `candidates`, and how much these may change for it to follow from the scores."""
    for place in judge.model.derivations:
        weights = scores.below(place)
        exact, printed = judge.truth(place), judge.printed(place)
        if not weights or not weights.keys() & candidates.keys():
            continue
        if not isinstance(exact, Fraction) or not isinstance(printed, Fraction):
            continue
        unit = Fraction(1, 10 ** (judge.model.cells[place].decimals or 0))
        is_rounded = printed != exact and exact.denominator > COARSEST
        width = unit / 2 if is_rounded else Fraction(0)
        cost = FOLLOW_COST if _follows(judge, place) else SLIP_COST
        yield _Rule(weights, printed - exact - width, printed - exact + width, cost)


def _follows(judge: Judge, place: Place) -> bool:
    """Whether the cell is what its neighbours give as they are printed."""
    linear = (each for each in judge.model.derivations[place] if not each.by_class)
    return judge.judge(place).derivation is not None or any(
        judge.fits(place, judge.value(each, judge.printed)) is not None for each in linear
    )


def _solve(
    judge: Judge, scores: Scores, slips: Sequence[Place], candidates: Mapping[Place, Fraction]
) -> Iterator[Optimum]:
    """The cheapest changes of scores in steps, and violations of rules, by which every rule holds or is paid for."""
    rules = list(_rules(judge, scores, slips, candidates))
    largest = [judge.model.largest.get((score[0], score[2]), Fraction(MAX_SCORE)) for score in candidates]
    printed = list(candidates.values())
    n, span = len(candidates), float(max(largest) / STEP)

    programme = Programme()
    steps = programme.block(
        low=[ceil(-value / STEP) for value in printed],
        high=[floor((top - value) / STEP) for top, value in zip(largest, printed, strict=True)],
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
            step: float(rule.weights[score] * STEP)
            for step, score in zip(steps, candidates, strict=True)
            if score in rule.weights
        }
        below = {step: -weight for step, weight in weights.items()}
        programme.at_most(weights | {violation: -reach}, float(rule.high) + CLOSE)
        programme.at_most(below | {violation: -reach}, float(-rule.low) + CLOSE)
    for solution in programme.optima(range(changed.start, violated.stop)):
        items = {
            score: value + solution.values[step] * STEP
            for (score, value), step in zip(candidates.items(), steps, strict=True)
            if solution.values[step]
        }
        yield _verified(judge, slips, items, solution.cost)


def _verified(judge: Judge, slips: Sequence[Place], items: Mapping[Place, Fraction], cost: float) -> Optimum:
    """The optimum with the slips that are left found anew, in fractions."""
    again = judge.with_corrected(items)
    left = frozenset(place for place in slips if (SLIP, place) in again.judge(place).causes)
    return Optimum(cost, left, items)
