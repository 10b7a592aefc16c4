"""How often each conclusion stays as it is if scores are off by half a point, as a figure."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from collective_efficiency.exhibits.style import COLOURS, MARKERS, WIDTH, saved, stating
from collective_efficiency.robustness.scoring_draws import SOURCES_OF_ERROR

LINE = 0.115  # inches of a conclusion
TITLES = {
    "degree": "Degrees", "sector_order": "Means of sectors", "crosstab": "Upgrading by degree",
    "association": "Associations",
}  # fmt: skip


def scoring_figure(lines: pd.DataFrame, choices_line: str) -> Figure:
    """A dot for each conclusion of the text frame scoring_error.csv, by item and by source; degrees to the left."""
    groups = {str(what): group for what, group in lines.groupby("what", sort=False)}
    left = [what for what in groups if what == "degree"]
    right = [what for what in groups if what != "degree"]
    sizes = {what: groups[what]["key"].nunique() for what in groups}
    tallest = max(sum(sizes[what] + 3 for what in column) for column in (left, right) if column)
    figure = stating(choices_line, WIDTH, 0.9 + LINE * tallest)
    halves: Any = figure.subfigures(1, 2)
    for half, column in zip(halves, (left, right), strict=True):
        if column:
            axes = half.subplots(len(column), 1, squeeze=False, height_ratios=[sizes[what] + 2 for what in column])
            for ax, what in zip(axes[:, 0], column, strict=True):
                _draw(ax, groups[what])
                ax.set_title(TITLES[what], fontsize=8)
            axes[-1, 0].set_xlabel("Share of draws that say the same", fontsize=7)
    figure.axes[0].legend(loc="upper left", fontsize=6)
    return figure


def _draw(ax: Axes, group: pd.DataFrame) -> None:
    keys = list(dict.fromkeys(group["key"]))
    for number, by in enumerate(SOURCES_OF_ERROR):
        of = group[group["by"] == by].set_index("key")["share_of_draws_same"].astype(float)
        ax.plot(of[keys], range(len(keys)), MARKERS[number], color=COLOURS[number], markersize=3, label=f"by {by}")
    baselines = group.drop_duplicates("key").set_index("key")["baseline"]
    ax.set_yticks(range(len(keys)), [_label(key, baselines[key]) for key in keys], fontsize=5)
    ax.set(xlim=(-0.02, 1.02), ylim=(len(keys) - 0.4, -0.6))
    ax.tick_params(axis="x", labelsize=6)


def _label(key: str, baseline: str) -> str:
    """A conclusion and what it says without errors: a word, or the p-value of an association."""
    said = f"p = {float(baseline):.3f}" if baseline[:1].isdigit() else baseline
    return f"{key.replace('_', ' ')}  {said}"


def drawn_scoring_figure(lines: pd.DataFrame, choices_line: str) -> dict[str, bytes]:
    """The figure as SVG and PNG, the same bytes on every run."""
    return saved(lambda: scoring_figure(lines, choices_line))
