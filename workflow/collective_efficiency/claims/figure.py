"""Stage `claims`, the picture: every claim as a mark, by topic, so that one sees what stands, falls and depends."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from collective_efficiency.claims.claims import CONTRADICTED, DEPENDS, NOT_TESTABLE, SUPPORTED, VERDICTS, Verdict
from collective_efficiency.exhibits.style import COLOURS, INK, WIDTH, saved

# A verdict has a marker, a colour and a colour of the number on it: shape and colour both tell.
LOOKS = {
    SUPPORTED: ("o", COLOURS[2], "white"),
    DEPENDS: ("D", COLOURS[4], INK),
    CONTRADICTED: ("s", "#8f3300", "white"),
    NOT_TESTABLE: ("p", "white", INK),
}
ORDER = (SUPPORTED, DEPENDS, CONTRADICTED, NOT_TESTABLE)
SIZES = {"o": 12.5, "D": 10.0, "s": 11.5, "p": 14.0}
ROW = 0.245  # inches


def draw_claims(verdicts: Sequence[Verdict], topics: Sequence[str]) -> dict[str, bytes]:
    """The figure as SVG and PNG, the same bytes on every run. A row is a topic of `topics` that has a claim."""
    shown = [each for each in topics if any(each == one.claim.topic for one in verdicts)]
    return saved(lambda: _figure(verdicts, shown))


def _figure(verdicts: Sequence[Verdict], topics: Sequence[str]) -> Figure:
    figure = Figure(figsize=(WIDTH, ROW * len(topics) + 0.8), layout="constrained")
    ax = figure.subplots()
    groups = [[each for each in verdicts if each.claim.topic == topic] for topic in topics]
    for row, group in enumerate(groups):
        for place, each in enumerate(sorted(group, key=lambda each: (ORDER.index(each.verdict), each.claim.id))):
            _mark(ax, place, row, each)
    ax.set_yticks(range(len(topics)), [f"{topic} ({len(group)})" for topic, group in zip(topics, groups, strict=True)])
    ax.set_ylim(len(topics) - 0.4, -0.6)
    ax.set_xlim(-0.6, max(map(len, groups), default=1) - 0.4)
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    counts = {name: sum(each.verdict == name for each in verdicts) for name in VERDICTS}
    handles = [
        Line2D([], [], linestyle="", marker=LOOKS[name][0], markersize=8, markerfacecolor=LOOKS[name][1],
               markeredgecolor=INK, markeredgewidth=0.6, label=f"{name.replace('_', ' ')} ({counts[name]})")
        for name in ORDER
    ]  # fmt: skip
    figure.legend(handles=handles, loc="outside upper center", ncols=len(ORDER), title="Number on a mark: the claim")
    return figure


def _mark(ax: Axes, place: int, row: int, verdict: Verdict) -> None:
    marker, colour, ink = LOOKS[verdict.verdict]
    ax.plot(
        place, row, marker, markersize=SIZES[marker], markerfacecolor=colour, markeredgecolor=INK, markeredgewidth=0.6
    )
    number = verdict.claim.id.lstrip("C").lstrip("0")
    ax.annotate(number, (place, row), color=ink, fontsize=5, ha="center", va="center_baseline")
