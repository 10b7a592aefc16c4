"""Stage `figures`: what the tables say, as pictures. One style for all; every cluster is visible; scales start at zero.

Colours are those of Okabe and Ito (2008), safe for colour-blind readers; sectors differ by marker, too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from collective_efficiency.choices import Choices
from collective_efficiency.numbers.scores import UNIT
from collective_efficiency.words import (
    DEGREES,
    EXTERNAL_ECONOMIES,
    GOVERNANCE,
    ITEMS,
    LABELS,
    MAX_SCORE,
    NOT_AVAILABLE,
    UPGRADING,
)

WIDTH = 7.0  # inches: a text column of a report
INK, GREY, PALE = "#222222", "#8a8a8a", "#e6e6e6"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P")
MAX_INDEX = 12
SHARES = {"domestic": ("Domestic only", "#9ecae1"), "global": ("Global only", "#D55E00"), "both": ("Both", "#4d004b")}

STYLE: dict[str, Any] = {
    "figure.dpi": 100,
    "savefig.dpi": 160,
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "svg.hashsalt": "collective-efficiency",  # the same bytes on every run
    "svg.fonttype": "path",
}


@dataclass(frozen=True)
class Data:
    """What the figures show. measured: by reading, in units, as `averages.measures` has it."""

    clusters: pd.DataFrame
    measured: Mapping[str, pd.DataFrame]
    governance: pd.DataFrame
    sectors: Mapping[str, str]
    short_names: Mapping[str, str]
    choices: Choices
    new: frozenset[str] = frozenset()  # the clusters that studies add: drawn hollow

    def points(self, reading: str = "recomputed") -> pd.DataFrame:
        """The measures of each cluster in points (0 to 3, 0 to 12), with its name."""
        frame = self.measured[reading].copy()
        numbers = frame.select_dtypes("number").columns
        frame[numbers] = frame[numbers] / UNIT
        names = self.clusters[["cluster", "name"]]
        return frame.merge(names.assign(new=names["cluster"].isin(self.new)), on="cluster")

    def look(self, sector: str) -> tuple[str, str]:
        """Colour and marker of a sector."""
        place = list(self.sectors).index(sector)
        return COLOURS[place % len(COLOURS)], MARKERS[place % len(MARKERS)]


def ce_by_cluster(data: Data) -> Figure:
    """The collective efficiency index of every cluster, by sector and size, over the bands of the degree."""
    points = data.points()
    sizes = [int((points["sector"] == sector).sum()) for sector in data.sectors]
    figure, axes = _grid(len(sizes), 1, height=0.165 * len(points) + 1.6, height_ratios=sizes, sharex=True)
    for ax, sector in zip(axes, data.sectors, strict=True):
        group = points[points["sector"] == sector].sort_values("ce", kind="stable")
        colour, marker = data.look(sector)
        _degree_bands(ax, data.choices)
        ax.hlines(range(len(group)), 0, group["ce"], color=PALE, linewidth=1)
        ax.plot(group["ce"], range(len(group)), marker, color=colour, markersize=4.5)
        _hollow(ax, group["ce"], pd.Series(range(len(group)), group.index), group["new"], data.look(sector), 4.5)
        ax.set_yticks(range(len(group)), group["name"])
        ax.set_ylim(-0.7, len(group) - 0.3)
        ax.set_title(f"{data.sectors[sector]} ({len(group)})")
        ax.grid(axis="y", visible=False)
    _scale(axes[-1].set_xlim, axes[-1].set_xticks, MAX_INDEX, 2)
    axes[-1].set_xlabel("Collective efficiency index, recomputed from the items (0 to 12)")
    _name_bands(axes[0], data.choices)
    axes[0].set_title(axes[0].get_title(loc="left"), pad=14)
    _name_hollow(figure, data)
    return figure


def eei_jai(data: Data) -> Figure:
    """External economies against joint action, a panel a sector; the line is where the two are equal."""
    points = data.points()
    figure, axes = _panels(data, height=3.3)
    for ax, sector in zip(axes, data.sectors, strict=False):
        group = points[points["sector"] == sector]
        colour, marker = data.look(sector)
        ax.plot([0, MAX_INDEX], [0, MAX_INDEX], color=GREY, linewidth=0.8, linestyle="--")
        stacked = group.value_counts(["jai", "eei"], sort=False).reset_index()
        for jai, eei, count in stacked.itertuples(index=False):
            ax.plot(jai, eei, marker, color=colour, markersize=5.5, alpha=0.85)
            if count > 1:
                ax.annotate(f"×{count}", (jai, eei), xytext=(5, 4), textcoords="offset points", color=INK)
        _hollow(ax, group["jai"], group["eei"], group["new"], data.look(sector), 5.5)
        above = int((group["eei"] > group["jai"]).sum())
        ax.set_title(data.sectors[sector])
        ax.text(0.97, 0.05, f"{above} of {len(group)} above the line", transform=ax.transAxes, ha="right")
        ax.set_aspect("equal")
        _scale(ax.set_xlim, ax.set_xticks, MAX_INDEX, 3)
        _scale(ax.set_ylim, ax.set_yticks, MAX_INDEX, 3)
    figure.supxlabel("Joint action index (0 to 12)", fontsize=8)
    figure.supylabel("External economies index (0 to 12)", fontsize=8)
    _name_hollow(figure, data)
    return figure


def item_profiles(data: Data) -> Figure:
    """The eight scores of every cluster by sector, with the mean of the sector."""
    import seaborn as sns  # here: it takes seconds, and the figure of the claims needs only the style

    points = data.points()
    figure, axes = _panels(data, height=3.8)
    for ax, sector in zip(axes, data.sectors, strict=False):
        group = points[points["sector"] == sector]
        colour, marker = data.look(sector)
        long = group.melt("cluster", list(ITEMS), "item", "score")
        long["place"] = long["item"].map({item: place for place, item in enumerate(ITEMS)})
        long["place"] += spread(long, ["item", "score"], step=0.095)
        sns.scatterplot(long, x="score", y="place", color=colour, marker=marker, s=14, linewidth=0.4, ax=ax)
        _hollow(ax, long["score"], long["place"], long["cluster"].isin(data.new), (colour, marker), 3.4)
        ax.plot(
            group[list(ITEMS)].mean(), range(len(ITEMS)), "|", color=INK, markersize=15, markeredgewidth=1.6, zorder=1
        )
        ax.axhline(len(EXTERNAL_ECONOMIES) - 0.5, color=GREY, linewidth=0.8)
        ax.set(xlabel="", ylabel="", title=f"{data.sectors[sector]} ({len(group)})")
        ax.set_yticks(range(len(ITEMS)), [LABELS[item] for item in ITEMS])
        ax.set_ylim(len(ITEMS) - 0.4, -0.6)
        ax.grid(axis="y", visible=False)
        _scale(ax.set_xlim, ax.set_xticks, MAX_SCORE, 1, margin=0.2)
    figure.supxlabel("Score (0 absent to 3 high); markers are clusters, upright bars their means", fontsize=8)
    _name_hollow(figure, data)
    return figure


def degree_upgrading(data: Data) -> Figure:
    """Upgrading of every cluster by its degree of collective efficiency; lines are the means of the degrees."""
    import seaborn as sns  # here: it takes seconds, and the figure of the claims needs only the style

    points = data.points()
    figure, axes = _grid(2, 2, height=6.2, sharey=True)
    looks = {sector: data.look(sector) for sector in data.sectors}
    order = list(reversed(DEGREES))
    for number, (ax, kind) in enumerate(zip(axes, UPGRADING, strict=True)):
        scored = points[points[kind].notna() & points["degree"].isin(order)].copy()
        scored["place"] = scored["degree"].map(order.index) + spread(scored, ["degree", kind], step=0.065)
        sns.scatterplot(
            scored, x="place", y=kind, hue="sector", style="sector", hue_order=list(looks), style_order=list(looks),
            palette={sector: colour for sector, (colour, _) in looks.items()},
            markers={sector: marker for sector, (_, marker) in looks.items()},
            ax=ax, s=22, linewidth=0.4, legend=False,
        )  # fmt: skip
        for sector, look in looks.items():
            some = scored[scored["sector"] == sector]
            _hollow(ax, some["place"], some[kind], some["new"], look, 4.4)
        for place, degree in enumerate(order):
            values = scored.loc[scored["degree"] == degree, kind]
            if len(values):
                ax.hlines(values.mean(), place - 0.45, place + 0.45, color=INK, linewidth=1.4, zorder=0.5)
        counts = [int((scored["degree"] == degree).sum()) for degree in order]
        ax.set_xticks(range(3), [f"{degree}\nn = {count}" for degree, count in zip(order, counts, strict=True)])
        ax.set_xlim(-0.5, len(order) - 0.5)
        ax.set(xlabel="", ylabel="Score (0 to 3)" if number % 2 == 0 else "", title=LABELS[kind])
        _scale(ax.set_ylim, ax.set_yticks, MAX_SCORE, 1, margin=0.2)
        ax.grid(axis="x", visible=False)
    handles = [
        mpl.lines.Line2D([], [], marker=marker, linestyle="", markersize=4, color=colour)
        for colour, marker in looks.values()
    ]
    figure.legend(handles, list(data.sectors.values()), loc="outside lower center", ncols=2)
    _name_hollow(figure, data)
    return figure


def spread(points: pd.DataFrame, tied: list[str], step: float) -> pd.Series:
    """Offsets, `step` apart and centred on zero, so that points with the same `tied` values do not cover each other."""
    groups = points.groupby(tied)[tied[0]]
    return (groups.cumcount() - (groups.transform("size") - 1) / 2) * step


def governance(data: Data) -> Figure:
    """How many clusters of each sector take part in each kind of chain, and where the chain leads."""
    frame = data.governance[data.governance["chain"].isin(GOVERNANCE)]
    coded = [sector for sector in data.sectors if int(frame.loc[frame["sector"] == sector, "n_coded"].iloc[0])]
    figure, axes = _grid(1, len(coded), height=2.5, sharey=True)
    for ax, sector in zip(axes, coded, strict=True):
        group = frame[frame["sector"] == sector].set_index("chain").loc[list(reversed(GOVERNANCE))]
        left = np.zeros(len(group))
        for share, (word, colour) in SHARES.items():
            counts = group[share].astype(int).to_numpy()
            bars = ax.barh([LABELS[chain] for chain in group.index], counts, left=left, color=colour, label=word)
            ax.bar_label(
                bars, [str(count) if count else "" for count in counts], label_type="center",
                color=INK if share == "domestic" else "white",
            )  # fmt: skip
            left += counts
        total = int(group["n_coded"].iloc[0])
        new = _new_coded(data, sector)
        ax.set_title(f"{data.short_names[sector]} ({total}){f'{chr(10)}{new} of them new' if new else ''}")
        ax.set_xlim(0, total)
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
        ax.grid(axis="y", visible=False)
    figure.supxlabel("Clusters that take part (of those coded)", fontsize=8)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


def _new_coded(data: Data, sector: str) -> int:
    """How many of the new clusters of a sector have a code of governance."""
    new = data.clusters[data.clusters["cluster"].isin(data.new) & (data.clusters["sector"] == sector)]
    return int((~new[list(GOVERNANCE)].isin(["", NOT_AVAILABLE])).any(axis=1).sum())


def printed_recomputed(data: Data) -> Figure:
    """The printed index against the recomputed one: a line joins the two where they differ."""
    both = data.points("recomputed").merge(
        data.points("printed")[["cluster", "ce"]], on="cluster", suffixes=("", "_printed")
    )
    both = both.iloc[::-1].reset_index(drop=True)
    figure, axes = _grid(1, 1, height=0.165 * len(both) + 1.2)
    ax = axes[0]
    _degree_bands(ax, data.choices)
    same = both["ce"] == both["ce_printed"]
    ax.plot(both["ce"][same], both.index[same], "o", color=GREY, markersize=4, label="printed = recomputed")
    ax.hlines(both.index[~same].to_numpy(), both["ce_printed"][~same], both["ce"][~same], color=INK, linewidth=1)
    ax.plot(
        both["ce_printed"][~same],
        both.index[~same],
        "o",
        markerfacecolor="white",
        color=COLOURS[1],
        markersize=5,
        label="printed",
    )
    ax.plot(both["ce"][~same], both.index[~same], "D", color=COLOURS[0], markersize=4.5, label="recomputed")
    _hollow(ax, both["ce"][same], both.index.to_series()[same], both["new"][same], (GREY, "o"), 4)
    ax.set_yticks(range(len(both)), both["name"].where(~both["new"], both["name"] + " (new)"))
    for place, tick in enumerate(ax.get_yticklabels()):
        tick.set_fontweight("normal" if same[place] else "bold")
    ax.set_ylim(-0.8, len(both) - 0.2)
    _scale(ax.set_xlim, ax.set_xticks, MAX_INDEX, 2)
    _name_bands(ax, data.choices)
    ax.set_xlabel("Collective efficiency index (0 to 12)")
    ax.grid(axis="y", visible=False)
    figure.legend(loc="outside upper center", ncols=3)
    return figure


FIGURES: dict[str, Callable[[Data], Figure]] = {
    each.__name__: each
    for each in (ce_by_cluster, eei_jai, item_profiles, degree_upgrading, governance, printed_recomputed)
}


def draw(name: str, data: Data) -> dict[str, bytes]:
    """The figure `name` as SVG and PNG, the same bytes on every run."""
    return saved(lambda: FIGURES[name](data))


def saved(make: Callable[[], Figure]) -> dict[str, bytes]:
    """The figure that `make` draws in the project's style, as SVG and PNG, the same bytes on every run."""
    with mpl.rc_context(STYLE):  # type: ignore[arg-type]
        figure = make()
        figure.draw_without_rendering()  # lays the figure out, once for both files
        figure.set_layout_engine("none")
        images = {}
        for ending, metadata in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
            buffer = BytesIO()
            figure.savefig(buffer, format=ending, metadata=metadata)
            images[ending] = buffer.getvalue()
    return images


def _grid(rows: int, columns: int, height: float, **options: Any) -> tuple[Figure, list[Axes]]:
    """An empty figure of one column's width and its axes, row by row."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    heights = options.pop("height_ratios", None)
    axes = figure.subplots(rows, columns, squeeze=False, height_ratios=heights, **options)
    return figure, list(axes.flat)


def _panels(data: Data, height: float) -> tuple[Figure, list[Axes]]:
    """A panel a sector, two in a row, each `height` inches high, on common scales."""
    rows = -(-len(data.sectors) // 2)
    figure, axes = _grid(rows, 2, height=rows * height, sharex=True, sharey=True)
    for ax in axes[len(data.sectors) :]:
        ax.set_visible(False)
    for ax in axes[: len(data.sectors)][-2:]:  # the last of each column, also where the place below it is empty
        ax.tick_params(labelbottom=True)
    return figure, axes


def _hollow(
    ax: Axes, x: "pd.Series[Any]", y: "pd.Series[Any]", new: "pd.Series[Any]", look: tuple[str, str], size: float
) -> None:
    """Draw the new ones of the points once more, hollow."""
    if new.any():
        colour, marker = look
        style: dict[str, Any] = {"color": colour, "markerfacecolor": "white", "markeredgewidth": 1.2, "linestyle": ""}
        ax.plot(x[new], y[new], marker, markersize=size, **style)


def _name_hollow(figure: Figure, data: Data) -> None:
    """Say what a hollow marker is, if there are any."""
    if data.new:
        handle = mpl.lines.Line2D([], [], marker="o", markerfacecolor="white", markersize=5, color=INK, linestyle="")
        figure.legend([handle], [f"hollow: the {len(data.new)} clusters that studies add"], loc="outside upper right")


def _scale(limits: Callable[..., Any], ticks: Callable[..., Any], largest: int, step: int, margin: float = 0.3) -> None:
    """A whole scale from 0 to its largest value, with room for the markers at its ends."""
    ticks(range(0, largest + 1, step))
    limits(-margin, largest + margin)


def _degree_bands(ax: Axes, choices: Choices) -> None:
    ax.axvspan(float(choices.low), float(choices.high), color="#f3f3f3", zorder=0)
    for cut in (choices.low, choices.high):
        ax.axvline(float(cut), color=GREY, linewidth=0.8, zorder=0.4)


def _name_bands(ax: Axes, choices: Choices) -> None:
    low, high = float(choices.low), float(choices.high)
    for place, word in ((low / 2, "Low"), ((low + high) / 2, "Medium"), ((high + MAX_INDEX) / 2, "High")):
        ax.text(place, 1.0, word, transform=ax.get_xaxis_transform(), ha="center", va="bottom", color=INK)
