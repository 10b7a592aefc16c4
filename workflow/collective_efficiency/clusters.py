"""Stage `clusters`: the 40 clusters as tidy data, one row each, scores as printed in Annex 1 and tables 4 to 16.

In: the list of clusters and the rows of cells.csv. Out: the rows of results/report/clusters.csv and of
results/report/deduced.csv, which names every score that the text layer lost and that the printed sums give back.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from collective_efficiency.printed import half_up
from collective_efficiency.words import (
    CLUSTER_COLUMNS,
    EXTERNAL_ECONOMIES,
    GOVERNANCE,
    JOINT_ACTIONS,
    NOT_AVAILABLE,
    SCORES,
)

Row = Mapping[str, str]
DEDUCED_COLUMNS = ("cluster", "column", "table", "value", "row_sum_gives", "column_total_gives")
SUMS = {"eei": EXTERNAL_ECONOMIES, "jai": JOINT_ACTIONS}
SCORE_PLACES = 2


def tidy(master: Sequence[Row], cells: Sequence[Row]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The clusters in the order of `master`, and the scores deduced for cells that the text layer lost.

    A score that the source does not have is `n.a.`; one that no table prints for a cluster is empty.
    """
    deduced = deduce(cells)
    known = {(row["cluster"], row["column"]): row["value"] for row in deduced}
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
    return rows, deduced


def deduce(cells: Sequence[Row]) -> list[dict[str, str]]:
    """Each lost item with the value that its row's printed sum leaves for it, and what the column total leaves.

    The row sum decides; the total is shown beside it. A lost item whose row has another lost value stays lost.
    """
    tables: dict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
    for cell in cells:
        tables[cell["table"]][cell["row"], cell["column"]] = cell
    deduced = []
    for table, grid in tables.items():
        for (row, column), cell in grid.items():
            index = next((name for name, items in SUMS.items() if column in items and (row, name) in grid), None)
            if cell["kind"] != "item" or cell["status"] != "lost" or index is None:
                continue
            others = [grid[row, item] for item in SUMS[index] if item != column]
            by_row = _rest(grid[row, index], others)
            if by_row is None:
                continue
            column_cells = [other for (key, name), other in grid.items() if name == column and other["kind"] == "item"]
            total = grid.get(("total", column))
            by_column = _rest(total, [other for other in column_cells if other is not cell]) if total else None
            shown = "" if by_column is None else half_up(by_column, SCORE_PLACES)
            value = half_up(by_row, SCORE_PLACES)
            deduced.append(dict(zip(DEDUCED_COLUMNS, (row, column, table, value, value, shown), strict=True)))
    return deduced


def _rest(total: Row, others: Sequence[Row]) -> Fraction | None:
    """What `total` leaves after `others`; None where one of them is lost or the rest is negative."""
    if any(cell["status"] == "lost" for cell in (total, *others)):
        return None
    rest = Fraction(total["value"]) - sum(Fraction(cell["value"] or 0) for cell in others)
    return rest if rest >= 0 else None
