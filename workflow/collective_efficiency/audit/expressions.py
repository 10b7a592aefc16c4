"""Expressions over printed cells: what a relation computes, of which a weighted sum is the simplest.

One small model for every named relation: a tree of sums, products, quotients, small powers and counts over cells. What
is linear becomes the weights of a `model.Derivation`, which judging, localisation and explanation know best; the rest
is evaluated as it stands, with exact fractions or with the intervals that rounded cells stand for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.numbers.rounding import Interval, total

CellPlace = tuple[str, str, str]  # table, row, column: a `model.Place`
MOST_TERMS_SHOWN = 6  # of a sum in words; of more, the first and how many more


@dataclass(frozen=True)
class Number:
    """A constant."""

    value: Fraction


@dataclass(frozen=True)
class At:
    """The number that stands in a cell."""

    place: CellPlace


@dataclass(frozen=True)
class WeightedSum:
    """Terms, each times a weight."""

    terms: "tuple[tuple[Fraction, Expression], ...]"


@dataclass(frozen=True)
class Product:
    """One times the other."""

    left: "Expression"
    right: "Expression"


@dataclass(frozen=True)
class Quotient:
    """One divided by the other."""

    above: "Expression"
    below: "Expression"


@dataclass(frozen=True)
class Raised:
    """A small whole power."""

    base: "Expression"
    exponent: int


@dataclass(frozen=True)
class Count:
    """How many of several rows have the same words in given columns: for each row its cells and the words wanted."""

    rows: tuple[tuple[tuple[CellPlace, str], ...], ...]


Expression = Number | At | WeightedSum | Product | Quotient | Raised | Count
Linear = tuple[dict[CellPlace, Fraction], Fraction]  # weights and a constant


def parts(expression: Expression) -> "tuple[Expression, ...]":
    """The expressions that an expression is made of."""
    match expression:
        case WeightedSum(terms):
            return tuple(term for _, term in terms)
        case Product(one, other) | Quotient(one, other):
            return one, other
        case Raised(base, _):
            return (base,)
        case _:
            return ()


def places_of(expression: Expression) -> Iterator[CellPlace]:
    """The cells that an expression reads, in its order; one that it reads twice stands twice."""
    if isinstance(expression, At):
        yield expression.place
    elif isinstance(expression, Count):
        yield from (place for row in expression.rows for place, _ in row)
    for part in parts(expression):
        yield from places_of(part)


def linear_form(expression: Expression) -> Linear | None:
    """The weights of the cells and the constant of a weighted sum; None where the expression is none.

    >>> linear_form(WeightedSum(((Fraction(2), At(("T1", "r", "x"))), (Fraction(1), Number(Fraction(3))))))
    ({('T1', 'r', 'x'): Fraction(2, 1)}, Fraction(3, 1))
    """
    match expression:
        case Number(value):
            return {}, value
        case At(place):
            return {place: Fraction(1)}, Fraction(0)
        case WeightedSum(terms):
            return _linear_sum(terms)
        case Product(left, right):
            return _scaled(linear_form(left), linear_form(right)) or _scaled(linear_form(right), linear_form(left))
        case Quotient(above, Number(value)) if value:
            return _scaled(linear_form(above), ({}, 1 / value))
        case Raised(base, 1):
            return linear_form(base)
        case _:
            return None


def _linear_sum(terms: tuple[tuple[Fraction, Expression], ...]) -> Linear | None:
    weights: dict[CellPlace, Fraction] = {}
    constant = Fraction(0)
    for weight, term in terms:
        form = linear_form(term)
        if form is None:
            return None
        constant += weight * form[1]
        for place, share in form[0].items():
            weights[place] = weights.get(place, Fraction(0)) + weight * share
    return weights, constant


def _scaled(form: Linear | None, factor: Linear | None) -> Linear | None:
    """A linear form times another that is a constant."""
    if form is None or factor is None or factor[0]:
        return None
    return {place: weight * factor[1] for place, weight in form[0].items()}, form[1] * factor[1]


def value_of(expression: Expression, look: Callable[[CellPlace], object]) -> Fraction | None:
    """What an expression gives exactly; None where a cell is no number, or a divisor is zero."""
    match expression:
        case Number(value):
            return value
        case At(place):
            number = look(place)
            return number if isinstance(number, Fraction) else None
        case Count(rows):
            words = [[(look(place), word) for place, word in row] for row in rows]
            if any(word is None for row in words for word, _ in row):
                return None
            return Fraction(sum(all(word == wanted for word, wanted in row) for row in words))
    values = [value_of(part, look) for part in parts(expression)]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values):
        return None
    match expression:
        case WeightedSum(terms):
            return sum((weight * value for (weight, _), value in zip(terms, numbers, strict=True)), Fraction(0))
        case Product():
            return numbers[0] * numbers[1]
        case Raised(_, exponent):
            return numbers[0] ** exponent if numbers[0] or exponent >= 0 else None
        case Quotient():
            return numbers[0] / numbers[1] if numbers[1] else None


def solved_for(
    expression: Expression, place: CellPlace, value: Fraction, look: Callable[[CellPlace], object]
) -> Fraction | None:
    """What a cell must be for an expression to give `value`; None where nothing does, or the cell stands in it twice.

    >>> share = Quotient(Product(Number(Fraction(100)), At(("T", "r", "a"))), At(("T", "r", "b")))
    >>> solved_for(share, ("T", "r", "b"), Fraction(75), {("T", "r", "a"): Fraction(18)}.get)
    Fraction(24, 1)
    """
    if expression == At(place):
        return value
    reading = [part for part in parts(expression) if place in places_of(part)]
    if len(reading) != 1:
        return None
    (part,) = reading
    others = [value_of(each, look) for each in parts(expression) if each is not part]
    if None in others:
        return None
    wanted = _inverted(expression, part, value, [each for each in others if each is not None])
    return None if wanted is None else solved_for(part, place, wanted, look)


def _inverted(expression: Expression, part: Expression, value: Fraction, others: list[Fraction]) -> Fraction | None:
    """What a part must be for the whole to be `value`. others: the values of the other parts, in their order."""
    match expression:
        case WeightedSum(terms):
            weight = next(weight for weight, term in terms if term is part)
            rest = [each for each, term in terms if term is not part]
            fixed = sum((each * number for each, number in zip(rest, others, strict=True)), Fraction(0))
            return (value - fixed) / weight if weight else None
        case Product():
            return value / others[0] if others[0] else None
        case Quotient(above, _) if part is above:
            return value * others[0]
        case Quotient():
            return others[0] / value if value else None
        case _:
            return None


def interval_of(expression: Expression, look: Callable[[CellPlace], Interval | None]) -> Interval | None:
    """All values that an expression may have where its cells stand for intervals; None where it has no bounds.

    By interval arithmetic: exact where no cell is read twice, else somewhat too wide, so it never accuses wrongly.
    """
    match expression:
        case Number(value):
            return Interval(value, value)
        case At(place):
            return look(place)
        case Count():
            return None
    spans = [interval_of(part, look) for part in parts(expression)]
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        return None
    match expression:
        case WeightedSum(terms):
            return total([(weight, span) for (weight, _), span in zip(terms, known, strict=True)])
        case Product():
            return _product(known[0], known[1])
        case Raised(_, exponent):
            return _power(known[0], exponent)
        case Quotient():
            inverse = _inverse(known[1])
            return inverse and _product(known[0], inverse)


def _product(one: Interval, other: Interval) -> Interval:
    """The set of products. An end belongs to it if both of its factors do, or if one is a zero that does."""
    corners: dict[Fraction, bool] = {}
    for left, left_closed in ((one.low, one.low_closed), (one.high, one.high_closed)):
        for right, right_closed in ((other.low, other.low_closed), (other.high, other.high_closed)):
            closed = (left_closed and right_closed) or (left == 0 and left_closed) or (right == 0 and right_closed)
            corners[left * right] = corners.get(left * right, False) or closed
    low, high = min(corners), max(corners)
    return Interval(low, high, corners[low], corners[high])


def _inverse(span: Interval) -> Interval | None:
    """The set of reciprocals; None where zero is among them, or at their end."""
    if span.low <= 0 <= span.high:
        return None
    return Interval(1 / span.high, 1 / span.low, span.high_closed, span.low_closed)


def _power(span: Interval, exponent: int) -> Interval | None:
    if exponent < 0:
        inverse = _inverse(span)
        return inverse and _power(inverse, -exponent)
    ends = {span.low**exponent: span.low_closed, span.high**exponent: span.high_closed}
    if span.low == -span.high:
        ends[span.high**exponent] = span.low_closed or span.high_closed
    if exponent % 2 == 0 and span.low < 0 < span.high:
        ends[Fraction(0)] = True
    low, high = min(ends), max(ends)
    return Interval(low, high, ends[low], ends[high])


def expression_words(expression: Expression, text: Callable[[CellPlace], str]) -> str:
    """An expression with its cells as `text` shows them, for people.

    >>> share = Quotient(Product(Number(Fraction(100)), At(("T", "r", "a"))), At(("T", "r", "b")))
    >>> expression_words(share, lambda place: place[2])
    '100 x a / b'
    """
    match expression:
        case Number(value):
            return str(value)
        case At(place):
            return text(place)
        case Count(rows):
            return f"rows with {' and '.join(word for _, word in rows[0])}" if rows else "0"
        case WeightedSum(terms):
            shown = terms if len(terms) <= MOST_TERMS_SHOWN else terms[: MOST_TERMS_SHOWN - 1]
            words = "".join(_term(weight, term, text, number == 0) for number, (weight, term) in enumerate(shown))
            return words + (f" + ... ({len(terms)} terms)" if len(shown) < len(terms) else "")
        case Product(left, right):
            return f"{_bracketed(left, text)} x {_bracketed(right, text)}"
        case Raised(base, exponent):
            return f"{_bracketed(base, text)}^{exponent}"
        case Quotient(above, below):
            under = _bracketed(below, text)
            return f"{_bracketed(above, text)} / {f'({under})' if isinstance(below, Product | Quotient) else under}"


def _term(weight: Fraction, term: Expression, text: Callable[[CellPlace], str], first: bool) -> str:
    factor = "" if abs(weight) == 1 else f"{abs(weight)} x "
    sign = ("-" if first else " - ") if weight < 0 else "" if first else " + "
    if isinstance(term, Number) and term.value < 0:
        sign, term = ("-" if first else " - ") if weight > 0 else "" if first else " + ", Number(-term.value)
    return sign + factor + (_bracketed(term, text) if factor or weight < 0 else expression_words(term, text))


def _bracketed(expression: Expression, text: Callable[[CellPlace], str]) -> str:
    words = expression_words(expression, text)
    return f"({words})" if isinstance(expression, WeightedSum) and len(expression.terms) > 1 else words


def moved(expression: Expression, change: Mapping[CellPlace, Expression]) -> Expression:
    """An expression with some of its cells replaced."""
    match expression:
        case At(place):
            return change.get(place, expression)
        case WeightedSum(terms):
            return WeightedSum(tuple((weight, moved(term, change)) for weight, term in terms))
        case Product(left, right):
            return Product(moved(left, change), moved(right, change))
        case Quotient(above, below):
            return Quotient(moved(above, change), moved(below, change))
        case Raised(base, exponent):
            return Raised(moved(base, change), exponent)
        case _:
            return expression
