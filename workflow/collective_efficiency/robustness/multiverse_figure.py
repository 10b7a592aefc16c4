"""The specification curves as a figure: above, tau-b of every specification in order; below, what each had chosen.

Below, a column of squares is a bin of specifications that stand beside each other above, and a square is the darker the
more of them have the level: so a figure of a million specifications is as large as one of ten.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from collective_efficiency.exhibits.style import COLOURS, GREY, INK, WIDTH, saved, stating
from collective_efficiency.inference.samples import Floats, Ints
from collective_efficiency.robustness.grid import FACTORS, Multiverse, factor_name, level_text
from collective_efficiency.words import LABELS

BINS = 120  # of a curve: as many columns of squares as can be told apart
DOTTED = 400  # specifications up to which each is a dot
CURVES_BESIDE = 3  # curves
ROW = 0.115  # inches of a level


def multiverse_figure(specifications: pd.DataFrame, grid: Multiverse, significance: float, choices_line: str) -> Figure:
    """A curve for each outcome of the text frame multiverse.csv."""
    rows = [
        (factor, level_text(level))
        for factor in FACTORS
        for level in grid.levels[factor]
        if len(grid.levels[factor]) > 1
    ]
    lines = -(-len(grid.outcomes) // CURVES_BESIDE)
    below = ROW * (len(rows) + 1)
    figure = stating(choices_line, WIDTH, 0.5 + lines * (1.7 + below))
    axes = figure.subplots(
        2 * lines,
        min(CURVES_BESIDE, len(grid.outcomes)),
        squeeze=False,
        sharey="row",
        height_ratios=[1.3, below] * lines,
    )
    for number in range(lines * axes.shape[1]):
        line, column = divmod(number, axes.shape[1])
        curve, choices = axes[2 * line, column], axes[2 * line + 1, column]
        if number >= len(grid.outcomes):
            curve.remove()
            choices.remove()
            continue
        outcome = grid.outcomes[number]
        curve.set_title(LABELS[outcome])
        of_outcome = specifications[(specifications["outcome"] == outcome) & (specifications["p"] != "")]
        if of_outcome.empty:
            curve.text(0.5, 0.5, "undefined", ha="center", transform=curve.transAxes, color=INK)
            choices.remove()
            continue
        taus = of_outcome["tau_b"].astype(float)
        ordered = of_outcome.assign(tau=taus).sort_values(["tau", "specification"], kind="stable")
        _draw_curve(curve, ordered["tau"].to_numpy(), ordered["p"].astype(float).to_numpy() <= significance)
        _draw_choices(choices, ordered, rows, significance)
        if not column:
            curve.set_ylabel("tau-b")
            choices.set_yticks(
                range(len(rows) + 1),
                [f"p ≤ {significance:g}", *(f"{factor_name(factor)} {text}" for factor, text in rows)],
                fontsize=5.5,
            )
    return figure


def _draw_curve(ax: Axes, taus: Floats, significant: npt.NDArray[np.bool_]) -> None:
    ax.axhline(0, color=GREY, linewidth=0.8)
    places = np.arange(len(taus)) + 0.5
    if len(taus) <= DOTTED:
        ax.plot(places[~significant], taus[~significant], "o", color=COLOURS[0], markersize=1.8, markeredgewidth=0)
        ax.plot(places[significant], taus[significant], "s", color=COLOURS[1], markersize=2.2, markeredgewidth=0)
    else:
        starts = _starts(len(taus))
        middles = (starts + np.append(starts[1:], len(taus))) / 2
        ends = np.minimum.reduceat(taus, starts), np.maximum.reduceat(taus, starts)
        ax.fill_between(middles, *ends, color=COLOURS[0], linewidth=1.5)
    ax.set_xlim(0, len(taus))
    ax.set_xticks([])
    ax.grid(axis="x", visible=False)
    ax.annotate(f"{len(taus):,}", (1, 0), xycoords="axes fraction", ha="right", va="bottom", fontsize=6, color=INK)


def _draw_choices(
    ax: Axes, ordered: pd.DataFrame, rows: Sequence[tuple[str, str]], significance: float
) -> None:  # fmt: skip
    """The squares: a row a level, the first the share that is significant."""
    starts = _starts(len(ordered))
    sizes = np.diff(np.append(starts, len(ordered)))
    chosen = [(ordered["p"].astype(float) <= significance), *(ordered[factor] == text for factor, text in rows)]
    shares = np.stack([np.add.reduceat(each.to_numpy().astype(float), starts) / sizes for each in chosen])
    extent = (0, len(ordered), len(rows) + 0.5, -0.5)
    ax.imshow(shares, cmap="Greys", vmin=0, vmax=1, aspect="auto", interpolation="nearest", extent=extent)
    first = [number for number, (factor, _) in enumerate(rows) if not number or rows[number - 1][0] != factor]
    for number in first:
        ax.axhline(number + 0.5, color=GREY, linewidth=0.5)
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.grid(visible=False)


def _starts(count: int) -> Ints:
    """Where each bin of so many specifications in order begins."""
    bins = min(BINS, count)
    return (np.arange(bins) * count // bins).astype(np.int64)


def drawn_multiverse(
    specifications: pd.DataFrame, grid: Multiverse, significance: float, choices_line: str
) -> dict[str, bytes]:
    """The figure as SVG and PNG, the same bytes on every run."""
    return saved(lambda: multiverse_figure(specifications, grid, significance, choices_line))
