"""What the tests of the exhibits share: every table of the report, regenerated, and what its figures show."""

import pandas as pd
from conftest import PROJECT

from collective_efficiency.choices import OF_THE_REPORT
from collective_efficiency.exhibits.audited import AuditedCells, verdicts_of_cells
from collective_efficiency.exhibits.exhibit import Exhibit
from collective_efficiency.exhibits.export_columns import ExportColumn, export_columns
from collective_efficiency.exhibits.exports import export_texts
from collective_efficiency.exhibits.figures import figure_data
from collective_efficiency.exhibits.panels import FigureData
from collective_efficiency.exhibits.regenerate import regenerated_exhibits
from collective_efficiency.files.csv_files import records
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.governance import participation
from collective_efficiency.measures.indices import as_printed, recompute, written

HOSTILE = ('=HYPERLINK("http://example.org")', "<script>alert(1)</script>", "\u202eevil\u202c \u200f", "N" * 300)
SOURCES = [{"title": "A report", "description": "Someone (2004)"}]


def export_of_the_report(report, clusters, cells) -> tuple[list[ExportColumn], pd.DataFrame]:
    """The columns and the texts of an export of the 40 clusters, four of them with hostile names."""
    spoiled = clusters.copy()
    spoiled.loc[: len(HOSTILE) - 1, "name"] = HOSTILE
    indices = {
        "printed": written(as_printed(clusters, cells)),
        "recomputed": written(recompute(clusters, OF_THE_REPORT)),
    }
    return export_columns(report.sectors), export_texts(spoiled, indices)


def golden(name: str) -> list[dict[str, str]]:
    """The records of a result of the report's own run."""
    return records((PROJECT / "tests/expected" / name).read_text(encoding="utf-8"))


def audited() -> AuditedCells:
    return verdicts_of_cells(golden("audit/cells.csv"), golden("audit/rounding.csv"))


def every_exhibit(report, clusters, choices=OF_THE_REPORT) -> dict[str, Exhibit]:
    ids = [table for table in report.tables if table not in ("T1", "T2", "T20")]
    measured = cluster_measures(clusters, written(recompute(clusters, choices)), choices)
    made = regenerated_exhibits(report, ids, clusters, measured, audited(), choices)
    return {exhibit.id: exhibit for exhibit in made}


def drawn_data(report, clusters, cells, choices=OF_THE_REPORT) -> FigureData:
    indices = {"printed": as_printed(clusters, cells), "recomputed": recompute(clusters, choices)}
    chains = pd.DataFrame(participation(clusters.to_dict("records")))
    texts = {reading: written(frame) for reading, frame in indices.items()}
    return figure_data("report", clusters, texts, chains, report.sectors, choices)
