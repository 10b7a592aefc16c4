"""What rounded numbers stand for, carried through sums: the set of values that a cell computed from them may have.

The parts of a sum that are measurements, money or shares were rounded before they were printed, so their sum may differ
from a total of the unrounded ones (XBRL Calculations 1.1). Scores on a step and counts are exact.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from collective_efficiency.audit.evaluation import derived_span, derived_value, printed_value
from collective_efficiency.audit.model import Derivation, Model
from collective_efficiency.numbers.rounding import Interval, is_of_program, stands_for
from collective_efficiency.report.transcription import Cell

ENOUGH_EXACT = 8  # sums that hold to the last digit for each one that rounding may excuse: then nothing was rounded
_COARSE_STEPS = (
    Fraction(1),
    Fraction(1, 2),
    Fraction(1, 4),
    Fraction(1, 5),
)  # of exact scores that are printed with decimals
FEWEST = 3  # values that make a step, or offsets that make a system
MOST_UNITS = 10  # of the last digit that rounded whole numbers move a share or growth by
LEAST_MEASURED = 100  # a smaller whole number is a count


def around(value: Fraction, decimals: int) -> Interval:
    """All that may print as `value` if it is rounded to the nearest: both ends, since nobody says how ties go."""
    if is_of_program(value, decimals):
        return stands_for(value, decimals)
    half = Fraction(1, 2 * 10**decimals)
    return Interval(value - half, value + half)


def on_a_step(values: Sequence[Fraction]) -> bool:
    """Whether values all lie on one of the steps of exact scores.

    >>> on_a_step([Fraction(3, 2), Fraction(2)]), on_a_step([Fraction(3, 2), Fraction(1, 3)])
    (True, False)
    """
    return any(all((value / step).denominator == 1 for value in values) for step in _COARSE_STEPS)


def rounded_columns(model: Model) -> frozenset[tuple[str, str]]:
    """The columns whose numbers are rounded ones: declared, else drafted from the data.

    Drafted, scores (a largest value, or all on a step coarser than what is printed) are exact. Of the rest it is the
    sums of the table that tell: whole numbers are rounded if at least half of two or more sums are off by no more than
    rounding does, or, without such sums, a share or growth of large ones is; numbers with decimals unless nearly all
    sums hold to the last digit.
    """
    columns: dict[tuple[str, str], list[tuple[Fraction, int]]] = defaultdict(list)
    for (table, _, column), cell in model.cells.items():
        if cell.kind in ("item", "derived", "fact") and isinstance(cell.value, Fraction):
            columns[table, column].append((cell.value, cell.decimals or 0))
    evidence = _relations_that_tell(model)
    return frozenset(
        place
        for place, values in columns.items()
        if model.rounded.get(place, _drafted(values, place in model.largest, evidence[place[0]]))
    )


def _drafted(values: list[tuple[Fraction, int]], has_largest: bool, evidence: Counter[str]) -> bool:
    exact, off, measured = evidence["exact"], evidence["off"], evidence["measured"]
    if has_largest or not off + measured:
        return False
    decimals = max(places for _, places in values)
    if not decimals:
        return off >= exact if exact + off > 1 else evidence["near"] > 0
    if len(values) >= FEWEST and on_a_step([value for value, _ in values]):
        return False
    return exact + evidence["agreeing"] < ENOUGH_EXACT * (off + measured)


def _relations_that_tell(model: Model) -> Mapping[str, Counter[str]]:
    """Of each table how many sums hold exactly, and how many are off by what rounding of their parts may do.

    Of its shares, ratios and growths these are `agreeing` and `measured`, the latter `near` if by few units of the last
    digit. Where all cells of a check are off by the same, that is no matter of rounding.
    """
    told: dict[str, Counter[str]] = defaultdict(Counter)
    by_check: dict[tuple[str, str, bool], Counter[Fraction]] = defaultdict(Counter)
    for target, ways in model.derivations.items():
        cell = model.cells[target]
        plain = next((way for way in ways if not (way.copy or way.by_class or way.of_rounded)), None)
        if plain is None or cell.kind == "average" or not isinstance(cell.value, Fraction) or len(plain.parents) < 2:
            continue
        exact = derived_value(model, plain, lambda place: printed_value(model, place))
        if isinstance(exact, Fraction):
            offset = _offset(model, plain, exact, cell.value)
            if offset is not None:
                by_check[target[0], plain.check, plain.linear][offset] += 1
                is_near = not plain.linear and 0 < abs(offset) * 10 ** (cell.decimals or 0) <= MOST_UNITS
                told[target[0]]["near"] += is_near
    for (table, _, of_sums), offsets in by_check.items():
        is_systematic = len(offsets) == 1 and offsets.total() >= FEWEST
        told[table]["exact" if of_sums else "agreeing"] += offsets[Fraction(0)]
        told[table]["off" if of_sums else "measured"] += 0 if is_systematic else offsets.total() - offsets[Fraction(0)]
    return told


def _offset(model: Model, way: Derivation, exact: Fraction, printed: Fraction) -> Fraction | None:
    """By how much a printed value is off, if no more than rounded parts explain; zero if it holds, None if neither."""
    decimals = model.cells[way.target].decimals or 0
    own = around(printed, decimals)
    if exact == printed or (not way.linear and exact in own):
        return Fraction(0)
    if way.linear and abs(exact - printed) * 10**decimals < 1:
        return None  # its own rounding does as much
    if not way.linear and any(_is_small_count(model.cells[place]) for place, _ in way.parents):
        return None
    span = derived_span(way, lambda place: _stands_around(model.cells[place]))
    return exact - printed if span is not None and span.meets(own) else None


def _stands_around(cell: Cell) -> Interval | None:
    return around(cell.value, cell.decimals or 0) if isinstance(cell.value, Fraction) else None


def _is_small_count(cell: Cell) -> bool:
    """Whether a whole number is so small that rounding it would lose much: it is counted, not measured."""
    return not cell.decimals and isinstance(cell.value, Fraction) and abs(cell.value) < LEAST_MEASURED
