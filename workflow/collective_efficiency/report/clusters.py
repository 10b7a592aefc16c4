"""Stage `clusters`: the 40 clusters as tidy data, one row each, scores as printed in Annex 1 and tables 4 to 16.

In: the list of clusters and the rows of cells.csv. Out: the rows of results/report/clusters.csv.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, NOT_AVAILABLE, SCORES

Row = Mapping[str, str]
SCORE_PLACES = 2


def tidy(master: Sequence[Row], cells: Sequence[Row]) -> list[dict[str, str]]:
    """The clusters in the order of `master`.

    A score that the source does not have is `n.a.`; one that no table prints for a cluster, or that the text layer
    lost, is empty.
    """
    known: dict[tuple[str, str], str] = {}
    for cell in cells:
        if cell["kind"] in ("item", "code"):
            if cell["status"] == "not_available":
                known[cell["row"], cell["column"]] = NOT_AVAILABLE
            elif cell["status"] != "lost":
                places = SCORE_PLACES if cell["kind"] == "item" else 0
                known[cell["row"], cell["column"]] = half_up(Fraction(cell["value"]), places)
    rows = []
    for cluster in master:
        facts = {**cluster, "study": "report"}
        scores = {column: known.get((cluster["cluster"], column), "") for column in SCORES + GOVERNANCE}
        rows.append({column: (facts | scores)[column] for column in CLUSTER_COLUMNS})
    return rows
