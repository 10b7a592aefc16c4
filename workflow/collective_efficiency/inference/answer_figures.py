"""The stage's figures: association with intervals, leave-one-out, null distributions, power. n.a. counts as zero."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from collective_efficiency.exhibits.style import COLOURS, GREY, INK, MARKERS, WIDTH, saved
from collective_efficiency.inference.plan import Plan
from collective_efficiency.words import ALL_SECTORS, LABELS, UPGRADING

Frames = Mapping[str, pd.DataFrame]
SHOWN = "zero"
INDEX = "ce"
NOT_ASKED = "not asked"


def association(frames: Frames, sectors: Mapping[str, str], plan: Plan) -> Figure:
    """tau-b of the collective efficiency index with each kind of upgrading, by sector and stratified."""
    rows = frames["associations"]
    rows = rows[(rows["missing"] == SHOWN) & (rows["predictor"] == INDEX)].drop_duplicates(["scope", "outcome"])
    scopes = [*sectors, ALL_SECTORS]
    figure = Figure(figsize=(WIDTH, 2.9 + 0.4 * max(0, len(scopes) - 5)), layout="constrained")
    axes = figure.subplots(1, len(UPGRADING), sharey=True)
    for ax, outcome in zip(axes, UPGRADING, strict=True):
        ax.axvline(0, color=GREY, linewidth=0.8)
        for place, scope in enumerate(reversed(scopes)):
            found = rows[(rows["scope"] == scope) & (rows["outcome"] == outcome)]
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


def influence(frames: Frames, sectors: Mapping[str, str], plan: Plan) -> Figure:
    """tau-b of the collective efficiency index, stratified, without each cluster; the furthest are named."""
    rows = frames["influence"]
    rows = rows[(rows["missing"] == SHOWN) & (rows["predictor"] == INDEX) & (rows["without"] != "")]
    figure = Figure(figsize=(WIDTH, 3.4), layout="constrained")
    ax = figure.subplots()
    for place, outcome in enumerate(reversed(UPGRADING)):
        group = rows[rows["outcome"] == outcome]
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


def null(frames: Frames, sectors: Mapping[str, str], plan: Plan) -> Figure:
    """The exact null distribution of S for the collective efficiency index, and the observed value."""
    rows = frames["nulls"]
    rows = rows[(rows["missing"] == SHOWN) & (rows["predictor"] == INDEX)]
    tests = frames["associations"]
    tests = tests[(tests["missing"] == SHOWN) & (tests["predictor"] == INDEX) & (tests["scope"] == ALL_SECTORS)]
    figure = Figure(figsize=(WIDTH, 4.2), layout="constrained")
    for number, (ax, outcome) in enumerate(zip(figure.subplots(2, 2).flat, UPGRADING, strict=True)):
        group = rows[rows["outcome"] == outcome]
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


def power(frames: Frames, sectors: Mapping[str, str], plan: Plan) -> Figure:
    """Power of the exact stratified test against the size of the association."""
    rows = frames["power"]
    rows = rows[(rows["missing"] == SHOWN) & (rows["rho"] != "")]
    figure = Figure(figsize=(WIDTH * 0.75, 3.0), layout="constrained")
    ax = figure.subplots()
    styles = ("-", "--", "-.", ":")
    for number, outcome in enumerate(UPGRADING):
        group = rows[rows["outcome"] == outcome]
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
    if (rows["outcome"].isin(UPGRADING)).any():
        ax.legend(loc="center right")
    return figure


FIGURES: dict[str, Callable[[Frames, Mapping[str, str], Plan], Figure]] = {
    each.__name__: each for each in (association, influence, null, power)
}


def _why(frames: Frames, outcome: str) -> str:
    """Why there is nothing to show for the index with `outcome` within sectors."""
    rows = frames["associations"]
    chosen = (rows["predictor"] == INDEX) & (rows["outcome"] == outcome) & (rows["scope"] == ALL_SECTORS)
    notes = rows.loc[chosen & (rows["missing"] == SHOWN), "note"].tolist()
    return notes[0] if notes else NOT_ASKED


def _short(name: str) -> str:
    return name if len(name) <= 20 else name.replace(" ", "\n", 1)


def draw(name: str, frames: Frames, sectors: Mapping[str, str], plan: Plan) -> dict[str, bytes]:
    """The figure `name` as SVG and PNG, the same bytes on every run; sectors: their names, in order."""
    return saved(lambda: FIGURES[name](frames, sectors, plan))
