"""Stage `governance`: which clusters take part in which kinds of value chain (report, tables 4, 8 and 12)."""

import pandas as pd

from collective_efficiency.words import ALL_SECTORS, BOTH, DOMESTIC, GLOBAL, GOVERNANCE, NOT_AVAILABLE

MORE_THAN_ONE = "more_than_one"
COLUMNS = ("sector", "chain", "n_coded", "n", "domestic", "global", "both", "clusters")


def participation(clusters: pd.DataFrame) -> pd.DataFrame:
    """One row for each sector (and all together) and kind of chain, and one for more than one kind of chain.

    n_coded: clusters whose governance is coded (not `n.a.`, not absent from the tables); n: those that take part, of
    which in a domestic chain only (code 1), in a global one only (2), in both (3); clusters: their ids.
    """
    codes = clusters[list(GOVERNANCE)]
    coded = ~codes.isin(["", NOT_AVAILABLE]).any(axis=1)
    values = codes.where(coded, "0").astype("int64")
    rows = []
    for sector in (*dict.fromkeys(clusters["sector"]), ALL_SECTORS):
        here = coded & ((clusters["sector"] == sector) | (sector == ALL_SECTORS))
        for chain in GOVERNANCE:
            taking = here & (values[chain] > 0)
            kinds = [int((here & (values[chain] == code)).sum()) for code in (DOMESTIC, GLOBAL, BOTH)]
            rows.append([sector, chain, int(here.sum()), int(taking.sum()), *kinds, _names(clusters, taking)])
        several = here & ((values > 0).sum(axis=1) > 1)
        rows.append([sector, MORE_THAN_ONE, int(here.sum()), int(several.sum()), "", "", "", _names(clusters, several)])
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _names(clusters: pd.DataFrame, chosen: pd.Series) -> str:
    return "; ".join(clusters.loc[chosen, "cluster"])
