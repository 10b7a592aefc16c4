"""The Frictionless data package of an export: Data Package 2.0, with who made it and under which terms."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from collective_efficiency.exhibits.export_columns import MISSING_LABELS, TAG_NEVER_SCORED, TAG_NO_SCORE, ExportColumn
from collective_efficiency.words import NOT_AVAILABLE

PROFILES = "https://datapackage.org/profiles/2.0"
REPORT_LICENCE = "facts published in 2004, reproduced for research and criticism; see data/report/README.md"
NO_LICENCE = "notspecified"  # an identifier of the Open Definition, as those below
LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-SA-3.0": "https://creativecommons.org/licenses/by-sa/3.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "ODC-BY-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
    "MIT": "https://opensource.org/license/mit",
}


def named_licence(text: str) -> dict[str, str]:
    """A licence as a data package has it: by its identifier and address where `text` names one of `LICENCES`.

    >>> named_licence("CC BY 4.0")["name"], named_licence("Ask us.")["name"]
    ('CC-BY-4.0', 'notspecified')
    """
    for name, path in LICENCES.items():
        if _plain(text) in (_plain(name), _plain(path)):
            return {"name": name, "path": path}
    return {"name": NO_LICENCE}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def package_licences(studies: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """The terms of the report's scores, then of each study's; studies: by name, its study.yaml."""
    stated = {name: study.get("licence", "none stated") for name, study in studies.items()}
    own = [named_licence(text) | {"title": f"{name}: {text}"} for name, text in stated.items()]
    return [{"name": NO_LICENCE, "title": f"Report: {REPORT_LICENCE}"}, *own]


def package_contributors(
    report: Mapping[str, Any], studies: Mapping[str, Mapping[str, Any]], citation: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Who wrote the report, who scored the studies, and who made the package, each with roles.

    report: the `source` of tables.yaml; studies: by name, its study.yaml; citation: CITATION.cff.
    """
    authors = [{"title": name, "roles": ["author"], "organization": report["publisher"]} for name in report["authors"]]
    scorers = dict.fromkeys(name for study in studies.values() for name in _listed(study["scorer"]))
    own = [{"title": name, "roles": ["dataCollector"]} for name in scorers]
    return [*authors, *own, *({"title": author["name"], "roles": ["publisher"]} for author in citation["authors"])]


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def data_package(dataset: str, about: Mapping[str, Any], content: bytes, columns: Sequence[ExportColumn]) -> str:
    """The data package of clusters.csv (datapackage.json), as text.

    about: its version, description, sources, contributors and licenses, as the standard has them; content: the bytes
    of clusters.csv.
    """
    resource = {
        "name": "clusters",
        "type": "table",
        "path": "clusters.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [_package_field(column) for column in columns],
            "primaryKey": ["cluster"],
            "missingValues": [_missing_value("", TAG_NEVER_SCORED), _missing_value(NOT_AVAILABLE, TAG_NO_SCORE)],
        },
    }
    document = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"collective-efficiency-{dataset}",
        "title": "Industry clusters: external economies, joint action, upgrading and governance",
        **about,
        "resources": [resource],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _missing_value(text: str, letter: str) -> dict[str, str]:
    return {"value": text, "label": MISSING_LABELS[letter]}


def _package_field(column: ExportColumn) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True, "unique": True} if column.name == "cluster" else {}
    if column.largest is not None:
        limits |= {"minimum": 0, "maximum": column.largest}
    if column.codes:
        limits["enum"] = list(column.codes)
    field: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.title}
    field["description"] = column.meaning
    if column.numbered and column.empty != TAG_NEVER_SCORED:  # an index: empty where a score is left out
        field["missingValues"] = [_missing_value("", column.empty)]
    if column.codes:  # in the order of their codes
        field["categories"] = [
            {"value": word, "label": column.value_labels[code]} for word, code in column.codes.items()
        ]
        field["categoriesOrdered"] = not column.words
    elif column.type == "integer":
        field["categories"] = [{"value": value, "label": word} for value, word in column.labels.items()]
    return field | ({"constraints": limits} if limits else {})
