"""The answers as text, every word of it chosen by the numbers, and as a page of HTML with the tables behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import jinja2
import numpy as np
import pandas as pd

from collective_efficiency.inference.inference import TREATMENTS
from collective_efficiency.inference.plan import Plan
from collective_efficiency.words import ALL_SECTORS, LABELS

Frames = Mapping[str, pd.DataFrame]
Say = Callable[[pd.DataFrame], str]
SHOWN = {
    "associations": (
        "missing", "family", "scope", "predictor", "outcome", "n", "tau_b", "tau_b_low", "tau_b_high", "somers_d",
        "gamma", "spearman", "p_greater", "p", "p_mid", "p_gamma", "holm", "bh", "maxt", "note",
    ),
}  # fmt: skip
CHAINS = {
    "market": "market chains",
    "network": "network chains",
    "quasi_hierarchy": "quasi-hierarchical chains",
    "hierarchy": "hierarchies",
}
TITLES = {
    "associations": "Association of collective efficiency, and of governance, with upgrading",
    "means": "Mean upgrading by degree",
    "sectors": "Differences between sectors",
    "paired": "External economies against joint action",
    "scales": "The two item sets as scales",
    "models": "Ordered logit with sector effects",
    "detectable": "The association that the design would find",
}
NOTES = {
    "associations": (
        "Exact Jonckheere-Terpstra test of S, concordant less discordant pairs of clusters of one sector; with these"
        " margins it is also the test of tau-b, tau-c and Somers' D, counted once. p: two-sided by distance; p_greater:"
        " one-sided; p_mid: mid-p; p_gamma: exact test of gamma. holm, bh, maxt: adjusted within the family. Intervals:"
        " BCa, resampled within sectors; approximate for few and tied clusters. For two groups (in a chain or"
        " not) somers_d is Cliff's delta."
    ),
    "means": "Means in points (0 to 3) with BCa intervals; a class of one or two clusters has none worth the name.",
    "sectors": "Kruskal and Wallis' H under shuffles of the sectors; p_low, p_high: bounds of the p of all shuffles.",
    "paired": "Wilcoxon's signed rank test of EEI - JAI, zeros by Pratt, exact; mean difference in points, BCa.",
    "scales": "Cronbach's alpha with BCa interval, McDonald's omega of one factor, item-rest correlations.",
    "models": (
        "Log odds of a higher score per point of the index. ratio: likelihood ratio test; score: test of proportional"
        " odds. With 20 to 40 clusters these are approximations: where the exact test disagrees, it counts."
    ),
    "detectable": "tau-b that the exact two-sided test finds with the power asked for, given the ties and sectors.",
}


@dataclass(frozen=True)
class Answer:
    """A question and its answer, one sentence for each treatment of n.a., or one for both where they agree."""

    question: str
    sentences: tuple[str, ...]


def answer(frames: Frames, plan: Plan, sectors: Mapping[str, str]) -> list[Answer]:
    """The questions in order. frames: those of `questions` by name, with `models`; sectors: their names."""
    found = []
    for family in plan.families:
        rows = frames["associations"][frames["associations"]["family"] == family.name]
        found.append(Answer(_question(family.name), _both(rows, lambda part: _associations(part, plan, sectors))))
    found.append(
        Answer(
            "Are external economies above joint action?",
            _both(frames["paired"], lambda part: _paired(part, plan, sectors)),
        )
    )
    found.append(Answer("Do the sectors differ?", _both(frames["sectors"], lambda part: _sectors(part, plan))))
    found.append(Answer("Does each item set measure one thing?", _both(frames["scales"], _scales)))
    found.append(Answer("What do the models say?", _both(frames["models"], lambda part: _models(part, plan))))
    found.append(
        Answer("What could these clusters have shown?", _both(frames["power"], lambda part: _power(part, plan)))
    )
    found.append(Answer("Does one cluster decide?", _both(frames["influence"], _influence)))
    return found


def _question(family: str) -> str:
    return f"Family {family.replace('_', ' ')}: does upgrading go with it?"


def _both(rows: pd.DataFrame, say: Say) -> tuple[str, ...]:
    """What `say` makes of each treatment of n.a.; once, where it says the same of both."""
    sentences = {missing: say(rows[rows["missing"] == missing]) for missing in TREATMENTS}
    if len(set(sentences.values())) == 1:
        return (next(iter(sentences.values())) + " The two treatments of n.a. agree.",)
    named = {"zero": "With n.a. as zero: ", "omit": "With n.a. left out: "}
    return tuple(named[missing] + sentence for missing, sentence in sentences.items())


def _name(row: "pd.Series[str]", sectors: Mapping[str, str]) -> str:
    predictor = CHAINS.get(row["predictor"], LABELS[row["predictor"]].lower())
    where = "" if row["scope"] == ALL_SECTORS else f" in {sectors.get(row['scope'], row['scope'])}"
    return (
        f"{predictor} with {LABELS[row['outcome']].lower()}{where} (tau-b {_short(row['tau_b'])}, p"
        f" {_p(row['p'])}, Holm {_p(row['holm'])})"
    )


def _associations(rows: pd.DataFrame, plan: Plan, sectors: Mapping[str, str]) -> str:
    defined = rows[rows["p"] != ""]
    undefined = rows[rows["p"] == ""]
    adjusted, plain = (defined[defined[column].astype(float) <= plan.significance] for column in ("holm", "p"))
    step = defined[defined["maxt"].astype(float) <= plan.significance]
    parts = [f"{len(defined)} hypotheses can be tested."]
    if len(adjusted):
        parts.append(
            f"After Holm's adjustment {len(adjusted)} hold{'s' if len(adjusted) == 1 else ''} at"
            f" {plan.significance}: {_list(adjusted, sectors)}."
        )
    else:
        parts.append(
            f"None holds at {plan.significance} after Holm's adjustment, and {len(step) or 'none'} by step-down maxT."
        )
    if len(plain) > len(adjusted):
        parts.append(f"Unadjusted, {len(plain)} would: {_list(plain, sectors)}.")
    elif not len(plain):
        parts.append("None would without adjustment.")
    positive = int((defined["tau_b"].astype(float) > 0).sum())
    parts.append(f"{positive} of {len(defined)} estimates are positive.")
    for note, group in undefined.groupby("note", sort=True):
        where = sorted({sectors.get(scope, "all sectors") for scope in group["scope"]})
        parts.append(f"{len(group)} {'is' if len(group) == 1 else 'are'} {note} ({', '.join(where)}).")
    return " ".join(parts)


def _list(rows: pd.DataFrame, sectors: Mapping[str, str]) -> str:
    return "; ".join(_name(row, sectors) for _, row in rows.iterrows())


def _paired(rows: pd.DataFrame, plan: Plan, sectors: Mapping[str, str]) -> str:
    parts = []
    for _, row in rows.iterrows():
        name = "all clusters" if row["scope"] == ALL_SECTORS else sectors.get(row["scope"], row["scope"])
        if row["p"] == "":
            parts.append(f"{name}: {row['note']}")
            continue
        signs = int(row["above"]) + int(row["below"])
        possible = 2.0 ** (1 - signs) <= plan.significance
        shown = float(row["p"]) <= plan.significance and float(row["mean"]) > 0
        verdict = "yes" if shown else "not shown" if possible else f"too few clusters to show it at {plan.significance}"
        parts.append(
            f"{name}: {verdict} (above in {row['above']}, equal in {row['equal']}, below in {row['below']};"
            f" mean difference {_short(row['mean'])}, p {_p(row['p'])})"
        )
    return _sentence("; ".join(parts)) + " Not adjusted: one question, asked of every sector."


def _sectors(rows: pd.DataFrame, plan: Plan) -> str:
    defined = rows[rows["p"] != ""]
    differ = defined[defined["maxt"].astype(float) <= plan.significance]
    same = defined[defined["maxt"].astype(float) > plan.significance]
    parts = []
    if len(differ):
        parts.append(
            "They differ in "
            + "; ".join(
                f"{LABELS[row['outcome']].lower()} (p {_p(row['p'])}, adjusted {_p(row['maxt'])})"
                for _, row in differ.iterrows()
            )
            + "."
        )
    if len(same):
        parts.append(
            "A difference is not shown in "
            + "; ".join(
                f"{LABELS[row['outcome']].lower()} (p {_p(row['p'])}, adjusted {_p(row['maxt'])})"
                for _, row in same.iterrows()
            )
            + "."
        )
    for _, row in rows[rows["p"] == ""].iterrows():
        parts.append(f"{LABELS[row['outcome']]}: {row['note']}.")
    return " ".join(parts)


def _scales(rows: pd.DataFrame) -> str:
    parts = []
    for scale, group in rows.groupby("scale", sort=False):
        row = group.iloc[0]
        weakest = group.iloc[int(np.nanargmin(group["item_rest"].replace("", "nan").astype(float)))]
        omega = f"omega {_short(row['omega'])}" if row["omega"] else row["note"]
        parts.append(
            f"{str(scale).replace('_', ' ')}: alpha {_short(row['alpha'])} ({_short(row['low'])} to"
            f" {_short(row['high'])}), {omega};"
            f" {LABELS[weakest['item']].lower()} fits least (item-rest correlation {_short(weakest['item_rest'])})"
        )
    return _sentence("; ".join(parts))


def _models(rows: pd.DataFrame, plan: Plan) -> str:
    tested = rows[rows["p"] != ""]
    small = tested[tested["p"].astype(float) <= plan.significance]
    broken = tested[tested["score_p"].replace("", "1").astype(float) <= plan.significance]
    parts = [
        f"{len(tested)} ordered logits have a maximum; {len(small) or 'no'}"
        f" slope{'s' if len(small) != 1 else ''} with p at most {plan.significance} before adjustment"
    ]
    if len(small):
        parts[0] += ": " + "; ".join(
            f"{LABELS[row['predictor']].lower()} on {LABELS[row['outcome']].lower()} (odds ratio"
            f" {_short(row['odds_ratio'])} a point, p {_p(row['p'])})"
            for _, row in small.iterrows()
        )
    parts[0] += "."
    if len(broken):
        parts.append(
            "Proportional odds are doubtful for "
            + "; ".join(
                f"{LABELS[row['predictor']].lower()} on {LABELS[row['outcome']].lower()}"
                for _, row in broken.iterrows()
            )
            + "."
        )
    for note in dict.fromkeys(note for note in rows["note"] if note):
        parts.append(_sentence(note))
    return " ".join(parts)


def _power(rows: pd.DataFrame, plan: Plan) -> str:
    parts = []
    for outcome, group in rows.groupby("outcome", sort=False):
        row = group.iloc[0]
        parts.append(
            f"{LABELS[str(outcome)].lower()}: {row['note']}"
            if row["detectable"] == ""
            else f"{LABELS[str(outcome)].lower()}: tau-b {_short(row['detectable'])}"
        )
    return (
        f"Smallest association found with power {plan.power}, by kind: {'; '.join(parts)}. What is smaller"
        " may be there and stay unseen."
    )


def _influence(rows: pd.DataFrame) -> str:
    defined = rows[rows["without"] != ""]
    if defined.empty:
        return "No association is defined."
    flips = defined[(defined["tau_b"].astype(float) * defined["without"].astype(float)) < 0]
    largest = defined.iloc[int(defined["change"].astype(float).abs().argmax())]
    said = "No association changes its sign without any one cluster."
    if len(flips):
        pairs = flips[["predictor", "outcome"]].drop_duplicates()
        said = (
            f"{len(pairs)} association{'s change their' if len(pairs) > 1 else ' changes its'} sign without one"
            f" cluster ({len(flips)} such clusters in all)."
        )
    return (
        f"{said} The largest change: without {largest['cluster']}, tau-b of {LABELS[largest['predictor']].lower()} with"
        f" {LABELS[largest['outcome']].lower()} goes from {_short(largest['tau_b'])} to {_short(largest['without'])}."
    )


def _short(value: str) -> str:
    return "undefined" if value == "" else f"{float(value):.2f}"


def _p(value: str) -> str:
    return "undefined" if value == "" else "below 0.0001" if float(value) < 0.0001 else f"{float(value):.4f}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def markdown(found: Sequence[Answer], reading: str) -> str:
    """The answers as Markdown."""
    parts = [f"# What the data can carry, {reading} reading\n"]
    for each in found:
        parts.append(f"## {each.question}\n\n" + "\n\n".join(each.sentences) + "\n")
    return "\n".join(parts)


def page(found: Sequence[Answer], frames: Frames, reading: str, template: str) -> str:
    """The answers and the tables behind them as a self-contained page; every value is escaped."""
    shown = {name: frame for name, frame in frames.items() if name in TITLES}
    shown["detectable"] = frames["power"][["missing", "predictor", "outcome", "detectable", "note"]].drop_duplicates()
    tables = []
    for name, title in TITLES.items():
        frame = shown[name]
        frame = frame[list(SHOWN[name])] if name in SHOWN else frame
        tables.append(
            {"title": title, "note": NOTES[name], "columns": list(frame.columns), "rows": frame.to_numpy().tolist()}
        )
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(template).render(answers=found, tables=tables, reading=reading)
