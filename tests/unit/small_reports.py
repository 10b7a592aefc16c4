"""Small reports from the texts of their tables, for tests: what tables.yaml would say follows from the cells."""

from collections.abc import Mapping
from typing import Any

import yaml

from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.audit.engine import Audit, audit_report, refuse_idle_checks
from collective_efficiency.report.ingest import read_report
from collective_efficiency.report.transcription import Report

SUMMARY = ("total", "average")


def small_report(tables: Mapping[str, str], columns: Mapping[str, Mapping[str, Any]] | None = None) -> Report:
    """The report that prints `tables`: CSV texts by name, each with a column `row`.

    columns: what tables.yaml says of columns, by name, beside what follows from their cells (numbers or words).
    """
    described = {name: _described(name, text.split("\n"), columns or {}) for name, text in tables.items()}
    document = {
        "source": {"title": "Made up", "authors": ["Nobody"], "year": 2000, "publisher": "none"},
        "formats": {"number": {"decimal": "."}},
        "layouts": {name: layout for name, (layout, _) in described.items()},
        "tables": {f"T{number}": each for number, (_, each) in enumerate(described.values(), 1)},
    }
    files = {
        "tables.yaml": yaml.safe_dump(document, sort_keys=False).encode(),
        "clusters.csv": b"cluster,name,sector,industry,country\n",
        "sectors.csv": b"sector,name,short_name\n",
    }
    for number, text in enumerate(tables.values(), 1):
        lines = [line.split(",") for line in text.strip().split("\n")]
        labelled = [[line[0], "label" if at == 0 else line[0], *line[1:]] for at, line in enumerate(lines)]
        files[f"T{number}.csv"] = ("\n".join(map(",".join, labelled)) + "\n").encode()
    return read_report(files)


def _described(
    name: str, lines: list[str], columns: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    head, *body = [line.split(",") for line in lines if line]
    layout = {}
    for number, column in enumerate(head[1:], 1):
        texts = [line[number] for line in body if line[number]]
        words = any(text[:1].isalpha() and text != "n.a." for text in texts)
        usual = {"kind": "class"} if words else {"kind": "item", "format": "number"}
        layout[column] = {**usual, **columns.get(column, {})}
    keys = [line[0] for line in body]
    blank = [
        {"row": line[0], "column": head[number], "lines": [1, 1], "reason": "empty"}
        for line in body
        for number in range(1, len(head))
        if not line[number]
    ]
    table = {
        "title": name,
        "layout": name,
        "rows": [key for key in keys if key not in SUMMARY],
        "summary": [key for key in keys if key in SUMMARY],
        "missing": {"n.a.": "not available"},
        "lines": [1, 1],
        "blank": blank,
    }
    return layout, table


def small_audit(
    tables: Mapping[str, str], *checks: Check, columns: Mapping[str, Mapping[str, Any]] | None = None
) -> Audit:
    """The audit of a small report."""
    report = small_report(tables, columns)
    done = audit_report(report, checks)
    refuse_idle_checks(done, report)
    return done


def said(done: Audit) -> list[str]:
    """Each finding as a line: cell, printed, expected, explanation."""
    return [
        f"{'/'.join(finding.cells[0])}: {finding.printed}, expected {finding.expected or 'otherwise'};"
        f" {finding.explanation}"
        for finding in done.findings
    ]
