"""Stage `reliability`, for people: how far raters agree, and what to talk about, as a self-contained page."""

from collections.abc import Mapping, Sequence

from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.pages import page
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.studies.reliability import TRUSTED
from collective_efficiency.words import LABELS, counted

MOST_SHOWN = 300  # disagreements on the page; the CSV has them all


def disagreements_page(
    study: str, alphas: Sequence[Record], ranked: Sequence[Record], names: Mapping[str, str], basis: str
) -> str:
    """The page of a study's raters. alphas: of reliability.csv; ranked: of disagreements.csv; names: of its clusters;
    basis: how the intervals were made, and the choices, in words.
    """
    return page(
        "disagreements.html.j2",
        study=study,
        alphas=[row for row in alphas if row["n_clusters"] != "0"],
        ranked=ranked[:MOST_SHOWN],
        more=counted(len(ranked) - MOST_SHOWN, "other") if len(ranked) > MOST_SHOWN else "",
        deciding=counted(sum(decides(row) for row in ranked), "disagreement decides", "disagreements decide"),
        number=counted(len(ranked), "disagreement"),
        names=names,
        labels=LABELS,
        trusted=TRUSTED,
        decides=decides,
        basis=basis,
    )


def bootstrap_in_words(plan: InferencePlan) -> str:
    """How the intervals of alpha are made."""
    return (
        f"Intervals of alpha: {100 * plan.level:g}%, by percentiles of {plan.resamples:,} bootstrap draws of the"
        f" clusters, seed {plan.seed}."
    )


def decides(row: Record) -> bool:
    """Whether the degree of the cluster hangs on this disagreement. row: of disagreements.csv."""
    return row["degree_low"] != row["degree_high"]
