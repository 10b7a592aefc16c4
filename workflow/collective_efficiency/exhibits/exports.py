"""Stage `exports`: a dataset for the field's tools: CSV with a Frictionless data package, Stata, and a workbook.

One row a cluster: its facts, its scores and codes, and the indices and the degree of both readings. The same bytes on
every run: no file holds the time at which it was written.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from collective_efficiency.choices import Choices, in_words
from collective_efficiency.exhibits.export_columns import ExportColumn, export_columns
from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.workbooks import WRITTEN, workbook
from collective_efficiency.words import CLUSTER_COLUMNS, INDICES, NOT_AVAILABLE, READINGS

REPORT_LICENCE = "facts published in 2004, reproduced for research and criticism; see data/report/README.md"
LONGEST_LABEL = 80  # characters of a label of a variable in Stata


def exported_files(
    dataset: str,
    clusters: pd.DataFrame,
    indices: Mapping[str, pd.DataFrame],
    sectors: Sequence[Record],
    report: Mapping[str, Any],
    studies: Mapping[str, Mapping[str, str]],
    choices: Choices,
) -> dict[str, bytes]:
    """The files of the export by name: clusters.csv, datapackage.json, clusters.dta and clusters.xlsx.

    clusters: the text frame of clusters.csv; indices: by reading, that of indices.csv; sectors: the records of
    sectors.csv; report: the `source` of tables.yaml; studies: by name, the study.yaml of each study that it holds. The
    data package and the workbook say the choices that the indices rest on.
    """
    columns = export_columns([record["sector"] for record in sectors])
    texts = export_texts(clusters, indices)
    numbers = export_numbers(texts, columns)
    content = texts.to_csv(index=False, lineterminator="\n").encode()
    sources, licences = _sources(report, studies), _licences(studies)
    rests_on = in_words(choices, dataset, *READINGS)
    return {
        "clusters.csv": content,
        "datapackage.json": data_package(dataset, rests_on, content, columns, sources, licences).encode(),
        "clusters.dta": stata_file(numbers, columns),
        "clusters.xlsx": export_workbook(numbers, columns, [*sources, {"title": "Choices", "description": rests_on}]),
    }


def _sources(report: Mapping[str, Any], studies: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    printed_by = f"{' and '.join(report['authors'])} ({report['year']}), {report['publisher']}"
    own = [{"title": study["title"], "description": study["source"]} for study in studies.values()]
    return [{"title": report["title"], "description": printed_by}, *own]


def _licences(studies: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    stated = {"Report": REPORT_LICENCE} | {name: study.get("licence", "none stated") for name, study in studies.items()}
    return [{"name": "notspecified", "title": f"{name}: {licence}"} for name, licence in stated.items()]


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


def data_package(
    dataset: str,
    description: str,
    content: bytes,
    columns: Sequence[ExportColumn],
    sources: Sequence[Record],
    licences: Sequence[Record],
) -> str:
    """The Frictionless data package of clusters.csv (datapackage.json), as text.

    description: what the numbers rest on; content: the bytes of clusters.csv; sources: title, and path or description,
    of each.
    """
    resource = {
        "name": "clusters",
        "path": "clusters.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_package_field(column) for column in columns],
            "primaryKey": ["cluster"],
            "missingValues": ["", NOT_AVAILABLE],
        },
    }
    document = {
        "profile": "tabular-data-package",
        "name": f"collective-efficiency-{dataset}",
        "title": "Industry clusters: external economies, joint action, upgrading and governance",
        "description": description,
        "sources": list(sources),
        "licenses": list(licences),
        "resources": [resource],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _package_field(column: ExportColumn) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True, "unique": True} if column.name == "cluster" else {}
    if column.largest is not None:
        limits |= {"minimum": 0, "maximum": column.largest}
    if column.words:
        limits["enum"] = list(column.words)
    field = {"name": column.name, "type": column.type, "title": column.title, "description": column.meaning}
    return field | ({"constraints": limits} if limits else {})


def stata_file(numbers: pd.DataFrame, columns: Sequence[ExportColumn]) -> bytes:
    """The export as a .dta file of Stata 14 and later: labelled variables, and labelled values where these are words.

    numbers: as `export_numbers` gives it.
    """
    frame = numbers.copy()
    for column in columns:
        if column.words:
            words = frame[column.name].mask(frame[column.name] == "")
            frame[column.name] = pd.Categorical(words, list(column.words))
        elif column.type == "string":
            frame[column.name] = frame[column.name].astype(object)  # pandas does not write its own type of text
    stream = io.BytesIO()
    frame.to_stata(
        stream,
        write_index=False,
        version=118,
        time_stamp=WRITTEN,
        data_label="Industry clusters: external economies, joint action, upgrading",
        variable_labels={column.name: column.title[:LONGEST_LABEL] for column in columns},
        value_labels={
            column.name: {float(value): word for value, word in column.labels.items()}
            for column in columns
            if column.labels
        },
    )
    return stream.getvalue()


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
