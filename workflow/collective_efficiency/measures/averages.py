"""The mean of every item, index and kind of upgrading by sector (report, tables 17, 18 and 19)."""

from typing import Literal

import numpy as np
import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.numbers.scores import Sum, sum_of, units
from collective_efficiency.words import INDICES, ITEMS, UPGRADING

MEANS = (*ITEMS, *INDICES, *UPGRADING, "upgrading_sum")  # what is averaged
AVERAGE_COLUMNS = ("sector", "n", *MEANS)


def cluster_measures(clusters: pd.DataFrame, indices: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Everything that is averaged, one row a cluster, in units (see numbers.scores); sector and degree beside it.

    clusters, indices: the text frames of clusters.csv and of indices.csv, of the same clusters in any order.

    The sum of upgrading is as `sums_of_upgrading` has it.
    """
    scores = units(clusters, (*ITEMS, *UPGRADING), choices.missing)
    scores["upgrading_sum"] = sums_of_upgrading(clusters, scores)
    degree_and_indices = indices[["cluster", "degree"]].join(units(indices, INDICES, choices.missing))
    return clusters[["cluster", "sector"]].join(scores).merge(degree_and_indices, on="cluster", validate="one_to_one")


def kinds_in_common(of_sector: pd.DataFrame) -> list[str]:
    """The kinds of upgrading that the report's clusters of a sector and its new ones are both scored for.

    of_sector: its rows of clusters.csv. Table 5 of the report has three kinds, others four, and a study may have fewer.

    >>> scores = {"study": ["report", "new"], "product": ["1.00", "2.00"], "functional": ["", "3.00"]}
    >>> kinds_in_common(pd.DataFrame(scores | {"process": ["n.a.", "2.00"], "intersectoral": ["", ""]}))
    ['product', 'process']
    """
    new = of_sector["study"] != "report"
    sides = [side for side in (of_sector[~new], of_sector[new]) if len(side)]
    return [kind for kind in UPGRADING if all((side[kind] != "").any() for side in sides)]


def sums_of_upgrading(clusters: pd.DataFrame, scores: pd.DataFrame) -> "pd.Series[float]":
    """The sum of the kinds of upgrading of each cluster that its sector has in common, so that a mean is of like sums.

    As `over_kinds_in_common`.
    """
    return over_kinds_in_common(clusters, scores, "sum")


def over_kinds_in_common(
    clusters: pd.DataFrame, scores: pd.DataFrame, taken: Literal["sum", "max"]
) -> "pd.Series[float]":
    """The sum, or the highest, of the kinds of upgrading of each cluster that its sector has in common.

    clusters: rows of clusters.csv; scores: their kinds of upgrading in units. It is missing where the cluster was never
    scored for one of these kinds, or has `n.a.` for it under "omit".
    """
    values = pd.Series(np.nan, index=clusters.index)
    for _, of_sector in clusters.groupby("sector", sort=False):
        kinds = kinds_in_common(of_sector)
        if kinds:
            values[of_sector.index] = scores.loc[of_sector.index, kinds].agg(taken, axis=1, skipna=False)
    return values


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
