"""Stage `exports`: a dataset for the field's tools: CSV with a Frictionless data package, Stata, and a workbook.

One row a cluster: its facts, its scores and codes, and the indices and the degree of both readings. The same bytes on
every run: no file holds the time at which it was written.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from collective_efficiency.words import (
    BOTH,
    CLUSTER_COLUMNS,
    DEGREES,
    DOMESTIC,
    GLOBAL,
    GOVERNANCE,
    INDICES,
    LABELS,
    MAX_SCORE,
    NOT_AVAILABLE,
    READINGS,
    SCORES,
)

MAX_INDEX = 12
WRITTEN = datetime(2004, 1, 1, tzinfo=UTC).replace(tzinfo=None)
SCORE_LABELS = {0: "absent", 3: "high"}
CODE_LABELS = {0: "absent", DOMESTIC: "domestic chain", GLOBAL: "global chain", BOTH: "domestic and global chain"}
FACT_LABELS = {
    "cluster": "Cluster, its id",
    "name": "Name",
    "sector": "Sector",
    "industry": "Industry",
    "country": "Country",
    "study": "Study that scored it",
}
Row = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """A column of the export: what it means, of which type it is, and which values it may have."""

    name: str
    title: str
    meaning: str
    type: str
    largest: int | None = None
    words: tuple[str, ...] = ()
    labels: Mapping[int, str] | None = None


def fields(sectors: Sequence[str], meanings: Mapping[str, str]) -> list[Field]:
    """The columns of the export. meanings: of the columns of clusters.csv and indices.csv, by name."""
    found = []
    for name in CLUSTER_COLUMNS:
        if name in SCORES:
            found.append(Field(name, LABELS[name], meanings[name], "number", MAX_SCORE, labels=SCORE_LABELS))
        elif name in GOVERNANCE:
            found.append(Field(name, LABELS[name], meanings[name], "integer", MAX_SCORE, labels=CODE_LABELS))
        else:
            words = tuple(sectors) if name == "sector" else ()
            found.append(Field(name, FACT_LABELS[name], meanings[name], "string", words=words))
    for reading in READINGS:
        for name in (*INDICES, "degree"):
            kind: dict[str, Any] = {"words": DEGREES} if name == "degree" else {"largest": MAX_INDEX}
            form = "string" if name == "degree" else "number"
            found.append(Field(f"{name}_{reading}", f"{LABELS[name]}, {reading}", meanings[name], form, **kind))
    return found


def tidy(clusters: pd.DataFrame, indices: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The text frame of the export, from those of clusters.csv and, by reading, of indices.csv."""
    frame = clusters[list(CLUSTER_COLUMNS)]
    for reading in READINGS:
        own = indices[reading][["cluster", *INDICES, "degree"]]
        own = own.rename(columns={name: f"{name}_{reading}" for name in (*INDICES, "degree")})
        frame = frame.merge(own, on="cluster", validate="one_to_one")
    return frame


def numbers(frame: pd.DataFrame, described: Sequence[Field]) -> pd.DataFrame:
    """The same with numbers as numbers; `n.a.` and the empty text are missing."""
    made = frame.copy()
    for field in described:
        if field.type != "string":
            known = frame[field.name].mask(frame[field.name].isin(["", NOT_AVAILABLE]))
            made[field.name] = pd.to_numeric(known).astype("float64")
    return made


def package(
    dataset: str, content: bytes, described: Sequence[Field], sources: Sequence[Row], licences: Sequence[Row]
) -> str:
    """The Frictionless data package of clusters.csv (datapackage.json), as text.

    content: the bytes of clusters.csv; sources: title, and path or description, of each.
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
            "fields": [_field(each) for each in described],
            "primaryKey": ["cluster"],
            "missingValues": ["", NOT_AVAILABLE],
        },
    }
    document = {
        "profile": "tabular-data-package",
        "name": f"collective-efficiency-{dataset}",
        "title": "Industry clusters: external economies, joint action, upgrading and governance",
        "sources": list(sources),
        "licenses": list(licences),
        "resources": [resource],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _field(field: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True, "unique": True} if field.name == "cluster" else {}
    if field.largest is not None:
        limits |= {"minimum": 0, "maximum": field.largest}
    if field.words:
        limits["enum"] = list(field.words)
    found: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.title,
        "description": field.meaning,
    }
    return found | ({"constraints": limits} if limits else {})


def stata(frame: pd.DataFrame, described: Sequence[Field]) -> bytes:
    """The export as a .dta file of Stata 14 and later: labelled variables, and labelled values where these are words.

    frame: as `numbers` gives it.
    """
    made = frame.copy()
    for field in described:
        if field.words:
            made[field.name] = pd.Categorical(made[field.name].mask(made[field.name] == ""), list(field.words))
        elif field.type == "string":
            made[field.name] = made[field.name].astype(object)
    stream = io.BytesIO()
    made.to_stata(
        stream,
        write_index=False,
        version=118,
        time_stamp=WRITTEN,
        data_label="Industry clusters: external economies, joint action, upgrading",
        variable_labels={field.name: field.title[:80] for field in described},
        value_labels={
            field.name: {float(key): word for key, word in field.labels.items()} for field in described if field.labels
        },
    )
    return stream.getvalue()


def workbook(frame: pd.DataFrame, described: Sequence[Field], sources: Sequence[Row]) -> bytes:
    """The export as a workbook: the clusters, a codebook and the sources. Texts are texts, never formulas or links.

    frame: as `numbers` gives it.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": "Industry clusters", "created": WRITTEN})
    bold = book.add_format({"bold": True, "bottom": 1})
    codebook = [[field.name, field.title, field.type, _allowed(field), field.meaning] for field in described]
    rows = [["" if pd.isna(value) else value for value in row] for row in frame.itertuples(index=False)]
    for name, heads, lines in (
        ("clusters", [field.name for field in described], rows),
        ("codebook", ["column", "title", "type", "allowed", "meaning"], codebook),
        ("sources", ["title", "description"], [[each["title"], each.get("description", "")] for each in sources]),
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
    book.close()
    return stream.getvalue()


def _allowed(field: Field) -> str:
    if field.words:
        return ", ".join(field.words)
    named = ", ".join(f"{value} {word}" for value, word in (field.labels or {}).items())
    return f"0 to {field.largest}{f' ({named})' if named else ''}" if field.largest else ""
