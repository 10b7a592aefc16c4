"""Stage `tables`: annex tables 1 to 8 and tables 3 to 19 of the report, regenerated in its own layout.

Every sum, index, degree, total, average and cross-tabulation is computed anew from the scores, by the choices of the
run; a value that the report prints otherwise stands with the printed one beside it, in the words of the audit.
"""

from collections.abc import Sequence

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.audited import AuditedCells
from collective_efficiency.exhibits.regenerate import regenerated_exhibits
from collective_efficiency.exhibits.written_exhibit import (
    exhibit_caption,
    exhibit_csv,
    exhibit_markdown,
    exhibit_page,
)
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.report.transcription import Report


def regenerated_tables(
    report: Report,
    ids: Sequence[str],
    clusters: pd.DataFrame,
    indices: pd.DataFrame,
    audited: AuditedCells,
    choices: Choices,
) -> dict[str, str]:
    """The files of the tables `ids`: texts by name, such as `T10.csv`, `T10.md`, `T10.html` and `captions/T10.md`.

    clusters, indices: the text frames of clusters.csv and of recomputed/indices.csv, under `choices`.
    """
    measured = cluster_measures(clusters, indices, choices)
    files = {}
    for exhibit in regenerated_exhibits(report, ids, clusters, measured, audited, choices):
        files[f"{exhibit.id}.csv"] = exhibit_csv(exhibit)
        files[f"{exhibit.id}.md"] = exhibit_markdown(exhibit)
        files[f"{exhibit.id}.html"] = exhibit_page(exhibit)
        files[f"captions/{exhibit.id}.md"] = exhibit_caption(exhibit)
    return files
