"""What page and workbook show, put together once from the transcription, the audit and the claims."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collective_efficiency.audit.model import Model
from collective_efficiency.audit.summary import SEVERITY
from collective_efficiency.exhibits.exhibit import row_label
from collective_efficiency.report.transcription import Cell, Report, Table
from collective_efficiency.reviewer.stories import derivations, interval
from collective_efficiency.words import LABELS, LOST

Row = Mapping[str, str]
SYMBOLS = {
    "input": "", "consistent": "✓", "consistent_if": "≈", "inconsistent": "✗", "not_checkable": "?", "lost": "∅",
}  # fmt: skip
MEANING = {
    "input": "a score, code or fact: nothing to derive it from",
    "consistent": "prints what follows from the scores",
    "consistent_if": "prints what follows from the scores under a named assumption",
    "inconsistent": "does not print what follows from the scores",
    "not_checkable": "nothing printed tells",
    "lost": "not in the text layer of the report",
}
NONE = "none"


@dataclass(frozen=True)
class Sources:
    """The rows of the audit's results, and what people decided; records by their file's name."""

    cells: Sequence[Row]
    rounding: Sequence[Row]
    findings: Sequence[Row]
    claims: Sequence[Row]
    adjudications: Sequence[Row]
    summary: Mapping[str, Any]


def payload(
    report: Report,
    described: Mapping[str, Mapping[str, Any]],
    model: Model,
    sources: Sources,
    rests: Mapping[str, Sequence[tuple[str, str, str]]],
    scenarios: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """Everything as one document of JSON. Cells are named by their number in the list of cells.

    described: the tables of tables.yaml, for their notes; model: for what is computed from what; rests: the cells that
    each claim rests on.
    """
    number = {place: index for index, place in enumerate(model.cells)}
    decided = {entry["finding"]: entry for entry in sources.adjudications}
    modes = {(row["table"], row["column"]): row["mode"] for row in sources.rounding}
    findings = [_finding(row, decided, report, number) for row in sources.findings]
    return {
        "version": sources.summary["version"],
        "summary": {key: sources.summary[key] for key in ("cells", "verdicts", "assumptions", "severities")},
        "meanings": {"verdict": MEANING, "severity": SEVERITY, "symbol": SYMBOLS},
        "labels": LABELS,
        "checks": {name: check["asserts"] for name, check in model.checks.items()},
        "tables": [_table(report, table, described[table.id]) for table in report.tables.values()],
        "cells": [
            _cell(model, model.cells[place], row, modes, number)
            for place, row in zip(model.cells, sources.cells, strict=True)
        ],
        "reasons": _reasons(described, number),
        "findings": findings,
        "claims": [dict(row) | {"cells": [number[place] for place in rests[row["claim"]]]} for row in sources.claims],
        "sectors": {row["sector"]: row["name"] for row in report.sectors},
        "names": {row["cluster"]: row["name"] for row in report.clusters},
        "clusters": [{key: row[key] for key in ("cluster", "name", "sector")} for row in report.clusters],
        "scenarios": scenarios,
    }


def heading(column: str) -> str:
    """A column's name for people."""
    return LABELS.get(column, column.replace("_", " ").capitalize())


def _table(report: Report, table: Table, described: Mapping[str, Any]) -> dict[str, Any]:
    names = {row["cluster"]: row["name"] for row in report.clusters}
    rows = []
    for key in table.rows:
        printed = table.labels[key]
        fallback = names.get(key, key.replace("_", " ").capitalize())
        rows.append(
            {
                "key": key,
                "label": row_label(printed, fallback),
                "as_printed": " ".join(text for text in printed.values() if text),
                "torn": any(LOST in text for text in printed.values()),
                "group": table.groups.get(key, ""),
                "summary": key in ("total", "average"),
            }
        )
    low, high = described["lines"]
    notes = [*([described["torn"]] if "torn" in described else []), *described.get("notes", ())]
    return {
        "id": table.id,
        "name": f"Annex table {table.id[1:]}" if table.id[0] == "A" else f"Table {table.id[1:]}",
        "title": table.title,
        "sector": table.sector or "",
        "lines": f"{low} to {high}",
        "notes": notes,
        "columns": [{"key": column.name, "label": heading(column.name)} for column in table.columns],
        "rows": rows,
    }


def _cell(
    model: Model,
    cell: Cell,
    audited: Row,
    modes: Mapping[tuple[str, str], str],
    number: Mapping[tuple[str, str, str], int],
) -> dict[str, Any]:
    """One cell; keys whose value says nothing are left out."""
    place = (cell.table, cell.row, cell.column)
    decimals = model.decimals.get((cell.table, cell.column)) if cell.kind == "derived" else None
    entry = {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "printed": cell.printed,
        "kind": cell.kind,
        "status": cell.status,
        "verdict": audited["verdict"],
        "recomputed": audited["recomputed"] if audited["verdict"] != "input" else "",
        "exact": audited["exact"] if audited["verdict"] != "input" else "",
        "rounding": audited["rounding"],
        "interval": interval(cell, modes.get((cell.table, cell.column), ""), decimals),
        "from": [
            {"check": check, "assumes": assumption, "cells": [number[parent] for parent in read]}
            for check, assumption, read in derivations(model, place)
        ],
        "findings": [name for name in audited["findings"].split("; ") if name],
    }
    return {key: value for key, value in entry.items() if value}


def _reasons(described: Mapping[str, Mapping[str, Any]], number: Mapping[tuple[str, str, str], int]) -> dict[str, str]:
    """Why single cells were placed by inference or lost, by the number of the cell (tables.yaml)."""
    found = {}
    for table, entry in described.items():
        for cell in (*entry.get("cells", ()), *entry.get("text_cells", ())):
            place = (table, str(cell.get("row", "")), str(cell.get("column", "")))
            if place in number:
                found[str(number[place])] = cell["reason"]
    return found


def _finding(
    row: Row, decided: Mapping[str, Row], report: Report, number: Mapping[tuple[str, str, str], int]
) -> dict[str, Any]:
    """One finding; `labels`: the rows whose label, not a cell, it is about."""
    decision, places = decided[row["finding"]], _places(row["cells"])
    return dict(row) | {
        "alternatives": [text for text in row["alternatives"].split(" | ") if text],
        "consequence": [text for text in row["consequence"].split("; ") if text],
        "operation": row["explanation"].partition(":")[0] if ":" in row["explanation"] else row["check"],
        "sector": _sector(row, report),
        "cells": [number[place] for place in places if place in number],
        "labels": [{"table": place[0], "row": place[1]} for place in places if place not in number],
        "follows": [number[place] for place in _places(row["follows"])],
        "claims": re.findall(r"\bclaim (\S+) ", row["consequence"]),
        "reason": decision["reason"],
        "note": decision["note"],
    }


def _places(text: str) -> list[tuple[str, str, str]]:
    places = [each.split("/", 2) for each in text.split("; ") if each]
    return [(table, row, column) for table, row, column in places]


def _sector(row: Row, report: Report) -> str:
    sectors = {each["cluster"]: each["sector"] for each in report.clusters}
    known = {each["sector"] for each in report.sectors}
    if row["row"] in known:
        return row["row"]
    table = report.tables.get(row["table"])
    return sectors.get(row["row"]) or (table.sector if table else "") or NONE


def slices(data: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """What the findings can be filtered by, each in the order in which it is shown."""
    findings = data["findings"]

    def found(key: str) -> list[str]:
        return list(dict.fromkeys(each[key] for each in findings))

    return {
        "severity": found("severity"),
        "table": sorted(found("table"), key=lambda name: (name[0], int(name[1:] or 0))),
        "sector": sorted(found("sector")),
        "explanation": sorted(found("operation")),
        "adjudication": sorted(found("adjudication")),
    }
