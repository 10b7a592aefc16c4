"""Stage `extended`: the report's 40 clusters and the new ones of every enabled study, as one dataset.

A cluster of the report that a study scores again is compared with the report elsewhere, and does not stand here twice.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

SECTOR_COLUMNS = ("sector", "name", "short_name")
Row = Mapping[str, str]


def extended(report: pd.DataFrame, studies: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The report's clusters, then the new ones of each study, sorted by study and id."""
    known = set(report["cluster"])
    return pd.concat([report, *(frame[~frame["cluster"].isin(known)] for frame in studies)], ignore_index=True)


def sectors(report: Sequence[Row], studies: Sequence[Sequence[Row]]) -> list[Row]:
    """The report's sectors, then those that the studies add, each once."""
    added = {row["sector"]: row for rows in studies for row in rows}
    return [*report, *added.values()]
