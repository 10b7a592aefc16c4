"""Changes, growth and running sums: lines that compare each cell of another line with the cells before it."""

from collections.abc import Iterator
from math import log10

import numpy as np

from collective_efficiency.audit.drafts.evidence import Candidates, Relation, believed
from collective_efficiency.audit.drafts.lines import FEW_LINES, NumberLines, Reals, compared_with

_LAGS = (1, -1, 4, -4, 12, -12)  # the year, quarter or month before; negative: the latest stands first
_FACTORS = (100.0, 1.0)  # growth in percent, or plain
_FEWEST_CELLS = 4
_FORM_COST = log10(len(_LAGS) * (len(_FACTORS) + 2))


def backwards(lines: NumberLines) -> Iterator[Relation]:
    """Each line as change, growth or running sum of another."""
    n, m = lines.values.shape
    for lag in _LAGS if n <= 4 * FEW_LINES else ():
        if m - abs(lag) < _FEWEST_CELLS:
            continue
        before = np.full((n, m), np.nan)
        if lag > 0:
            before[:, lag:] = lines.values[:, :-lag]
        else:
            before[:, :lag] = lines.values[:, -lag:]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = lines.values / np.where(before == 0, np.nan, before)
            moved = lines.units / 2 / np.abs(before) * (1 + np.abs(ratio))
        for target in range(n):
            yield from _tried(lines, target, "change", 1, lag, lines.values - before, lines.units)
            yield from _tried(lines, target, "running", 1, lag, lines.values + before[target], lines.units)
            for factor in _FACTORS:
                grown = factor * lines.scale * (ratio - 1)
                yield from _tried(lines, target, "step_growth", factor, lag, grown, factor * lines.scale * moved)


def _tried(
    lines: NumberLines, target: int, kind: str, factor: float, lag: int, predicted: Reals, moved: Reals
) -> Iterator[Relation]:
    half, sources = lines.units[target] / 2, compared_with(lines, target)
    exact = np.broadcast_to(half * (kind == "step_growth"), (len(sources), len(half)))
    costs = np.full(len(sources), log10(len(lines)) + log10(max(len(sources), 1)) + _FORM_COST)
    ways = Candidates(
        kind, [(int(line),) for line in sources], predicted[sources], exact, moved[sources] + half - exact, costs,
        factor=factor, lag=lag,
    )  # fmt: skip
    yield from believed(lines, target, ways)
