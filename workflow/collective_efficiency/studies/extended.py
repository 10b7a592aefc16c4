"""Stage `extended`: the report's 40 clusters and the new ones of every enabled study, as one dataset.

A cluster of the report that a study scores again is compared with the report elsewhere, and does not stand here twice.
"""

from collections.abc import Sequence

import pandas as pd

from collective_efficiency.files.csv_files import Record

SECTOR_COLUMNS = ("sector", "name", "short_name", "code")


def extended_clusters(report: pd.DataFrame, studies: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The report's clusters, then the new ones of each study, in the order of `studies`. Frames as clusters.csv."""
    known = set(report["cluster"])
    return pd.concat([report, *(clusters[~clusters["cluster"].isin(known)] for clusters in studies)], ignore_index=True)


def extended_sectors(
    report: Sequence[Record], studies: Sequence[Sequence[Record]], clusters: Sequence[str]
) -> list[Record]:
    """The report's sectors, then those that the studies add and any cluster is of, each once, as rows of sectors.csv.

    The code of a sector, its number in exports, does not depend on the studies: in the report's it is its place.
    clusters: the sector of each cluster of the dataset. The notes of a study name what it declares and does not use.
    """
    inhabited = set(clusters)
    added = {sector["sector"]: sector for sectors in studies for sector in sectors if sector["sector"] in inhabited}
    return [*({**row, "code": str(place)} for place, row in enumerate(report, 1)), *added.values()]
