"""Stage `clusters`: the clusters as tidy data, with their scores as printed in Annex 1 and tables 4 to 16.

In: the list of clusters and the lines of cells.csv. Out: the lines of results/report/clusters.csv.
"""

from collections.abc import Sequence
from fractions import Fraction

from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, NOT_AVAILABLE, SCORES

SCORE_PLACES = 2  # decimals of a score: no table prints more


def cluster_records(master: Sequence[Record], cells: Sequence[Record]) -> list[dict[str, str]]:
    """The clusters in the order of `master` (data/report/clusters.csv), with the columns CLUSTER_COLUMNS.

    A score that the source does not have is `n.a.`; one that no table prints for a cluster, or that the text layer
    lost, is empty: nothing is known of it, so no choice of what `n.a.` counts as may touch it.
    """
    printed: dict[tuple[str, str], str] = {}
    for cell in cells:
        if cell["kind"] not in ("item", "code") or cell["status"] == "lost":
            continue
        if cell["status"] == "not_available":
            printed[cell["row"], cell["column"]] = NOT_AVAILABLE
        else:
            places = SCORE_PLACES if cell["kind"] == "item" else 0
            printed[cell["row"], cell["column"]] = half_up(Fraction(cell["value"]), places)
    records = []
    for cluster in master:
        scores = {column: printed.get((cluster["cluster"], column), "") for column in SCORES + GOVERNANCE}
        facts = {**cluster, "study": "report", **scores}
        records.append({column: facts[column] for column in CLUSTER_COLUMNS})
    return records
