"""The stage's figures: association with intervals, leave-one-out, null distributions, power.

They show one predictor, the `shown` of their basis, under the chosen treatment of n.a., and say both.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from collective_efficiency.exhibits.style import COLOURS, GREY, INK, MARKERS, WIDTH, saved, stating
from collective_efficiency.inference.basis import KINDS, AnswerBasis, predictor_words
from collective_efficiency.inference.frames import AnswerFrames
from collective_efficiency.inference.wording_parts import pooled_lines
from collective_efficiency.words import ALL_SECTORS, LABELS, UPGRADING

NOT_ASKED = "not asked"
UNDEFINED = "undefined"
NEGLIGIBLE = 1e-6  # a probability that would not be seen


def association_figure(frames: AnswerFrames, basis: AnswerBasis) -> Figure:
    """tau-b of the shown predictor with each kind of upgrading, by sector and stratified, as far as asked."""
    lines = _shown(frames["associations"], basis).drop_duplicates(["scope", "outcome"])
    asked = {family.scope for family in basis.shown_families}
    scopes = [*(basis.sectors if "sectors" in asked else ()), *([ALL_SECTORS] if "stratified" in asked else ())]
    figure = stating(basis.choices_line, WIDTH, 1.1 + 0.36 * max(2, len(scopes)))
    axes = figure.subplots(1, len(basis.shown_outcomes), sharey=True, squeeze=False)[0]
    for ax, outcome in zip(axes, basis.shown_outcomes, strict=True):
        ax.axvline(0, color=GREY, linewidth=0.8)
        for place, scope in enumerate(reversed(scopes)):
            asked_here = lines[(lines["scope"] == scope) & (lines["outcome"] == outcome)]
            if asked_here.empty or asked_here["tau_b"].iloc[0] == "":
                note = NOT_ASKED if asked_here.empty else asked_here["note"].iloc[0].replace("undefined, ", "")
                _draw_note(ax, 0, place, note)
                continue
            _draw_association(ax, place, scopes.index(scope), asked_here.iloc[0])
        ax.set(xlim=(-1.05, 1.05), ylim=(-0.6, len(scopes) - 0.2), title=LABELS[outcome].removesuffix(" upgrading"))
        ax.set_xticks([-1, 0, 1])
        ax.grid(axis="y", visible=False)
    names = [
        "All, within sectors" if scope == ALL_SECTORS else _short(basis.sectors[scope]) for scope in reversed(scopes)
    ]
    axes[0].set_yticks(range(len(scopes)), names)
    figure.supxlabel(
        f"Kendall's tau-b with {predictor_words(basis.shown)}; of all, its BCa interval of {basis.level}", fontsize=8
    )
    return figure


def _draw_association(ax: Axes, place: int, number: int, line: "pd.Series[str]") -> None:
    """One estimate with its interval and p-value; `number`: of its scope, for colour and marker."""
    whole = line["scope"] == ALL_SECTORS
    colour = INK if whole else COLOURS[number % len(COLOURS)]
    if line["tau_b_low"] != "":
        ax.plot([float(line["tau_b_low"]), float(line["tau_b_high"])], [place, place], color=colour, linewidth=1.4)
    marker = "o" if whole else MARKERS[number % len(MARKERS)]
    ax.plot(float(line["tau_b"]), place, marker, color=colour, markersize=5)
    ax.annotate(f"p {float(line['p']):.3f}", (1.0, place), xytext=(0, 5), textcoords="offset points", ha="right",
                fontsize=6)  # fmt: skip


def _draw_note(ax: Axes, x: float, place: int, note: str) -> None:
    """Why a scope has no estimate, where it would stand."""
    ax.text(x, place, note, ha="center", va="center", color=INK, fontsize=6.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip


def slopes_figure(frames: AnswerFrames, basis: AnswerBasis) -> Figure:
    """Partially pooled slopes by sector with their intervals, under the middle prior scale; hollow: borrowed."""
    lines = pooled_lines(frames["pooling"], basis)
    lines = lines[(lines["missing"] == basis.choices.missing) & (lines["slope"] != "")]
    scopes = [*basis.sectors, ALL_SECTORS]
    figure = stating(basis.choices_line, WIDTH, 1.1 + 0.36 * len(scopes))
    if basis.pooled is None or lines.empty:
        ax = figure.subplots()
        ax.text(0.5, 0.5, NOT_ASKED if basis.pooled is None else UNDEFINED, ha="center", color=INK)
        return figure
    scales = sorted(lines["prior_scale"].unique(), key=float)
    middle = len(scales) // 2
    outcomes = [kind for kind in KINDS if (lines["outcome"] == kind).any()]
    axes = figure.subplots(1, len(outcomes), sharex=True, sharey=True, squeeze=False)[0]
    for ax, outcome in zip(axes, outcomes, strict=True):
        ax.axvline(0, color=GREY, linewidth=0.8)
        of_outcome = lines[lines["outcome"] == outcome]
        whole = of_outcome[of_outcome["scope"] == ALL_SECTORS].set_index("prior_scale").loc[scales[middle]]
        ax.axvline(float(whole["slope"]), color=GREY, linewidth=0.8, linestyle=":")
        for place, scope in enumerate(reversed(scopes)):
            of_scope = of_outcome[of_outcome["scope"] == scope].set_index("prior_scale")
            if of_scope.empty:
                _draw_note(ax, float(whole["slope"]), place, "never scored")
                continue
            for number, scale in enumerate(scales):
                line, at = of_scope.loc[scale], place + 0.2 * (middle - number)
                _draw_slope(ax, at, line, scopes.index(scope), middle=number == middle)
        ax.set(ylim=(-0.6, len(scopes) - 0.4), title=LABELS[outcome].removesuffix(" upgrading"))
        ax.grid(axis="y", visible=False)
    names = ["Common" if scope == ALL_SECTORS else _short(basis.sectors[scope]) for scope in reversed(scopes)]
    axes[0].set_yticks(range(len(scopes)), names)
    figure.supxlabel(f"Log odds of a higher score for one more of {predictor_words(basis.pooled[1])}", fontsize=8)
    return figure


def _draw_slope(ax: Axes, place: float, line: "pd.Series[str]", number: int, middle: bool) -> None:
    """One slope with its interval: under the middle prior scale in full, under the others thin."""
    colour = INK if line["scope"] == ALL_SECTORS else COLOURS[number % len(COLOURS)]
    ax.plot([float(line["low"]), float(line["high"])], [place, place], color=colour, linewidth=1.4 if middle else 0.6)
    if middle:
        face = "white" if line["note"] else colour
        ax.plot(float(line["slope"]), place, "o", color=colour, markersize=5, markerfacecolor=face)


def influence_figure(frames: AnswerFrames, basis: AnswerBasis) -> Figure:
    """tau-b of the shown predictor, stratified, without each cluster; the furthest are named."""
    lines = _shown(frames["influence"], basis)
    lines = lines[lines["without"] != ""]
    outcomes = basis.main_outcomes
    figure = stating(basis.choices_line, WIDTH, 1.0 + 0.65 * max(2, len(outcomes)))
    ax = figure.subplots()
    for place, outcome in enumerate(reversed(outcomes)):
        group = lines[lines["outcome"] == outcome]
        if group.empty:
            ax.text(0, place, _why(frames, basis, outcome), va="center", color=INK)
            continue
        without, whole = group["without"].astype(float), float(group["tau_b"].iloc[0])
        ax.plot([whole, whole], [place - 0.28, place + 0.28], color=INK, linewidth=1.6)
        ax.plot(
            without, np.full(len(without), place), "o", color=COLOURS[0], markersize=4, alpha=0.45, markeredgewidth=0
        )
        ends = ((int(without.argmin()), "right", -6), (int(without.argmax()), "left", 6))
        for chosen, side, shift in ends:
            ax.annotate(str(group["cluster"].iloc[chosen]), (without.iloc[chosen], place), xytext=(shift, 0),
                        textcoords="offset points",
                        ha=side, va="center", fontsize=6.5, color=INK)  # fmt: skip
    ax.axvline(0, color=GREY, linewidth=0.8)
    ax.set_yticks(range(len(outcomes)), [LABELS[outcome] for outcome in reversed(outcomes)])
    ax.set(
        ylim=(-0.6, len(outcomes) - 0.4),
        xlabel=f"tau-b with {predictor_words(basis.shown)}, within sectors (bar: all clusters; dot: one left out)",
    )
    ax.margins(x=0.35)
    ax.grid(axis="y", visible=False)
    return figure


def null_figure(frames: AnswerFrames, basis: AnswerBasis) -> Figure:
    """The exact null distribution of S for the shown predictor, and the observed value."""
    lines, outcomes = _shown(frames["nulls"], basis), basis.main_outcomes
    columns = min(2, len(outcomes))
    rows = -(-len(outcomes) // columns)
    figure = stating(basis.choices_line, WIDTH, 0.7 + 1.8 * rows)
    axes = figure.subplots(rows, columns, squeeze=False)
    for ax in axes.flat[len(outcomes) :]:
        ax.remove()
    for number, (ax, outcome) in enumerate(zip(axes.flat, outcomes, strict=False)):
        group = lines[lines["outcome"] == outcome]
        ax.set_title(LABELS[outcome])
        if group.empty:
            ax.text(0.5, 0.5, _why(frames, basis, outcome), ha="center", transform=ax.transAxes, color=INK)
            continue
        s, share, observed = group["s"].astype(int), group["probability"].astype(float), int(group["observed"].iloc[0])
        extreme = s.abs() >= abs(observed)
        ax.vlines(s[~extreme], 0, share[~extreme], color="#9ecae1", linewidth=1.2)
        ax.vlines(s[extreme], 0, share[extreme], color=COLOURS[1], linewidth=1.2)
        ax.axvline(observed, color=INK, linewidth=1)
        ax.annotate(f"observed {observed}\np = {share[extreme].sum():.3f}", (observed, 0.97),
                    xycoords=("data", "axes fraction"), va="top", xytext=(4, 0), textcoords="offset points",
                    fontsize=7, color=INK)  # fmt: skip
        ax.set_ylim(0, None)
        reach = float(s[share > NEGLIGIBLE].abs().max())
        ax.set_xlim(-reach, reach)
        ax.set_ylabel("Probability" if number % columns == 0 else "")
    figure.supxlabel(
        f"S: concordant less discordant pairs within sectors, if nothing went with {predictor_words(basis.shown)}",
        fontsize=8,
    )
    return figure


def power_figure(frames: AnswerFrames, basis: AnswerBasis) -> Figure:
    """Power of the exact stratified test against the size of the association."""
    lines, plan = frames["power"], basis.plan
    lines = lines[(lines["missing"] == basis.choices.missing) & (lines["rho"] != "")]
    figure = stating(basis.choices_line, WIDTH * 0.75, 3.1)
    ax = figure.subplots()
    styles = ("-", "--", "-.", ":")
    for number, outcome in enumerate(UPGRADING):
        for level, width, label in (("family", 1.6, LABELS[outcome]), ("unadjusted", 0.7, "_")):
            group = lines[(lines["outcome"] == outcome) & (lines["level"] == level)]
            if len(group):
                tau_b, share = group["tau_b"].astype(float), group["power"].astype(float)
                ax.plot(tau_b, share, styles[number], color=COLOURS[number], linewidth=width, label=label)
    if (lines["outcome"].isin(UPGRADING)).any():
        for width, label in ((1.6, "first of its family"), (0.7, "as the only test")):
            ax.plot([], [], color=GREY, linewidth=width, label=label)
    for height, word in ((plan.significance, f"significance {plan.significance}"), (plan.power, f"power {plan.power}")):
        ax.axhline(height, color=GREY, linewidth=0.8, zorder=0.5)
        ax.annotate(word, (0.995, height), xycoords=("axes fraction", "data"), xytext=(0, 2),
                    textcoords="offset points", ha="right", fontsize=6.5, color=INK)  # fmt: skip
    ax.set(
        xlim=(0, 0.75),
        ylim=(0, 1.02),
        xlabel=f"tau-b between {predictor_words(plan.power_predictor)} and upgrading, within sectors",
        ylabel="Share of simulations that reject",
    )
    if (lines["outcome"].isin(UPGRADING)).any():
        ax.legend(loc="center right")
    else:
        ax.text(0.5, 0.5, UNDEFINED, ha="center", transform=ax.transAxes, color=INK)
    return figure


ANSWER_FIGURES: dict[str, Callable[[AnswerFrames, AnswerBasis], Figure]] = {
    "association": association_figure,
    "slopes": slopes_figure,
    "influence": influence_figure,
    "null": null_figure,
    "power": power_figure,
}


def _shown(lines: pd.DataFrame, basis: AnswerBasis) -> pd.DataFrame:
    """The lines of the predictor and the treatment of n.a. that the figures show."""
    return lines[(lines["missing"] == basis.choices.missing) & (lines["predictor"] == basis.shown)]


def _why(frames: AnswerFrames, basis: AnswerBasis, outcome: str) -> str:
    """Why there is nothing to show for `outcome` within sectors."""
    lines = _shown(frames["associations"], basis)
    notes = lines.loc[(lines["outcome"] == outcome) & (lines["scope"] == ALL_SECTORS), "note"].tolist()
    return notes[0] if notes else UNDEFINED


def _short(name: str) -> str:
    return name if len(name) <= 20 else name.replace(" ", "\n", 1)


def drawn_answer(name: str, frames: AnswerFrames, basis: AnswerBasis) -> dict[str, bytes]:
    """The figure `name` as SVG and PNG, the same bytes on every run."""
    return saved(lambda: ANSWER_FIGURES[name](frames, basis))
