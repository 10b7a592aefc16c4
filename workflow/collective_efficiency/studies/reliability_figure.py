"""Stage `reliability`, the figure: how far raters agree on each item, with intervals."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from collective_efficiency.exhibits.style import COLOURS, GREY, INK, WIDTH, saved
from collective_efficiency.files.csv_files import Record
from collective_efficiency.studies.reliability import TRUSTED
from collective_efficiency.words import LABELS

LOWEST_SHOWN = -0.5  # of the scale; what lies below is drawn at its end, with the number beside it


def draw_reliability(alphas: Sequence[Record]) -> dict[str, bytes]:
    """The figure as `svg` and `png`. alphas: the rows of reliability.csv; without items that nobody rated twice."""
    return saved(lambda: _figure([row for row in alphas if row["n_clusters"] != "0"]))


def _figure(rows: Sequence[Record]) -> Figure:
    figure = Figure(figsize=(WIDTH, 0.9 + 0.22 * len(rows)), layout="constrained")
    ax = figure.subplots()
    for cut in (0, TRUSTED, 1):
        ax.axvline(cut, color=GREY, linewidth=0.8, linestyle="--" if cut == TRUSTED else "-")
    for place, row in enumerate(rows):
        if row["alpha"]:
            alpha = float(row["alpha"])
            if row["low"]:
                ends = [max(float(row[name]), LOWEST_SHOWN) for name in ("low", "high")]
                ax.plot(ends, [place, place], color=COLOURS[0], linewidth=1.6, solid_capstyle="butt")
            marker = "o" if alpha >= LOWEST_SHOWN else "<"
            ax.plot(max(alpha, LOWEST_SHOWN), place, marker, color=COLOURS[0], markersize=5)
        said = f"{row['alpha'][:-2]}, " if row["alpha"] else "same throughout, "
        ax.text(1.05, place, f"{said}{int(row['n_clusters']):,} clusters", va="center", color=INK, fontsize=7)
    ax.set_yticks(range(len(rows)), [LABELS[row["item"]] for row in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(LOWEST_SHOWN - 0.05, 1.5)
    ax.set_xticks([-0.5, 0, 0.5, 1])
    ax.grid(axis="y", visible=False)
    ax.set_xlabel(f"Krippendorff's alpha (1 agreement, 0 chance) with its interval; dashed: {TRUSTED}")
    return figure
