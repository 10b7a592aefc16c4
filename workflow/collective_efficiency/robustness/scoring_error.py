"""Stage `scoring_error`: how often conclusions stay as they are if scores are off by half a point."""

import numpy as np
import pandas as pd

from collective_efficiency.choices import Choices, in_words
from collective_efficiency.files.pages import markdown_text
from collective_efficiency.inference.frames import estimate_text, text_frame
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.robustness.scoring_draws import SOURCES_OF_ERROR, ScoringPlan, drawn_scores
from collective_efficiency.robustness.watched import Watched, watched, watched_p_values

SCORING_COLUMNS = ("by", "what", "key", "baseline", "share_of_draws_same", "low", "high", "draws", "seed")
MIDDLE = (0.025, 0.975)  # between which values 95 percent of the draws lie
KINDS_OF_CONCLUSION = {
    "degree": "the degree of a cluster",
    "sector_order": "which of two sectors has the higher mean index",
    "crosstab": "how mean upgrading goes with the degree",
    "association": "whether an association is significant",
}


def scoring_error_frame(
    clusters: pd.DataFrame, choices: Choices, scoring: ScoringPlan, plan: InferencePlan
) -> pd.DataFrame:
    """The text frame scoring_error.csv, of the recomputed reading. clusters: the text frame of clusters.csv."""
    clusters = clusters.sort_values("cluster", kind="stable").reset_index(drop=True)
    ids, sectors = clusters["cluster"].tolist(), clusters["sector"].tolist()
    records = []
    for by in SOURCES_OF_ERROR:
        drawn = drawn_scores(clusters, choices, scoring, by, plan.seed)
        p_values = watched_p_values(drawn, sectors, scoring.shuffles, plan.seed, plan.significance)
        for each in (*watched(drawn, ids, sectors), *p_values):
            records.append({"by": by, "draws": scoring.draws, "seed": plan.seed} | _line(each))
    return text_frame(records, SCORING_COLUMNS)


def _line(each: Watched) -> dict[str, str]:
    same = float((each.conclusion[1:] == each.conclusion[0]).mean())
    line = {"what": each.what, "key": each.key, "baseline": each.text(each.values[0])}
    line["share_of_draws_same"] = estimate_text(same)
    if each.ordered:
        ends = np.quantile(each.values[1:], MIDDLE, method="inverted_cdf")
        line |= dict(zip(("low", "high"), map(each.text, ends.tolist()), strict=True))
    return line


def scoring_error_markdown(lines: pd.DataFrame, dataset: str, choices: Choices, scoring: ScoringPlan) -> str:
    """What the frame says, in sentences."""
    said = [
        in_words(choices, dataset, "recomputed"),
        f"Every score that there is may be off by half a point, up or down, with probability {scoring.probability:g}:"
        " each by itself (item), or all of a cluster together, as if who described it were stricter or more lenient"
        f" (source). Of {scoring.draws:,} draws each:",
    ]
    for what, meaning in KINDS_OF_CONCLUSION.items():
        of_kind = lines[lines["what"] == what]
        for by, group in of_kind.groupby("by", sort=False):
            shares = group["share_of_draws_same"].astype(float)
            least = group.loc[shares.sort_values(kind="stable").index[0]]
            said.append(
                f"By {by}, {meaning} stays as it is in {100 * shares.mean():.0f} % of the draws on average; the least"
                f" sure is {least['key']} ({least['baseline']}), in {100 * float(least['share_of_draws_same']):.0f} %."
            )
    said.append(
        "An error that all scores of a cluster share moves index and upgrading together, and so makes associations:"
        " that they grow by source says nothing for them."
    )
    return "\n\n".join(["# Scores that are off by half a point", *map(markdown_text, said)]) + "\n"
