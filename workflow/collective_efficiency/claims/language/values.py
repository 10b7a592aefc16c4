"""Values in a logic of three values: what is known, what is not known but bounded, and what is not defined.

A number that is not known lies in a `Span`; a truth or a word that is not known is UNKNOWN, and so is a number that may
even be undefined. None is not a gap in what is known but a question without an answer: the mean over no cluster, the
association of what does not vary. A truth that is decided over a span holds for every number in it (Kleene's strong
logic), so that filling in what is not known never turns a decided truth.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from itertools import product
from math import inf, isnan
from typing import Any, Final

Bound = Fraction | float  # a float only where there is no bound: inf or -inf


class Unknown(Enum):
    """The type of UNKNOWN, which is its only member."""

    UNKNOWN = "not known"


UNKNOWN: Final = Unknown.UNKNOWN


@dataclass(frozen=True)
class Span:
    """A number that is not known: it lies between two bounds, both included.

    is_left_out: whether sums, means and associations leave it out, as one reading of n.a. has it.
    """

    low: Bound
    high: Bound
    is_left_out: bool = field(default=False, repr=False)


NOT_NEGATIVE: Final = Span(Fraction(0), inf)  # as all that the report prints is

COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

Value = Fraction | Span | str | bool | Unknown | None
Truth = bool | Unknown | None


def span_of(low: Bound, high: Bound) -> Fraction | Span:
    """The number between two bounds: known if they are one."""
    return low if isinstance(low, Fraction) and low == high else Span(low, high)


def bounds(value: Value) -> tuple[Bound, Bound] | None:
    """The bounds of a number; None of what is none."""
    if isinstance(value, Fraction):
        return value, value
    if isinstance(value, Span):
        return value.low, value.high
    return (-inf, inf) if value is UNKNOWN else None


def as_truth(value: Value) -> Truth:
    """The truth that a node of this type has."""
    return value if value is None or value is UNKNOWN or isinstance(value, bool) else UNKNOWN


def negated(truth: Truth) -> Truth:
    """Not."""
    return not truth if isinstance(truth, bool) else truth


def joined(truths: Iterable[Truth], decisive: bool) -> Truth:
    """Or (decisive True) or and (decisive False): one part that decides is enough, whatever the others are.

    >>> joined([True, UNKNOWN], True), joined([True, UNKNOWN], False)
    (True, <Unknown.UNKNOWN: 'not known'>)
    """
    among: set[Truth] = set()
    for truth in truths:
        if truth is decisive:
            return decisive  # at once: what follows is not read, so that no claim is said to rest on it
        among.add(truth)
    return UNKNOWN if UNKNOWN in among else None if None in among else not decisive


def compared_truth(left: Value, right: Value, name: str) -> Truth:
    """Whether `left` is, in the sense of `name` (==, !=, <, <=, > or >=), to `right`; of words and truths, == and !=.

    >>> compared_truth(Span(Fraction(1), Fraction(2)), Fraction(2), "<=")
    True
    """
    if type(left) is type(right) and isinstance(left, str | Fraction):  # the usual case, and much faster than bounds
        return bool(COMPARED[name](left, right))
    if left is None or right is None:
        return None
    if name == "!=":
        return negated(compared_truth(left, right, "=="))
    if not isinstance(left, Fraction | Span) and not isinstance(right, Fraction | Span):
        return UNKNOWN if UNKNOWN in (left, right) else left == right
    first, second = bounds(left), bounds(right)
    if first is None or second is None:
        return UNKNOWN
    return _compared_bounds(first, second, name)


def _compared_bounds(left: tuple[Bound, Bound], right: tuple[Bound, Bound], name: str) -> Truth:
    if name in (">", ">="):
        left, right, name = right, left, name.replace(">", "<")
    (low, high), (other_low, other_high) = left, right
    if name == "==":
        same = low == high == other_low == other_high
        return True if same else False if high < other_low or other_high < low else UNKNOWN
    if name == "<":
        return True if high < other_low else False if low >= other_high else UNKNOWN
    return True if high <= other_low else False if low > other_high else UNKNOWN


def combined(values: Iterable[Value], operate: Callable[..., Bound | None]) -> Value:
    """What `operate` makes of numbers: of spans, the span of what it makes of their ends.

    operate: monotone in each number while the others stay, but where it is not defined (None), which may be at 0.
    UNKNOWN where it is not defined for some of what the numbers may be.

    >>> combined([Span(Fraction(1), Fraction(2)), Fraction(3)], lambda left, right: left + right)
    Span(low=Fraction(4, 1), high=Fraction(5, 1))
    """
    values = tuple(values)
    ends = [bounds(value) for value in values if value is not UNKNOWN]
    if any(each is None for each in ends):
        return None
    if UNKNOWN in values:
        return UNKNOWN
    corners = product(*(_ends_and_zero(*each) for each in ends if each is not None))
    results = [operate(*corner) for corner in corners]
    known = [result for result in results if result is not None]
    if not known:
        return None
    if len(known) < len(results) or any(isnan(result) for result in known):  # infinity less infinity
        return UNKNOWN
    low, high = min(known), max(known)
    return Span(low, high, is_left_out=True) if any(map(is_left_out, values)) else span_of(low, high)


def _ends_and_zero(low: Bound, high: Bound) -> tuple[Bound, ...]:
    zero = (Fraction(0),) if low < 0 < high else ()
    return (low,) if low == high else (low, *zero, high)


def is_left_out(value: Value) -> bool:
    """Whether sums, means and associations leave this number out."""
    return isinstance(value, Span) and value.is_left_out


def quotient(left: Bound, right: Bound) -> Bound | None:
    """left / right; None where right is 0."""
    if right == 0:
        return None
    return Fraction(0) if right in (inf, -inf) else left / right
