"""What a relation that was found is, and how improbable it is that chance alone shows it.

Of n cells m hold. If each were met blindly with a chance of its own, at least these m would be met with a probability
of at most (n over m) times the product of their chances; times the number of candidates that are as simple as this one,
that bounds how many relations as good as this chance alone would show. Only what is below `BELIEVED` is proposed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb, log10

import numpy as np
from scipy.special import gammaln

from collective_efficiency.audit.drafts.lines import USUAL, Flags, NumberLines, Numbers, Reals

BELIEVED = -3.0  # log10 of how many such relations chance would show in a table: one in a thousand tables
_HELD = 0.3  # of the cells must hold, at least
_MISPRINTED = 0.05  # of the cells, at most: a sum of 20 parts that each may be misprinted holds in a third of its cells
_FEW_PARTS = 5
_ROUNDED_COST = 0.5  # of taking that the parts are rounded
_SAMPLED = 48  # cells of which some must hold before a candidate is tried in all
_HUNDRED = 100.0
_PASSES = 0.1  # of the sampled cells
_NEARLY = 1e-3  # of a number: by less few misprints are off, and all that is only alike
_SOME = 3  # cells
_MOST = 0.8
JUST = 1 + 1e-9  # what floats may add to a tolerance


@dataclass(frozen=True)
class Relation:
    """A line that follows from others, cell by cell.

    kind: sum, mean, difference, product, ratio, growth, copy, share, index, running, change or step_growth. axis: what
    a line is, "row" or "column". target, parts: lines, by number. held: the cells that hold; tried: those in which all
    that it reads is printed. cost: log10 of how many candidates are as simple; chance: log10 of how many such relations
    chance would show. factor: by which it is multiplied (100: in percent). base: the cell (of a share or an index) that
    counts as 1; None: the sum of the cells. lag: cells back (of what compares with cells before). rounded: it takes
    that the parts are rounded.
    """

    table: str
    axis: str
    kind: str
    target: int
    parts: tuple[int, ...]
    held: frozenset[int]
    tried: frozenset[int]
    cost: float
    chance: float
    factor: float = 1
    base: int | None = None
    lag: int = 0
    rounded: bool = False


@dataclass(frozen=True)
class Candidates:
    """Ways to compute one line, a way a row: what each gives, and how far it may be off.

    predicted: in units, NaN where it cannot be computed. exact: how far the target's own rounding moves it; moved: what
    the rounding of the parts adds. costs: log10 of how many candidates are as simple as each. unsure: where something
    that it reads is missing, so that it proves nothing if it does not hold.
    limits: what `chance` must be below; where that is above `BELIEVED`, the line is named so, and one cell is enough.
    """

    kind: str
    parts: Sequence[tuple[int, ...]]
    predicted: Reals
    exact: Reals
    moved: Reals
    costs: Reals
    limits: Reals | float = BELIEVED
    unsure: Flags | None = None
    factor: float = 1
    base: int | None = None
    lag: int = 0


def believed(lines: NumberLines, target: int, ways: Candidates) -> Iterator[Relation]:
    """The ways to compute a line that chance would hardly show; of exact and of rounded parts what tells more."""
    shape = ways.predicted.shape
    distance = np.abs(ways.predicted - lines.values[target])
    computed = ~np.isnan(distance)
    costs, limits = (np.broadcast_to(each, shape[:1]) for each in (ways.costs, ways.limits))
    best: dict[int, tuple[float, bool, Flags, Flags]] = {}
    for rounded in (False, True):
        tolerance = np.broadcast_to(np.nan_to_num(ways.exact + (ways.moved if rounded else 0)), shape)
        holds = distance <= tolerance * JUST
        tried = computed if ways.unsure is None else computed & (holds | ~ways.unsure)
        chances = (
            _surprise(lines, target, holds, tried, tolerance, ways.kind == "sum") + ways.costs + rounded * _ROUNDED_COST
        )
        nearly = distance <= _NEARLY * np.abs(lines.values[target])
        for way in np.flatnonzero(chances < limits).tolist():
            flags = holds[way], tried[way]
            named = limits[way] > BELIEVED
            if not (named or _enough(*flags, len(ways.parts[way]))) or _only_nearly(*flags, nearly[way]):
                continue
            if way not in best or chances[way] < best[way][0] or _clearly_more(*flags, best[way][2]):
                best[way] = (float(chances[way]), rounded, *flags)
    for way, (chance, rounded, held, tried) in best.items():
        yield Relation(
            lines.table, lines.axis, ways.kind, target, tuple(ways.parts[way]), numbers(held), numbers(tried),
            float(costs[way]), chance, ways.factor, ways.base, ways.lag, rounded,
        )  # fmt: skip


def numbers(flags: Flags) -> frozenset[int]:
    """Which flags are set, by number."""
    return frozenset(np.flatnonzero(flags).tolist())


def passing(value: Reals, predicted: Reals, tolerance: Reals) -> Numbers:
    """The numbers of the candidates that are worth a closer look: in some of the sampled cells they hold."""
    close = np.abs(predicted - value) <= tolerance * JUST
    return np.flatnonzero(close.sum(1) >= max(_PASSES * close.shape[1], 1))


def sampled_cells(lines: NumberLines) -> Numbers:
    """Cells of a line, evenly spread; all of them where there are few."""
    cells = lines.values.shape[1]
    return np.unique(np.linspace(0, cells - 1, min(cells, _SAMPLED)).astype(int))


def cost_of_near(lines: int, target: int, parts: tuple[int, ...]) -> float:
    """log10 of how many choices of so many parts stand as near to a target as these: what is near is tried first.

    >>> round(10 ** cost_of_near(10, 4, (2, 3)), 6)
    60.0
    """
    around = min(2 * max(abs(target - part) for part in parts), lines - 1)
    return log10(lines) + log10(comb(around, len(parts)))


def _surprise(lines: NumberLines, target: int, holds: Flags, tried: Flags, tolerance: Reals, is_sum: bool) -> Reals:
    """log10 of the probability that chance meets the target in the cells that hold, a candidate a row.

    A sum that prints as just 100 is met twice: percentages come to that.
    """
    grain, room = lines.grains[target], lines.rooms[target]
    chances = np.minimum(1.0, (2 * tolerance + grain) / (room + grain))
    if is_sum:
        unit = lines.units[target]
        chances = np.where(lines.values[target] == _HUNDRED * lines.scale, chances * unit / (room + unit), chances)
    telling = chances < 1
    held = holds & telling
    n, m = (tried & telling).sum(1), held.sum(1)
    choices = (gammaln(n + 1) - gammaln(m + 1) - gammaln(n - m + 1)) / np.log(10)
    surprise: Reals = np.where(held, np.log10(chances), 0.0).sum(1) + choices
    return surprise


def _enough(held: Flags, tried: Flags, parts: int) -> bool:
    """Whether so many cells hold that the others are misprints rather than the rule."""
    return bool(held.any() and held.sum() >= _HELD * tried.sum() * (1 - _MISPRINTED) ** max(parts - _FEW_PARTS, 0))


def _only_nearly(held: Flags, tried: Flags, nearly: Flags) -> bool:
    """Whether most cells that do not hold are off by next to nothing: two things that are alike, not one misprinted."""
    missed = tried & ~held
    return bool(missed.sum() >= _SOME and (missed & nearly).sum() >= _MOST * missed.sum())


def _clearly_more(held: Flags, tried: Flags, exactly: Flags) -> bool:
    """Whether so many more cells hold if the parts are taken to be rounded that they are."""
    return bool(held.sum() >= exactly.sum() + max(_SOME, (1 - USUAL) * tried.sum()))
