"""The tables of many audits, against parts written here."""

import json

from collective_efficiency.audit.audits import AUDITED_REPORT_COLUMNS, FINDINGS_OF_MANY, outcome_line, tables_of_parts


def part(*reports):
    """A part of reports: name, outcome, error, ids of findings."""
    records = [
        {
            "report": dict.fromkeys(AUDITED_REPORT_COLUMNS, "") | {"report": name, "outcome": outcome, "error": error},
            "findings": [{"finding": each, "adjudication": ""} for each in findings],
        }
        for name, outcome, error, findings in reports
    ]
    return "".join(f"{json.dumps(record)}\n" for record in records)


A = ("a", "findings", "", ["sum.T1.x.y", "sum.T1.z.y"])
B = ("b", "bad input", "the file is missing", [])
C = ("c", "nothing wrong", "", [])


def test_the_tables_are_the_same_however_the_reports_are_parted():
    reports, findings, outcomes = tables_of_parts([part(A, B, C)])
    assert tables_of_parts([part(A), part(B, C)]) == (reports, findings, outcomes)
    assert reports.splitlines() == [
        ",".join(AUDITED_REPORT_COLUMNS),
        "a,,findings,,,,,,,,,",
        "b,,bad input,,,,,,,,,the file is missing",
        "c,,nothing wrong,,,,,,,,,",
    ]
    assert findings.splitlines() == [
        ",".join(FINDINGS_OF_MANY),
        "a,sum.T1.x.y,,,,,,,,,,,,,,,",
        "a,sum.T1.z.y,,,,,,,,,,,,,,,",
        "b,,,,,,,,,,,,,,,,the file is missing",
    ]
    assert outcome_line(outcomes) == "3 reports: 1 nothing wrong, 1 findings, 1 bad input, 0 failed."
