"""Stage `summary`: what was made and found, in three lines."""

from collections import Counter
from collections.abc import Mapping, Sequence

Row = Mapping[str, str]


def summary(cells: Sequence[Row], printed: Sequence[Row], recomputed: Sequence[Row], tables: int, figures: int) -> str:
    """Three lines on the cells read, the indices that differ between the readings, and where to look.

    cells: rows of cells.csv; printed and recomputed: rows of indices.csv of the two readings, in the same order.
    """
    status = Counter(cell["status"] for cell in cells)
    pairs = list(zip(printed, recomputed, strict=True))
    index = [new["cluster"] for old, new in pairs if old["ce"] != new["ce"]]
    degree = [
        f"{new['cluster']} {old['degree']} -> {new['degree']}" for old, new in pairs if old["degree"] != new["degree"]
    ]
    changed = f" ({'; '.join(degree)})" if degree else ""
    return (
        f"Made: {tables} tables and {figures} figures from {len(cells)} printed cells of {len(pairs)} clusters"
        f" ({status['lost']} lost, {status['inferred']} placed by inference).\n"
        f"Found: the recomputed index differs from the printed one in {len(index)} of {len(pairs)} clusters,"
        f" the degree in {len(degree)}{changed}.\n"
        "Look at: results/audit/index.html, results/tables, results/figures,"
        " results/report/recomputed/inference/answers.html; snakemake --report report.html packs them into one page.\n"
    )
