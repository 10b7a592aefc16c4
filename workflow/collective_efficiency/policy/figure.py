"""The picture of the advice: a line a piece, with its grounds and what bears on it as marks, and the verdict."""

from textwrap import fill, shorten

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from collective_efficiency.claims.figure import VERDICT_MARKS, number_of_claim, verdict_handles
from collective_efficiency.claims.verdicts import CONTRADICTED
from collective_efficiency.exhibits.style import COLOURS, GREY, INK, PALE, WIDTH, saved
from collective_efficiency.files.csv_files import Record
from collective_efficiency.policy.shown import ShownPolicy
from collective_efficiency.policy.verdicts import IN_PART, ONE_CASE, STANDS, UNTESTED, AdviceVerdict

POLICY_MARK_COLUMNS = ("part", "advice", "verdict", "role", "claim", "claim_verdict")
HEIGHT_OF_LINE = 0.215  # inches
LETTERS_OF_LINE = 74  # of a paraphrase, which may have two lines
STEP = 0.036  # of the width, from mark to mark
GROUNDS_FROM, BEARS_FROM, VERDICT_AT = 0.53, 0.745, 0.9  # of the width
BADGES = {  # the colours of a verdict and of its word
    STANDS: (COLOURS[2], "white"),
    IN_PART: (COLOURS[4], INK),
    ONE_CASE: (COLOURS[5], INK),
    UNTESTED: ("white", INK),
    CONTRADICTED: (VERDICT_MARKS[CONTRADICTED].colour, "white"),
}


def policy_figure(shown: ShownPolicy) -> dict[str, bytes]:
    """The figure as `svg` and `png`, the same bytes on every run."""
    return saved(lambda: _figure(shown))


def marks_of_policy(shown: ShownPolicy) -> list[Record]:
    """What the figure draws, a record of POLICY_MARK_COLUMNS a mark, in the order of its lines.

    A piece without a claim has one record without one: its verdict is drawn.
    """
    records: list[Record] = []
    for part, group in shown.parts.items():
        for each in group:
            piece = each.advice
            named = [("ground", claim) for claim in piece.grounds] + [("bears", claim) for claim in piece.bears]
            for role, claim in named or [("", "")]:
                verdict = shown.claims[claim]["verdict"] if claim else ""
                values = (part, piece.id, each.verdict, role, claim, verdict)
                records.append(dict(zip(POLICY_MARK_COLUMNS, values, strict=True)))
    return records


def _figure(shown: ShownPolicy) -> Figure:
    lines = sum(len(group) + 1 for group in shown.parts.values())
    figure = Figure(figsize=(WIDTH, HEIGHT_OF_LINE * lines + 0.8), layout="constrained")
    ax = figure.subplots()
    ax.set_xlim(0, 1)
    ax.set_ylim(lines - 0.4, -1.4)
    ax.axis("off")
    for x, head in ((GROUNDS_FROM, "stated grounds"), (BEARS_FROM, "bears besides"), (VERDICT_AT, "verdict")):
        ax.text(x - STEP / 2, -0.9, head, fontsize=6.5, color=INK, va="center")
    y = 0
    for part, group in shown.parts.items():
        ax.text(0, y, part, fontsize=7, fontweight="bold", color=INK, va="center")
        ax.axhline(y + 0.5, color=PALE, linewidth=0.8)
        for each in group:
            y += 1
            _draw_piece(ax, y, shown, each)
        y += 1
    handles = verdict_handles(lambda name: name.replace("_", " "), size=7)
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles), title="Number on a mark: the claim")
    return figure


def _draw_piece(ax: Axes, y: int, shown: ShownPolicy, each: AdviceVerdict) -> None:
    piece = each.advice
    text = fill(shorten(piece.paraphrase, 2 * LETTERS_OF_LINE, placeholder=" ..."), LETTERS_OF_LINE)
    ax.text(0, y, piece.id, fontsize=6, color=GREY, va="center")
    ax.text(0.04, y, text, fontsize=6, color=INK, va="center", linespacing=0.95)
    for start, claims in ((GROUNDS_FROM, piece.grounds), (BEARS_FROM, piece.bears)):
        for position, claim in enumerate(claims):
            mark = VERDICT_MARKS[shown.claims[claim]["verdict"]]
            x = start + position * STEP
            ax.plot(
                x, y, mark.marker, markersize=mark.size * 0.92, markerfacecolor=mark.colour, markeredgecolor=INK,
                markeredgewidth=0.5,
            )  # fmt: skip
            ax.annotate(number_of_claim(claim), (x, y), color=mark.ink, fontsize=4.6, ha="center", va="center_baseline")
    colour, ink = BADGES[each.verdict]
    box = {"boxstyle": "round,pad=0.25", "facecolor": colour, "edgecolor": INK, "linewidth": 0.5}
    ax.text(VERDICT_AT, y, each.verdict, fontsize=5.8, color=ink, va="center", bbox=box)
