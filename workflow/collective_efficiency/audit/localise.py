"""Which printed cells must be wrong: error localisation over all tables of a sector together.

Fellegi and Holt (1976) ask for the smallest set of values to change so that every rule holds. Here a derived cell is
also excused if it follows from its neighbours as they are printed (it was computed from what stands there), so that one
misprint does not cost as much as all that was computed from it. A score costs more than a sum, since it is the source:
it is called wrong only where two derived cells that do not rest on each other both say so, or one that is certified.

Slips that share scores are one problem. One wrong score is looked for score by score; only where many slips leave room
for two, and few scores may be wrong, is a mixed-integer programme solved (`programme`). A problem with many scores,
such as all slips below an average of all sectors, falls into parts by the scores of which one change puts two slips
right. All optima are found, and each is verified in fractions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.operations import Explanation
from collective_efficiency.audit.programme import CLOSE, MOST_OPTIMA, Programme
from collective_efficiency.audit.score_rules import MOST_STEPS, ScoreRule, ScoreRules, Weighted
from collective_efficiency.audit.shares import Shares

ITEM_COST = 1.5  # a score: more than one slip, so that a wrong sum alone accuses no score, and less than two
MOST_CANDIDATES = 40  # scores of a programme that is solved in time; beyond, many slips are rather one event
Scores = Mapping[Place, Fraction]  # by place, as printed
Changes = Mapping[Place, Sequence[Fraction]]  # of scores, those that put some slips right


@dataclass(frozen=True)
class Optimum:
    """One cheapest explanation: derived cells that are slips, and scores that are misprints with their values.

    event: what happened, if one event made all of it.
    """

    cost: float
    slips: frozenset[Place]
    items: Mapping[Place, Fraction]
    event: Explanation | None = None

    def places(self) -> frozenset[Place]:
        return self.slips | frozenset(self.items)


def localise(judge: Judge, shares: Shares, explained: AbstractSet[Place] = frozenset()) -> list[list[Optimum]]:
    """For each group of slips that share scores, all tied optima, the first in the order of places first.

    An empty list if no cell is a slip but those that are `explained` already.
    """
    wrong = (place for place in judge.model.derivations if (SLIP, place) in judge.judge(place).causes)
    slips = sorted(place for place in wrong if place not in explained)
    rules = ScoreRules(judge, shares)
    rests_on: dict[Place, list[Place]] = {}
    for place in slips:
        for score in shares.below(place):
            rests_on.setdefault(score, []).append(place)
    groups = _connected(slips, rests_on.values())
    return [optima for group in groups for optima in _optima(rules, group, _candidates(rules, group))]


def _connected(slips: Sequence[Place], together: Iterable[Sequence[Place]]) -> list[list[Place]]:
    """The slips, together where they stand together in one of `together`, directly or by way of others."""
    leader = {place: place for place in slips}

    def first(place: Place) -> Place:
        while leader[place] != place:
            leader[place] = leader[leader[place]]  # halves the way for who asks next
            place = leader[place]
        return place

    for one, *others in together:
        for other in others:
            leader[first(other)] = first(one)
    groups: dict[Place, list[Place]] = {}
    for place in slips:
        groups.setdefault(first(place), []).append(place)
    return [sorted(members) for members in groups.values()]


def _candidates(rules: ScoreRules, slips: Sequence[Place]) -> Scores:
    """The printed scores that at least two slips share, or one that is certified: only these can be cheaper."""
    judge, model = rules.judge, rules.judge.model
    counts: dict[Place, int] = {}
    for place in slips:
        for score in rules.shares.below(place):
            if model.cells[score].kind == "item" and score not in model.certified:
                counts[score] = counts.get(score, 0) + (2 if place in model.certified else 1)
    shared = sorted(score for score, count in counts.items() if count > 1)
    return {score: value for score in shared if isinstance(value := judge.printed(score), Fraction)}


def _optima(rules: ScoreRules, slips: Sequence[Place], candidates: Scores) -> Iterator[list[Optimum]]:
    """All cheapest explanations of slips that share scores, by parts if too many scores may be wrong."""
    accused = set(slips)
    changes = _changes(rules, accused, candidates)
    if len(candidates) <= MOST_CANDIDATES:
        yield _cheapest(rules, slips, candidates, changes)
        return
    right = {score: _put_right(rules, accused, score, options) for score, options in changes.items()}
    for part in _connected(slips, right.values()):
        members = set(part)
        scores = {score: candidates[score] for score, places in right.items() if places[0] in members}
        yield _cheapest(rules, part, scores, changes)


def _cheapest(rules: ScoreRules, slips: Sequence[Place], scores: Scores, changes: Changes) -> list[Optimum]:
    """All cheapest explanations of `slips` by wrong scores; the slips themselves where no score explains them.

    Two wrong scores are looked for only where they could be cheaper than one, since that costs the most time.
    """
    alone = rules.slip_cost(slips)
    optima = _of_one_score(rules, slips, {score: changes.get(score, ()) for score in scores})
    if min([alone, *(each.cost for each in optima)]) > 2 * ITEM_COST and 0 < len(scores) <= MOST_CANDIDATES:
        optima = list(_solve(rules, slips, scores)) or optima
    return sorted(optima, key=lambda each: (each.cost, sorted(each.places()))) or [Optimum(alone, frozenset(slips), {})]


def _changes(rules: ScoreRules, accused: AbstractSet[Place], scores: Scores) -> Changes:
    """By how much each score may be wrong, if at all: so that two slips are right, or one that is certified.

    That nothing is below zero is a guess, which gives way to what someone vouches for.
    """
    changes: dict[Place, Sequence[Fraction]] = {}
    certified = accused & rules.judge.model.certified
    for below_zero in (False, True) if certified else (False,):
        for score, printed in scores.items() if not changes else ():
            told = list(rules.on(score, accused))
            fewest = 1 if any(rule.target in certified for rule, _ in told) else 2
            options = rules.changes(score, printed, told, fewest, below_zero)
            if options:
                changes[score] = options
    return changes


def _put_right(
    rules: ScoreRules, accused: AbstractSet[Place], score: Place, options: Sequence[Fraction]
) -> list[Place]:
    """The slips that are right under one of the changes of a score."""
    return [
        rule.target
        for rule, weight in rules.on(score, accused)
        if any(rule.admits(weight * change) for change in options)
    ]


# one wrong score


def _of_one_score(rules: ScoreRules, slips: Sequence[Place], changes: Changes) -> list[Optimum]:
    """The cheapest explanations by one wrong score; none if the slips by themselves are cheaper."""
    alone = rules.slip_cost(slips)
    accused = set(slips)
    costs: dict[tuple[Place, Fraction], float] = {}
    best = alone - CLOSE
    for score, options in changes.items():
        touching = list(rules.on(score))
        elsewhere = alone - rules.slip_cost(rule.target for rule, _ in touching if rule.target in accused)
        for change in options:
            cost = _cost_of_change(touching, change, ITEM_COST + elsewhere, best + CLOSE)
            if cost < alone - CLOSE:
                costs[score, change] = cost
                best = min(best, cost)
    tied = sorted(each for each, cost in costs.items() if cost <= best + CLOSE)[:MOST_OPTIMA]
    return [_with_one_score(rules, slips, score, change, best) for score, change in tied]


def _cost_of_change(touching: Sequence[Weighted], change: Fraction, cost: float, most: float) -> float:
    """The cost of a wrong score with what it leaves or makes wrong; what is above `most` is not added up further."""
    for rule, weight in touching:
        if cost > most:
            break
        if not rule.admits(weight * change):
            cost += rule.cost
    return cost


def _with_one_score(rules: ScoreRules, slips: Sequence[Place], score: Place, change: Fraction, cost: float) -> Optimum:
    judge, weights = rules.judge, rules.shares.above(score)
    left = frozenset(
        slip
        for slip in slips
        if not isinstance(exact := judge.truth(slip), Fraction)
        or judge.fits(slip, exact + weights.get(slip, Fraction(0)) * change) is None
    )
    printed = judge.printed(score)
    return Optimum(cost, left, {score: change + printed if isinstance(printed, Fraction) else change})


# several


def _solve(rules: ScoreRules, slips: Sequence[Place], scores: Scores) -> Iterator[Optimum]:
    """The cheapest changes of scores in steps, and violations of rules, by which every rule holds or is paid for."""
    asked: dict[Place, tuple[ScoreRule, dict[Place, Fraction]]] = {}
    for score in scores:
        for rule, weight in rules.on(score):
            asked.setdefault(rule.target, (rule, {}))[1][score] = weight
    farthest = max((abs(end) for rule, _ in asked.values() for end in (rule.low, rule.high)), default=Fraction(0))
    step_of = {score: rules.step(score[0]) for score in scores}
    bounds = {score: rules.bounds(score, value, farthest * MOST_STEPS) for score, value in scores.items()}
    widest = max(high - low for low, high in bounds.values())

    programme = Programme()
    steps = programme.block(
        low=[ceil((bounds[score][0] - value) / step_of[score]) for score, value in scores.items()],
        high=[floor((bounds[score][1] - value) / step_of[score]) for score, value in scores.items()],
        cost=[0.0] * len(scores),
    )
    changed = programme.block([0.0] * len(scores), [1.0] * len(scores), [ITEM_COST] * len(scores))
    violated = programme.block([0.0] * len(asked), [1.0] * len(asked), [rule.cost for rule, _ in asked.values()])
    span = float(max((high - low) / step_of[score] for score, (low, high) in bounds.items()))
    for step, change in zip(steps, changed, strict=True):  # a score has steps only if it is changed
        programme.at_most({step: 1.0, change: -span}, 0.0)
        programme.at_most({step: -1.0, change: -span}, 0.0)
    number = dict(zip(scores, steps, strict=True))
    for (rule, weights), violation in zip(asked.values(), violated, strict=True):
        # a violated rule is lifted by more than any change of its scores can reach (a big M as small as it can be)
        lift = float(sum(map(abs, weights.values())) * widest) + float(max(abs(rule.low), abs(rule.high)))
        up = {number[score]: float(weight * step_of[score]) for score, weight in weights.items()}
        down = {variable: -weight for variable, weight in up.items()}
        programme.at_most(up | {violation: -lift}, float(rule.high) + CLOSE)
        programme.at_most(down | {violation: -lift}, float(-rule.low) + CLOSE)
    for solution in programme.optima(range(changed.start, violated.stop)):
        items = {
            score: value + solution.values[number[score]] * step_of[score]
            for score, value in scores.items()
            if solution.values[number[score]]
        }
        yield _verified(rules.judge, slips, items, solution.cost)


def _verified(judge: Judge, slips: Sequence[Place], items: Mapping[Place, Fraction], cost: float) -> Optimum:
    """The optimum with the slips that are left found anew, in fractions."""
    again = judge.with_corrected(items)
    left = frozenset(place for place in slips if (SLIP, place) in again.judge(place).causes)
    return Optimum(cost, left, items)
