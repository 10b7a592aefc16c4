"""What a derivation gives: the value of a cell from the values of the cells it is computed from.

Everything takes a `look`, which says where the parents' values come from: as printed, as they follow from the scores,
or as they are in a run with a finding put right.
"""

from collections.abc import Callable
from fractions import Fraction

from collective_efficiency.audit.expressions import interval_of, value_of
from collective_efficiency.audit.model import OMIT, ZERO, ClassRule, Derivation, Model, Place, class_of
from collective_efficiency.numbers.rounding import Interval, total

DASH = "-"  # what a cross-tabulation prints for a class without clusters
CellValue = Fraction | str  # of a class: its word
Look = Callable[[Place], CellValue | None]


def printed_value(model: Model, place: Place) -> CellValue | None:
    """The value as printed; the dash of an empty class as such; None where lost or not available."""
    cell = model.cells[place]
    if cell.printed == DASH and any(each.by_class for each in model.derivations.get(place, ())):
        return DASH
    return cell.value


def derived_value(model: Model, derivation: Derivation, look: Look) -> CellValue | None:
    """The value that `derivation` gives; None where a parent is unknown."""
    if derivation.by_class:
        return _class_mean(model, derivation, look, derivation.by_class[1])
    if derivation.expression:
        return value_of(derivation.expression, look)
    sums: dict[tuple[int, int, int], int] = {}  # numerators by weight and denominator: a column has few of these
    for parent, weight in derivation.parents:
        value = look(parent)
        if value is None and derivation.assumption == ZERO and is_missing(model, parent):
            continue
        if not isinstance(value, Fraction):
            return None
        kind = (weight.numerator, weight.denominator, value.denominator)  # whole numbers: a Fraction is slow to hash
        sums[kind] = sums.get(kind, 0) + value.numerator
    parts = (Fraction(above * whole, below * units) for (above, below, units), whole in sums.items())
    return sum(parts, derivation.constant)


def derived_span(derivation: Derivation, span: Callable[[Place], Interval | None]) -> Interval | None:
    """The values that `derivation` may give for a cell whose parents stand for `span`; None where one is unknown.

    What is not available counts as zero where the derivation assumes so.
    """
    if derivation.by_class:
        return None
    if derivation.expression:
        return interval_of(derivation.expression, span)
    parts = [(weight, span(parent)) for parent, weight in derivation.parents]
    known = [(weight, part) for weight, part in parts if part is not None]
    if len(known) < len(parts) and not derivation.assumption:
        return None
    return Interval(derivation.constant, derivation.constant) + total(known)


def class_members(derivation: Derivation, look: Look) -> list[Place]:
    """The parents that a mean over a class is of, as far as their classes are known; none of what is no such mean."""
    wanted, classes = derivation.by_class or ("", ())
    return [parent for (parent, _), place in zip(derivation.parents, classes, strict=False) if look(place) == wanted]


def _class_mean(model: Model, derivation: Derivation, look: Look, classes: tuple[Place, ...]) -> CellValue | None:
    """The mean of the parents of the wanted class, what is missing as zero or left out; None where one is unknown."""
    if any(look(place) is None for place in classes):
        return None
    members = class_members(derivation, look)
    if derivation.assumption == OMIT:
        members = [parent for parent in members if not is_missing(model, parent)]
    if not members:
        return DASH
    values = [Fraction(0) if is_missing(model, parent) else look(parent) for parent in members]
    numbers = [value for value in values if isinstance(value, Fraction)]
    return sum(numbers, Fraction(0)) / len(numbers) if len(numbers) == len(values) else None


def class_word(rule: ClassRule | Derivation, look: Look) -> str | None:
    """The class that follows from an index by its cut-offs, or repeats another table's; None where that is unknown."""
    if isinstance(rule, Derivation):
        word = look(rule.parents[0][0])
        return word if isinstance(word, str) else None
    index = look(rule.index)
    return class_of(index, rule.classes) if isinstance(index, Fraction) else None


def is_missing(model: Model, place: Place) -> bool:
    return model.cells[place].status == "not_available"
