"""How every figure of the project looks, and how it is saved: the same bytes on every run.

Colours are those of Okabe and Ito (2008), safe for colour-blind readers; what differs by colour differs by marker, too.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

WIDTH = 7.0  # inches: a text column of a report
INK, GREY, PALE = "#222222", "#8a8a8a", "#e6e6e6"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P")

STYLE: dict[str, Any] = {
    "figure.dpi": 100,
    "savefig.dpi": 160,
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that every machine sets the same text
    "font.size": 8,
    "text.parse_math": False,  # no text of ours is mathematics, and a name may hold dollar signs
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
    "svg.hashsalt": "collective-efficiency",  # else the ids in an SVG are random
    "svg.fonttype": "path",
}


def saved(make: Callable[[], Figure]) -> dict[str, bytes]:
    """The figure that `make` draws in the project's style, by the ending of its file (svg, png).

    The same bytes on every run and under every user's settings: no file holds the time or the version of matplotlib.
    """
    with mpl.rc_context():
        mpl.rcdefaults()  # nothing of a matplotlibrc of the user's
        mpl.rcParams.update(STYLE)  # type: ignore[arg-type]
        figure = make()
        _lay_out(figure)
        images = {}
        for ending, metadata in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
            buffer = BytesIO()
            figure.savefig(buffer, format=ending, metadata=metadata)
            images[ending] = buffer.getvalue()
    return images


def stating(choices_line: str, width: float, height: float) -> Figure:
    """An empty figure that says on top what it rests on (as `choices.in_words` does), in two lines."""
    figure = Figure(figsize=(width, height), layout="constrained")
    figure.suptitle(choices_line.replace(" CE =", "\nCE ="), x=0.01, ha="left", fontsize=6, color=INK)
    return figure


def _lay_out(figure: Figure) -> None:
    """Lay the figure out, once for both files: with an engine left, each `savefig` would draw it once more for that."""
    engine = figure.get_layout_engine()
    if engine is None:
        return
    engine.execute(figure)
    figure.set_layout_engine(None)
    for ax in figure.axes:
        # The solver's last bits vary from run to run, and an SVG names its clipping paths by a hash of exact positions.
        ax.set_position(Bbox(ax.get_position(original=True).get_points().round(9)))
