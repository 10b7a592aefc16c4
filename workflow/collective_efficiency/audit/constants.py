"""The whole that shares add up to, 100 or 1: a constant that nobody computed, so that only its parts can be wrong."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from collective_efficiency.audit.line_names import is_share_name
from collective_efficiency.audit.model import Model, Place
from collective_efficiency.audit.spans import on_a_step

PER_CENT, ONE = Fraction(100), Fraction(1)
ENOUGH_WHOLES = 2  # sums of a table that print 100: a single one may be a count


def constants(model: Model) -> frozenset[Place]:
    """The cells that print the whole of shares: the sum of several parts that are percentages or fractions.

    That they are is told by a name or a mark (%, pct, share), by parts with decimals on no step, as scores have, or by
    several sums of the table that print 100. Columns that are declared exact hold no shares.
    """
    wholes = dict(_wholes(model))
    hundreds = Counter(place[0] for place in wholes if model.cells[place].value == PER_CENT)
    return frozenset(
        place
        for place, parts in wholes.items()
        if _is_share(model, place)
        or all(_is_share(model, part) for part in parts)
        or _are_measured(model, parts)
        or (model.cells[place].value == PER_CENT and hundreds[place[0]] >= ENOUGH_WHOLES)
    )


def _wholes(model: Model) -> Iterator[tuple[Place, tuple[Place, ...]]]:
    """The sums that print 100 or 1 of parts that may be shares of it, all but one that may be misprinted."""
    for place, ways in model.derivations.items():
        whole = model.cells[place].value
        if not isinstance(whole, Fraction) or whole not in (PER_CENT, ONE):
            continue
        if model.rounded.get((place[0], place[2])) is False:
            continue  # a column of scores or counts
        for way in ways:
            parts = tuple(part for part, _ in way.parents)
            plain = way.linear and not way.copy and not way.constant and all(weight == 1 for _, weight in way.parents)
            values = [value for part in parts if isinstance(value := model.cells[part].value, Fraction)]
            odd = sum(not 0 <= value <= whole for value in values)
            if plain and len(values) > 1 and odd <= 1 and (whole == PER_CENT or _has_decimals(model, parts)):
                yield place, parts
                break


def _has_decimals(model: Model, parts: tuple[Place, ...]) -> bool:
    return any(model.cells[part].decimals for part in parts)


def _is_share(model: Model, place: Place) -> bool:
    return is_share_name(place[1]) or is_share_name(place[2]) or "%" in model.cells[place].printed


def _are_measured(model: Model, parts: tuple[Place, ...]) -> bool:
    """Whether parts have decimals that lie on no step, as those of scores do."""
    values = [value for part in parts if isinstance(value := model.cells[part].value, Fraction)]
    return _has_decimals(model, parts) and not on_a_step(values)
