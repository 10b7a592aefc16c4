"""To how many decimals a column of sums or indices was rounded, told by what its cells print and what they should."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from collective_efficiency.audit.evaluation import derived_value, printed_value
from collective_efficiency.audit.model import Model, Place
from collective_efficiency.audit.modes import reproducing


def column_decimals(model: Model) -> dict[tuple[str, str], int]:
    """The decimals of each column of derived cells, by table and column: the most that it prints.

    A cell that prints fewer left out zeros. What one cell alone prints may be a slip of typing: it counts only if no
    fewer of the column's cells hold with so many decimals, or if what they add up has as many.
    """
    columns: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, cell in model.cells.items():
        if cell.kind == "derived" and cell.decimals is not None:
            columns[place[0], place[2]].append(place)
    return {column: _decimals(model, places) for column, places in columns.items()}


def _decimals(model: Model, places: Sequence[Place]) -> int:
    printed = sorted(model.cells[place].decimals or 0 for place in places)
    options = {*printed[-2:]}  # of two cells or more the most is the column's
    if len(options) == 1 or _need(model, places, max(options)):
        return max(options)
    exact = {place: list(_values(model, place)) for place in places}
    return max(options, key=lambda each: (sum(_holds(model, at, each, exact[at]) for at in places), each))


def _need(model: Model, places: Sequence[Place], decimals: int) -> bool:
    """Whether the cells add up numbers of which some have so many decimals: then their sums have them, too."""
    ways = [way for place in places for way in model.derivations.get(place, ()) if way.linear and not way.copy]
    parts = [(at, weight) for way in ways for at, weight in way.parents]
    return all(weight.denominator == 1 for _, weight in parts) and any(
        (model.cells[at].decimals or 0) >= decimals for at, _ in parts
    )


def _values(model: Model, place: Place) -> Iterator[Fraction]:
    for way in model.derivations.get(place, ()):
        value = derived_value(model, way, lambda parent: printed_value(model, parent))
        if isinstance(value, Fraction):
            yield value


def _holds(model: Model, place: Place, decimals: int, values: Sequence[Fraction]) -> bool:
    """Whether a cell prints one of `values` if its column has so many decimals."""
    cell = model.cells[place]
    decimals = max(decimals, cell.decimals or 0)
    return isinstance(cell.value, Fraction) and any(reproducing(each, cell.value, decimals) for each in values)
