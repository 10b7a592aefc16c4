"""The stage's figures: association with intervals, leave-one-out, null distributions, power. n.a. counts as zero."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from collective_efficiency.exhibits.style import COLOURS, GREY, INK, MARKERS, WIDTH, saved
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.wording import AnswerFrames, SectorNames
from collective_efficiency.words import ALL_SECTORS, LABELS, UPGRADING

SHOWN_TREATMENT = "zero"
SHOWN_INDEX = "ce"
NOT_ASKED = "not asked"


def association_figure(frames: AnswerFrames, sectors: SectorNames, plan: InferencePlan) -> Figure:
    """tau-b of the collective efficiency index with each kind of upgrading, by sector and stratified."""
    lines = _shown(frames["associations"]).drop_duplicates(["scope", "outcome"])
    scopes = [*sectors, ALL_SECTORS]
    figure = Figure(figsize=(WIDTH, 2.9 + 0.4 * max(0, len(scopes) - 5)), layout="constrained")
    axes = figure.subplots(1, len(UPGRADING), sharey=True)
    for ax, outcome in zip(axes, UPGRADING, strict=True):
        ax.axvline(0, color=GREY, linewidth=0.8)
        for place, scope in enumerate(reversed(scopes)):
            found = lines[(lines["scope"] == scope) & (lines["outcome"] == outcome)]
            if found.empty:
                ax.text(0, place, NOT_ASKED, ha="center", va="center", color=INK, fontsize=6.5)
                continue
            row = found.iloc[0]
            colour = INK if scope == ALL_SECTORS else COLOURS[scopes.index(scope) % len(COLOURS)]
            marker = "o" if scope == ALL_SECTORS else MARKERS[scopes.index(scope) % len(MARKERS)]
            if row["tau_b"] == "":
                ax.text(0, place, row["note"].replace("undefined, ", ""), ha="center", va="center", color=INK,
                        fontsize=6.5,
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
                continue
            if row["tau_b_low"] != "":
                ax.plot(
                    [float(row["tau_b_low"]), float(row["tau_b_high"])], [place, place], color=colour, linewidth=1.4
                )
            ax.plot(float(row["tau_b"]), place, marker, color=colour, markersize=5)
            ax.annotate(
                f"p {float(row['p']):.3f}",
                (1.0, place),
                xytext=(0, 5),
                textcoords="offset points",
                ha="right",
                fontsize=6,
            )
        ax.set(xlim=(-1.05, 1.05), ylim=(-0.6, len(scopes) - 0.2), title=LABELS[outcome].replace(" upgrading", ""))
        ax.set_xticks([-1, 0, 1])
        ax.grid(axis="y", visible=False)
    names = ["All, within sectors" if scope == ALL_SECTORS else _short(sectors[scope]) for scope in reversed(scopes)]
    axes[0].set_yticks(range(len(scopes)), names)
    figure.supxlabel("Kendall's tau-b with collective efficiency, and its BCa interval", fontsize=8)
    return figure


def influence_figure(frames: AnswerFrames, sectors: SectorNames, plan: InferencePlan) -> Figure:
    """tau-b of the collective efficiency index, stratified, without each cluster; the furthest are named."""
    lines = _shown(frames["influence"])
    lines = lines[lines["without"] != ""]
    figure = Figure(figsize=(WIDTH, 3.4), layout="constrained")
    ax = figure.subplots()
    for place, outcome in enumerate(reversed(UPGRADING)):
        group = lines[lines["outcome"] == outcome]
        if group.empty:
            ax.text(0, place, _why(frames, outcome), va="center", color=INK)
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
    ax.set_yticks(range(len(UPGRADING)), [LABELS[outcome] for outcome in reversed(UPGRADING)])
    ax.set(
        ylim=(-0.6, len(UPGRADING) - 0.4),
        xlabel="tau-b with collective efficiency, within sectors (bar: all clusters; dot: one left out)",
    )
    ax.margins(x=0.35)
    ax.grid(axis="y", visible=False)
    return figure


def null_figure(frames: AnswerFrames, sectors: SectorNames, plan: InferencePlan) -> Figure:
    """The exact null distribution of S for the collective efficiency index, and the observed value."""
    lines, tests = _shown(frames["nulls"]), _shown(frames["associations"])
    tests = tests[tests["scope"] == ALL_SECTORS]
    figure = Figure(figsize=(WIDTH, 4.2), layout="constrained")
    for number, (ax, outcome) in enumerate(zip(figure.subplots(2, 2).flat, UPGRADING, strict=True)):
        group = lines[lines["outcome"] == outcome]
        ax.set_title(LABELS[outcome])
        if group.empty:
            ax.text(0.5, 0.5, _why(frames, outcome), ha="center", transform=ax.transAxes, color=INK)
            continue
        s, share, observed = group["s"].astype(int), group["probability"].astype(float), int(group["observed"].iloc[0])
        extreme = s.abs() >= abs(observed)
        ax.vlines(s[~extreme], 0, share[~extreme], color="#9ecae1", linewidth=1.2)
        ax.vlines(s[extreme], 0, share[extreme], color=COLOURS[1], linewidth=1.2)
        ax.axvline(observed, color=INK, linewidth=1)
        p = float(tests.loc[tests["outcome"] == outcome, "p"].iloc[0])
        ax.annotate(f"observed {observed}\np = {p:.3f}", (observed, 0.97), xycoords=("data", "axes fraction"), va="top",
                    xytext=(4, 0), textcoords="offset points", fontsize=7, color=INK)  # fmt: skip
        ax.set_ylim(0, None)
        reach = float(s[share > 1e-6].abs().max())
        ax.set_xlim(-reach, reach)
        ax.set_ylabel("Probability" if number % 2 == 0 else "")
    figure.supxlabel("S: concordant less discordant pairs within sectors, if there were no association", fontsize=8)
    return figure


def power_figure(frames: AnswerFrames, sectors: SectorNames, plan: InferencePlan) -> Figure:
    """Power of the exact stratified test against the size of the association."""
    lines = frames["power"]
    lines = lines[(lines["missing"] == SHOWN_TREATMENT) & (lines["rho"] != "")]
    figure = Figure(figsize=(WIDTH * 0.75, 3.0), layout="constrained")
    ax = figure.subplots()
    styles = ("-", "--", "-.", ":")
    for number, outcome in enumerate(UPGRADING):
        group = lines[lines["outcome"] == outcome]
        if len(group):
            ax.plot(
                group["tau_b"].astype(float),
                group["power"].astype(float),
                styles[number],
                color=COLOURS[number],
                label=LABELS[outcome],
            )
    for share, word in ((plan.significance, f"significance {plan.significance}"), (plan.power, f"power {plan.power}")):
        ax.axhline(share, color=GREY, linewidth=0.8, zorder=0.5)
        ax.annotate(
            word,
            (0.995, share),
            xycoords=("axes fraction", "data"),
            xytext=(0, 2),
            textcoords="offset points",
            ha="right",
            fontsize=6.5,
            color=INK,
        )
    ax.set(
        xlim=(0, 0.75),
        ylim=(0, 1.02),
        xlabel="tau-b between collective efficiency and upgrading, within sectors",
        ylabel="Share of simulations that reject",
    )
    if (lines["outcome"].isin(UPGRADING)).any():
        ax.legend(loc="center right")
    return figure


ANSWER_FIGURES: dict[str, Callable[[AnswerFrames, SectorNames, InferencePlan], Figure]] = {
    "association": association_figure,
    "influence": influence_figure,
    "null": null_figure,
    "power": power_figure,
}


def _shown(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines of the index and the treatment of n.a. that the figures show."""
    return lines[(lines["missing"] == SHOWN_TREATMENT) & (lines["predictor"] == SHOWN_INDEX)]


def _why(frames: AnswerFrames, outcome: str) -> str:
    """Why there is nothing to show for the index with `outcome` within sectors."""
    lines = _shown(frames["associations"])
    notes = lines.loc[(lines["outcome"] == outcome) & (lines["scope"] == ALL_SECTORS), "note"].tolist()
    return notes[0] if notes else NOT_ASKED


def _short(name: str) -> str:
    return name if len(name) <= 20 else name.replace(" ", "\n", 1)


def drawn_answer(name: str, frames: AnswerFrames, sectors: SectorNames, plan: InferencePlan) -> dict[str, bytes]:
    """The figure `name` as SVG and PNG, the same bytes on every run; sectors: their names, in order."""
    return saved(lambda: ANSWER_FIGURES[name](frames, sectors, plan))
