"""What the multiverse says, in sentences made from its tables."""

from collections.abc import Iterator

import pandas as pd

from collective_efficiency.files.pages import markdown_text
from collective_efficiency.inference.basis import in_sentence
from collective_efficiency.robustness.grid import Multiverse, factor_name
from collective_efficiency.robustness.multiverse_tables import ALL_BLOCKS, ALL_OUTCOMES
from collective_efficiency.words import counted

MEANING_OF_SHARES = (
    "A specification is one choice for everything that an analyst may choose. Specifications share their clusters and"
    " most of their scores: that hundreds agree may be one fact counted hundreds of times. So a share says how far an"
    " answer depends on choices, never how sure it is; how surprising a whole curve is, had the outcomes been handed"
    " out by lot among the clusters of a block, only the joint p tells."
)
BLOCKS = {
    "none": "among all clusters",
    "sector": "within sectors",
    "country": "within countries",
    "sector_country": "within sectors and countries at once",
    ALL_BLOCKS: "over all blocks together",
}


def multiverse_markdown(
    factors: pd.DataFrame, joint: pd.DataFrame, grid: Multiverse, significance: float, choices_line: str
) -> str:
    """The sentences as Markdown. factors, joint: the text frames multiverse_factors.csv and multiverse_joint.csv."""
    lines = ["# The multiverse of choices", markdown_text(choices_line), markdown_text(MEANING_OF_SHARES)]
    whole = factors[(factors["outcome"] == ALL_OUTCOMES) & (factors["factor"] == "")].iloc[0]
    lines.append(
        markdown_text(
            f"{counted(int(whole['specifications']), 'specification')} of"
            f" {counted(len(grid.outcomes), 'question')}, {int(whole['distinct']):,} of different data"
            f" ({int(whole['undefined']):,} undefined)."
        )
    )
    for outcome in grid.outcomes:
        lines.append(f"## {markdown_text(_capital(in_sentence(outcome)))}")
        lines += map(markdown_text, _sentences(factors, joint, outcome, significance))
    return "\n\n".join(lines) + "\n"


def _sentences(factors: pd.DataFrame, joint: pd.DataFrame, outcome: str, significance: float) -> Iterator[str]:
    of_outcome = factors[factors["outcome"] == outcome]
    whole = of_outcome[of_outcome["factor"] == ""].iloc[0]
    if whole["share_positive"] == "":
        yield "No specification says anything of it: the scores of its clusters do not vary."
        return
    yield (
        f"tau-b is above zero in {_percent(whole['share_positive'])} of the specifications, its median"
        f" {float(whole['median_tau_b']):.2f}; p is at most {significance:g} in"
        f" {_percent(whole['share_significant'])} of them."
    )
    levels = of_outcome[of_outcome["factor"] != ""]
    explained = levels[levels["explained"] != ""].drop_duplicates("factor")
    if len(explained):
        order = explained["explained"].astype(float).sort_values(ascending=False, kind="stable").index
        first = str(explained.loc[order[0], "factor"])
        shares = ", ".join(
            f"{level} {_percent(share)}"
            for level, share in levels.loc[levels["factor"] == first, ["level", "share_significant"]].to_numpy()
            if share != ""
        )
        yield (
            f"The choice that moves tau-b most is that of the {factor_name(first)}: it explains"
            f" {_percent(explained.loc[order[0], 'explained'])} of the variance. Significant by its levels: {shares}."
        )
    for block, statistics in joint[joint["outcome"] == outcome].groupby("block", sort=False):
        p = statistics.set_index("statistic")["p"].astype(float)
        yield (
            f"Jointly, with the outcomes shuffled {BLOCKS[str(block)]}: p = {p['median']:.3f} for the median,"
            f" {p['share_significant']:.3f} for the share that is significant, {p['share_positive']:.3f} for the share"
            f" of one sign, {p['largest']:.3f} for the strongest specification (step-down maxT)."
        )


def _percent(share: str) -> str:
    return f"{100 * float(share):.0f} %"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
