"""Which disagreements of raters are worth a talk: first those that decide a degree, then the widest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.indices import recompute
from collective_efficiency.numbers.printed import decimal_text, half_up
from collective_efficiency.numbers.scores import units_text
from collective_efficiency.studies.reliability import ratings_by_cluster
from collective_efficiency.words import GOVERNANCE, ITEMS, SCORES

DISAGREEMENT_COLUMNS = (
    "rank", "cluster", "item", "range", "combined", "ratings", "ce_low", "ce_high", "degree_low", "degree_high",
)  # fmt: skip
IndexEnds = tuple[str, str, str, str]  # the index with the lowest rating and with the highest, and the degree with each


@dataclass(frozen=True)
class Disagreement:
    """An item of a cluster that its raters score differently. ratings: by rater; combined: what was made of them."""

    cluster: str
    item: str
    ratings: Mapping[str, Fraction]
    combined: str

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The lowest rating and the highest."""
        return min(self.ratings.values()), max(self.ratings.values())

    @property
    def width(self) -> Fraction:
        """The highest rating less the lowest."""
        low, high = self.ends
        return high - low


def disagreements(ratings: Sequence[Record], combined: Sequence[Record], choices: Choices) -> list[dict[str, str]]:
    """The rows of disagreements.csv: every item of a cluster that its raters score differently, ranked.

    ratings: the rows of ratings.csv; combined: those of the study's clusters.csv, what was made of the ratings. First
    those by which the degree of the cluster would be another with the lowest rating than with the highest, the other
    items as combined; then the widest.
    """
    by_cluster = {row["cluster"]: row for row in combined}
    found = [
        Disagreement(cluster, item, unit, by_cluster[cluster][item])
        for item in (*SCORES, *GOVERNANCE)
        for cluster, unit in ratings_by_cluster(ratings, item).items()
        if len(set(unit.values())) > 1
    ]
    ends = _index_ends([each for each in found if each.item in ITEMS], by_cluster, choices)
    found.sort(key=lambda each: (not _decides(ends.get((each.cluster, each.item))), -each.width, each.cluster))
    return [_row(rank, each, ends.get((each.cluster, each.item), ("",) * 4)) for rank, each in enumerate(found, 1)]


def _decides(ends: IndexEnds | None) -> bool:
    return ends is not None and ends[2] != ends[3]


def _index_ends(
    found: Sequence[Disagreement], by_cluster: Mapping[str, Record], choices: Choices
) -> dict[tuple[str, str], IndexEnds]:
    """The index and the degree of the cluster with the lowest rating of the item, and with the highest."""
    rows = [{**by_cluster[each.cluster], each.item: decimal_text(end, 2)} for each in found for end in each.ends]
    if not rows:
        return {}
    indices = recompute(pd.DataFrame(rows, dtype="str"), choices)
    ce, degrees = list(units_text(indices["ce"])), list(indices["degree"])
    places = range(0, len(rows), 2)
    return {
        (each.cluster, each.item): (ce[place], ce[place + 1], degrees[place], degrees[place + 1])
        for each, place in zip(found, places, strict=True)
    }


def _row(rank: int, each: Disagreement, ends: Sequence[str]) -> dict[str, str]:
    ratings = "; ".join(f"{rater} {half_up(value, 2)}" for rater, value in each.ratings.items())
    values = (str(rank), each.cluster, each.item, half_up(each.width, 2), each.combined, ratings, *ends)
    return dict(zip(DISAGREEMENT_COLUMNS, values, strict=True))
