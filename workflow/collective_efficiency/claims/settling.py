"""Truths that bounds leave open, settled by filling in: whether a predicate is the same whatever is not known.

Bounds do not know that two numbers rest on the same gap: of a cluster that is not coded, `count(kinds > 1)` and
`count(kinds <= 1)` are 0 to 1 each, and their sum, which is 1, seems to be 0 to 2. So where bounds leave a truth open,
what is not known is divided until bounds decide in every part, or two parts differ: branch and bound (Land and Doig
1960).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from collective_efficiency.claims.language.nodes import CHAIN_COUNTS, Node, Scope, Subject, World
from collective_efficiency.claims.language.values import UNKNOWN, Bound, Span, Truth, Value, as_truth, span_of
from collective_efficiency.claims.recording import ReadKey, keys_of_predicate
from collective_efficiency.words import DEGREES, GOVERNANCE, SCORES

STEPS_BETWEEN: Mapping[str, Fraction] = {  # what a number may be; any other may be anything within its bounds
    **dict.fromkeys((*GOVERNANCE, *CHAIN_COUNTS), Fraction(1)),
    **dict.fromkeys(SCORES, Fraction(1, 2)),
}
MOST_DIVISIONS = 2000  # that are tried of one predicate in one world, within two seconds
SAMPLES = 12  # fillings that are tried first: where two of them differ, nothing else need be

Gaps = dict[ReadKey, Value]  # what a predicate reads that is not known and can be divided


def truth_in(predicate: Node, world: World) -> Truth:
    """What a predicate comes to in a world: UNKNOWN where that turns on what is not known, or cannot be told."""
    truth = as_truth(predicate.value(Scope(world)))
    gaps = _gaps(predicate, world) if truth is UNKNOWN else {}
    if not gaps:
        return truth
    decided: set[Truth] = set()
    for found in _truths_within(predicate, world, gaps):
        decided.add(found)
        if found is UNKNOWN or len(decided) > 1:
            return UNKNOWN
    return decided.pop()


def _truths_within(predicate: Node, world: World, gaps: Gaps) -> Iterator[Truth]:
    """The truth of some fillings, then of parts that together hold all; UNKNOWN at last, if these are too many."""
    for number in range(SAMPLES):
        yield _truth_of_sample(predicate, world, gaps, Random(number))  # noqa: S311  a sample, no secret
    left = [(world, gaps)]
    for _ in range(MOST_DIVISIONS):
        if not left:
            return
        part, undivided = left.pop()
        truth = as_truth(predicate.value(Scope(part)))
        undivided = undivided or (_gaps(predicate, part) if truth is UNKNOWN else {})
        if truth is not UNKNOWN or not undivided:
            yield truth
            continue
        key = max(undivided, key=lambda each: _width(undivided[each]))  # so that none is divided more than it need be
        others = {each: value for each, value in undivided.items() if each != key}
        for value in _parts(key[-1], undivided[key]):
            gap = {key: value} if _parts(key[-1], value) else {}
            left.append((_filled(part, {key: value}), others | gap))
    yield UNKNOWN


def _truth_of_sample(predicate: Node, world: World, gaps: Gaps, random: Random) -> Truth:
    """The truth where the gaps are filled in at random, as far as bounds need it to decide."""
    truth: Truth = UNKNOWN
    while truth is UNKNOWN and gaps:
        world = _filled(world, {key: random.choice(_parts(key[-1], value)) for key, value in gaps.items()})
        truth = as_truth(predicate.value(Scope(world)))
        gaps = _gaps(predicate, world) if truth is UNKNOWN else {}
    return truth


def _gaps(predicate: Node, world: World) -> Gaps:
    values = {key: _value_at(world, key) for key in sorted(keys_of_predicate(predicate, world))}
    return {key: value for key, value in values.items() if _parts(key[-1], value)}


def _parts(word: str, value: Value) -> list[Value]:
    """What a value may be, the lowest apart from the others, or its names; none where it is known or has no steps."""
    if value is UNKNOWN and word == "degree":
        return list(DEGREES)
    if not isinstance(value, Span) or value.is_left_out or word not in STEPS_BETWEEN:
        return []
    low, high, step = value.low, value.high, STEPS_BETWEEN[word]
    if not isinstance(low, Fraction) or not isinstance(high, Fraction):
        return []
    return [low, span_of(low + step, high)]


def _width(value: Value) -> Bound:
    return value.high - value.low if isinstance(value, Span) else 1


def _value_at(world: World, key: ReadKey) -> Value:
    if len(key) == 2:
        return next((cluster.get(key[1]) for cluster in world.clusters if cluster["cluster"] == key[0]), None)
    table, row, word = key
    cell = world.cells.get((table, row, word))
    return cell.value if cell else world.tables[table][row].get(word)


def _filled(world: World, values: Mapping[ReadKey, Value]) -> World:
    """The world with other values of clusters and printed cells, wherever they stand."""
    by_name: dict[tuple[str, ...], dict[str, Value]] = {}
    for key, value in values.items():
        by_name.setdefault(key[:-1], {})[key[-1]] = value

    def of(subject: Subject, *names: tuple[str, ...]) -> Subject:
        own = [by_name[name] for name in names if name in by_name]
        return {**subject, **{word: value for each in own for word, value in each.items()}} if own else subject

    tables = {
        table: {row: of(subject, (str(subject.get("cluster")),), (table, row)) for row, subject in rows.items()}
        for table, rows in world.tables.items()
    }
    cells = {key: replace(cell, value=values[key]) for key, cell in world.cells.items() if key in values}
    return replace(
        world,
        clusters=tuple(of(cluster, (str(cluster["cluster"]),)) for cluster in world.clusters),
        tables=tables,
        cells={**world.cells, **cells} if cells else world.cells,
        memory={},
    )
