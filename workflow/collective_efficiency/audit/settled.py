"""What the tied optima of error localisation settle: which scores are taken as misprinted, and with which value."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from collective_efficiency.audit.explain import explanations
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.localise import Optimum
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.shares import Shares


def certain(optima: Sequence[Optimum]) -> Mapping[Place, Fraction]:
    """The scores that every optimum corrects, and to the same value.

    >>> place, slips = ("T1", "r", "x"), frozenset()
    >>> certain([Optimum(1.5, slips, {place: Fraction(2)}), Optimum(1.5, slips, {place: Fraction(3)})])
    {}
    """
    shared = dict(optima[0].items) if optima else {}
    for optimum in optima[1:]:
        shared = {place: value for place, value in shared.items() if optimum.items.get(place) == value}
    return shared


def settled(
    judge: Judge, shares: Shares, optima: Sequence[Optimum]
) -> tuple[Sequence[Optimum], Mapping[Place, Fraction]]:
    """Tied optima, the one to believe first, and the scores to correct.

    These are the certain ones. Where nothing is certain but that a certified cell is right, one of the optima must be:
    the first is taken whose misprints are explained best.
    """
    sure = certain(optima)
    if sure or not _is_below_certified(judge, shares, optima):
        return optima, sure
    ranked = sorted(optima, key=lambda optimum: belief(judge, optimum))
    return ranked, ranked[0].items


def _is_below_certified(judge: Judge, shares: Shares, optima: Sequence[Optimum]) -> bool:
    above = (at for optimum in optima for score in optimum.items for at in shares.above(score))
    return any((SLIP, at) in judge.judge(at).causes for at in above if at in judge.model.certified)


def belief(judge: Judge, optimum: Optimum) -> float:
    """What one has to believe of how the scores of an optimum came to be misprinted."""
    corrected = judge.with_corrected(optimum.items)
    return sum(explanations(corrected, place)[0].cost for place in optimum.items)
