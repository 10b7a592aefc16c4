"""Which scores are not available, and what becomes of them: said wherever people see what was made of the others."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from collective_efficiency.words import ITEMS, NOT_AVAILABLE, UPGRADING, counted

FATE = {"zero": "count as zero", "omit": "are left out of sums and means"}
MOST_LISTED = 5  # clusters in a sentence


class MissingScores(NamedTuple):
    """How many scores of a cluster are `n.a.`. items: of the eight; upgrading: of the kinds that were asked for."""

    cluster: str
    name: str
    items: int
    upgrading: int


def missing_scores(clusters: pd.DataFrame) -> list[MissingScores]:
    """The clusters with scores that are not available, those with most first. clusters: rows of clusters.csv."""
    counts = [(clusters[list(names)] == NOT_AVAILABLE).sum(axis=1) for names in (ITEMS, UPGRADING)]
    some = clusters[counts[0] + counts[1] > 0]
    lacking = [
        MissingScores(cluster, name, int(counts[0][place]), int(counts[1][place]))
        for place, cluster, name in zip(some.index, some["cluster"], some["name"], strict=True)
    ]
    return sorted(lacking, key=lambda each: -each.items - each.upgrading)


def missing_line(lacking: Sequence[MissingScores], clusters: int, missing: str) -> str:
    """How many scores are not available, of which clusters, and what becomes of them; empty where none is.

    clusters: how many there are in all; missing: the treatment of n.a., "zero" or "omit".

    >>> print(missing_line([MissingScores("gamarra", "Gamarra", 2, 1)], 40, "zero"))
    n.a.: 3 scores of 1 of 40 clusters count as zero: gamarra (3).
    """
    if not lacking:
        return ""
    number = sum(each.items + each.upgrading for each in lacking)
    named = [f"{each.cluster} ({each.items + each.upgrading})" for each in lacking[:MOST_LISTED]]
    more = len(lacking) - len(named)
    named += [f"and {counted(more, 'other')}"] if more else []
    scores = counted(number, "score")
    return f"n.a.: {scores} of {len(lacking):,} of {counted(clusters, 'cluster')} {FATE[missing]}: {', '.join(named)}."
