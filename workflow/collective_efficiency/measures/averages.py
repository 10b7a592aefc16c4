"""The mean of every item, index and kind of upgrading by sector (report, tables 17, 18 and 19)."""

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.numbers.scores import Sum, sum_of, units
from collective_efficiency.words import INDICES, ITEMS, UPGRADING

MEANS = (*ITEMS, *INDICES, *UPGRADING, "upgrading_sum")  # what is averaged
AVERAGE_COLUMNS = ("sector", "n", *MEANS)


def cluster_measures(clusters: pd.DataFrame, indices: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Everything that is averaged, one row a cluster, in units (see numbers.scores); sector and degree beside it.

    clusters, indices: the text frames of clusters.csv and of indices.csv, of the same clusters in any order.

    The sum of upgrading is that of the kinds that the cluster's table scores (table 5 has three, the others four); it
    is missing where one of them is `n.a.` under "omit", or where none is scored.
    """
    scores = units(clusters, (*ITEMS, *UPGRADING), choices.missing)
    kinds = clusters[list(UPGRADING)]
    total = scores[list(UPGRADING)].sum(axis=1, min_count=1)
    unknown = (scores[list(UPGRADING)].isna() & (kinds != "")).any(axis=1)
    scores["upgrading_sum"] = total.mask(unknown)
    degree_and_indices = indices[["cluster", "degree"]].join(units(indices, INDICES, choices.missing))
    return clusters[["cluster", "sector"]].join(scores).merge(degree_and_indices, on="cluster", validate="one_to_one")


def sector_sums(measured: pd.DataFrame) -> dict[str, dict[str, Sum]]:
    """By sector, in the order in which the sectors first stand, the exact sum of each of `MEANS`.

    measured: as `cluster_measures` gives it. Means and totals are taken from these, and rounded where they are shown.
    """
    return {
        str(sector): {column: sum_of(group[column]) for column in MEANS}
        for sector, group in measured.groupby("sector", sort=False)
    }


def sector_averages(measured: pd.DataFrame) -> pd.DataFrame:
    """The means by sector as sector_averages.csv has them: four decimals; empty where no cluster has a value."""
    sizes = measured["sector"].value_counts()
    rows = [
        [sector, sizes[sector], *(sums[column].mean_text for column in MEANS)]
        for sector, sums in sector_sums(measured).items()
    ]
    return pd.DataFrame(rows, columns=list(AVERAGE_COLUMNS))


def sector_counts(measured: pd.DataFrame) -> pd.DataFrame:
    """How many clusters stand behind each mean of `sector_averages`, in the same shape."""
    by_sector = measured.groupby("sector", sort=False)
    counts = by_sector[list(MEANS)].count().assign(n=by_sector.size())
    return counts.reset_index()[list(AVERAGE_COLUMNS)]
