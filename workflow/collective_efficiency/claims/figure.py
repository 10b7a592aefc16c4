"""The picture of the ledger: every claim as a mark, by topic, so that one sees what stands, falls and depends."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import offset_copy

from collective_efficiency.claims.evaluation import ClaimVerdict
from collective_efficiency.claims.pages import ShownClaims
from collective_efficiency.claims.verdicts import CONTRADICTED, DEPENDS, NOT_TESTABLE, SUPPORTED
from collective_efficiency.exhibits.style import COLOURS, INK, WIDTH, saved
from collective_efficiency.files.csv_files import Record


class Mark(NamedTuple):
    """How a verdict looks: shape and colour both tell it."""

    marker: str
    size: float  # points; so that all shapes look equally large
    colour: str
    ink: str  # of the number on it


# In the order in which they stand in a line.
VERDICT_MARKS = {
    SUPPORTED: Mark("o", 12.5, COLOURS[2], "white"),
    DEPENDS: Mark("D", 10.0, COLOURS[4], INK),
    CONTRADICTED: Mark("s", 11.5, "#8f3300", "white"),
    NOT_TESTABLE: Mark("p", 14.0, "white", INK),
}
MARK_COLUMNS = ("topic", "claim", "verdict", "under_your_choices")
HEIGHT_OF_TOPIC = 0.245  # inches
CORNER = (6.5, -6.0)  # of a mark, in points from its middle: where a verdict stands that the analyst's choices change
SIZE_IN_CORNER = 0.5  # of the size of a mark


def claims_figure(shown: ShownClaims) -> dict[str, bytes]:
    """The figure as `svg` and `png`, the same bytes on every run; a line a topic."""
    return saved(lambda: _figure(shown))


def marks_of_claims(shown: ShownClaims) -> list[Record]:
    """What the figure draws, a record of MARK_COLUMNS a mark, in the order of its lines."""
    return [
        dict(zip(MARK_COLUMNS, (topic, each.claim.id, each.verdict, each.under_your_choices), strict=True))
        for topic, group in shown.topics.items()
        for each in _in_a_line(group)
    ]


def _in_a_line(group: Iterable[ClaimVerdict]) -> list[ClaimVerdict]:
    """The verdicts of a topic as they stand in its line, by verdict and id."""
    order = list(VERDICT_MARKS)
    return sorted(group, key=lambda each: (order.index(each.verdict), each.claim.id))


def _figure(shown: ShownClaims) -> Figure:
    count = len(shown.topics)
    head = 1 if shown.chosen_counts else 0.8  # inches; then the title of the legend has two lines
    figure = Figure(figsize=(WIDTH, HEIGHT_OF_TOPIC * count + head), layout="constrained")
    ax = figure.subplots()
    for y, group in enumerate(shown.topics.values()):
        for x, verdict in enumerate(_in_a_line(group)):
            _draw_mark(ax, x, y, verdict)
    ax.set_yticks(range(count), [f"{topic} ({len(group)})" for topic, group in shown.topics.items()])
    ax.set_ylim(count - 0.4, -0.6)
    ax.set_xlim(-0.6, max(map(len, shown.topics.values()), default=1) - 0.4)
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    handles = verdict_handles(lambda name: _label(shown, name), size=8)
    figure.legend(handles=handles, loc="outside upper center", ncols=len(VERDICT_MARKS), title=_legend_title(shown))
    return figure


def verdict_handles(label: Callable[[str], str], size: float) -> list[Line2D]:
    """What a legend shows of each verdict on a claim: its mark, `size` points large, and what `label` says of it."""
    return [
        Line2D([], [], linestyle="", marker=mark.marker, markersize=size, markerfacecolor=mark.colour,
               markeredgecolor=INK, markeredgewidth=0.6, label=label(name))
        for name, mark in VERDICT_MARKS.items()
    ]  # fmt: skip


def number_of_claim(claim: str) -> str:
    """A claim's id as it stands on a mark: 36 of C036."""
    return claim.lstrip("C").lstrip("0")


def _label(shown: ShownClaims, name: str) -> str:
    chosen = f" → {shown.chosen_counts[name]}" if shown.chosen_counts else ""
    return f"{name.replace('_', ' ')} ({shown.counts[name]}{chosen})"


def _legend_title(shown: ShownClaims) -> str:
    title = "Number on a mark: the claim"
    if not shown.chosen_counts:
        return title
    changed = sum(each.changes for each in shown.verdicts)
    return (
        f"{title}, by the report's own rules (→ under your choices)\n"
        f"Small mark at the corner: under your choices, where the verdict changes ({changed} of {len(shown.verdicts)})"
    )


def _draw_mark(ax: Axes, x: int, y: int, verdict: ClaimVerdict) -> None:
    mark, drawn_on = VERDICT_MARKS[verdict.verdict], ax.get_figure(root=True)
    ax.plot(
        x, y, mark.marker, markersize=mark.size, markerfacecolor=mark.colour, markeredgecolor=INK, markeredgewidth=0.6
    )
    if verdict.changes:
        other = VERDICT_MARKS[verdict.under_your_choices]
        corner = offset_copy(ax.transData, drawn_on, *CORNER, units="points")
        ax.plot(
            x, y, other.marker, markersize=other.size * SIZE_IN_CORNER, markerfacecolor=other.colour,
            markeredgecolor=INK, markeredgewidth=0.6, transform=corner, zorder=3,
        )  # fmt: skip
    ax.annotate(
        number_of_claim(verdict.claim.id), (x, y), color=mark.ink, fontsize=5, ha="center", va="center_baseline"
    )
