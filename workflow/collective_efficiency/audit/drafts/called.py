"""Lines that are called a total or a mean, nearly are one, and of which the numbers alone prove nothing.

One column with a total that is misprinted holds in no cell; its name and its place say what it should be.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from collective_efficiency.audit.drafts.evidence import JUST, Relation, numbers
from collective_efficiency.audit.drafts.lines import NumberLines
from collective_efficiency.audit.line_names import is_summary_name

_NEAR = 0.45  # of the larger of two numbers: less than what a sum is off that adds the parts of its parts, too
_FEW_CELLS = 2  # in which no cell needs to hold
_MEAN = re.compile(
    "\\b(averages?|avg|means?(?! of)|promedios?|medias?|médias?|moyennes?|durchschnitt|mittel(wert)?|gemiddelde)\\b",
    re.IGNORECASE,
)


def called(lines: NumberLines, found: Sequence[Relation]) -> list[Relation]:
    """For each line that is called a total or a mean, and for which nothing was found, what it comes nearest to."""
    targets = {each.target for each in found}
    names = [line for line in range(len(lines)) if is_summary_name(lines.names[line])]
    relations = []
    for target in names:
        if target not in targets:
            ways = [_way(lines, target, parts) for parts in _choices(len(lines), target, targets, {*names})]
            near = [way for way in ways if way]
            relations += [min(near, key=lambda way: -len(way.held))] if near else []
    return relations


def is_mean_name(name: str) -> bool:
    """Whether a name says that a line is a mean.

    >>> is_mean_name("Promedio"), is_mean_name("Total"), is_mean_name("Means of transport")
    (True, False, False)
    """
    return bool(_MEAN.search(name))


def _choices(lines: int, target: int, totals: set[int], names: set[int]) -> Iterator[tuple[int, ...]]:
    """What a total may be over: the totals or the leaves on one side of it, or those up to the next total."""
    apart = totals | names
    for side in (range(target - 1, -1, -1), range(target + 1, lines)):
        yield tuple(sorted(line for line in side if line in totals - names))
        yield tuple(sorted(line for line in side if line not in apart))
        stop = next((at for at, line in enumerate(side) if line in apart), len(side))
        yield tuple(sorted(side[:stop]))


def _way(lines: NumberLines, target: int, parts: tuple[int, ...]) -> Relation | None:
    """The target as sum or mean of `parts`, in the cells where it is near; None where it is not."""
    if len(parts) < 2:
        return None
    is_mean = is_mean_name(lines.names[target])
    chosen, value = lines.values[list(parts)], lines.values[target]
    known = ~np.isnan(chosen).any(0) & ~np.isnan(value) & (value != 0)
    predicted = chosen.sum(0) / (len(parts) if is_mean else 1)
    slack = (lines.units[target] + lines.units[list(parts)].sum(0) / (len(parts) if is_mean else 1)) / 2
    off = np.abs(predicted - value)
    near = known & (off <= _NEAR * np.maximum(np.abs(predicted), np.abs(value)))
    held = near & (off <= slack * JUST)
    if not near.any() or (near.sum() > _FEW_CELLS and not held.any()):
        return None
    kind = "mean" if is_mean else "sum"
    return Relation(lines.table, lines.axis, kind, target, parts, numbers(held), numbers(near), 0, 0, rounded=True)
