"""The functions of numbers that stand anywhere: how a number prints, the largest of several, whether it is known."""

from fractions import Fraction
from math import floor

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.nodes import TRUTH, Node, Scope, Value, all_quantities
from collective_efficiency.claims.language.operators import of_numbers

# What is added to a number in units of its last printed digit before the rest is cut off.
SHIFTS = {"rounds_to": Fraction(1, 2), "truncates_to": Fraction(0)}


def prints_as(call: Call) -> Node:
    """`rounds_to(x, stated)`, `truncates_to(x, stated)`: whether x prints with the decimals of `stated` as `stated`."""
    exact, stated = call.arguments

    def value(scope: Scope) -> Value:
        number, printed = exact.value(scope), stated.value(scope)
        places = stated.decimals(scope) if stated.decimals else None
        if not isinstance(number, Fraction) or not isinstance(printed, Fraction) or places is None:
            return None
        unit: int = 10**places
        return floor(number * unit + SHIFTS[call.name]) == printed * unit

    words = f"{exact.words} {call.name.replace('_', ' ')} {stated.words}"
    return Node(TRUTH, words, value, all_quantities(call.arguments))


def largest_or_smallest(call: Call) -> Node:
    """`largest(a, b, ...)`, `smallest(a, b, ...)`."""
    words = f"{call.name} of {', '.join(part.words for part in call.arguments)}"
    return of_numbers(words, call.arguments, max if call.name == "largest" else min)


def distance_apart(call: Call) -> Node:
    """`distance(a, b)`: how far two numbers are apart."""
    words = f"distance of {call.arguments[0].words} and {call.arguments[1].words}"
    return of_numbers(words, call.arguments, lambda left, right: abs(left - right))


def is_known(call: Call) -> Node:
    """`known(x)`: whether x has a value."""
    part = call.arguments[0]
    return Node(TRUTH, f"{part.words} is known", lambda scope: part.value(scope) is not None, part.quantities)
