"""Stage `summary`: what was made and found, in three lines, with which a run ends."""

from collections import Counter
from collections.abc import Sequence

from collective_efficiency.files.csv_files import Record
from collective_efficiency.words import counted


def closing_lines(
    cells: Sequence[Record], printed: Sequence[Record], recomputed: Sequence[Record], tables: int, figures: int
) -> str:
    """Three lines on what was made, on the clusters whose index differs between the readings, and where to look.

    cells: of cells.csv. printed, recomputed: of the two indices.csv, the same clusters in the same order. tables,
    figures: how many the run makes. Raises ValueError where the two readings are not of as many clusters.
    """
    status = Counter(cell["status"] for cell in cells)
    pairs = list(zip(printed, recomputed, strict=True))
    index_differs = sum(old["ce"] != new["ce"] for old, new in pairs)
    degrees = [
        f"{new['cluster']} {old['degree']} -> {new['degree']}" for old, new in pairs if old["degree"] != new["degree"]
    ]
    changed = f" ({'; '.join(degrees)})" if degrees else ""
    return (
        f"Made: {counted(tables, 'table')} and {counted(figures, 'figure')}"
        f" from {counted(len(cells), 'printed cell')} of {counted(len(pairs), 'cluster')}"
        f" ({status['lost']} lost, {status['inferred']} placed by inference).\n"
        f"Found: the recomputed index differs from the printed one in {index_differs} of"
        f" {counted(len(pairs), 'cluster')}, the degree in {len(degrees)}{changed}.\n"
        "Look at: results/audit/index.html, results/tables, results/figures,"
        " results/report/recomputed/inference/answers.html; snakemake --report report.html packs them into one page.\n"
    )
