"""The answers in words, every word of them chosen by the numbers of the stage's frames."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from collective_efficiency.inference.basis import AnswerBasis, SectorNames, in_sentence, predictor_words
from collective_efficiency.inference.frames import AnswerFrames
from collective_efficiency.inference.plan import TREATMENTS_OF_MISSING, InferencePlan
from collective_efficiency.words import ALL_SECTORS, LABELS, counted

SMALLEST_SAID = 0.0001  # a p-value below it is said to be so


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
            lambda lines: _associations(lines, plan, sectors),
        )
        for family in plan.families
    ]
    asked += [
        ("Are external economies above joint action?", frames["paired"], lambda lines: _paired(lines, plan, sectors)),
        ("Do the sectors differ?", frames["sectors"], lambda lines: _sectors(lines, plan)),
        ("Does each item set measure one thing?", frames["scales"], _scales),
        ("What do the models say?", frames["models"], lambda lines: _models(lines, plan)),
        ("What could these clusters have shown?", frames["power"], lambda lines: _power(lines, plan)),
        (f"Does one cluster decide, in the family {_family(basis.main.name)}?", frames["influence"], _influence),
    ]
    return [Answer(question, _both(lines, say)) for question, lines, say in asked]


def _both(lines: pd.DataFrame, say: Callable[[pd.DataFrame], str]) -> tuple[str, ...]:
    """What `say` makes of each treatment of n.a.; once, where it says the same of both."""
    zero, omit = (say(lines[lines["missing"] == missing]) for missing in TREATMENTS_OF_MISSING)
    if zero == omit:
        return (f"{zero} The two treatments of n.a. agree.",)
    return f"With n.a. as zero: {zero}", f"With n.a. left out: {omit}"


def _associations(lines: pd.DataFrame, plan: InferencePlan, sectors: SectorNames) -> str:
    """Which hypotheses of a family hold after adjustment, which would without, and what cannot be tested."""
    defined = lines[lines["p"] != ""]
    adjusted, plain, stepwise = (_at_most(defined, name, plan.significance) for name in ("holm", "p", "maxt"))
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
    for note, group in lines[lines["p"] == ""].groupby("note", sort=True):
        where = sorted({sectors.get(scope, "all sectors") for scope in group["scope"]})
        parts.append(f"{counted(len(group), 'is', 'are')} {note} ({', '.join(where)}).")
    return " ".join(parts)


def _family(name: str) -> str:
    return name.replace("_", " ")


def _hypotheses(lines: pd.DataFrame, sectors: SectorNames) -> str:
    return "; ".join(_hypothesis(line, sectors) for _, line in lines.iterrows())


def _hypothesis(line: "pd.Series[str]", sectors: SectorNames) -> str:
    where = "" if line["scope"] == ALL_SECTORS else f" in {sectors.get(line['scope'], line['scope'])}"
    return (
        f"{in_sentence(line['predictor'])} with {in_sentence(line['outcome'])}{where}"
        f" (tau-b {_number(line['tau_b'])}, p {_p(line['p'])}, Holm {_p(line['holm'])})"
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
            f" {line['below']}; mean difference {_number(line['mean'])}, p {_p(line['p'])})"
        )
    return f"{_sentence('; '.join(parts))} Not adjusted: one question, asked of every sector."


def _sectors(lines: pd.DataFrame, plan: InferencePlan) -> str:
    """In what the sectors differ, in what no difference is shown."""
    defined = lines[lines["p"] != ""]
    differ = _at_most(defined, "maxt", plan.significance)
    parts = []
    for opening, chosen in (("They differ", differ), ("A difference is not shown", defined.drop(differ.index))):
        if len(chosen):
            outcomes = (
                f"{in_sentence(line['outcome'])} (p {_p(line['p'])}, adjusted {_p(line['maxt'])})"
                for _, line in chosen.iterrows()
            )
            parts.append(f"{opening} in {'; '.join(outcomes)}.")
    for _, line in lines[lines["p"] == ""].iterrows():
        parts.append(f"{LABELS[line['outcome']]}: {line['note']}.")
    return " ".join(parts)


def _scales(lines: pd.DataFrame) -> str:
    """Alpha and omega of both item sets, and the item that fits least."""
    parts = []
    for scale, items in lines.groupby("scale", sort=False):
        first = items.iloc[0]
        weakest = items.iloc[int(np.nanargmin(items["item_rest"].replace("", "nan").astype(float)))]
        omega = f"omega {_number(first['omega'])}" if first["omega"] else first["note"]
        parts.append(
            f"{str(scale).replace('_', ' ')}: alpha {_number(first['alpha'])} ({_number(first['low'])} to"
            f" {_number(first['high'])}), {omega};"
            f" {in_sentence(weakest['item'])} fits least (item-rest correlation {_number(weakest['item_rest'])})"
        )
    return _sentence("; ".join(parts))


def _models(lines: pd.DataFrame, plan: InferencePlan) -> str:
    """Which slopes are small in p, where proportional odds are doubtful, and what the fits say of themselves."""
    tested = lines[lines["p"] != ""]
    small = _at_most(tested, "p", plan.significance)
    broken = _at_most(tested[tested["score_p"] != ""], "score_p", plan.significance)
    slopes = (
        f"{_on(line)} (odds ratio {_number(line['odds_ratio'])} a point, p {_p(line['p'])})"
        for _, line in small.iterrows()
    )
    parts = [
        f"{counted(len(tested), 'ordered logit has', 'ordered logits have')} a maximum;"
        f" {counted(len(small), 'slope') if len(small) else 'no slopes'} with p at most {plan.significance} before"
        f" adjustment{': ' if len(small) else ''}{'; '.join(slopes)}."
    ]
    if len(broken):
        doubtful = "; ".join(_on(line) for _, line in broken.iterrows())
        parts.append(f"Proportional odds are doubtful for {doubtful}.")
    return " ".join([*parts, *map(_sentence, dict.fromkeys(note for note in lines["note"] if note))])


def _on(line: "pd.Series[str]") -> str:
    return f"{in_sentence(line['predictor'])} on {in_sentence(line['outcome'])}"


def _power(lines: pd.DataFrame, plan: InferencePlan) -> str:
    """The smallest association that the power asked for would find, by kind of upgrading."""
    parts = []
    for _, line in lines.drop_duplicates("outcome").iterrows():
        detectable = f"tau-b {_number(line['detectable'])}" if line["detectable"] else line["note"]
        parts.append(f"{in_sentence(line['outcome'])}: {detectable}")
    return (
        f"Smallest association of {predictor_words(plan.power_predictor)} that a test at {plan.significance} finds with"
        f" power {plan.power}, by kind: {'; '.join(parts)}. What is smaller may be there and stay unseen."
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
        f" {in_sentence(largest['outcome'])} goes from {_number(largest['tau_b'])} to {_number(largest['without'])}."
    )


def _at_most(lines: pd.DataFrame, column: str, limit: float) -> pd.DataFrame:
    """The lines in which a column, a number in each, is no larger than `limit`."""
    return lines[lines[column].astype(float) <= limit]


def _number(text: str) -> str:
    return f"{float(text):.2f}" if text else "undefined"


def _p(text: str) -> str:
    if not text:
        return "undefined"
    return f"{float(text):.4f}" if float(text) >= SMALLEST_SAID else "below 0.0001"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
