"""Explanations of the relations by name: another cell in the place of a term, terms exchanged, a sign lost.

`explain` asks for them, and `findings` for a relation spelled out with its numbers.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial

from collective_efficiency.audit.expressions import (
    At,
    Expression,
    Number,
    Product,
    Quotient,
    WeightedSum,
    expression_words,
    moved,
    parts,
    places_of,
    value_of,
)
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Derivation, Place
from collective_efficiency.audit.operations import Explanation, explained
from collective_efficiency.numbers.printed import shortest

RELATION_NAMES: Mapping[str, str] = {  # of the kinds of checks whose arithmetic a finding spells out
    "sum": "sum", "subtotal": "subtotal", "weighted_average": "weighted average", "share": "share", "ratio": "ratio",
    "rate": "rate", "difference": "difference", "growth": "growth", "index_to_base": "index", "formula": "formula",
    "crosstab_count": "count",
}  # fmt: skip
_BASES = ("growth", "index_to_base")  # what these divide by is a base, not a denominator
FARTHER = 0.2  # how much dearer a cell of another row is than one of the same row
MOST_TERMS = 4  # that are added up in a denominator, for another cell in the place of one to be looked for
MORE_DECIMALS = 2  # of a spelled-out result beside those of the cell


def of_wrong_terms(judge: Judge, place: Place, printed: Fraction, expected: Fraction) -> Iterator[Explanation]:
    """What the slip at `place` would follow from if one term of its relation were another."""
    if printed == -expected and printed:
        yield explained("sign lost" if expected < 0 else "sign added")
    for way in judge.model.derivations.get(place, ()):
        if way.relation not in RELATION_NAMES or (way.linear and way.relation != "difference"):
            continue
        expression = expression_of(way)
        yield from _exchanged_terms(judge, place, expression)
        if way.relation == "weighted_average":
            yield from _not_weighted(judge, place, expression)
            continue
        in_divisors = (set(places_of(divisor)) for divisor in _divisors(expression))
        divisors = {term for terms in in_divisors if len(terms) <= MOST_TERMS for term in terms}
        for term in dict.fromkeys(places_of(expression)):
            if way.linear or term in divisors:
                yield from _of_other_cell(judge, place, way, expression, term)
        for divisor in _divisors(expression):
            if not isinstance(divisor, At):
                yield from _of_printed_divisor(judge, place, expression, divisor)


def expression_of(way: Derivation) -> Expression:
    """What a derivation computes, as an expression."""
    terms = tuple((weight, At(parent)) for parent, weight in way.parents)
    constant = ((Fraction(1), Number(way.constant)),) if way.constant else ()
    return way.expression or WeightedSum((*terms, *constant))


def _prints(judge: Judge, place: Place, expression: Expression) -> bool:
    value = value_of(expression, judge.truth)
    return value is not None and judge.fits(place, value) is not None


def _exchanged_terms(judge: Judge, place: Place, expression: Expression) -> Iterator[Explanation]:
    terms = list(dict.fromkeys(places_of(expression)))
    if len(terms) == 2:
        one, other = terms
        turned = moved(expression, {one: At(other), other: At(one)})
        if _prints(judge, place, turned):
            yield explained("terms exchanged", expression_words(turned, _texts(judge)))


def _not_weighted(judge: Judge, place: Place, expression: Expression) -> Iterator[Explanation]:
    """The plain mean of what should count by its weights."""
    terms = parts(parts(expression)[0])
    values = tuple((Fraction(1, len(terms)), parts(term)[1]) for term in terms)
    if _prints(judge, place, WeightedSum(values)):
        yield explained("not weighted", f"the plain mean of {len(terms)} numbers")


def _divisors(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Quotient):
        yield expression.below
    for part in parts(expression):
        yield from _divisors(part)


def _changed_below(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """An expression with what it divides by changed."""
    match expression:
        case Quotient(above, below):
            return Quotient(_changed_below(above, change), change(below))
        case Product(left, right):
            return Product(_changed_below(left, change), _changed_below(right, change))
        case WeightedSum(terms):
            return WeightedSum(tuple((weight, _changed_below(term, change)) for weight, term in terms))
        case _:
            return expression


def _of_other_cell(
    judge: Judge, place: Place, way: Derivation, expression: Expression, term: Place
) -> Iterator[Explanation]:
    """Another cell of the row or column of a term in its stead, of which the printed value would be right."""
    table, row, column = term
    operation = "another term" if way.linear else "wrong base" if way.relation in _BASES else "wrong denominator"
    for other, cell in judge.model.cells_of_table[table].items():
        same_row = other[1] == row
        if not (same_row or other[2] == column) or other in (place, term) or not isinstance(cell.value, Fraction):
            continue
        change = partial(moved, change={term: At(other)})
        instead = change(expression) if way.linear else _changed_below(expression, change)
        if judge.truth(other) != judge.truth(term) and _prints(judge, place, instead):
            texts = _texts(judge)
            shared = other[2] if same_row else other[1]
            detail = f"{texts(other)} for {texts(term)}, {shared} for {column if same_row else row}"
            yield explained(operation, detail, 0.0 if same_row else FARTHER, shared)


def _of_printed_divisor(
    judge: Judge, place: Place, expression: Expression, divisor: Expression
) -> Iterator[Explanation]:
    """A number of the row in the stead of a divisor that is computed: all answers for those that count."""
    right = value_of(divisor, judge.truth)
    for other in judge.model.rows[place[:2]]:
        value = judge.truth(other)
        if other == place or not isinstance(value, Fraction) or right is None or value == right:
            continue
        change = partial(_in_the_stead, divisor, At(other))
        if _prints(judge, place, _changed_below(expression, change)):
            detail = f"{_texts(judge)(other)} for {shortest(right)}, {other[2]}"
            yield explained("wrong denominator", detail, 0.0, other[2])


def _in_the_stead(divisor: Expression, instead: Expression, below: Expression) -> Expression:
    return instead if below == divisor else below


def _texts(judge: Judge) -> Callable[[Place], str]:
    """Cells as they are printed."""
    return lambda place: judge.model.cells[place].printed


def spelled_out(judge: Judge, place: Place) -> str:
    """The first relation by name on a cell with its printed numbers, such as `share: 100 x 43 / 191 = 22.51`."""
    for way in judge.model.derivations.get(place, ()):
        name = RELATION_NAMES.get(way.relation)
        expression = expression_of(way)
        value = value_of(expression, judge.printed) if name else None
        if name and value is not None:
            most = (judge.model.cells[place].decimals or 0) + MORE_DECIMALS
            return f"{name}: {expression_words(expression, _texts(judge))} = {shortest(value, most)}"
    return ""
