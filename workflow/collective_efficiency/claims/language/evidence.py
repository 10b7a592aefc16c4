"""How evidence words what a predicate rests on: numbers, lists of clusters, conditions."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from collective_efficiency.numbers.printed import half_up

MAX_LISTED = 6  # clusters that a sentence names


def number_text(value: Fraction | str | bool | None) -> str:
    """A value for evidence: at most three decimals, rounded half up; words as they are.

    >>> number_text(Fraction(379, 60)), number_text(Fraction(-1, 2)), number_text(True), number_text(None)
    ('6.317', '-0.5', 'yes', 'not known')
    """
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    places = next((places for places in range(3) if (value * 10**places).denominator == 1), 3)
    return ("-" if value < 0 else "") + half_up(abs(value), places)


def spaced(word: str) -> str:
    """A key as words: `labour_market` reads "labour market"."""
    return word.replace("_", " ")


def in_brackets(conditions: Iterable[str]) -> str:
    """Among which clusters or rows, after what is measured of them."""
    text = ", ".join(conditions)
    return f" ({text})" if text else ""


def listed(names: Sequence[str]) -> str:
    """Their number, and their names where all can be named.

    >>> listed(["uba-furniture", "leon-footwear"])
    '2 (uba-furniture, leon-footwear)'
    """
    return f"{len(names)}{in_brackets(names) if len(names) <= MAX_LISTED else ''}"


def exceptions_listed(names: Sequence[str]) -> str:
    """The exceptions to a rule, the first of them by name.

    >>> exceptions_listed(["uba-furniture"])
    ' (not uba-furniture)'
    """
    more = f" and {len(names) - MAX_LISTED} more" if len(names) > MAX_LISTED else ""
    return f" (not {', '.join(names[:MAX_LISTED])}{more})" if names else ""
