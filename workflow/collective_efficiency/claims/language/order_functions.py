"""The functions of rank and of sectors: who is highest, second, lowest, and what holds in each sector."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.evidence import Item, adjective_of, enumerated, number_text
from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, Node, Scope, each_once, measured
from collective_efficiency.claims.language.populations import population_of
from collective_efficiency.claims.language.values import (
    UNKNOWN,
    Value,
    as_truth,
    combined,
    compared_truth,
    joined,
    span_of,
)

OF_ALL = " of clusters"  # goes without saying where a measure is taken sector by sector
# What is before a number: what is above it, where 1 is the highest, or below it, where 1 is the lowest.
BEFORE = {"rank": ">", "rank_from_below": "<", "sector_rank": ">", "sector_rank_from_below": "<"}


def _rank(own: Value, others: Sequence[Value], sign: str) -> Value:
    """1 and how many of the others are before it; equals share a rank."""
    if own is None or own is UNKNOWN:
        return own
    before = [compared_truth(other, own, sign) for other in others if other is not None]
    return span_of(Fraction(1 + before.count(True)), Fraction(1 + len(before) - before.count(False)))


def _rank_text(own: Value, others: Mapping[str, Value], sign: str) -> str:
    """The rank with the number that gives it, who has the same, and the nearest before it."""
    texts = [number_text(_rank(own, list(others.values()), sign)), f"with {number_text(own)}"]
    ties = [name for name, value in others.items() if compared_truth(value, own, "==") is True]
    texts += [f"as {enumerated(ties)}"] if ties else []
    first = _foremost(others, sign)
    texts += (
        [f"the {'highest' if sign == '>' else 'lowest'} other is {first} {number_text(others[first])}"] if first else []
    )
    return ", ".join(texts)


def _foremost(others: Mapping[str, Value], sign: str) -> str:
    known = {name: value for name, value in others.items() if isinstance(value, Fraction)}
    pick = max if sign == ">" else min
    return pick(known, key=lambda name: known[name], default="")


def rank(call: Call) -> Node:
    """`rank(who, x, among)`: 1 for the highest of the clusters or rows; `rank_from_below`: 1 for the lowest.

    Equals share a rank. Those of whom it is not known whether they are meant, or their x, leave it open.
    """
    who, measure, *among = call.arguments
    population, sign = population_of(call, among), BEFORE[call.name]
    key, name = ("row" if call.table else "cluster"), call.vocabulary.names.get(who.words, who.words)

    def values(scope: Scope) -> tuple[Value, dict[str, Value], int]:
        members = population.members(scope)
        others = {each.subject[key]: each for each in members.sure}
        ranked = others.pop(who.words, None)
        own = measure.value(ranked) if ranked else None
        if any(each.subject[key] == who.words for each in members.maybe):
            own = UNKNOWN
        return own, {population.name(each): measure.value(each) for each in others.values()}, len(members.maybe)

    def value(scope: Scope) -> Value:
        own, others, maybe = values(scope)
        ranked = _rank(own, list(others.values()), sign)
        return combined([ranked, span_of(Fraction(0), Fraction(maybe))], lambda first, more: first + more)

    stem = f"rank of {name} by {measure.words}{'' if sign == '>' else ', the lowest first,'} among {population.words}"
    node = Node(NUMBER, stem, value)
    return measured(node, stem, shown=lambda scope: _rank_text(*values(scope)[:2], sign))


def _in_sectors(call: Call, measure: Node) -> dict[str, Node]:
    """The measure, by how a sector is called, with the clusters of this sector only."""

    def within(sector: str) -> Node:
        def of(scope: Scope) -> Scope:
            return Scope(scope.world.by_sector[sector])

        return Node(
            measure.type,
            measure.words,
            lambda scope: measure.value(of(scope)) if sector in scope.world.by_sector else None,
            lambda scope: measure.items(of(scope)),
        )

    return {f"{adjective_of(sector)} clusters": within(sector) for sector in call.vocabulary.sectors}


def in_each_sector(call: Call) -> Node:
    """`in_each_sector(condition)`: whether the condition holds of the clusters of each sector, taken by themselves."""
    condition = call.arguments[-1]
    by_sector = _in_sectors(call, condition)

    def value(scope: Scope) -> Value:
        return joined((as_truth(part.value(scope)) for part in by_sector.values()), decisive=False)

    def items(scope: Scope) -> tuple[Item, ...]:
        decided = value(scope)
        decisive = {name: part for name, part in by_sector.items() if part.value(scope) is decided} or by_sector
        return each_once(_said_of(name, item) for name, part in decisive.items() for item in part.items(scope))

    return Node(TRUTH, f"in each sector {condition.in_brackets(1)}", value, items)


def _said_of(name: str, item: Item) -> Item:
    """The item with the clusters of a sector instead of clusters."""
    stem = item.stem if item.of else item.stem.replace("clusters", name, 1)
    return replace(item, stem=stem, of=item.of.replace("clusters", name, 1))


def sector_rank(call: Call) -> Node:
    """`sector_rank(sector, x)`: 1 for the sector of the highest x; `sector_rank_from_below`: 1 for the lowest.

    x: a number of the clusters, such as mean(jai), taken of those of each sector.
    """
    sector, measure = call.arguments
    sign, by_sector = BEFORE[call.name], _in_sectors(call, measure)
    own = f"{adjective_of(sector.words)} clusters"

    def value(scope: Scope) -> Value:
        others = [part.value(scope) for name, part in by_sector.items() if name != own]
        return _rank(by_sector[own].value(scope), others, sign)

    what = measure.words.removesuffix(OF_ALL)
    stem = f"rank of {own} by {what}{'' if sign == '>' else ', the lowest first'}"
    return _with_each_sector(Node(NUMBER, stem, value), by_sector)


def sector_range(call: Call) -> Node:
    """`sector_range(x)`: how far the sectors lie apart in x, such as mean(jai)."""
    by_sector = _in_sectors(call, call.arguments[0])

    def values(scope: Scope) -> list[Value]:
        return [each for part in by_sector.values() if (each := part.value(scope)) is not None]

    def value(scope: Scope) -> Value:
        # not monotone in each of them, so the bounds are those of the highest less those of the lowest
        found = values(scope)
        highest, lowest = (combined(found, pick) if found else None for pick in (_largest, _smallest))
        return combined([highest, lowest], lambda high, low: max(high - low, Fraction(0)))

    stem = f"range of the sectors in {call.arguments[0].words.removesuffix(OF_ALL)}"
    return _with_each_sector(Node(NUMBER, stem, value), by_sector)


def _with_each_sector(node: Node, by_sector: Mapping[str, Node]) -> Node:
    """A number of the sectors, which evidence lists with the number of each."""

    def said(part: Node, scope: Scope) -> str:
        items = part.items(scope)  # of one number, what is to be noted of it, too
        return items[0].with_notes if len(items) == 1 else number_text(part.value(scope))

    def shown(scope: Scope) -> str:
        numbers = (f"{name.removesuffix(' clusters')} {said(part, scope)}" for name, part in by_sector.items())
        return f"{number_text(node.value(scope))} ({', '.join(numbers)})"

    return measured(node, node.words, shown=shown)


def _largest(*numbers: Fraction) -> Fraction:
    return max(numbers)


def _smallest(*numbers: Fraction) -> Fraction:
    return min(numbers)
