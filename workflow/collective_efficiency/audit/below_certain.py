"""A certified cell that does not follow from its parts by a sum, but by a share, a growth or a mean over a class.

What someone vouches for is right, so one of its parts is misprinted: each that may be is tried, and all that fit are
tied. (Of weighted sums error localisation finds the same: `localise`.)
"""

from collections.abc import Iterator
from fractions import Fraction

from collective_efficiency.audit.evaluation import class_members
from collective_efficiency.audit.expressions import At, Expression, WeightedSum, places_of, solved_for
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.localise import ITEM_COST, Optimum
from collective_efficiency.audit.model import Derivation, Place
from collective_efficiency.audit.settled import belief
from collective_efficiency.audit.wrong_terms import expression_of


def below_certain(judge: Judge) -> Iterator[list[Optimum]]:
    """For each such cell the parts that may be misprinted, with their values: the likeliest misprint first."""
    for place in sorted(judge.model.certified):
        for way in judge.model.derivations.get(place, ())[:1]:
            if not way.linear and (SLIP, place) in judge.judge(place).causes:
                fitting = list(_fitting(judge, place, way))
                fewest = min((wrong for wrong, _ in fitting), default=0)
                best = [optimum for wrong, optimum in fitting if wrong == fewest]
                if best:
                    yield sorted(best, key=lambda each: (belief(judge, each), sorted(each.items)))


def _fitting(judge: Judge, place: Place, way: Derivation) -> Iterator[tuple[int, Optimum]]:
    """The misprints that put a cell right, each with how many cells that rest on it would then be wrong."""
    printed, expression = judge.printed(place), _expression(judge, way)
    for part in dict.fromkeys(places_of(expression)):
        cell = judge.model.cells[part]
        known = isinstance(cell.value, Fraction) and cell.kind in ("item", "fact") and part not in judge.model.certified
        exact = solved_for(expression, part, printed, judge.truth) if known and isinstance(printed, Fraction) else None
        if exact is None or exact < 0:
            continue
        items = {part: Fraction(round(exact * 10 ** (cell.decimals or 0)), 10 ** (cell.decimals or 0))}
        again = judge.with_corrected(items)
        if (SLIP, place) not in again.judge(place).causes:
            wrong = sum((SLIP, at) in again.judge(at).causes for at in again.touched if at not in items)
            yield wrong, Optimum(ITEM_COST, frozenset(), items)


def _expression(judge: Judge, way: Derivation) -> Expression:
    """What a derivation computes; of a mean over a class that of its members."""
    if not way.by_class:
        return expression_of(way)
    members = class_members(way, judge.truth)
    return WeightedSum(tuple((Fraction(1, len(members)), At(at)) for at in members))
