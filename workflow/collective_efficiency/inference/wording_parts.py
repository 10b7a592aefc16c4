"""Numbers in words, and what the tables of blocks and of parts of the clusters say."""

import pandas as pd

from collective_efficiency.inference.basis import AnswerBasis, SectorNames, in_sentence, predictor_words
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.words import ALL_SECTORS

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


def pooled_lines(lines: pd.DataFrame, basis: AnswerBasis) -> pd.DataFrame:
    """The slopes that words and figure show: of one predictor of one family."""
    family, predictor = basis.pooled or ("", "")
    return lines[(lines["family"] == family) & (lines["predictor"] == predictor)]


def pooling_words(lines: pd.DataFrame, basis: AnswerBasis) -> str:
    """The common slope and the range of the sectors' by kind of upgrading, which are sure, and what the prior does."""
    lines = lines[lines["slope"] != ""]
    if basis.pooled is None or lines.empty:
        return "No slope is defined."
    scales = sorted(lines["prior_scale"].unique(), key=float)
    middle = lines[lines["prior_scale"] == scales[len(scales) // 2]]
    parts = []
    for outcome, group in middle.groupby("outcome", sort=False):
        whole, of_sectors = group.iloc[0], group.iloc[1:]["slope"].astype(float)
        parts.append(
            f"{in_sentence(str(outcome))} {number_words(whole['slope'])} ({number_words(whole['low'])} to"
            f" {number_words(whole['high'])}), in the sectors {of_sectors.min():.2f} to {of_sectors.max():.2f}"
        )
    apart = [
        f"{in_sentence(line['outcome'])} in {basis.sectors.get(line['scope'], line['scope'])}"
        for _, line in middle[middle["scope"] != ALL_SECTORS].iterrows()
        if float(line["low"]) > 0 or float(line["high"]) < 0
    ]
    slopes = lines["slope"].astype(float).groupby([lines["outcome"], lines["scope"]])
    return (
        "An ordered logit with a slope for each sector, shrunk towards a common one. Log odds for one more of"
        f" {predictor_words(basis.pooled[1])}, common slope: {'; '.join(parts)}. Intervals of {basis.level} that leave"
        f" out zero: {', '.join(apart) or 'none'}. Between the narrowest and the widest prior a slope moves by up to"
        f" {(slopes.max() - slopes.min()).max():.2f}."
    )


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
