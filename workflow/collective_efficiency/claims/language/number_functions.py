"""The functions of numbers that stand anywhere: how a number prints, the largest of several, dates, about how much."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.evidence import Item, number_text
from collective_efficiency.claims.language.nodes import (
    NUMBER,
    TRUTH,
    Node,
    PredicateError,
    Scope,
    columns_of,
    each_once,
    items_of,
)
from collective_efficiency.claims.language.operators import DIFFERENCE, of_numbers, with_result
from collective_efficiency.claims.language.values import (
    UNKNOWN,
    Bound,
    Span,
    Value,
    bounds,
    combined,
    compared_truth,
    is_left_out,
    joined,
    span_of,
)

# What is added to a number in units of its last printed digit before the rest is cut off.
SHIFTS = {"rounds_to": Fraction(1, 2), "truncates_to": Fraction(0)}
YEARS_OF_PART = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "": (0, 9)}  # of a decade
DATE_PATTERN = re.compile(r"(?:(early|mid|late)[- ]?)?(\d{4})(s?)(?:\s*[-–]\s*(\d{2}|\d{4}))?")


def prints_as(call: Call) -> Node:
    """`rounds_to(x, stated)`, `truncates_to(x, stated)`: whether x prints with the decimals of `stated` as `stated`."""
    exact, stated = call.arguments

    def value(scope: Scope) -> Value:
        places = stated.decimals(scope) if stated.decimals else None
        ends = bounds(exact.value(scope))
        if places is None or ends is None:
            return None if ends is None else UNKNOWN
        unit: int = 10**places

        def printed(number: Bound) -> Bound:
            return Fraction(floor(number * unit + SHIFTS[call.name]), unit) if isinstance(number, Fraction) else number

        return compared_truth(span_of(*map(printed, ends)), stated.value(scope), "==")

    def items(scope: Scope) -> tuple[Item, ...]:
        sides = each_once([*with_result(exact, scope), *stated.items(scope)])
        number, printed = exact.value(scope), stated.value(scope)
        if isinstance(number, Fraction) and isinstance(printed, Fraction) and value(scope) is False:
            return (*sides, Item(DIFFERENCE, "", number_text(abs(number - printed))))
        return sides

    words = f"{exact.words} {call.name.replace('_', ' ')} {stated.words}"
    return Node(TRUTH, words, value, items, binds=1, columns=columns_of(call.arguments))


def largest_or_smallest(call: Call) -> Node:
    """`largest(a, b, ...)`, `smallest(a, b, ...)`."""
    names = told_apart([part.words for part in call.arguments])

    def formula(scope: Scope) -> str:
        numbers = [part.calculation(scope) for part in call.arguments]
        told = (number if number in name else f"{name} {number}" for name, number in zip(names, numbers, strict=True))
        return f"{call.name} of ({', '.join(told)})"

    words = f"{call.name} of ({', '.join(part.words for part in call.arguments)})"
    node = of_numbers(words, call.arguments, max if call.name == "largest" else min)
    return replace(node, formula=formula)


def told_apart(names: Sequence[str]) -> list[str]:
    """What tells several names apart: each without the words with which all begin, and those with which all end.

    >>> told_apart(["mean inputs of clusters", "mean market access of clusters"])
    ['inputs', 'market access']
    """
    words = [name.split() for name in names]
    for at in (0, -1):
        while min(map(len, words)) > 1 and len({each[at] for each in words}) == 1:
            for each in words:
                each.pop(at)
    return [" ".join(each) for each in words]


def distance_apart(call: Call) -> Node:
    """`distance(a, b)`: how far two numbers are apart."""
    left, right = call.arguments
    words = f"distance of {left.words} and {right.words}"
    difference = of_numbers(words, call.arguments, lambda first, second: first - second)

    def value(scope: Scope) -> Value:
        # Not monotone in each, so that the ends of spans do not bound it: nought is its lowest where they overlap.
        apart = difference.value(scope)
        ends = bounds(apart)
        if ends is None or apart is UNKNOWN:
            return UNKNOWN if ends else None
        low, high = ends
        nearest: Bound = Fraction(0) if low <= 0 <= high else max(low, -high)
        furthest = max(high, -low)
        return Span(nearest, furthest, is_left_out=True) if is_left_out(apart) else span_of(nearest, furthest)

    return replace(
        difference,
        value=value,
        formula=lambda scope: f"distance of {left.calculation(scope)} and {right.calculation(scope)}",
    )


def about(call: Call) -> Node:
    """`about(x, stated, part)`: whether x lies at most this part of `stated` from it."""
    exact, stated, part = call.arguments

    def limits(scope: Scope) -> tuple[Value, Value]:
        around = [stated.value(scope), part.value(scope)]
        return combined(around, lambda number, share: number * (1 - share)), combined(
            around, lambda number, share: number * (1 + share)
        )

    def value(scope: Scope) -> Value:
        low, high = limits(scope)
        number = exact.value(scope)
        return joined([compared_truth(low, number, "<="), compared_truth(number, high, "<=")], decisive=False)

    def items(scope: Scope) -> tuple[Item, ...]:
        low, high = limits(scope)
        range_of = Item("about means", "", f"{number_text(low)} to {number_text(high)}")
        return each_once([*with_result(exact, scope), *stated.items(scope), range_of])

    words = f"{exact.words} about {stated.words}"
    return Node(TRUTH, words, value, items, binds=1, columns=columns_of(call.arguments))


def years_of(text: str) -> Value:
    """The year that a date names, within bounds where it names several; None where it names none.

    >>> years_of("1978"), years_of("mid-1980s")
    (Fraction(1978, 1), Span(low=Fraction(1984, 1), high=Fraction(1986, 1)))
    """
    parts = DATE_PATTERN.fullmatch(text.strip().lower())
    if not parts:
        return None
    part, first, decade, last = parts.groups()
    year = int(first)
    if last:
        return span_of(Fraction(year), Fraction(int(first[: 4 - len(last)] + last)))
    if not decade:
        return Fraction(year)
    low, high = YEARS_OF_PART[part or ""]
    return span_of(Fraction(year + low), Fraction(year + high))


def _years(date: Value) -> tuple[Bound, Bound] | None:
    """The first and the last year that a date in words or a number may mean; None of what is no date."""
    return bounds(years_of(date) if isinstance(date, str) else date)


def _check_date(node: Node) -> None:
    """Refuses a word written out that names no date: it would never compare with anything."""
    for word in () if node.reads_data else node.can_be or ():
        if years_of(word) is None:
            raise PredicateError(word, 'this names no date; write "1978", "mid-1980s", "1980s" or "1978-85"')


def year(call: Call) -> Node:
    """`year(date)`: the year of a date such as "1978", "mid-1980s" or "1978-85"; not known where it names several."""
    date = call.arguments[0]
    _check_date(date)

    def value(scope: Scope) -> Value:
        ends = _years(date.value(scope))
        return span_of(*ends) if ends else None

    def items(scope: Scope) -> tuple[Item, ...]:
        found = number_text(value(scope))
        return tuple(
            item if item.text == found else replace(item, text=f"{item.text} ({found})") for item in date.items(scope)
        )

    return Node(NUMBER, f"year of {date.words}", value, items, columns=date.columns)


def _overlap(first: tuple[Bound, Bound], second: tuple[Bound, Bound]) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


def _inside(first: tuple[Bound, Bound], second: tuple[Bound, Bound]) -> bool:
    return second[0] <= first[0] and first[1] <= second[1]


OF_DATES: dict[str, Callable[[tuple[Bound, Bound], tuple[Bound, Bound]], bool]] = {
    "same_time": _overlap,
    "falls_within": _inside,
}


def of_two_dates(call: Call) -> Node:
    """`same_time(a, b)`: whether two dates can be one; `falls_within(a, b)`: whether a lies wholly in b."""
    left, right = call.arguments
    _check_date(left)
    _check_date(right)
    relation = OF_DATES[call.name]

    def value(scope: Scope) -> Value:
        dates = left.value(scope), right.value(scope)
        if UNKNOWN in dates:
            return UNKNOWN
        first, second = map(_years, dates)
        return None if first is None or second is None else relation(first, second)

    words, columns = f"{left.words} {call.name.replace('_', ' ')} {right.words}", columns_of(call.arguments)
    return Node(TRUTH, words, value, lambda scope: items_of(call.arguments, scope), binds=1, columns=columns)
