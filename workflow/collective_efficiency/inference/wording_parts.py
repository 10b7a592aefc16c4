"""Numbers in words, and what the tables of blocks and of parts of the clusters say."""

import pandas as pd

from collective_efficiency.inference.basis import SectorNames, in_sentence
from collective_efficiency.inference.plan import InferencePlan

SMALLEST_SAID = 0.0001  # a p-value below it is said to be so
BLOCKS_SAID = {
    "sector": "within sectors",
    "country": "within countries",
    "sector_country": "within both",
    "none": "within neither",
}


def block_words(lines: pd.DataFrame, plan: InferencePlan) -> str:
    """The associations that are small in p within sectors, within other blocks; how many depend on the block."""
    small = at_most(lines[lines["p"] != ""], "p", plan.significance)
    hypotheses = ["predictor", "outcome"]
    blocks = small.groupby(hypotheses)["block"].agg(set)
    everywhere = sum(of_hypothesis == set(BLOCKS_SAID) for of_hypothesis in blocks)
    parts = []
    for (predictor, outcome), group in lines.groupby(hypotheses, sort=False):
        if "sector" not in blocks.get((predictor, outcome), ()):
            continue
        p_values = group.set_index("block")["p"]
        said = ", ".join(f"{p_said(p_values[block])} {words}" for block, words in BLOCKS_SAID.items())
        parts.append(f"{in_sentence(str(predictor))} with {in_sentence(str(outcome))}: p {said}")
    return (
        f"{sentence('; '.join(parts)) if parts else f'No p is at most {plan.significance} within sectors.'} Of"
        f" {len(lines[hypotheses].drop_duplicates())} hypotheses {len(blocks)} have a p of at most {plan.significance},"
        f" unadjusted, in some block, {everywhere} in all four: what is compared with what decides. The block that was"
        " declared is the sector."
    )


def part_words(lines: pd.DataFrame, plan: InferencePlan, sectors: SectorNames) -> str:
    """How the associations that are small in p within sectors fare without each country, sector and study."""
    said = []
    for (predictor, outcome), group in lines[lines["p"] != ""].groupby(["predictor", "outcome"], sort=False):
        whole, parts = group[group["kind"] == "none"], group[group["kind"] != "none"]
        if at_most(whole, "p", plan.significance).empty or parts.empty:
            continue
        largest = parts.iloc[int(parts["p"].astype(float).argmax())]
        lost = len(parts) - len(at_most(parts, "p", plan.significance))
        name = sectors.get(largest["without"], largest["without"])
        said.append(
            f"{in_sentence(str(predictor))} with {in_sentence(str(outcome))}: p is above {plan.significance} without"
            f" any of {lost} of the {len(parts)} parts, most without {name} (p {p_said(largest['p'])}, tau-b"
            f" {number_words(largest['tau_b'])})"
        )
    return sentence("; ".join(said)) if said else f"No p is at most {plan.significance} within sectors."


def at_most(lines: pd.DataFrame, column: str, limit: float) -> pd.DataFrame:
    """The lines in which a column, a number in each, is no larger than `limit`."""
    return lines[lines[column].astype(float) <= limit]


def number_words(text: str) -> str:
    """A number with two decimals.

    >>> number_words("0.3368"), number_words("")
    ('0.34', 'undefined')
    """
    return f"{float(text):.2f}" if text else "undefined"


def p_said(text: str) -> str:
    """A p-value with four decimals.

    >>> p_said("0.023563"), p_said("3.6e-8")
    ('0.0236', 'below 0.0001')
    """
    if not text:
        return "undefined"
    return f"{float(text):.4f}" if float(text) >= SMALLEST_SAID else "below 0.0001"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
