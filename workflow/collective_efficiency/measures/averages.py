"""Stage `averages`: the mean of every item, index and kind of upgrading by sector (report, tables 17, 18 and 19)."""

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.numbers.scores import mean_text, units
from collective_efficiency.words import INDICES, ITEMS, UPGRADING

MEANS = (*ITEMS, *INDICES, *UPGRADING, "upgrading_sum")
COLUMNS = ("sector", "n", *MEANS)


def measures(clusters: pd.DataFrame, indices: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Everything that is averaged, one row a cluster, in units; sector and degree beside it.

    clusters and indices: the text frames of clusters.csv and of indices.csv.

    The sum of upgrading is that of the kinds that the cluster's table scores; it is missing where one of them is
    `n.a.` under "omit", or where none is scored.
    """
    scores = units(clusters, (*ITEMS, *UPGRADING), choices.missing)
    kinds = clusters[list(UPGRADING)]
    total = scores[list(UPGRADING)].sum(axis=1, min_count=1)
    unknown = (scores[list(UPGRADING)].isna() & (kinds != "")).any(axis=1)
    scores["upgrading_sum"] = total.mask(unknown)
    computed = indices[["cluster", "degree"]].join(units(indices, INDICES, choices.missing))
    return clusters[["cluster", "sector"]].join(scores).merge(computed, on="cluster", validate="one_to_one")


def sector_averages(measured: pd.DataFrame) -> pd.DataFrame:
    """The means by sector, in the order in which the sectors first stand; empty where no cluster has a value."""
    rows = [
        [sector, len(group), *(mean_text(group[column]) for column in MEANS)]
        for sector, group in measured.groupby("sector", sort=False)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def sector_counts(measured: pd.DataFrame) -> pd.DataFrame:
    """How many clusters stand behind each mean of `sector_averages`, in the same shape."""
    counts = measured.groupby("sector", sort=False)[list(MEANS)].count()
    sizes = measured.groupby("sector", sort=False).size()
    return counts.assign(n=sizes).reset_index()[list(COLUMNS)]
