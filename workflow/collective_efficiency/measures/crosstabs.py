"""The mean of each kind of upgrading by degree of collective efficiency (report, tables 6, 10 and 14)."""

from dataclasses import dataclass

import pandas as pd

from collective_efficiency.numbers.scores import Sum, sum_of
from collective_efficiency.words import ALL_SECTORS, DEGREES, UPGRADING

CROSSTAB_COLUMNS = ("sector", "degree", "n", "upgrading", "mean", "n_scored")


@dataclass(frozen=True)
class CrossCell:
    """A cell of a cross-tabulation: how many clusters have the degree, and the scores of one kind of upgrading."""

    sector: str
    degree: str
    upgrading: str
    clusters: int
    scores: Sum  # of those of the clusters that are scored


def cross_cells(measured: pd.DataFrame) -> list[CrossCell]:
    """The exact cells of each sector (and of all together), degree and kind of upgrading; a degree may be empty.

    measured: as `averages.cluster_measures` gives it.
    """
    cells = []
    for sector in (*dict.fromkeys(measured["sector"]), ALL_SECTORS):
        within = measured if sector == ALL_SECTORS else measured[measured["sector"] == sector]
        for degree in DEGREES:
            group = within[within["degree"] == degree]
            cells += [CrossCell(sector, degree, kind, len(group), sum_of(group[kind])) for kind in UPGRADING]
    return cells


def crosstabs(measured: pd.DataFrame) -> pd.DataFrame:
    """The cells as crosstabs.csv has them: means with four decimals, empty where no cluster is scored."""
    rows = [
        [cell.sector, cell.degree, cell.clusters, cell.upgrading, cell.scores.mean_text, cell.scores.count]
        for cell in cross_cells(measured)
    ]
    return pd.DataFrame(rows, columns=list(CROSSTAB_COLUMNS))
