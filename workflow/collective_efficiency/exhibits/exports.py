"""Stage `exports`: a dataset for the tools of the field: CSV with a data package, Stata, a workbook, and scripts.

One row a cluster: its facts, its scores and codes, and the indices and the degree of both readings. The same bytes on
every run: no file holds the time at which it was written.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from collective_efficiency.choices import Choices, in_words
from collective_efficiency.exhibits.data_package import data_package, package_contributors, package_licences
from collective_efficiency.exhibits.export_columns import ExportColumn, export_columns
from collective_efficiency.exhibits.export_scripts import export_scripts
from collective_efficiency.exhibits.stata_file import stata_file
from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.workbooks import workbook
from collective_efficiency.words import CLUSTER_COLUMNS, INDICES, NOT_AVAILABLE, READINGS


@dataclass(frozen=True)
class ExportOrigin:
    """Where an export comes from: the `source` of tables.yaml, by name the study.yaml of each study, CITATION.cff."""

    report: Mapping[str, Any]
    studies: Mapping[str, Mapping[str, Any]]
    citation: Mapping[str, Any]


def exported_files(
    dataset: str,
    clusters: pd.DataFrame,
    indices: Mapping[str, pd.DataFrame],
    sectors: Sequence[Record],
    origin: ExportOrigin,
    choices: Choices,
) -> dict[str, bytes]:
    """The files of the export by name: clusters.csv, datapackage.json, clusters.dta, clusters.xlsx, and the scripts.

    clusters: the text frame of clusters.csv; indices: by reading, that of indices.csv; sectors: the records of
    sectors.csv. The data package, the workbook and the scripts say the choices that the indices rest on.
    """
    columns = export_columns(sectors)
    texts = export_texts(clusters, indices)
    content = texts.to_csv(index=False, lineterminator="\n").encode()
    rests_on = in_words(choices, dataset, *READINGS)
    sources = _sources(origin.report, origin.studies)
    about = {
        "description": rests_on,
        "version": str(origin.citation["version"]),
        "sources": sources,
        "contributors": package_contributors(origin.report, origin.studies, origin.citation),
        "licenses": package_licences(origin.studies),
    }
    scripts = export_scripts(columns, choices, rests_on)
    origins = [*sources, {"title": "Choices", "description": rests_on}]
    return {
        "clusters.csv": content,
        "datapackage.json": data_package(dataset, about, content, columns).encode(),
        "clusters.dta": stata_file(texts, columns),
        "clusters.xlsx": export_workbook(export_numbers(texts, columns), columns, origins),
    } | {name: text.encode() for name, text in scripts.items()}


def _sources(report: Mapping[str, Any], studies: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    printed_by = f"{' and '.join(report['authors'])} ({report['year']}), {report['publisher']}"
    own = [{"title": study["title"], "description": study["source"]} for study in studies.values()]
    return [{"title": report["title"], "description": printed_by}, *own]


def export_texts(clusters: pd.DataFrame, indices: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The export as texts, from the text frames of clusters.csv and, by reading, of indices.csv."""
    frame = clusters[list(CLUSTER_COLUMNS)]
    measured = (*INDICES, "degree")
    for reading in READINGS:
        of_reading = indices[reading][["cluster", *measured]]
        of_reading = of_reading.rename(columns={name: f"{name}_{reading}" for name in measured})
        frame = frame.merge(of_reading, on="cluster", validate="one_to_one")
    return frame


def export_numbers(texts: pd.DataFrame, columns: Sequence[ExportColumn]) -> pd.DataFrame:
    """The same with numbers as numbers; `n.a.` and the empty text are missing."""
    frame = texts.copy()
    for column in columns:
        if column.type != "string":
            known = texts[column.name].mask(texts[column.name].isin(["", NOT_AVAILABLE]))
            frame[column.name] = pd.to_numeric(known).astype("float64")
    return frame


def export_workbook(numbers: pd.DataFrame, columns: Sequence[ExportColumn], sources: Sequence[Record]) -> bytes:
    """The export as a workbook: the clusters, a codebook and the sources.

    numbers: as `export_numbers` gives it.
    """
    clusters = [["" if pd.isna(value) else value for value in line] for line in numbers.itertuples(index=False)]
    codebook = [[column.name, column.title, column.type, column.allowed, column.meaning] for column in columns]
    origins = [[source["title"], source.get("description", "")] for source in sources]
    stream = io.BytesIO()
    with workbook(stream, "Industry clusters") as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, heads, lines in (
            ("clusters", [column.name for column in columns], clusters),
            ("codebook", ["column", "title", "type", "allowed", "meaning"], codebook),
            ("sources", ["title", "description"], origins),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, 1, 28)
            for number, line in enumerate([heads, *lines]):
                for place, value in enumerate(line):
                    if isinstance(value, float):
                        sheet.write_number(number, place, value)
                    elif value:
                        sheet.write_string(number, place, str(value), None if number else bold)
    return stream.getvalue()
