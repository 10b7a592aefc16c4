"""What follows if printed cells had other values: the relations of the audit, run forward from what is supposed.

Every cell is taken as printed until something that it is computed from moves; then it is what its relation gives. So a
slip stays as printed until it, or one of its parts, is supposed otherwise. Of several relations the first that moves
tells: a total of sums stays the sum of its row if a sum is put right, but no longer that of its column.

The page does the same in the reviewer's browser, by templates/reviewer/suppose.js, from `rules_as_data`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from collective_efficiency.audit.conventions import Conventions
from collective_efficiency.audit.evaluation import CellValue, Look, class_word, derived_value, printed_value
from collective_efficiency.audit.expressions import (
    At,
    Count,
    Expression,
    Number,
    Product,
    Quotient,
    Raised,
    WeightedSum,
)
from collective_efficiency.audit.model import OMIT, ZERO, ClassRule, Derivation, Model, Place

Rule = ClassRule | Derivation


@dataclass(frozen=True)
class Move:
    """A cell that follows: what its relation gives of the cells as printed, and of those that are supposed."""

    before: CellValue | None
    after: CellValue | None


def what_follows(model: Model, ways: Conventions, supposed: Mapping[Place, CellValue]) -> dict[Place, Move]:
    """The cells that move if those in `supposed` had these values, in an order in which each follows from earlier ones.

    ways: the conventions of the printed tables, which say how missing scores count. A cell that is supposed itself
    follows from nothing. Not to be supposed: a cell that is lost or not available, for the relations on it are made for
    what is known.
    """
    values: dict[Place, CellValue | None] = dict(supposed)
    moves: dict[Place, Move] = {}

    def as_printed(place: Place) -> CellValue | None:
        return printed_value(model, place)

    def as_supposed(place: Place) -> CellValue | None:
        return values[place] if place in values else as_printed(place)

    for place in model.computed_in_order:
        move = None if place in supposed else _move(model, ways, place, as_printed, as_supposed)
        if move is not None:
            moves[place] = move
            values[place] = move.after
    return moves


def _move(model: Model, ways: Conventions, place: Place, before: Look, after: Look) -> Move | None:
    """How a cell moves by the first of its rules that gives another value now than before; None if none does."""
    for rule in rules_of(model, ways, place):
        gave, gives = _gives(model, place, rule, before), _gives(model, place, rule, after)
        if gave is not None and gives != gave:
            return Move(gave, gives)
    return None


def _gives(model: Model, place: Place, rule: Rule, look: Look) -> CellValue | None:
    if isinstance(rule, ClassRule) or place in model.class_rules:
        return class_word(rule, look)
    return derived_value(model, rule, look)


def rules_of(model: Model, ways: Conventions, place: Place) -> Iterator[Rule]:
    """How a cell is computed, the likelier way first."""
    yield from model.class_rules.get(place, ())
    yield from ways.derivations(place)


def rules_as_data(model: Model, ways: Conventions) -> dict[str, Any]:
    """The values and the rules of all cells as JSON, cells by their number in the list of cells, numbers as fractions.

    values: of each cell a number, a word in a list, or null where it is lost or not available. missing: the cells that
    are not available. order: the computed cells, each after all that it rests on. rules: of each of these its rules,
    the likelier first; a rule is a list: what it is, and what it takes. largest: the highest number that a column
    allows, by the table and the column.
    """
    number = {place: index for index, place in enumerate(model.cells)}
    return {
        "values": [_value(printed_value(model, place)) for place in model.cells],
        "missing": [number[place] for place, cell in model.cells.items() if cell.status == "not_available"],
        "largest": {"/".join(column): str(largest) for column, largest in model.largest.items()},
        "order": [number[place] for place in model.computed_in_order],
        "rules": {
            number[place]: [_rule(model, place, rule, number) for rule in rules_of(model, ways, place)]
            for place in model.computed_in_order
        },
    }


def _value(value: CellValue | None) -> str | list[str] | None:
    """A number as text, a word in a list."""
    return [value] if isinstance(value, str) else None if value is None else str(value)


def _rule(model: Model, place: Place, rule: Rule, number: Mapping[Place, int]) -> list[Any]:
    if isinstance(rule, ClassRule):
        return ["class", number[rule.index], [[name, how, str(cut)] for name, how, cut in rule.classes]]
    if place in model.class_rules:
        return ["word", number[rule.parents[0][0]]]
    read = [number[parent] for parent, _ in rule.parents]
    if rule.by_class:
        wanted, classes = rule.by_class
        return ["class mean", wanted, read, [number[at] for at in classes], rule.assumption == OMIT]
    if rule.expression:
        return ["expression", _tree(rule.expression, number)]
    weights = [str(weight) for _, weight in rule.parents]
    same = weights[0] if len(set(weights)) == 1 else weights
    return ["sum", read, same, str(rule.constant), rule.assumption == ZERO]


def _tree(expression: Expression, number: Mapping[Place, int]) -> Any:
    """An expression as lists: a cell is its number, a constant its text, all else a sign and what it joins."""
    match expression:
        case At(place):
            return number[place]
        case Number(value):
            return str(value)
        case WeightedSum(terms):
            return ["+", *([str(weight), _tree(term, number)] for weight, term in terms)]
        case Product(left, right):
            return ["*", _tree(left, number), _tree(right, number)]
        case Quotient(above, below):
            return ["/", _tree(above, number), _tree(below, number)]
        case Raised(base, exponent):
            return ["^", _tree(base, number), exponent]
        case Count(rows):
            return ["#", *([[number[place], word] for place, word in row] for row in rows)]
