"""The figures of clusters, of datasets in which a mark a cluster would cover its neighbours: they count instead.

Each has a limit, up to which it is drawn with a mark a cluster, and a form that counts, which holds any number.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from collective_efficiency.exhibits.panels import (
    DEEPEST_OF_DEGREE,
    DEEPEST_OF_ITEM,
    FigureData,
    draw_degree_bands,
    empty_grid,
    name_degree_bands,
    sector_panels,
    weighted_sum,
    whole_scale,
)
from collective_efficiency.exhibits.style import GREY, INK
from collective_efficiency.words import (
    DEGREES,
    EXTERNAL_ECONOMIES,
    ITEMS,
    LABELS,
    MAX_INDEX,
    MAX_SCORE,
    UPGRADING,
)

MOST_NAMED_CLUSTERS = 200  # a line each: a figure of 34 inches
MOST_OF_SECTOR = 60  # marks in a panel of a sector, each with room around it
BIN_OF_INDEX, BIN_OF_SCORE = 0.5, 0.25
THICK = 0.8  # of the room of an item or a degree, the longest bar
DIFFERENCE_WORDS = (
    "lower by 1 or more", "lower by 0.5 to 1", "lower by less than 0.5", "equal", "higher by less than 0.5",
    "higher by 0.5 to 1", "higher by 1 or more",
)  # fmt: skip


def is_counted(name: str, data: FigureData) -> bool:
    """Whether the figure `name` of these data is past its limit, so that it counts clusters and does not mark them."""
    return name in COUNTED_FIGURES and _PAST_LIMIT[name](data)


def counted_ce(data: FigureData) -> Figure:
    """How many clusters of each sector have which collective efficiency index, the new ones hollow."""
    points = data.points()
    figure, axes = empty_grid(len(data.sectors), 1, height=1.15 * len(data.sectors) + 1.1, sharex=True)
    for ax, sector in zip(axes, data.sectors, strict=True):
        group = points[points["sector"] == sector]
        known = group[group["ce"].notna()]
        colour, _ = data.look(sector)
        draw_degree_bands(ax, data.choices)
        bottom = np.zeros(int(MAX_INDEX / BIN_OF_INDEX) + 1)
        for new, fill in ((False, colour), (True, "white")):
            counts = _binned(known.loc[known["new"] == new, "ce"], BIN_OF_INDEX, MAX_INDEX)
            shown = counts > 0
            places = np.arange(len(counts))[shown] * BIN_OF_INDEX
            ax.bar(
                places, counts[shown], width=0.8 * BIN_OF_INDEX, bottom=bottom[shown],
                facecolor=fill, edgecolor=colour, linewidth=0.8,
            )  # fmt: skip
            bottom += counts
        without = len(group) - len(known)
        note = f", {without:,} of them without an index" if without else ""
        ax.set_title(f"{data.sectors[sector]} ({len(group):,}{note})")
        ax.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
        ax.grid(axis="x", visible=False)
    whole_scale(axes[-1].set_xlim, axes[-1].set_xticks, MAX_INDEX, 2)
    axes[-1].set_xlabel(f"CE = {weighted_sum(data.choices)}, recomputed from the items, to the nearest {BIN_OF_INDEX}")
    figure.supylabel("Clusters", fontsize=8)
    name_degree_bands(axes[0], data.choices)
    axes[0].set_title(axes[0].get_title(loc="left"), pad=14)
    if data.new:
        handle = Patch(facecolor="white", edgecolor=INK, linewidth=0.8)
        figure.legend([handle], [f"hollow: the {len(data.new):,} clusters that studies add"], loc="outside upper right")
    return figure


def counted_eei_jai(data: FigureData) -> Figure:
    """External economies against joint action, a panel a sector: in each cell how many clusters are there."""
    points = data.points().dropna(subset=["eei", "jai"])
    figure, axes = sector_panels(data, height=3.3)
    for ax, sector in zip(axes, data.sectors, strict=False):
        group = points[points["sector"] == sector]
        _draw_counts(ax, group["jai"], group["eei"], data.look(sector)[0])
        ax.plot([0, MAX_INDEX], [0, MAX_INDEX], color=GREY, linewidth=0.8, linestyle="--", zorder=3)
        above = int((group["eei"] > group["jai"]).sum())
        ax.set_title(f"{data.sectors[sector]}\n{above:,} of {len(group):,} above the line")
        ax.set_aspect("equal")
        whole_scale(ax.set_xlim, ax.set_xticks, MAX_INDEX, 3, margin=0.6)
        whole_scale(ax.set_ylim, ax.set_yticks, MAX_INDEX, 3, margin=0.6)
        ax.grid(visible=False)
    figure.supxlabel("Joint action index, recomputed from the items, to the nearest point (0 to 12)", fontsize=8)
    figure.supylabel("External economies index, recomputed from the items, to the nearest point (0 to 12)", fontsize=8)
    return figure


def _draw_counts(ax: Axes, x: "pd.Series[float]", y: "pd.Series[float]", colour: str) -> None:
    """A cell a pair of whole points, the darker the more clusters it holds, with their number."""
    edges = np.arange(MAX_INDEX + 2) - 0.5
    counts, _, _ = np.histogram2d(np.floor(y + 0.5), np.floor(x + 0.5), bins=[edges, edges])
    shades = LinearSegmentedColormap.from_list("counts", ["white", colour])
    most = max(counts.max(), 1)
    ax.pcolormesh(edges, edges, np.ma.masked_equal(counts, 0), cmap=shades, vmin=-0.1 * most, vmax=most)
    for row, column in zip(*np.nonzero(counts), strict=True):
        count = int(counts[row, column])
        text = str(count) if count < 1_000 else f"{count / 1_000:.0f}k"
        ink = "white" if count > 0.65 * most else INK
        ax.text(column, row, text, ha="center", va="center", fontsize=5.5, color=ink, zorder=4)


def counted_profiles(data: FigureData) -> Figure:
    """The eight scores by sector: at each score a bar as high as the clusters there are many."""
    points = data.points()
    figure, axes = sector_panels(data, height=3.8)
    for ax, sector in zip(axes, data.sectors, strict=False):
        group = points[points["sector"] == sector]
        counts = np.array([_binned(group[item], BIN_OF_SCORE, MAX_SCORE) for item in ITEMS])
        places = np.arange(counts.shape[1]) * BIN_OF_SCORE
        for row, of_item in enumerate(THICK * counts / max(counts.max(), 1)):
            ax.bar(places, of_item, width=0.8 * BIN_OF_SCORE, bottom=row - of_item / 2, color=data.look(sector)[0])
        ax.plot(group[list(ITEMS)].mean(), range(len(ITEMS)), "|", color=INK, markersize=15, markeredgewidth=1.6)
        ax.axhline(len(EXTERNAL_ECONOMIES) - 0.5, color=GREY, linewidth=0.8)
        ax.set_title(f"{data.sectors[sector]} ({len(group):,})\nlongest bar: {int(counts.max()):,}")
        ax.set_yticks(range(len(ITEMS)), [LABELS[item] for item in ITEMS])
        ax.set_ylim(len(ITEMS) - 0.4, -0.6)
        ax.grid(axis="y", visible=False)
        whole_scale(ax.set_xlim, ax.set_xticks, MAX_SCORE, 1, margin=0.2)
    figure.supxlabel("Score (0 absent to 3 high); the longer a bar, the more clusters; upright bars: means", fontsize=8)
    return figure


def counted_upgrading(data: FigureData) -> Figure:
    """Upgrading by degree of collective efficiency: at each score a bar as wide as the clusters there are many."""
    points = data.points()
    figure, axes = empty_grid(2, 2, height=6.2, sharey=True)
    order = list(reversed(DEGREES))
    for number, (ax, kind) in enumerate(zip(axes, UPGRADING, strict=True)):
        scored = points[points[kind].notna() & points["degree"].isin(order)]
        counts = {
            (degree, sector): _binned(group[kind], BIN_OF_SCORE, MAX_SCORE)
            for (degree, sector), group in scored.groupby(["degree", "sector"])
        }
        sizes = [int((scored["degree"] == degree).sum()) for degree in order]
        totals = [sum((counts[key] for key in counts if key[0] == degree), np.zeros(1)) for degree in order]
        most = max(max(total.max() for total in totals), 1)
        for place, (degree, total) in enumerate(zip(order, totals, strict=True)):
            _draw_wide_bars(ax, place, total, [counts.get((degree, sector)) for sector in data.sectors], most, data)
            if sizes[place]:
                mean = scored.loc[scored["degree"] == degree, kind].mean()
                ax.hlines(mean, place - 0.45, place + 0.45, color=INK, linewidth=1.4, zorder=3)
        ax.set_xticks(range(3), [f"{degree}\nn = {size:,}" for degree, size in zip(order, sizes, strict=True)])
        ax.set_xlim(-0.5, len(order) - 0.5)
        ax.set(ylabel="Score (0 to 3)" if number % 2 == 0 else "", title=f"{LABELS[kind]} (widest bar {int(most):,})")
        whole_scale(ax.set_ylim, ax.set_yticks, MAX_SCORE, 1, margin=0.2)
        ax.grid(axis="x", visible=False)
    for ax in axes[2:]:
        ax.set_xlabel("Degree, recomputed from the items")
    handles = [Patch(**data.fill(sector)) for sector in data.sectors]
    figure.legend(handles, list(data.sectors.values()), loc="outside lower center", ncols=2)
    return figure


def _draw_wide_bars(
    ax: Axes, place: int, total: np.ndarray, by_sector: Sequence[np.ndarray | None], most: float, data: FigureData
) -> None:
    """The clusters of a degree at each score, side by side in the colours of their sectors, around `place`."""
    left = place - THICK * total / most / 2
    for sector, counts in zip(data.sectors, by_sector, strict=True):
        if counts is not None:
            width = THICK * counts / most
            heights = np.arange(len(counts)) * BIN_OF_SCORE
            ax.barh(heights, width, height=0.8 * BIN_OF_SCORE, left=left, **data.fill(sector))
            left = left + width


def counted_differences(data: FigureData) -> Figure:
    """How many clusters have a recomputed index below the printed one, equal to it, or above it, and by how much."""
    both = data.both_by_report()
    gaps = (both["ce"] - both["ce_printed"]).round(9)
    classes = np.select([gaps <= -1, gaps <= -0.5, gaps < 0, gaps == 0, gaps < 0.5, gaps < 1], range(6), default=6)
    figure, axes = empty_grid(1, 1, height=2.6)
    ax = axes[0]
    left = np.zeros(len(DIFFERENCE_WORDS))
    for new, fill in ((False, GREY), (True, "white")):
        counts = np.bincount(classes[(both["new"] == new).to_numpy()], minlength=len(DIFFERENCE_WORDS))
        ax.barh(DIFFERENCE_WORDS, counts, left=left, height=0.7, facecolor=fill, edgecolor=GREY, linewidth=0.8)
        left += counts
    for place, count in enumerate(left):
        ax.text(count, place, f" {int(count):,}", va="center", color=INK)
    ax.set_xlim(0, 1.1 * max(left.max(), 1))
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.set_xlabel("Clusters, by the recomputed index less the printed one, by the report's own rules")
    if both["new"].any():
        handle = Patch(facecolor="white", edgecolor=GREY, linewidth=0.8)
        figure.legend([handle], [f"hollow: the {int(both['new'].sum()):,} that studies add"], loc="outside upper right")
    return figure


def _binned(values: "pd.Series[float]", step: float, largest: float) -> np.ndarray:
    """How many of the known values are nearest to each multiple of `step`, from 0 to `largest`."""
    known = np.floor(values.dropna().to_numpy() / step + 0.5).astype("int64")
    return np.bincount(known, minlength=int(largest / step) + 1)


def _deepest(points: pd.DataFrame, columns: Sequence[str], by: str) -> int:
    """The most clusters that have the same score in one of `columns`, and the same `by`."""
    scored = [points.groupby([by, column]).size() for column in columns if points[column].notna().any()]
    return max((int(sizes.max()) for sizes in scored), default=0)


_PAST_LIMIT: Mapping[str, Callable[[FigureData], bool]] = {
    "ce_by_cluster": lambda data: len(data.clusters) > MOST_NAMED_CLUSTERS,
    "eei_jai": lambda data: data.clusters["sector"].value_counts().max() > MOST_OF_SECTOR,
    "item_profiles": lambda data: _deepest(data.points(), ITEMS, "sector") > DEEPEST_OF_ITEM,
    "degree_upgrading": lambda data: _deepest(data.points(), UPGRADING, "degree") > DEEPEST_OF_DEGREE,
    "printed_recomputed": lambda data: len(data.both_by_report()) > MOST_NAMED_CLUSTERS,
}
COUNTED_FIGURES: Mapping[str, Callable[[FigureData], Figure]] = {
    "ce_by_cluster": counted_ce,
    "eei_jai": counted_eei_jai,
    "item_profiles": counted_profiles,
    "degree_upgrading": counted_upgrading,
    "printed_recomputed": counted_differences,
}
