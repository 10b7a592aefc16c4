"""A relation of printed cells as a derivation: an expression over cells, linear if it can be."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from collective_efficiency.audit.checks.kinds import CellsByPlace, Check
from collective_efficiency.audit.expressions import (
    At,
    Expression,
    Number,
    Product,
    Quotient,
    linear_form,
    moved,
    places_of,
)
from collective_efficiency.audit.model import OMIT, ZERO, Derivation, Place
from collective_efficiency.report.transcription import Report


def relation(
    check: Check, target: Place, expression: Expression | None, report: Report, cells: CellsByPlace
) -> Iterator[Derivation]:
    """How `target` follows from the cells of `expression`; nothing where the report lacks one of them.

    Columns in thousands or millions are brought to one unit.
    """
    if expression is None:
        return
    places = list(dict.fromkeys(places_of(expression)))
    if target not in cells or target in places or not places or any(place not in cells for place in places):
        return
    expression = _in_units(expression, target, places, report)
    form = linear_form(expression)
    if form is None:
        parents = tuple((place, Fraction(0)) for place in places)
        yield Derivation(check["id"], target, parents, expression=expression, relation=check["kind"])
        return
    constant = form[1]
    weights = {place: weight for place, weight in form[0].items() if weight}
    if not weights:
        return
    assumption = ZERO if missing_among(cells, weights) else ""
    yield Derivation(
        check["id"],
        target,
        tuple(weights.items()),
        assumption,
        at_least=bool(assumption) and all(weight > 0 for weight in weights.values()),
        constant=constant,
        relation=check["kind"],
    )


def mean_of_places(check: Check, target: Place, places: list[Place], cells: CellsByPlace) -> Iterator[Derivation]:
    """The mean of cells, with what is missing as zero or left out."""
    missing = missing_among(cells, places)
    as_zero = ZERO if missing else ""
    yield Derivation(check["id"], target, tuple((place, Fraction(1, len(places))) for place in places), as_zero)
    if missing and len(missing) < len(places):
        known = [place for place in places if place not in missing]
        yield Derivation(check["id"], target, tuple((place, Fraction(1, len(known))) for place in known), OMIT)


def missing_among(cells: Mapping[Place, Any], places: Iterable[Place]) -> set[Place]:
    return {place for place in places if cells[place].status == "not_available"}


def unit_of(report: Report, place: Place) -> Fraction:
    """What one of a column's numbers is worth: 1,000 of a column in thousands."""
    table, _, column = place
    return next((each.unit for each in report.tables[table].columns if each.name == column), Fraction(1))


def _in_units(expression: Expression, target: Place, places: list[Place], report: Report) -> Expression:
    units = {place: unit_of(report, place) for place in (target, *places)}
    if set(units.values()) == {Fraction(1)}:
        return expression
    in_ones = {place: Product(Number(units[place]), At(place)) for place in places if units[place] != 1}
    whole = moved(expression, in_ones)
    return whole if units[target] == 1 else Quotient(whole, Number(units[target]))
