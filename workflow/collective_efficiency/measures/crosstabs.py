"""Stage `crosstabs`: the mean of each kind of upgrading by degree of collective efficiency (tables 6, 10 and 14)."""

import pandas as pd

from collective_efficiency.numbers.scores import mean_text
from collective_efficiency.words import ALL_SECTORS, DEGREES, UPGRADING

COLUMNS = ("sector", "degree", "n", "upgrading", "mean", "n_scored")


def crosstabs(measured: pd.DataFrame) -> pd.DataFrame:
    """One row for each sector (and all together), degree and kind of upgrading.

    n: clusters of the degree; n_scored: those of them whose upgrading is scored. An empty class has n = 0 and no mean.
    """
    rows = []
    for sector in (*dict.fromkeys(measured["sector"]), ALL_SECTORS):
        within = measured if sector == ALL_SECTORS else measured[measured["sector"] == sector]
        for degree in DEGREES:
            group = within[within["degree"] == degree]
            for kind in UPGRADING:
                scored = int(group[kind].count())
                rows.append([sector, degree, len(group), kind, mean_text(group[kind]), scored])
    return pd.DataFrame(rows, columns=list(COLUMNS))
