"""Which printed cells must be wrong: error localisation over all tables of a sector together.

Fellegi and Holt (1976) ask for the smallest set of values to change so that every rule holds. Here a derived cell is
also excused if it follows from its neighbours as they are printed (it was computed from what stands there), so that one
misprint does not cost as much as all that was computed from it. A score costs more than a sum, since it is the source:
it is called wrong only where two derived cells that do not rest on each other both say so. Solved as a mixed-integer
programme (scipy.optimize.milp); all optima are enumerated by cutting each off, and each is verified in fractions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.model import OMIT, Place
from collective_efficiency.words import MAX_SCORE

SLIP_COST, ITEM_COST, FOLLOW_COST = 1.0, 1.5, 0.05
STEP = Fraction(1, 2)
MOST_OPTIMA = 32
CLOSE = 1e-6


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
    slips = sorted(
        place for place in judge.model.derivations if any(cause == (SLIP, place) for cause in judge.judge(place).causes)
    )
    groups: list[tuple[set[Place], set[Place]]] = []  # slips and the scores they rest on
    for place in slips:
        scores = set(expand(judge, place) or {})
        joined = [group for group in groups if group[1] & scores]
        groups = [group for group in groups if group not in joined]
        groups.append(({place}.union(*(each[0] for each in joined)), scores.union(*(each[1] for each in joined))))
    return [_optima(judge, sorted(group[0])) for group in groups]


def expand(judge: Judge, place: Place) -> dict[Place, Fraction] | None:
    """A derived cell as a weighted sum of scores, down its first derivation; None where that is not linear."""
    derivation = next((each for each in judge.derivations(place) if each.assumption != OMIT), None)
    if derivation is None or derivation.by_class:
        return None if derivation else {place: Fraction(1)}
    found: dict[Place, Fraction] = {}
    for parent, weight in derivation.parents:
        if judge.model.cells[parent].status == "not_available":
            continue
        below = expand(judge, parent)
        if below is None:
            return None
        for score, share in below.items():
            found[score] = found.get(score, Fraction(0)) + weight * share
    return found


def _optima(judge: Judge, slips: Sequence[Place]) -> list[Optimum]:
    """All cheapest explanations of `slips`; without an item among the candidates the slips themselves."""
    plain = Optimum(SLIP_COST * len(slips), frozenset(slips), {})
    candidates = _candidates(judge, slips)
    if not candidates:
        return [plain]
    found = list(_solve(judge, slips, candidates))
    return sorted(found, key=lambda each: (each.cost, sorted(each.places()))) or [plain]


def _candidates(judge: Judge, slips: Sequence[Place]) -> list[Place]:
    """The scores that at least two slips share: only these can be cheaper than the slips."""
    counts: dict[Place, int] = {}
    for place in slips:
        for score in expand(judge, place) or {}:
            if judge.model.cells[score].kind == "item":
                counts[score] = counts.get(score, 0) + 1
    return sorted(score for score, count in counts.items() if count > 1)


def _solve(judge: Judge, slips: Sequence[Place], scores: Sequence[Place]) -> Iterator[Optimum]:
    import numpy as np  # heavy, and needed only where a score may be wrong
    from scipy.optimize import Bounds, LinearConstraint, milp

    rows = list(_rules(judge, slips, set(scores)))
    n, m = len(scores), len(rows)
    # variables: steps e_i of each score (integer), whether it is changed d_i, whether rule r is violated v_r
    printed = [judge.printed(score) for score in scores]
    low = [-float(value / STEP) if isinstance(value, Fraction) else 0.0 for value in printed]
    tops = [judge.model.largest.get((score[0], score[2]), Fraction(MAX_SCORE)) for score in scores]
    high = [
        float((top - value) / STEP) if isinstance(value, Fraction) else 0.0
        for top, value in zip(tops, printed, strict=True)
    ]
    span = float(max(tops) / STEP)
    cost = np.array([0.0] * n + [ITEM_COST] * n + [row.cost for row in rows])
    bounds = Bounds(
        np.array([np.ceil(value) for value in low] + [0.0] * (n + m)),
        np.array([np.floor(value) for value in high] + [1.0] * (n + m)),
    )
    matrix, below, above = [], [], []
    for i in range(n):  # |e_i| <= span * d_i
        for sign in (1.0, -1.0):
            line = np.zeros(2 * n + m)
            line[i], line[n + i] = sign, -span
            matrix.append(line)
            below.append(-np.inf)
            above.append(0.0)
    for number, row in enumerate(rows):
        reach = float(sum(abs(weight) for weight in row.weights.values()) * max(tops)) + float(row.slack)
        for sign, bound in ((1.0, row.high), (-1.0, -row.low)):
            line = np.zeros(2 * n + m)
            for i, score in enumerate(scores):
                line[i] = sign * float(row.weights.get(score, 0) * STEP)
            line[2 * n + number] = -reach
            matrix.append(line)
            below.append(-np.inf)
            above.append(float(bound) + CLOSE)
    best: float | None = None
    for _ in range(MOST_OPTIMA):
        constraint = LinearConstraint(np.array(matrix), np.array(below), np.array(above))
        answer = milp(cost, constraints=constraint, bounds=bounds, integrality=np.ones(len(cost)))
        if not answer.success or (best is not None and answer.fun > best + CLOSE):
            return
        best = float(answer.fun) if best is None else best
        steps = [round(value) for value in answer.x[:n]]
        chosen = [round(value) for value in answer.x[n:]]
        yield _verified(judge, scores, steps, slips, best)
        line = np.zeros(2 * n + m)  # cut this set of changed scores and violated rules off
        picked = [number for number, value in enumerate(chosen) if value]
        line[[n + number for number in picked]] = 1.0
        matrix.append(line)
        below.append(-np.inf)
        above.append(len(picked) - 1.0)


@dataclass(frozen=True)
class _Rule:
    """low <= sum of weights * change <= high, or pay `cost`."""

    weights: Mapping[Place, Fraction]
    low: Fraction
    high: Fraction
    cost: float

    @property
    def slack(self) -> Fraction:
        return max(abs(self.low), abs(self.high))


def _rules(judge: Judge, slips: Sequence[Place], scores: set[Place]) -> Iterator[_Rule]:
    """Each derived cell that rests on `scores` and what a change of them may be for it to follow from the scores."""
    for place in judge.model.derivations:
        weights = expand(judge, place)
        exact, printed = judge.truth(place), judge.printed(place)
        if not weights or not weights.keys() & scores or (place not in slips and judge.judge(place).verdict == "lost"):
            continue
        if not isinstance(exact, Fraction) or not isinstance(printed, Fraction):
            continue
        unit = Fraction(1, 10 ** (judge.model.cells[place].decimals or 0))
        width = unit / 2 if printed != exact and exact.denominator > 10 else Fraction(0)
        own = [each for each in judge.model.derivations[place] if not each.by_class]
        follows = judge.judge(place).derivation is not None or any(
            judge.fits(place, judge.value(each, judge.printed)) is not None for each in own
        )
        cost = FOLLOW_COST if follows else SLIP_COST
        yield _Rule(weights, printed - exact - width, printed - exact + width, cost)


def _verified(
    judge: Judge, scores: Sequence[Place], steps: Sequence[int], slips: Sequence[Place], cost: float
) -> Optimum:
    """The optimum with the slips that are left found anew, in fractions."""
    items = {
        score: printed + step * STEP
        for score, step in zip(scores, steps, strict=True)
        if step and isinstance(printed := judge.printed(score), Fraction)
    }
    again = replace(judge, corrected=items, _truth={}, _judged={})
    left = frozenset(place for place in slips if (SLIP, place) in again.judge(place).causes)
    return Optimum(cost, left, items)
