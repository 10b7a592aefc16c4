"""The answers in words, every word of them chosen by the numbers of the stage's frames."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from collective_efficiency.inference.basis import AnswerBasis, SectorNames, in_sentence, predictor_words
from collective_efficiency.inference.frames import AnswerFrames
from collective_efficiency.inference.plan import TREATMENTS_OF_MISSING, InferencePlan
from collective_efficiency.inference.wording_parts import (
    at_most,
    block_words,
    number_words,
    p_said,
    part_words,
    pooled_lines,
    pooling_words,
    sentence,
)
from collective_efficiency.words import ALL_SECTORS, LABELS, counted


@dataclass(frozen=True)
class Answer:
    """A question and its answer, one sentence for each treatment of n.a., or one for both where they agree."""

    question: str
    sentences: tuple[str, ...]


def answers_in_words(frames: AnswerFrames, basis: AnswerBasis) -> list[Answer]:
    """The questions in order, each with its answer."""
    plan, sectors, associations = basis.plan, basis.sectors, frames["associations"]
    asked: list[tuple[str, pd.DataFrame, Callable[[pd.DataFrame], str]]] = [
        (
            f"Family {_family(family.name)}: does upgrading go with it?",
            associations[associations["family"] == family.name],
            partial(_by_sector if family.scope == "sectors" else _associations, plan=plan, sectors=sectors),
        )
        for family in plan.families
    ]
    asked.append(("Do the sectors differ?", frames["sectors"], lambda lines: _sectors(lines, plan, sectors)))
    answers = [Answer(question, _both(lines, say)) for question, lines, say in asked]
    family = _family(basis.main.name)
    chosen: list[tuple[str, str, Callable[[pd.DataFrame], str]]] = [
        (f"Does the block decide, in the family {family}?", "blocks", lambda lines: block_words(lines, plan)),
        ("Does one country, sector or study decide?", "parts", lambda lines: part_words(lines, plan, sectors)),
        ("Does one cluster decide?", "influence", _influence),
        ("What could these clusters have shown?", "power", lambda lines: _power(lines, plan)),
        (
            "Are the scores of external economies above those of joint action?",
            "paired",
            lambda lines: _paired(lines, plan, sectors),
        ),
        ("Does each item set measure one thing?", "scales", _scales),
        (
            "How do the slopes differ by sector? (exploratory)",
            "pooling",
            lambda lines: pooling_words(pooled_lines(lines, basis), basis),
        ),
        ("What do models say? (exploratory)", "models", lambda lines: _models(lines, plan)),
    ]
    for question, name, say in chosen:
        frame = frames[name]
        answers.append(Answer(question, (say(frame[frame["missing"] == basis.choices.missing]),)))
    return answers


def _both(lines: pd.DataFrame, say: Callable[[pd.DataFrame], str]) -> tuple[str, ...]:
    """What `say` makes of each treatment of n.a.; once, where it says the same of both."""
    zero, omit = (say(lines[lines["missing"] == missing]) for missing in TREATMENTS_OF_MISSING)
    if zero == omit:
        return (f"{zero} The two treatments of n.a. agree.",)
    return f"With n.a. as zero: {zero}", f"With n.a. left out: {omit}"


def _associations(lines: pd.DataFrame, plan: InferencePlan, sectors: SectorNames) -> str:
    """Which hypotheses of a family hold after adjustment, which would without, and what cannot be tested."""
    defined = lines[lines["p"] != ""]
    adjusted, plain, stepwise = (at_most(defined, name, plan.significance) for name in ("holm", "p", "maxt"))
    parts = [f"{counted(len(defined), 'hypothesis', 'hypotheses')} can be tested."]
    if len(adjusted):
        parts.append(
            f"After Holm's adjustment {counted(len(adjusted), 'holds', 'hold')} at"
            f" {plan.significance}: {_hypotheses(adjusted, sectors)}."
        )
    else:
        parts.append(
            f"None holds at {plan.significance} after Holm's adjustment, and {len(stepwise) or 'none'} by step-down"
            " maxT."
        )
    if len(plain) > len(adjusted):
        parts.append(f"Unadjusted, {len(plain)} would: {_hypotheses(plain, sectors)}.")
    elif not len(plain):
        parts.append("None would without adjustment.")
    positive = int((defined["tau_b"].astype(float) > 0).sum())
    parts.append(f"{positive} of {counted(len(defined), 'estimate is', 'estimates are')} positive.")
    return " ".join([*parts, *_untested(lines, sectors)])


def _by_sector(lines: pd.DataFrame, plan: InferencePlan, sectors: SectorNames) -> str:
    """What holds in single sectors after adjustment; what would without is not named: so few clusters show little."""
    defined = lines[lines["p"] != ""]
    adjusted, plain = (at_most(defined, name, plan.significance) for name in ("holm", "p"))
    sizes = sorted(defined["n"].astype(int))
    parts = [f"{counted(len(defined), 'hypothesis', 'hypotheses')} can be tested"]
    parts[0] += f", each by {sizes[0]} to {sizes[-1]} clusters: next to no power." if sizes else "."
    if len(adjusted):
        parts.append(f"After Holm's adjustment hold: {_hypotheses(adjusted, sectors)}.")
    else:
        parts.append(f"None holds at {plan.significance} after Holm's adjustment.")
    if sizes:
        parts.append(
            f"Unadjusted, {len(plain) or 'none'} would, where chance alone lets {plan.significance * len(defined):.0f}"
            " or fewer."
        )
    return " ".join([*parts, *_untested(lines, sectors)])


def _untested(lines: pd.DataFrame, sectors: SectorNames) -> list[str]:
    said = []
    for note, group in lines[lines["p"] == ""].groupby("note", sort=True):
        where = sorted({sectors.get(scope, "all sectors") for scope in group["scope"]})
        said.append(f"{counted(len(group), 'is', 'are')} {note} ({', '.join(where)}).")
    return said


def _family(name: str) -> str:
    return name.replace("_", " ")


def _hypotheses(lines: pd.DataFrame, sectors: SectorNames) -> str:
    return "; ".join(_hypothesis(line, sectors) for _, line in lines.iterrows())


def _hypothesis(line: "pd.Series[str]", sectors: SectorNames) -> str:
    where = "" if line["scope"] == ALL_SECTORS else f" in {sectors.get(line['scope'], line['scope'])}"
    return (
        f"{in_sentence(line['predictor'])} with {in_sentence(line['outcome'])}{where}"
        f" (tau-b {number_words(line['tau_b'])}, p {p_said(line['p'])}, Holm {p_said(line['holm'])})"
    )


def _paired(lines: pd.DataFrame, plan: InferencePlan, sectors: SectorNames) -> str:
    """In each sector and in all: are external economies higher, and could so few clusters have shown it?"""
    parts = []
    for _, line in lines.iterrows():
        name = "all clusters" if line["scope"] == ALL_SECTORS else sectors.get(line["scope"], line["scope"])
        if line["p"] == "":
            parts.append(f"{name}: {line['note']}")
            continue
        # With all n differences of one sign the two-sided p is 2 / 2**n: the smallest that n clusters can reach.
        within_reach = 2.0 ** (1 - int(line["above"]) - int(line["below"])) <= plan.significance
        shown = float(line["p"]) <= plan.significance and float(line["mean"]) > 0
        verdict = "not shown" if within_reach else f"too few clusters to show it at {plan.significance}"
        parts.append(
            f"{name}: {'yes' if shown else verdict} (above in {line['above']}, equal in {line['equal']}, below in"
            f" {line['below']}; mean difference {number_words(line['mean'])}, p {p_said(line['p'])})"
        )
    return (
        f"{sentence('; '.join(parts))} This is arithmetic of scores: the two sets have four items each and no common"
        " unit, so it does not say that external economies matter more, or are easier to have. Not adjusted: one"
        " question, asked of every sector."
    )


def _sectors(lines: pd.DataFrame, plan: InferencePlan, sectors: SectorNames) -> str:
    """In what the sectors differ, with all of them and without the one with the fewest clusters."""
    parts = ["In brackets: p adjusted by step-down maxT."]
    for without, group in lines.groupby("without", sort=False):
        defined = group[group["p"] != ""]
        differ = at_most(defined, "maxt", plan.significance)
        others = defined.drop(differ.index)
        name = sectors.get(str(without), str(without))
        opening = f"Without {name}, the sector with the fewest clusters, they" if without else "The sectors"
        parts.append(f"{opening} differ in {_outcomes(differ)}; not shown: {_outcomes(others)}.")
        parts += [f"{LABELS[line['outcome']]}: {line['note']}." for _, line in group[group["p"] == ""].iterrows()]
    return " ".join(parts)


def _outcomes(lines: pd.DataFrame) -> str:
    said = [f"{in_sentence(line['outcome'])} ({p_said(line['maxt'])})"
            for _, line in lines.iterrows()]  # fmt: skip
    return ", ".join(said) or "nothing"


def _scales(lines: pd.DataFrame) -> str:
    """Alpha and omega of both item sets, and the item that fits least."""
    parts = []
    for scale, items in lines.groupby("scale", sort=False):
        first = items.iloc[0]
        weakest = items.iloc[int(np.nanargmin(items["item_rest"].replace("", "nan").astype(float)))]
        omega = f"omega {number_words(first['omega'])}" if first["omega"] else first["note"]
        parts.append(
            f"{str(scale).replace('_', ' ')}: alpha {number_words(first['alpha'])} ({number_words(first['low'])} to"
            f" {number_words(first['high'])}), {omega};"
            f" {in_sentence(weakest['item'])} fits least (item-rest correlation {number_words(weakest['item_rest'])})"
        )
    return (
        f"{sentence('; '.join(parts))} Both coefficients assume that the items are signs of one thing behind them."
        " The report does not: it adds up advantages that need not go together. For such a sum"
        " neither a high nor a low coefficient is a verdict."
    )


def _models(lines: pd.DataFrame, plan: InferencePlan) -> str:
    """Which slopes are small in p, where proportional odds are doubtful, and what the fits say of themselves."""
    tested = lines[lines["p"] != ""]
    small = at_most(tested, "p", plan.significance)
    broken = at_most(tested[tested["score_p"] != ""], "score_p", plan.significance)
    slopes = (
        f"{_on(line)} (odds ratio {number_words(line['odds_ratio'])} a point, p {p_said(line['p'])})"
        for _, line in small.iterrows()
    )
    parts = [
        "Exploratory: of no family, and not adjusted."
        f" {counted(len(tested), 'ordered logit has', 'ordered logits have')} a maximum;"
        f" {counted(len(small), 'slope') if len(small) else 'no slopes'} with p at most"
        f" {plan.significance}{': ' if len(small) else ''}{'; '.join(slopes)}."
    ]
    if len(broken):
        doubtful = "; ".join(_on(line) for _, line in broken.iterrows())
        parts.append(f"Proportional odds are doubtful for {doubtful}.")
    return " ".join([*parts, *map(sentence, dict.fromkeys(note for note in lines["note"] if note))])


def _on(line: "pd.Series[str]") -> str:
    return f"{in_sentence(line['predictor'])} on {in_sentence(line['outcome'])}"


def _power(lines: pd.DataFrame, plan: InferencePlan) -> str:
    """The smallest association that the power asked for would find: first of its family, and tested alone."""
    parts = []
    for _, group in lines.groupby("outcome", sort=False):
        by_level = {line["level"]: line for _, line in group.drop_duplicates("level").iterrows()}
        first = group.iloc[0]
        if "family" not in by_level:
            parts.append(f"{in_sentence(first['outcome'])}: {first['note']}")
            continue
        needed = {level: f"tau-b {number_words(line['detectable'])}" if line["detectable"] else "not reached"
                  for level, line in by_level.items()}  # fmt: skip
        parts.append(f"{in_sentence(first['outcome'])}: {needed['family']} ({needed['unadjusted']})")
    tested = lines.loc[lines["level"] == "family", "significance"]
    at = f" at {float(tested.iloc[0]):.4f}, the first step of Holm's adjustment" if len(tested) else ""
    return (
        f"Smallest association of {predictor_words(plan.power_predictor)} that is found with power {plan.power}{at} (in"
        f" brackets: at {plan.significance}, as if it had been the only test): {'; '.join(parts)}. What is smaller may"
        " be there and stay unseen: that nothing holds is no evidence of nothing."
    )


def _influence(lines: pd.DataFrame) -> str:
    """Whether the sign of an association hangs on one cluster, and where one cluster changes most."""
    defined = lines[lines["without"] != ""]
    if defined.empty:
        return "No association is defined."
    flips = defined[(defined["tau_b"].astype(float) * defined["without"].astype(float)) < 0]
    largest = defined.iloc[int(defined["change"].astype(float).abs().argmax())]
    signs = "No association changes its sign without any one cluster."
    if len(flips):
        changing = len(flips[["predictor", "outcome"]].drop_duplicates())
        signs = (
            f"{counted(changing, 'association changes its', 'associations change their')} sign without one"
            f" cluster ({counted(len(flips), 'such cluster')} in all)."
        )
    return (
        f"{signs} The largest change: without {largest['cluster']}, tau-b of {in_sentence(largest['predictor'])} with"
        f" {in_sentence(largest['outcome'])} goes from {number_words(largest['tau_b'])} to"
        f" {number_words(largest['without'])}."
    )
