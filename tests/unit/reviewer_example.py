"""A small report for the tests of the reviewer's room: tests/second_report, audited, with a claim and a decision.

Its one slip, by hand: beta's index is printed 9 and is 3 + 5 = 8; the total 23 and the average 5.75 follow from it.
"""

from functools import cache
from pathlib import Path
from typing import Any

from collective_efficiency.audit.engine import audit_report
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.records import audited_cells, put_right_records, rounding_records
from collective_efficiency.choices import Choices, rules_in_words
from collective_efficiency.files.yaml_files import own_yaml
from collective_efficiency.measures.averages import MEANS
from collective_efficiency.report.ingest import read_report
from collective_efficiency.report.transcription import Report
from collective_efficiency.reviewer.payload import AuditResults, payload
from collective_efficiency.words import ALL_SECTORS, DEGREES, INDICES, UPGRADING

FOLDER = Path(__file__).resolve().parents[1] / "second_report"
SLIP = "index_sum.T1.beta.index"
CLUSTERS = ("alpha", "beta", "gamma", "delta")
KEYS = (
    *(f"index/{cluster}/{name}" for cluster in CLUSTERS for name in (*INDICES, "degree")),
    *(f"mean/villages/{name}" for name in MEANS),
    *(f"order/{name}" for name in INDICES),
    *(f"crosstab/{sector}/{degree}/{kind}"
      for sector in (ALL_SECTORS, "villages") for degree in DEGREES for kind in (*UPGRADING, "n")),
)  # fmt: skip
SCENARIOS = {
    "printed/zero": dict.fromkeys(KEYS, "1.00"),
    "recomputed/zero": dict.fromkeys(KEYS, "1.00") | {"index/alpha/jai": "8.00"},
}


@cache
def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in (".csv", ".yaml")}


@cache
def small_report() -> Report:
    return read_report(files())


@cache
def example() -> dict[str, Any]:
    """What page and workbook show of it."""
    report, checks = small_report(), own_yaml(files()["checks.yaml"].decode())["checks"]
    done = audit_report(report, checks)
    described = own_yaml(files()["tables.yaml"].decode())
    described["tables"]["T1"] |= {
        "notes": ["a note"],
        "cells": [{"row": "alpha", "column": "trust", "reason": "it stands apart"}],
    }
    summary = {
        "version": "0", "cells": 23, "assumptions": {}, "severities": {"numeric": 1},
        "verdicts": dict.fromkeys(("input", "consistent", "consistent_if", "inconsistent", "not_checkable", "lost"), 1),
    }  # fmt: skip
    claims = [
        {
            "claim": "C1", "line": "7", "topic": "counts", "kind": "number",
            "weight": "5", "paraphrase": "Two are strong.", "printed": "supported",
            "recomputed": "supported", "verdict": "supported", "under_your_choices": "", "evidence": "2",
        }
    ]  # fmt: skip
    findings = [finding.record("printing slip") for finding in done.findings]
    decided = [{"finding": row["finding"], "reason": "a reason", "note": "a note"} for row in findings]
    advice = [{"advice": "P1", "paraphrase": "Be strong.", "verdict": "stands", "grounds": "C1; C2", "bears": ""}]
    records = (audited_cells(done), rounding_records(done), findings, put_right_records(done))
    results = AuditResults(*records, claims, decided, summary, advice)
    rests: dict[str, list[Place]] = {"C1": [("T1", "alpha", "rank")]}
    return payload(
        report, described, done.model, done.judge.ways, results, rests, SCENARIOS, rules_in_words(Choices(), "report")
    )
