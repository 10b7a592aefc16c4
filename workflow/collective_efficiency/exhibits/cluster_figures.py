"""Figures in which every cluster is a mark: its index, its two sides, its eight scores, its two readings."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from collective_efficiency.choices import OF_THE_REPORT
from collective_efficiency.exhibits.drawn_text import wrapped_text
from collective_efficiency.exhibits.panels import (
    STEP_OF_ITEM,
    FigureData,
    draw_degree_bands,
    draw_hollow,
    empty_grid,
    name_degree_bands,
    name_hollow,
    name_lines,
    sector_panels,
    spread,
    weighted_sum,
    whole_scale,
)
from collective_efficiency.exhibits.style import COLOURS, GREY, INK, PALE
from collective_efficiency.words import EXTERNAL_ECONOMIES, ITEMS, LABELS, MAX_INDEX, MAX_SCORE

NAME_HEIGHT = 0.165  # inches that the name of a cluster needs
TITLE_HEIGHT = 0.4  # inches of the title of a panel, with its axis
TITLE_LINE = 0.15  # inches of a second line of a title
ABOVE_AND_BELOW = 0.4  # of the height of a name: room at the ends of a panel


def ce_by_cluster(data: FigureData) -> Figure:
    """The collective efficiency index of every cluster, by sector and size, over the bands of the degree."""
    points = data.points()
    spans = [int((points["sector"] == sector).sum()) + ABOVE_AND_BELOW for sector in data.sectors]
    titles = len(spans) * TITLE_HEIGHT + sum("\n" in title for title in data.sectors.values()) * TITLE_LINE
    figure, axes = empty_grid(len(spans), 1, NAME_HEIGHT * sum(spans) + titles, height_ratios=spans, sharex=True)
    for ax, sector in zip(axes, data.sectors, strict=True):
        group = points[points["sector"] == sector].sort_values("ce", kind="stable")
        colour, marker = data.look(sector)
        draw_degree_bands(ax, data.choices)
        ax.hlines(range(len(group)), 0, group["ce"].fillna(0), color=PALE, linewidth=1)
        for place in range(int(group["ce"].notna().sum()), len(group)):  # they stand last
            ax.text(0.1, place, "no index: a score is n.a.", va="center", color=INK, fontsize=7)
        ax.plot(group["ce"], range(len(group)), marker, color=colour, markersize=4.5)
        draw_hollow(ax, group["ce"], pd.Series(range(len(group)), group.index), group["new"], data.look(sector), 4.5)
        name_lines(ax, list(group["name"].map(wrapped_text)))
        ax.set_ylim(-0.7, len(group) - 0.3)
        ax.set_title(f"{data.sectors[sector]} ({len(group)})")
        ax.grid(axis="y", visible=False)
    whole_scale(axes[-1].set_xlim, axes[-1].set_xticks, MAX_INDEX, 2)
    axes[-1].set_xlabel(f"CE = {weighted_sum(data.choices)}, recomputed from the items (0 to 12)")
    name_degree_bands(axes[0], data.choices)
    axes[0].set_title(axes[0].get_title(loc="left"), pad=14)
    name_hollow(figure, data)
    return figure


def eei_jai(data: FigureData) -> Figure:
    """External economies against joint action, a panel a sector; the line is where the two are equal.

    A cluster of which either is missing has no mark, and is not counted.
    """
    points = data.points().dropna(subset=["eei", "jai"])
    figure, axes = sector_panels(data, height=3.3)
    for ax, sector in zip(axes, data.sectors, strict=False):
        group = points[points["sector"] == sector]
        colour, marker = data.look(sector)
        ax.plot([0, MAX_INDEX], [0, MAX_INDEX], color=GREY, linewidth=0.8, linestyle="--")
        stacked = group.value_counts(["jai", "eei"], sort=False).reset_index()
        for jai, eei, count in stacked.itertuples(index=False):
            ax.plot(jai, eei, marker, color=colour, markersize=5.5, alpha=0.85)
            if count > 1:
                ax.annotate(f"×{count}", (jai, eei), xytext=(5, 4), textcoords="offset points", color=INK)
        draw_hollow(ax, group["jai"], group["eei"], group["new"], data.look(sector), 5.5)
        above = int((group["eei"] > group["jai"]).sum())
        ax.set_title(data.sectors[sector])
        ax.text(0.97, 0.05, f"{above} of {len(group)} above the line", transform=ax.transAxes, ha="right")
        ax.set_aspect("equal")
        whole_scale(ax.set_xlim, ax.set_xticks, MAX_INDEX, 3)
        whole_scale(ax.set_ylim, ax.set_yticks, MAX_INDEX, 3)
    figure.supxlabel("Joint action index, recomputed from the items (0 to 12)", fontsize=8)
    figure.supylabel("External economies index, recomputed from the items (0 to 12)", fontsize=8)
    name_hollow(figure, data)
    return figure


def item_profiles(data: FigureData) -> Figure:
    """The eight scores of every cluster by sector, with the mean of the sector."""
    points = data.points()
    figure, axes = sector_panels(data, height=3.8)
    for ax, sector in zip(axes, data.sectors, strict=False):
        group = points[points["sector"] == sector]
        colour, marker = data.look(sector)
        long = group.melt("cluster", list(ITEMS), "item", "score")
        long["place"] = long["item"].map({item: place for place, item in enumerate(ITEMS)})
        long["place"] += spread(long, ["item", "score"], step=STEP_OF_ITEM)
        ax.scatter(long["score"], long["place"], s=14, color=colour, marker=marker, linewidth=0.4, edgecolor="white")
        draw_hollow(ax, long["score"], long["place"], long["cluster"].isin(data.new), (colour, marker), 3.4)
        ax.plot(
            group[list(ITEMS)].mean(), range(len(ITEMS)), "|", color=INK, markersize=15, markeredgewidth=1.6, zorder=1
        )
        ax.axhline(len(EXTERNAL_ECONOMIES) - 0.5, color=GREY, linewidth=0.8)
        ax.set(xlabel="", ylabel="", title=f"{data.sectors[sector]} ({len(group)})")
        ax.set_yticks(range(len(ITEMS)), [LABELS[item] for item in ITEMS])
        ax.set_ylim(len(ITEMS) - 0.4, -0.6)
        ax.grid(axis="y", visible=False)
        whole_scale(ax.set_xlim, ax.set_xticks, MAX_SCORE, 1, margin=0.2)
    figure.supxlabel("Score (0 absent to 3 high); markers are clusters, upright bars their means", fontsize=8)
    name_hollow(figure, data)
    return figure


def printed_recomputed(data: FigureData) -> Figure:
    """The printed index against the recomputed one, by the report's own rules: a line joins two that differ."""
    both = data.both_by_report().iloc[::-1].reset_index(drop=True)
    figure, axes = empty_grid(1, 1, height=NAME_HEIGHT * len(both) + 1.2)
    ax = axes[0]
    draw_degree_bands(ax, OF_THE_REPORT)
    same = both["ce"] == both["ce_printed"]
    ax.plot(both["ce"][same], both.index[same], "o", color=GREY, markersize=4, label="printed = recomputed")
    ax.hlines(both.index[~same].to_numpy(), both["ce_printed"][~same], both["ce"][~same], color=INK, linewidth=1)
    hollow: dict[str, Any] = {"markerfacecolor": "white", "color": COLOURS[1], "markersize": 5}
    ax.plot(both["ce_printed"][~same], both.index[~same], "o", **hollow, label="printed")
    ax.plot(both["ce"][~same], both.index[~same], "D", color=COLOURS[0], markersize=4.5, label="recomputed")
    draw_hollow(ax, both["ce"][same], both.index.to_series()[same], both["new"][same], (GREY, "o"), 4)
    names = both["name"].map(wrapped_text)
    name_lines(ax, list(names.where(~both["new"], names + " (new)")))
    for place, tick in enumerate(ax.get_yticklabels()):
        tick.set_fontweight("normal" if same[place] else "bold")
    ax.set_ylim(-0.8, len(both) - 0.2)
    whole_scale(ax.set_xlim, ax.set_xticks, MAX_INDEX, 2)
    name_degree_bands(ax, OF_THE_REPORT)
    ax.set_xlabel(f"CE = {weighted_sum(OF_THE_REPORT)}, by the report's own rules (0 to 12)")
    ax.grid(axis="y", visible=False)
    figure.legend(loc="outside upper center", ncols=3)
    return figure
