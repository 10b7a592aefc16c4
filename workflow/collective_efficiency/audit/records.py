"""An audit as the records of its CSV files: cells, rounding, missing scores and checks (findings: `findings`)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from collective_efficiency.audit.engine import Audit
from collective_efficiency.audit.findings import FINDING_COLUMNS, PUT_RIGHT_COLUMNS, would_print
from collective_efficiency.audit.model import OMIT, ZERO, Derivation, Place, place_order
from collective_efficiency.files.csv_files import csv_text

AUDITED_CELL_COLUMNS = (
    "table", "row", "column", "printed", "recomputed", "exact", "rounding", "verdict", "findings",
)  # fmt: skip
ROUNDING_COLUMNS = ("table", "column", "mode", "n_informative", "note")
CHECK_COLUMNS = ("check", "kind", "asserts", "n_cells", "n_findings", "source")
MISSING_COLUMNS = (
    "table", "row", "column", "printed", "as_zero", "left_out", "reproduced_by", "table_way", "n_informative",
)  # fmt: skip
READING_COLUMNS = ("table", "row", "column", "printed", "value", "reading")


def csv_texts(audit: Audit, decisions: Mapping[str, str], reviews: Mapping[str, str]) -> dict[str, str]:
    """The CSV files of an audit.

    decisions, reviews: what was decided on the findings and what reviewers say of them, by their ids, if anything.
    """
    findings = [
        finding.record(decisions.get(finding.id, ""), reviews.get(finding.id, "")) for finding in audit.findings
    ]
    return {
        "cells": csv_text(AUDITED_CELL_COLUMNS, audited_cells(audit)),
        "findings": csv_text(FINDING_COLUMNS, findings),
        "put_right": csv_text(PUT_RIGHT_COLUMNS, put_right_records(audit)),
        "rounding": csv_text(ROUNDING_COLUMNS, rounding_records(audit)),
        "checks": csv_text(CHECK_COLUMNS, check_records(audit)),
        "missing": csv_text(MISSING_COLUMNS, missing_records(audit)),
    }


def audited_cells(audit: Audit) -> list[dict[str, str]]:
    """audit/cells.csv: every printed cell with its verdict, by table, in printed order."""
    findings: dict[Place, set[str]] = {}
    for finding in audit.findings:
        for place in (*finding.cells, *finding.follows):
            findings.setdefault(place, set()).add(finding.id)
    return [_audited_cell(audit, place, sorted(findings.get(place, ()))) for place in audit.model.cells]


def _audited_cell(audit: Audit, place: Place, findings: Sequence[str]) -> dict[str, str]:
    cell, judged = audit.model.cells[place], audit.judge.judge(place)
    mode = audit.judge.mode(place) if cell.kind == "average" else None
    exact = "" if judged.exact is None else str(judged.exact)
    rounding = judged.assumption or (mode.mode if mode else "")
    recomputed = would_print(audit.judge, place, judged.exact)
    texts = (*place, cell.printed, recomputed, exact, rounding, judged.verdict, "; ".join(findings))
    return dict(zip(AUDITED_CELL_COLUMNS, texts, strict=True))


def put_right_records(audit: Audit) -> list[dict[str, str]]:
    """audit/put_right.csv: what changes of the printed cells if one finding is put right, and nothing else."""
    return [
        dict(zip(PUT_RIGHT_COLUMNS, (finding.id, *place, audit.model.cells[place].printed, becomes), strict=True))
        for finding in audit.findings
        for place, becomes in finding.changes
    ]


def rounding_records(audit: Audit) -> list[dict[str, str]]:
    """audit/rounding.csv: how each column of averages was rounded, and what tells so.

    Of the columns of sums and indices those without averages in which a cell tells.
    """
    of_sums = {place: mode for place, mode in audit.judge.ways.modes_of_sums.items() if mode.n_informative}
    modes = of_sums | dict(audit.judge.modes)
    return [
        dict(zip(ROUNDING_COLUMNS, (*place, mode.mode, str(mode.n_informative), mode.note), strict=True))
        for place, mode in sorted(modes.items(), key=lambda pair: place_order((pair[0][0], "", pair[0][1])))
    ]


def missing_records(audit: Audit) -> list[dict[str, str]]:
    """audit/missing.csv: which treatment of missing scores reproduces each printed mean that rests on one."""
    records = []
    for place, derivations in audit.model.derivations.items():
        by_treatment = {each.assumption: each for each in derivations if not each.copy}
        if {ZERO, OMIT} <= by_treatment.keys() and audit.model.cells[place].status != "lost":
            records.append(_missing_record(audit, place, (by_treatment[ZERO], by_treatment[OMIT])))
    return records


def _missing_record(audit: Audit, place: Place, treatments: Sequence[Derivation]) -> dict[str, str]:
    judge = audit.judge
    values = {each.assumption: judge.value(each, judge.printed) for each in treatments}
    fits = {name: judge.fits(place, value) for name, value in values.items()}
    fitting = [name for name, assumed in fits.items() if assumed is not None]
    without_assuming = [name for name, assumed in fits.items() if assumed == ""]
    shown = [would_print(judge, place, value) for value in values.values()]
    reproduced_by = " or ".join(without_assuming or fitting) or "neither"
    table = judge.ways.treatments[place[0]]
    told = (table.way, str(table.n_informative))
    texts = (*place, audit.model.cells[place].printed, *shown, reproduced_by, *told)
    return dict(zip(MISSING_COLUMNS, texts, strict=True))


def reading_records(audit: Audit) -> list[dict[str, str]]:
    """readings.csv: the cells that hold more than the digits of a number, with what was read."""
    return [
        {column: {**cell.record(), "reading": cell.reading}[column] for column in READING_COLUMNS}
        for cell in audit.model.cells.values()
        if cell.reading
    ]


def check_records(audit: Audit) -> list[dict[str, str]]:
    """audit/checks.csv: every check with how many cells it looked at and how many findings it has."""
    n_findings = Counter(finding.check for finding in audit.findings)
    return [
        {
            "check": name,
            "kind": check["kind"],
            "asserts": check["asserts"],
            "n_cells": str(audit.looked[name]),
            "n_findings": str(n_findings[name]),
            "source": check["source"],
        }
        for name, check in audit.model.checks.items()
    ]
