"""What the figures of a dataset share: its data, panels by sector, scales that start at zero, bands of the degree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.style import COLOURS, GREY, INK, MARKERS, WIDTH
from collective_efficiency.numbers.printed import shortest
from collective_efficiency.numbers.scores import UNIT
from collective_efficiency.words import MAX_INDEX

LONGEST_UNPADDED, ROOM_OF_LONG_NAMES = 30, 0.3  # letters of a name, and inches
SIZE_OF_TWO_LINES = 5.2  # points
STEP_OF_ITEM, DEEPEST_OF_ITEM = 0.095, 10  # between the marks of clusters with one score, and how many have room
BAR_HATCHES = ("", "////", "----", "xxxx", "\\\\\\\\", "||||")
STEP_OF_DEGREE, DEEPEST_OF_DEGREE = 0.065, 15


@dataclass(frozen=True)
class FigureData:
    """What the figures show.

    dataset: its name; clusters, governance: the text frames of clusters.csv and governance.csv; measured: by reading,
    in units, as `averages.cluster_measures` gives it, under `choices`; by_report: the recomputed reading under the
    report's own rules; unprinted: clusters of studies that print no index; sectors, short_names: by sector, in the
    order in which they are drawn.
    """

    dataset: str
    clusters: pd.DataFrame
    measured: Mapping[str, pd.DataFrame]
    by_report: pd.DataFrame
    unprinted: frozenset[str]
    governance: pd.DataFrame
    sectors: Mapping[str, str]
    short_names: Mapping[str, str]
    choices: Choices

    @cached_property  # each mark of a figure asks for it
    def new(self) -> frozenset[str]:
        """The clusters that studies add: drawn hollow."""
        return frozenset(self.clusters.loc[self.clusters["study"] != "report", "cluster"])

    def points(self, reading: str = "recomputed") -> pd.DataFrame:
        """The measures of each cluster in points (0 to 3, 0 to 12), with its name, and whether a study adds it."""
        return self._points(self.measured[reading])

    def both_by_report(self) -> pd.DataFrame:
        """The points by the report's own rules, and as `ce_printed` the printed index, of clusters that have both."""
        printed = self.points("printed")[["cluster", "ce"]]
        printed = printed[~printed["cluster"].isin(self.unprinted)]
        both = self._points(self.by_report).merge(printed, on="cluster", suffixes=("", "_printed"))
        return both.dropna(subset=["ce", "ce_printed"]).reset_index(drop=True)

    def _points(self, measured: pd.DataFrame) -> pd.DataFrame:
        frame = measured.copy()
        numbers = frame.select_dtypes("number").columns
        frame[numbers] = frame[numbers] / UNIT
        names = self.clusters[["cluster", "name"]]
        return frame.merge(names.assign(new=names["cluster"].isin(self.new)), on="cluster")

    def look(self, sector: str) -> tuple[str, str]:
        """Colour and marker of a sector; no pair of them comes twice among the first 36."""
        turn, place = divmod(list(self.sectors).index(sector), len(COLOURS))
        return COLOURS[place], MARKERS[(place + turn) % len(MARKERS)]

    def fill(self, sector: str) -> dict[str, Any]:
        """How a bar of a sector is filled: the colour, and from the seventh sector on a hatch."""
        turn = list(self.sectors).index(sector) // len(COLOURS)
        hatch = {"hatch": BAR_HATCHES[turn % len(BAR_HATCHES)], "edgecolor": "white"} if turn else {}
        return {"facecolor": self.look(sector)[0], "linewidth": 0} | hatch


def empty_grid(rows: int, columns: int, height: float, **options: Any) -> tuple[Figure, list[Axes]]:
    """An empty figure of one text column's width and `height` inches, and its axes, row by row."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False, **options)
    return figure, list(axes.flat)


def sector_panels(data: FigureData, height: float) -> tuple[Figure, list[Axes]]:
    """A panel a sector, two in a row, each `height` inches high, on common scales."""
    rows = -(-len(data.sectors) // 2)
    figure, axes = empty_grid(rows, 2, height=rows * height, sharex=True, sharey=True)
    for ax in axes[len(data.sectors) :]:
        ax.set_visible(False)
    for ax in axes[: len(data.sectors)][-2:]:  # the last of each column, also where the grid is empty below it
        ax.tick_params(labelbottom=True)
    return figure, axes


def name_lines(ax: Axes, names: Sequence[str]) -> None:
    """Name the lines of `ax`, from the lowest up; a name that takes two lines is small, so that it is as high as one.

    The layout measures texts in the screen's pixels, where they are up to a tenth narrower than in a file: long names
    get room for that at the edge of the figure.
    """
    ax.set_yticks(range(len(names)), names)
    for name, tick in zip(names, ax.get_yticklabels(), strict=True):
        if "\n" in name:
            tick.set(fontsize=SIZE_OF_TWO_LINES, linespacing=0.95)
    figure = ax.get_figure(root=True)
    engine = figure.get_layout_engine() if figure else None
    if isinstance(engine, ConstrainedLayoutEngine) and max(map(len, names), default=0) > LONGEST_UNPADDED:
        engine.set(w_pad=ROOM_OF_LONG_NAMES)


def spread(points: pd.DataFrame, tied: list[str], step: float) -> pd.Series:
    """Offsets, `step` apart and centred on zero, so that points with the same `tied` values do not cover each other.

    >>> spread(pd.DataFrame({"score": [1, 1, 1, 2]}), ["score"], 0.5).tolist()
    [-0.5, 0.0, 0.5, 0.0]
    """
    groups = points.groupby(tied)[tied[0]]
    return (groups.cumcount() - (groups.transform("size") - 1) / 2) * step


def draw_hollow(
    ax: Axes, x: "pd.Series[Any]", y: "pd.Series[Any]", new: "pd.Series[Any]", look: tuple[str, str], size: float
) -> None:
    """Draw the new ones of the points once more, hollow."""
    if new.any():
        colour, marker = look
        style: dict[str, Any] = {"color": colour, "markerfacecolor": "white", "markeredgewidth": 1.2, "linestyle": ""}
        ax.plot(x[new], y[new], marker, markersize=size, **style)


def name_hollow(figure: Figure, data: FigureData) -> None:
    """Say what a hollow marker is, if there are any."""
    if data.new:
        handle = Line2D([], [], marker="o", markerfacecolor="white", markersize=5, color=INK, linestyle="")
        figure.legend([handle], [f"hollow: the {len(data.new)} clusters that studies add"], loc="outside upper right")


def whole_scale(
    limits: Callable[..., Any], ticks: Callable[..., Any], largest: int, step: int, margin: float = 0.3
) -> None:
    """A whole scale from 0 to its largest value, with room for the markers at its ends."""
    ticks(range(0, largest + 1, step))
    limits(-margin, largest + margin)


def draw_degree_bands(ax: Axes, choices: Choices) -> None:
    """Shade the band of Medium, between the cut-offs."""
    ax.axvspan(float(choices.low), float(choices.high), color="#f3f3f3", zorder=0)
    for cut in (choices.low, choices.high):
        ax.axvline(float(cut), color=GREY, linewidth=0.8, zorder=0.4)


def name_degree_bands(ax: Axes, choices: Choices) -> None:
    """Name the bands of the degree above the axes."""
    low, high = float(choices.low), float(choices.high)
    for place, word in ((low / 2, "Low"), ((low + high) / 2, "Medium"), ((high + MAX_INDEX) / 2, "High")):
        ax.text(place, 1.0, word, transform=ax.get_xaxis_transform(), ha="center", va="bottom", color=INK)


def weighted_sum(choices: Choices) -> str:
    """How the collective efficiency index is made of the two others.

    >>> weighted_sum(Choices())
    '0.5 EEI + 0.5 JAI'
    """
    return f"{shortest(choices.eei_weight)} EEI + {shortest(choices.jai_weight)} JAI"
