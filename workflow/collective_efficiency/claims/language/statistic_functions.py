"""The functions that make one number of many, and of pairs: means, extremes, associations, rises and falls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import chain
from math import inf
from typing import Final

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.evidence import (
    NOT_TESTED,
    Association,
    number_text,
    unknown_text,
    with_notes,
)
from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, Node, PredicateError, Scope, World, measured
from collective_efficiency.claims.language.populations import Population, is_coded, population_of, zero_note
from collective_efficiency.claims.language.statistics import (
    STATISTICS,
    Ends,
    Statistic,
    exact_mean,
    exact_quantile,
    gamma_bounds,
    pair_counts,
    statistic_bounds,
    step_up,
    varies,
)
from collective_efficiency.claims.language.values import (
    UNKNOWN,
    Span,
    Unknown,
    Value,
    bounds,
    combined,
    compared_truth,
    is_left_out,
    span_of,
)
from collective_efficiency.words import ALL_SECTORS, DEGREES, GOVERNANCE

EXTREMES = ("highest", "lowest")  # they say the same as conditions on every cluster, which leave nothing out
NOWHERE: Final = Scope(World((), {}, {}))  # where a constant has its value
ANYWHERE: Final = (-inf, inf)


def statistic_of(call: Call) -> Node:
    """`mean(x, among)` and the other STATISTICS, of clusters or of the rows of a table."""
    measure, *among = call.arguments
    return _statistic(call.name, STATISTICS[call.name], measure, population_of(call, among))


def quantile(call: Call) -> Node:
    """`quantile(x, part, among)`: the number below which this part of the clusters or rows lies."""
    measure, part, *among = call.arguments
    share = bounds(part.value(NOWHERE))
    if share is None or not 0 <= share[0] <= 1:
        raise PredicateError(part.words, "a part of the clusters is needed here, from 0 to 1, such as 1/4")
    lower = Fraction(share[0])
    name = f"{number_text(lower)} quantile of"
    return _statistic(name, lambda numbers: exact_quantile(numbers, lower), measure, population_of(call, among))


def _statistic(name: str, statistic: Statistic, measure: Node, population: Population) -> Node:
    def numbers(scopes: Iterable[Scope]) -> list[Ends]:
        return _numbers(measure, scopes, leave_out=name not in EXTREMES)

    def value(scope: Scope) -> Value:
        members = population.members(scope)
        undefined = [each for each in members.sure if measure.value(each) is UNKNOWN]  # as it may be
        sure = [each for each in members.sure if each not in undefined] if undefined else members.sure
        return statistic_bounds(statistic, numbers(sure), numbers((*members.maybe, *undefined)))

    def shown(scope: Scope) -> str:
        columns = measure.columns | population.columns
        as_zero = zero_note(population.members(scope).sure, columns, population)
        return with_notes(number_text(value(scope)), [*_unknown_notes((measure,), population, scope), as_zero])

    stem = f"{name} {measure.in_brackets(3)}"
    return measured(Node(NUMBER, f"{stem} of {population.words}", value), stem, population.words, shown)


def _unknown_notes(measures: Sequence[Node], population: Population, scope: Scope) -> tuple[str, ...]:
    """Of whom a measure is not known, or whether they are meant."""
    members = population.members(scope)
    groups = [(population.columns, list(members.maybe))]
    for measure in measures:
        unknown = [each for each in members.sure if isinstance(measure.value(each), Span | Unknown)]
        groups.append((measure.columns, unknown))
    columns = [columns for columns, scopes in groups if scopes]
    names = dict.fromkeys(population.names(chain.from_iterable(scopes for _, scopes in groups)))
    return (unknown_text(list(names), len(members.sure + members.maybe), coded=all(map(is_coded, columns))),)


def _numbers(measure: Node, scopes: Iterable[Scope], *, leave_out: bool) -> list[Ends]:
    """The measure within bounds, where it is defined. leave_out: not where one reading of n.a. leaves it out."""
    values = [measure.value(each) for each in scopes]
    kept = [value for value in values if not (leave_out and is_left_out(value))]
    return [ends for value in kept if (ends := bounds(value)) is not None]


def gamma_of(call: Call) -> Node:
    """`gamma(x, y, among)` over all pairs of the clusters that are meant."""
    first, second, *among = call.arguments
    population = population_of(call, among)

    def value(scope: Scope) -> Value:
        return gamma_bounds(*pair_counts(_pairs(first, second, population, scope)))

    stem = f"gamma of {first.words} and {second.words}"
    node = Node(NUMBER, f"{stem} in {population.words}", value)
    noted = partial(_unknown_notes, (first, second), population)
    tested = partial(_tested, first.columns, second.columns, population)
    return measured(node, stem, population.words, noted=noted, tested=tested)


def associated(call: Call) -> Node:
    """`associated(x, y, within)`: whether clusters of a higher x more often have the higher y.

    Without `within`, only clusters of one sector are compared with each other, and of a kind of chain it counts only
    whether a cluster takes part: as the tests of the inference stage do.
    """
    first, second, *within = call.arguments
    population = population_of(call, within)
    if len(first.columns) == 1 and first.columns <= set(GOVERNANCE):
        first = _taking_part(first)

    def gamma(scope: Scope) -> Value:
        return gamma_bounds(*pair_counts(_pairs(first, second, population, scope, strata=not within)))

    def value(scope: Scope) -> Value:
        return compared_truth(gamma(scope), Fraction(0), ">")

    stem = f"gamma of {first.words} and {second.words}"
    where = population.words if within else "clusters within their sectors"
    node = Node(TRUTH, f"{first.words} goes with {second.words} in {where}", value)
    noted = partial(_unknown_notes, (first, second), population)
    tested = partial(_tested, first.columns, second.columns, population)
    return measured(node, stem, where, lambda scope: number_text(gamma(scope)), noted=noted, tested=tested)


def _taking_part(chain: Node) -> Node:
    """1 where a cluster takes part in a kind of chain, at home or abroad, else 0."""

    def value(scope: Scope) -> Value:
        return combined([chain.value(scope)], lambda code: Fraction(code > 0))

    return replace(chain, words=f"taking part in {chain.words}", value=value)


def _pairs(
    first: Node, second: Node, population: Population, scope: Scope, *, strata: bool = False
) -> list[tuple[Ends, Ends, str]]:
    """x and y of each cluster, and its sector if only clusters of one are compared. Who may belong may be anywhere."""
    members = population.members(scope)
    values = [(first.value(each), second.value(each), each) for each in members.sure]
    found = [(bounds(x), bounds(y), each) for x, y, each in values if not is_left_out(x) and not is_left_out(y)]
    found += [(ANYWHERE, ANYWHERE, each) for each in members.maybe]
    sectors = ((x, y, str(each.subject.get("sector")) if strata else "") for x, y, each in found)
    return [(x, y, sector) for x, y, sector in sectors if x is not None and y is not None]


def _tested(
    predictor: frozenset[str], outcome: frozenset[str], population: Population, scope: Scope
) -> Association | None:
    """What the inference stage says of two words in the clusters that are meant; None where it tested nothing."""
    if not scope.world.associations or population.table:
        return None
    meant = population.members(scope)
    sectors = {str(each.subject.get("sector")) for each in meant.sure}
    of_sectors = sum(each.subject.get("sector") in sectors for each in scope.world.cluster_scopes)
    name = ALL_SECTORS if len(meant.sure) == len(scope.world.clusters) else next(iter(sectors), "")
    is_whole = len(meant.sure) == of_sectors and (len(sectors) == 1 or name == ALL_SECTORS)
    key = (name, "".join(predictor), "".join(outcome)) if len(predictor) == len(outcome) == 1 else ("", "", "")
    return scope.world.associations.get(key, NOT_TESTED) if is_whole else NOT_TESTED


def rises_or_falls(call: Call) -> Node:
    """`rises(x, along, among)`, `falls`: whether the mean of x rises along the degrees or the numbers of a column.

    Of a table without `along`: from row to row, as printed. Not defined where x is the same throughout.
    """
    measure, *rest = call.arguments
    along = next((node for node in rest if node.type != TRUTH and node.columns != frozenset(("degree",))), None)
    population = population_of(call, [node for node in rest if node.type == TRUTH])

    def value(scope: Scope) -> Value:
        steps, are_all = _steps(measure, along, population, scope)
        if call.name == "falls":
            steps.reverse()
        truth = step_up([step.mean for step in steps], [step.is_sure for step in steps])
        if truth is not False:
            return truth if are_all else UNKNOWN
        members = population.members(scope)
        different = varies(_numbers(measure, members.sure, leave_out=True))
        return False if different is True else None if different is False and not members.maybe else UNKNOWN

    def shown(scope: Scope) -> str:
        steps, _ = _steps(measure, along, population, scope)
        return ", ".join(f"{step.name} {number_text(span_of(*step.mean))}" for step in steps)

    where = along.words if along else "row" if call.table else "degree"
    stem = f"mean {measure.in_brackets(3)} by {where}"
    node = Node(TRUTH, f"{stem} {call.name} in {population.words}", value)
    tested = partial(_tested, along.columns if along else frozenset(("degree",)), measure.columns, population)
    return measured(node, stem, population.words, shown, tested=tested)


@dataclass(frozen=True)
class StepMean:
    """The clusters or rows at one step: its name, the mean of what is measured, whether any is there for sure."""

    name: str
    mean: Ends
    is_sure: bool


def _steps(measure: Node, along: Node | None, population: Population, scope: Scope) -> tuple[list[StepMean], bool]:
    """The steps in their order: degrees from Low to High, numbers as they rise, rows as printed; whether these are all.

    They are not where a cluster or row may be a step of its own.
    """
    members = population.members(scope)
    if along is None and population.table:
        ends = [(population.name(each), bounds(measure.value(each))) for each in members.sure]
        return [StepMean(name, mean, is_sure=True) for name, mean in ends if mean is not None], not members.maybe

    def key_of(each: Scope) -> Value:
        return along.value(each) if along else each.subject.get("degree")

    everyone = (*members.sure, *members.maybe)
    unplaced = [each for each in everyone if not isinstance(key_of(each), Fraction | str)]
    keys: list[Value] = list(reversed(DEGREES))
    if along:
        keys = [*sorted({key for each in everyone if isinstance(key := key_of(each), Fraction)})]
    steps = []
    for key in keys:
        sure = _numbers(measure, (each for each in members.sure if key_of(each) == key), leave_out=True)
        possible = [*unplaced, *(each for each in members.maybe if key_of(each) == key)]
        maybe = _numbers(measure, possible, leave_out=True)
        mean = bounds(statistic_bounds(exact_mean, sure, maybe))
        if mean is not None:
            steps.append(StepMean(number_text(key), mean, bool(sure)))
    return steps, not (along and unplaced)
