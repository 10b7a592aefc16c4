"""Figures of upgrading by degree of collective efficiency: every cluster as a point, and the means as a heat table."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from collective_efficiency.exhibits.panels import (
    STEP_OF_DEGREE,
    FigureData,
    draw_hollow,
    empty_grid,
    name_hollow,
    spread,
    whole_scale,
)
from collective_efficiency.exhibits.style import COLOURS, GREY, INK
from collective_efficiency.measures.crosstabs import CrossCell, cross_cells
from collective_efficiency.words import ALL_SECTORS, DEGREES, LABELS, MAX_SCORE, READINGS, UPGRADING

READING_HEADS = {"printed": "As printed", "recomputed": "Recomputed"}
NO_MEAN: dict[str, Any] = {"facecolor": "#f3f3f3", "edgecolor": GREY, "linewidth": 0.0}
HATCHES = {"no cluster": "////", "not scored": "----"}  # lines: a hatch of dots takes a megabyte of an SVG
DIFFERS = COLOURS[1]
WHITE_FROM = 2.15  # below it black, from it on white: a contrast of at least 4.5 with every blue, as WCAG 2.2 asks


def degree_upgrading(data: FigureData) -> Figure:
    """Upgrading of every cluster by its degree of collective efficiency; lines are the means of the degrees."""
    points = data.points()
    figure, axes = empty_grid(2, 2, height=6.2, sharey=True)
    looks = {sector: data.look(sector) for sector in data.sectors}
    order = list(reversed(DEGREES))
    for number, (ax, kind) in enumerate(zip(axes, UPGRADING, strict=True)):
        scored = points[points[kind].notna() & points["degree"].isin(order)].copy()
        scored["place"] = scored["degree"].map(order.index) + spread(scored, ["degree", kind], step=STEP_OF_DEGREE)
        for sector, (colour, marker) in looks.items():
            group = scored[scored["sector"] == sector]
            ax.scatter(group["place"], group[kind], s=22, color=colour, marker=marker, linewidth=0.4, edgecolor="white")
            draw_hollow(ax, group["place"], group[kind], group["new"], (colour, marker), 4.4)
        counts = [int((scored["degree"] == degree).sum()) for degree in order]
        for place, (degree, count) in enumerate(zip(order, counts, strict=True)):
            if count:
                mean = scored.loc[scored["degree"] == degree, kind].mean()
                ax.hlines(mean, place - 0.45, place + 0.45, color=INK, linewidth=1.4, zorder=0.6)  # above the grid
        ax.set_xticks(range(3), [f"{degree}\nn = {count}" for degree, count in zip(order, counts, strict=True)])
        ax.set_xlim(-0.5, len(order) - 0.5)
        ax.set(ylabel="Score (0 to 3)" if number % 2 == 0 else "", title=LABELS[kind])
        whole_scale(ax.set_ylim, ax.set_yticks, MAX_SCORE, 1, margin=0.2)
        ax.grid(axis="x", visible=False)
    handles = [
        Line2D([], [], marker=marker, linestyle="", markersize=4, color=colour) for colour, marker in looks.values()
    ]
    for ax in axes[2:]:
        ax.set_xlabel("Degree, recomputed from the items")
    figure.legend(handles, list(data.sectors.values()), loc="outside lower center", ncols=2)
    name_hollow(figure, data)
    return figure


def crosstabs_figure(data: FigureData) -> Figure:
    """Mean upgrading by degree and kind, for each sector and all together, as printed beside recomputed.

    A cell holds the mean and, in brackets, the clusters behind it; a cell without a mean is hatched and says why.
    """
    crossed = {
        reading: {(cell.sector, cell.degree, cell.upgrading): cell for cell in cross_cells(data.measured[reading])}
        for reading in READINGS
    }
    sectors = {**data.sectors, ALL_SECTORS: "All sectors"}
    figure, axes = empty_grid(len(sectors), len(READINGS), height=0.92 * len(sectors) + 1.3, sharex=True, sharey=True)
    for number, ax in enumerate(axes):
        sector, reading = list(sectors)[number // len(READINGS)], READINGS[number % len(READINGS)]
        _heat_table(ax, sector, crossed[reading], {name: crossed[name] for name in READINGS})
        if reading == READINGS[0]:
            clusters = data.measured[reading]["sector"]
            size = len(clusters) if sector == ALL_SECTORS else int((clusters == sector).sum())
            ax.set_title(f"{sectors[sector]} ({size})")
        if number < len(READINGS):
            ax.tick_params(axis="x", labeltop=True, pad=1)
            ax.annotate(READING_HEADS[reading], (0.5, 1), (0, 30), xycoords="axes fraction",
                        textcoords="offset points", ha="center", fontsize=10, fontweight="bold")  # fmt: skip
    bar = figure.colorbar(axes[0].collections[0], ax=axes, location="bottom", shrink=0.5, aspect=35, pad=0.02)
    bar.set_label("Mean score (0 absent to 3 high); in brackets the number of clusters behind it")
    bar.set_ticks(range(MAX_SCORE + 1))
    bar.outline.set_visible(False)
    handles = [
        *(Patch(hatch=hatch * 2, label=name, **NO_MEAN) for name, hatch in HATCHES.items()),
        Patch(facecolor="none", edgecolor=DIFFERS, linewidth=1.6, label="the two readings differ"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3)
    return figure


Crossed = Mapping[tuple[str, str, str], CrossCell]


def _heat_table(ax: Axes, sector: str, cells: Crossed, readings: Mapping[str, Crossed]) -> None:
    """Degrees down, kinds of upgrading across; outlined where the readings differ."""
    import seaborn as sns  # here: it takes half a second, and no other figure needs it

    keys = [[(sector, degree, kind) for kind in UPGRADING] for degree in DEGREES]
    means = np.array([[_mean(cells[key]) for key in row] for row in keys])
    notes = np.array([[f"{_mean(cells[key]):.2f} ({cells[key].scores.count})" for key in row] for row in keys])
    kinds = [LABELS[kind].removesuffix(" upgrading") for kind in UPGRADING]
    sns.heatmap(
        means, vmin=0, vmax=MAX_SCORE, cmap="Blues", annot=notes, fmt="", cbar=False, linewidths=1.5, ax=ax,
        mask=np.isnan(means), xticklabels=kinds, yticklabels=DEGREES, annot_kws={"fontsize": 7.5},
    )  # fmt: skip
    for text, mean in zip(ax.texts, means[~np.isnan(means)], strict=True):
        text.set_color("white" if mean >= WHITE_FROM else "black")
    ax.grid(visible=False)
    ax.tick_params(length=0, labelrotation=0)
    for row, degree_keys in enumerate(keys):
        for column, key in enumerate(degree_keys):
            if np.isnan(means[row, column]):
                word = "not scored" if cells[key].clusters else "no cluster"
                ax.add_patch(Rectangle((column + 0.02, row + 0.06), 0.96, 0.88, hatch=HATCHES[word], **NO_MEAN))
                ax.text(column + 0.5, row + 0.5, word, ha="center", va="center", fontsize=6.5, color=INK,
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
            if len({(each[key].clusters, each[key].scores) for each in readings.values()}) > 1:
                ax.add_patch(Rectangle((column + 0.04, row + 0.1), 0.92, 0.8, fill=False, edgecolor=DIFFERS, lw=1.6))


def _mean(cell: CrossCell) -> float:
    return float("nan") if cell.scores.mean is None else float(cell.scores.mean)
