"""What page and workbook show, put together once from the transcription, the audit and the claims."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from collective_efficiency.audit.conventions import Conventions
from collective_efficiency.audit.findings import FINDING_COLUMNS
from collective_efficiency.audit.model import Model, Place
from collective_efficiency.audit.reviews import read_reviews
from collective_efficiency.audit.summary import SEVERITY_MEANINGS
from collective_efficiency.claims.evaluation import CLAIM_COLUMNS
from collective_efficiency.claims.pages import changes_in_words
from collective_efficiency.exhibits.exhibit import row_label
from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.report.transcription import Cell, Report, Table
from collective_efficiency.reviewer.effects import effects
from collective_efficiency.reviewer.stories import derivations, printed_interval
from collective_efficiency.reviewer.suppose import rules_as_data
from collective_efficiency.words import GLOSSARY, ITEMS, LABELS, LOST, SUMMARY_ROWS, UPGRADING

Places = Mapping[Place, int]  # the number of each cell in the list of cells
CELL_VERDICT_SYMBOLS = {
    "input": "", "consistent": "✓", "consistent_if": "≈", "inconsistent": "✗", "not_checkable": "?", "lost": "∅",
}  # fmt: skip
CELL_VERDICT_MEANINGS = {
    "input": "a score, code or fact: nothing to derive it from",
    "consistent": "prints what follows from the scores",
    "consistent_if": "prints what follows from the scores under a named assumption",
    "inconsistent": "does not print what follows from the scores",
    "not_checkable": "nothing printed tells",
    "lost": "not in the text layer of the report",
}
NO_SECTOR = "none"
_TERMS = {  # by column, the term of the glossary that says what it holds
    **dict.fromkeys(ITEMS, "item"), **dict.fromkeys(UPGRADING, "upgrading"),
    "eei": "EEI", "jai": "JAI", "ce": "CE", "degree": "degree",
}  # fmt: skip


@dataclass(frozen=True)
class AuditResults:
    """What the audit wrote (the rows of its CSV files by name, and summary.json), and what people decided of it.

    advice: the rows of policy.csv, the policy advice that rests on the claims. reviews: the files of reviewers' marks.
    """

    cells: Sequence[Record]
    rounding: Sequence[Record]
    findings: Sequence[Record]
    put_right: Sequence[Record]
    claims: Sequence[Record]
    adjudications: Sequence[Record]
    summary: Mapping[str, Any]
    advice: Sequence[Record] = ()
    claim_readings: Sequence[Record] = ()
    reviews: Mapping[str, bytes] = field(default_factory=dict)


def payload(
    report: Report,
    described: Mapping[str, Any],
    model: Model,
    ways: Conventions,
    results: AuditResults,
    rests: Mapping[str, Sequence[Place]],
    scenarios: Mapping[str, Mapping[str, str]],
    rules: Sequence[str],
) -> dict[str, Any]:
    """All that page and workbook show, as one document of JSON. A cell is named by its number in the list of cells.

    described: tables.yaml, for the name of the report and the notes of its tables. model: what is computed from what.
    rests: the cells on which each claim rests (`rests_on`). scenarios: what changes under the other readings
    (`scenarios`). rules: what the verdicts stand on (`choices.rules_in_words`).
    """
    number = {place: index for index, place in enumerate(model.cells)}
    decided = {entry["finding"]: entry for entry in results.adjudications}
    modes = {(row["table"], row["column"]): row["mode"] for row in results.rounding}
    put_right: dict[str, list[list[int | str]]] = defaultdict(list)
    for row in results.put_right:
        put_right[row["finding"]].append([number[row["table"], row["row"], row["column"]], row["becomes"]])
    reviews = read_reviews(results.reviews, {row["finding"]: row["printed"] for row in results.findings})
    findings = [
        _finding(row, decided, report, number)
        | {
            "changes": put_right[row["finding"]],
            "reviewed": row["reviews"],
            "reviews": [asdict(review) for review in reviews if review.finding == row["finding"]],
        }
        for row in results.findings
    ]
    return {
        "rules": list(rules),
        "changes": changes_in_words(results.claims) if len(rules) > 1 else "",
        "version": results.summary["version"],
        "source": {key: described.get("source", {}).get(key, "") for key in ("title", "authors", "year", "publisher")},
        "columns": {"findings": FINDING_COLUMNS, "claims": CLAIM_COLUMNS},
        "glossary": {column: GLOSSARY[term][0] for column, term in _TERMS.items()},
        "summary": {key: results.summary[key] for key in ("cells", "verdicts", "assumptions", "severities")},
        "meanings": {"verdict": CELL_VERDICT_MEANINGS, "severity": SEVERITY_MEANINGS, "symbol": CELL_VERDICT_SYMBOLS},
        "labels": LABELS,
        "checks": {name: check["asserts"] for name, check in model.checks.items()},
        "tables": [_table(report, table, described["tables"][table.id]) for table in report.tables.values()],
        "cells": [
            _cell(model, model.cells[place], row, modes, number)
            for place, row in zip(model.cells, results.cells, strict=True)
        ],
        "reasons": _reasons(described["tables"], number),
        "findings": findings,
        "claims": [
            _claim(row, results.claim_readings, findings, [number[place] for place in rests[row["claim"]]])
            for row in results.claims
        ],
        "advice": [_advice(row) for row in results.advice],
        "sectors": {row["sector"]: row["name"] for row in report.sectors},
        "names": {row["cluster"]: row["name"] for row in report.clusters},
        "clusters": [{key: row[key] for key in ("cluster", "name", "sector")} for row in report.clusters],
        "scenarios": scenarios,
        "follow": rules_as_data(model, ways),
    }


def column_heading(column: str) -> str:
    """A column's name for people.

    >>> column_heading("eei"), column_heading("quoted_page")
    ('External economies index', 'Quoted page')
    """
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
                "summary": key in SUMMARY_ROWS,
            }
        )
    notes = [*([described["torn"]] if "torn" in described else []), *described.get("notes", ())]
    return {
        "id": table.id,
        "name": _table_name(table.id),
        "title": table.title,
        "sector": table.sector or "",
        "lines": " to ".join(map(str, described.get("lines", ()))),
        "notes": notes,
        "columns": [{"key": column.name, "label": column_heading(column.name)} for column in table.columns],
        "rows": rows,
    }


def _table_name(table: str) -> str:
    """What people call a table, by its id: A1 is of the annex, T1 of the body, another id is its name."""
    if not table[1:].isdigit() or table[0] not in "AT":
        return table
    return f"{'Annex table' if table[0] == 'A' else 'Table'} {table[1:]}"


def _cell(
    model: Model,
    cell: Cell,
    audited: Record,
    modes: Mapping[tuple[str, str], str],
    number: Places,
) -> dict[str, Any]:
    """One cell; keys whose value says nothing are left out."""
    place = (cell.table, cell.row, cell.column)
    column = (cell.table, cell.column)
    decimals = model.decimals.get(column) if cell.kind == "derived" else None
    entry = {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "printed": cell.printed,
        "value": _number(cell),
        "kind": cell.kind,
        "status": cell.status,
        "verdict": audited["verdict"],
        "recomputed": audited["recomputed"] if audited["verdict"] != "input" else "",
        "exact": audited["exact"] if audited["verdict"] != "input" else "",
        "rounding": audited["rounding"],
        "interval": printed_interval(cell, modes.get(column, ""), decimals, column in model.signed),
        "from": [
            {"check": check, "assumes": assumption, "cells": [number[parent] for parent in read]}
            for check, assumption, read in derivations(model, place)
        ],
        "findings": [name for name in audited["findings"].split("; ") if name],
    }
    return {key: value for key, value in entry.items() if value}


def _number(cell: Cell) -> str:
    """The number that the cell prints, with its decimals and a point, where it prints it otherwise; else nothing."""
    text = half_up(cell.value, cell.decimals or 0) if isinstance(cell.value, Fraction) else ""
    return "" if text == cell.printed else text


def printed_number(cell: Mapping[str, Any]) -> str:
    """The number that a cell of the document prints, as text; what it prints otherwise."""
    return str(cell.get("value") or cell.get("printed", ""))


def _reasons(described: Mapping[str, Mapping[str, Any]], number: Places) -> dict[str, str]:
    """Why single cells were placed by inference or lost, by the number of the cell (tables.yaml)."""
    reasons = {}
    for table, entry in described.items():
        for cell in (*entry.get("cells", ()), *entry.get("text_cells", ())):
            place = (table, str(cell.get("row", "")), str(cell.get("column", "")))
            if place in number and "reason" in cell:
                reasons[str(number[place])] = cell["reason"]
    return reasons


def _finding(row: Record, decided: Mapping[str, Record], report: Report, number: Places) -> dict[str, Any]:
    """One finding; `labels`: the rows whose label, not a cell, it is about."""
    decision, places = decided[row["finding"]], _places(row["cells"])
    consequence = [text for text in row["consequence"].split("; ") if text]
    return dict(row) | {
        "alternatives": [text for text in row["alternatives"].split(" | ") if text],
        "consequence": consequence,
        "operation": row["explanation"].partition(":")[0] if ":" in row["explanation"] else row["check"],
        "sector": _sector(row, report),
        "places": row["cells"],
        "cells": [number[place] for place in places if place in number],
        "labels": [{"table": place[0], "row": place[1]} for place in places if place not in number],
        "follows": [number[place] for place in _places(row["follows"])],
        "effects": effects(consequence),
        "reason": decision["reason"],
        "note": decision["note"],
    }


def _claim(
    row: Record, readings: Sequence[Record], findings: Sequence[Mapping[str, Any]], cells: Sequence[int]
) -> dict[str, Any]:
    """One claim, with its readings and the findings that change it if they are put right."""
    keys = ("reads", "role", "printed", "recomputed", "numbers")
    moves = ("claim", row["claim"])
    return dict(row) | {
        "cells": cells,
        "readings": [{key: each[key] for key in keys} for each in readings if each["claim"] == row["claim"]],
        "movers": [
            finding["finding"]
            for finding in findings
            if any((effect["kind"], effect.get("name")) == moves for effect in finding["effects"])
        ],
    }


def _advice(row: Record) -> dict[str, Any]:
    """One piece of advice, with the claims on which the report rests it and those that bear on it."""
    claims = {key: [name for name in row[key].split("; ") if name] for key in ("grounds", "bears")}
    return {key: row[key] for key in ("advice", "paraphrase", "verdict")} | claims


def _places(text: str) -> list[Place]:
    places = [name.split("/", 2) for name in text.split("; ") if name]
    return [(table, row, column) for table, row, column in places]


def _sector(row: Record, report: Report) -> str:
    sectors = {cluster["cluster"]: cluster["sector"] for cluster in report.clusters}
    if row["row"] in {sector["sector"] for sector in report.sectors}:
        return row["row"]
    table = report.tables.get(row["table"])
    return sectors.get(row["row"]) or (table.sector if table else "") or NO_SECTOR


def _in_order(table: str) -> tuple[str, int]:
    """Where a table stands in a list: those of one letter by their numbers."""
    letters = table.rstrip("0123456789")
    return letters, int(table[len(letters) :] or 0)


def slices(data: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """What the findings can be filtered by, each in the order in which it is shown."""

    def different(key: str) -> list[str]:
        return list(dict.fromkeys(finding[key] for finding in data["findings"]))

    return {
        "severity": different("severity"),  # the findings stand in this order
        "table": sorted(different("table"), key=_in_order),
        "sector": sorted(different("sector")),
        "explanation": sorted(different("operation")),
        "adjudication": sorted(different("adjudication")),
    }
