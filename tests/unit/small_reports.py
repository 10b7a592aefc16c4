"""Small reports from the texts of their tables, for tests: what tables.yaml would say follows from the cells."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.audit.engine import Audit, audit_report, refuse_idle_checks
from collective_efficiency.report.ingest import read_report
from collective_efficiency.report.transcription import Report
from collective_efficiency.words import LOST

FORMATS = {
    "number": {"decimal": "."},
    "either": {"decimal": ".,"},
    "commas": {"decimal": ".", "thousands": ","},
    "points": {"decimal": ",", "thousands": "."},
}
Described = Mapping[str, Mapping[str, Any]]  # what tables.yaml says of columns, or of tables, by name


def small_report(
    tables: Mapping[str, str],
    columns: Described | None = None,
    notes: Described | None = None,
    files: Mapping[str, str] | None = None,
) -> Report:
    """The report that prints `tables`: CSV texts by name, each with a column `row`.

    columns and notes: what tables.yaml says of columns and tables beside what follows from their cells (numbers or
    words); files: what stands beside the tables.
    """
    read = {name: list(csv.reader(io.StringIO(text))) for name, text in tables.items()}
    document = {
        "formats": FORMATS,
        "layouts": {name: _layout(lines, columns or {}) for name, lines in read.items()},
        "tables": {
            f"T{number}": {"title": name, "layout": name, **_notes(lines), **(notes or {}).get(name, {})}
            for number, (name, lines) in enumerate(read.items(), 1)
        },
    }
    texts = {"tables.yaml": yaml.safe_dump(document, sort_keys=False), **(files or {})}
    texts |= {f"T{number}.csv": text for number, text in enumerate(tables.values(), 1)}
    return read_report({name: text.encode() for name, text in texts.items()}, lenient=True)


def _layout(lines: Sequence[Sequence[str]], columns: Described) -> dict[str, Any]:
    head, *body = lines
    layout = {}
    for number, column in enumerate(head):
        texts = [line[number] for line in body if line[number] not in ("", LOST, "n.a.")]
        words = any(text[:1].isalpha() for text in texts)
        usual = {"kind": "class"} if words else {"kind": "item", "format": "number"}
        if column not in ("row", "label"):
            layout[column] = {**usual, **columns.get(column, {})}
    return layout


def _notes(lines: Sequence[Sequence[str]]) -> dict[str, Any]:
    head, *body = lines
    lost = [
        {"row": line[0], "column": column, "status": "lost", "lines": [1, 1], "reason": "torn"}
        for line in body
        for column, text in zip(head, line, strict=True)
        if text == LOST
    ]
    return {"missing": {"n.a.": "not available"}, "cells": lost}


def small_audit(
    tables: Mapping[str, str],
    *checks: Check,
    columns: Described | None = None,
    notes: Described | None = None,
    files: Mapping[str, str] | None = None,
) -> Audit:
    """The audit of a small report."""
    done = audit_report(small_report(tables, columns, notes, files), checks)
    refuse_idle_checks(done)
    return done


def said(done: Audit) -> list[str]:
    """Each finding as a line: cell, printed, expected, explanation."""
    return [
        f"{'/'.join(finding.cells[0])}: {finding.printed}, expected {finding.expected or 'otherwise'};"
        f" {finding.explanation}"
        for finding in done.findings
    ]
