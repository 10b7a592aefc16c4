"""Copies, shares and indices: lines that are another one times a constant, and what the constant is."""

from collections.abc import Iterable, Iterator
from math import log10

import numpy as np

from collective_efficiency.audit.drafts.evidence import Candidates, Relation, believed
from collective_efficiency.audit.drafts.lines import NumberLines, Numbers, Reals, compared_with

_WHOLES = (100.0, 1.0, 1000.0)  # what a share of all, or an index in its base, is
_POWERS = (1.0, 1e-3, 1e3, 1e-6, 1e6, 1e-2, 1e2)  # a copy, in other units
_MOST_BASES = 6


def copies(lines: NumberLines) -> Iterator[Relation]:
    """Each line as a copy of another, as it is or in other units."""
    for target in range(len(lines)):
        yield from copies_of(lines, target, compared_with(lines, target))


def copies_of(
    lines: NumberLines, target: int, sources: Numbers, powers: Iterable[float] = _POWERS
) -> Iterator[Relation]:
    """A line as a copy of some others, times one of some powers of ten."""
    n = len(lines)
    if sources.size:
        for power in powers:
            cost = log10(n) + log10(len(sources)) + (power != 1)
            yield from _tried(lines, target, sources, "copy", power, np.full(len(sources), power), cost)


def scaled(lines: NumberLines, leaves: Iterable[int], totals: Iterable[int]) -> Iterator[Relation]:
    """Each line as the shares of a total that another one prints, or as an index to a base.

    leaves, totals: the cells that are parts, and those that sum these up.
    """
    n, m = lines.values.shape
    parts, sums = sorted(set(leaves)), sorted(set(totals))
    for target in range(n):
        sources = compared_with(lines, target)
        values, cost = lines.values[sources], log10(n) + log10(max(len(sources), 1))
        for whole in _WHOLES if m > 2 else ():
            bases = np.flatnonzero(lines.values[target] == whole * lines.scale)[:_MOST_BASES].tolist()
            for base in dict.fromkeys([*bases, *sums[:_MOST_BASES]]):
                kind = "share" if base in sums else "index"
                yield from _tried(
                    lines, target, sources, kind, whole, _over(whole * lines.scale, values[:, base]), cost + 1, base
                )
            over = np.nansum(values[:, parts], axis=1)
            yield from _tried(lines, target, sources, "share", whole, _over(whole * lines.scale, over), cost + 1)


def _over(whole: float, values: Reals) -> Reals:
    return whole / np.where(values == 0, np.nan, values)


def _tried(
    lines: NumberLines,
    target: int,
    sources: Numbers,
    kind: str,
    factor: float,
    constants: Reals,
    cost: float,
    base: int | None = None,
) -> Iterator[Relation]:
    """The sources that times their constant are believed to give the target."""
    predicted, unit = lines.values[sources] * constants[:, None], lines.units[target]
    moved = lines.units[sources] * np.abs(constants[:, None]) / 2
    exact = np.broadcast_to(unit / 2, predicted.shape)
    if kind == "copy":  # the same number, unless it prints fewer decimals
        exact, moved = np.maximum(exact - moved, 0), np.zeros(moved.shape)
    if base is not None:
        predicted[:, base] = np.nan  # it tells nothing
    parts, costs = [(int(source),) for source in sources], np.full(len(sources), cost)
    yield from believed(
        lines, target, Candidates(kind, parts, predicted, exact, moved, costs, factor=factor, base=base)
    )
