"""What rounded numbers stand for, carried through sums: the set of values that a cell computed from them may have.

The parts of a sum that are measurements, money or shares were rounded before they were printed, so their sum may differ
from a total of the unrounded ones (XBRL Calculations 1.1). Scores on a step and counts are exact.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction

from collective_efficiency.audit.evaluation import derived_value, printed_value
from collective_efficiency.audit.model import Derivation, Model
from collective_efficiency.numbers.rounding import Interval, is_of_program, stands_for

ENOUGH_EXACT = 8  # sums that hold to the last digit for each one that rounding may excuse: then nothing was rounded
COARSE_STEPS = (
    Fraction(1),
    Fraction(1, 2),
    Fraction(1, 4),
    Fraction(1, 5),
)  # of exact scores that are printed with decimals
FEWEST = 3  # values that make a step


def around(value: Fraction, decimals: int) -> Interval:
    """All that may print as `value` if it is rounded to the nearest: both ends, since nobody says how ties go."""
    if is_of_program(value, decimals):
        return stands_for(value, decimals)
    half = Fraction(1, 2 * 10**decimals)
    return Interval(value - half, value + half)


def rounded_columns(model: Model) -> frozenset[tuple[str, str]]:
    """The columns whose numbers are rounded ones: declared, else drafted from the data.

    Drafted, scores (a largest value, or all on a step coarser than what is printed) are exact. Of the rest it is the
    sums of the table that tell: whole numbers are rounded if at least half of two or more sums are off by no more than
    rounding does; numbers with decimals unless nearly all sums hold to the last digit.
    """
    columns: dict[tuple[str, str], list[tuple[Fraction, int]]] = defaultdict(list)
    for (table, _, column), cell in model.cells.items():
        if cell.kind in ("item", "derived", "fact") and isinstance(cell.value, Fraction):
            columns[table, column].append((cell.value, cell.decimals or 0))
    evidence = _sums_that_tell(model)
    return frozenset(
        place
        for place, values in columns.items()
        if model.rounded.get(place, _drafted(values, place in model.largest, evidence[place[0]]))
    )


def _drafted(values: list[tuple[Fraction, int]], has_largest: bool, evidence: Counter[str]) -> bool:
    exact, off = evidence["exact"], evidence["off"]
    if has_largest or not off:
        return False
    decimals = max(places for _, places in values)
    if not decimals:
        return exact + off > 1 and off >= exact
    step = next((step for step in COARSE_STEPS if all((value / step).denominator == 1 for value, _ in values)), None)
    if step is not None and len(values) >= FEWEST:
        return False
    return exact < ENOUGH_EXACT * off


def _sums_that_tell(model: Model) -> Mapping[str, Counter[str]]:
    """Of each table how many sums of its own cells hold exactly, and how many are off by what rounding may do.

    Sums that are all off by the same are no matter of rounding.
    """
    told: dict[str, Counter[str]] = defaultdict(Counter)
    offsets: dict[str, Counter[Fraction]] = defaultdict(Counter)
    for target, ways in model.derivations.items():
        cell = model.cells[target]
        plain = next((way for way in ways if way.linear and not way.copy and not way.of_rounded), None)
        if plain is None or cell.kind == "average" or not isinstance(cell.value, Fraction) or len(plain.parents) < 2:
            continue
        exact = derived_value(model, plain, lambda place: printed_value(model, place))
        if not isinstance(exact, Fraction):
            continue
        if exact == cell.value:
            told[target[0]]["exact"] += 1
        elif Fraction(1, 10 ** (cell.decimals or 0)) <= abs(exact - cell.value) <= _most_off(model, plain):
            told[target[0]]["off"] += 1  # by more than its own rounding does
            offsets[target[0]][exact - cell.value] += 1
    for table, counts in offsets.items():
        if len(counts) == 1 and counts.total() >= FEWEST:
            told[table]["off"] = 0
    return told


def _most_off(model: Model, way: Derivation) -> Fraction:
    """By how much a sum of rounded parts and its own rounding may miss the printed value."""
    parts = [(way.target, Fraction(1)), *way.parents]
    return sum(
        (abs(weight) * Fraction(1, 2 * 10 ** (model.cells[at].decimals or 0)) for at, weight in parts), Fraction(0)
    )
