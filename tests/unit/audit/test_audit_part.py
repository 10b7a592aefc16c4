"""Some of many reports: a fault in one is said of it alone, and its files are known by its folder."""

import json

import pytest

from collective_efficiency.audit import audit_part
from collective_efficiency.audit.audit_part import audited, digest_of, files_of_reports, part_text
from collective_efficiency.audit.many.manifest import ListedReport

TABLES = b"""
formats: {number: {decimal: "."}}
layouts: {jobs: {farms: &n {kind: item, format: number}, mines: *n, both: *n}}
tables: {T1: {title: Jobs, layout: jobs}}
"""
CHECKS = b"checks: [{id: both, kind: sum, layouts: [jobs], target: both, of: [farms, mines]}]"
FILES = {"tables.yaml": TABLES, "checks.yaml": CHECKS, "T1.csv": b"row,farms,mines,both\nnorth,120,34,145\n"}


def test_a_report_is_its_files_one_without_any_is_bad_input_and_its_neighbour_is_audited():
    listed = files_of_reports(["empty", "jobs"], [("jobs", name, content) for name, content in FILES.items()])
    empty, jobs = (json.loads(line) for line in part_text(listed).splitlines())
    assert (empty["report"]["outcome"], empty["findings"]) == ("bad input", [])
    assert empty["report"]["error"] == "tables.yaml: the file is missing"
    assert (jobs["report"]["outcome"], jobs["report"]["numeric"], jobs["report"]["cells"]) == ("findings", "1", "3")
    assert [(each["printed"], each["expected"]) for each in jobs["findings"]] == [("145", "154")]


def test_a_fault_of_the_audit_is_a_line_too(monkeypatch):
    def fails(*_):
        raise ZeroDivisionError("of the audit")

    monkeypatch.setattr(audit_part, "audit_files_of_report", fails)
    done = audited(ListedReport("a", "a"), {"tables.yaml": b""})
    assert done["report"]["outcome"] == "failed"
    assert done["report"]["error"] == "the audit failed: ZeroDivisionError: of the audit"


@pytest.mark.parametrize(
    "changed",
    [
        [(ListedReport("a", "a"), FILES | {"T1.csv": b"row\n"})],
        [(ListedReport("a", "b"), FILES)],
        [(ListedReport("b", "a"), FILES)],
        [(ListedReport("a", "a"), "there is no such folder")],
        [(ListedReport("a", "a"), FILES)] * 2,
    ],
)
def test_another_report_is_another_digest(changed):
    same = [(ListedReport("a", "a"), dict(reversed(FILES.items())))]
    assert digest_of(same, "zero") == digest_of([(ListedReport("a", "a"), FILES)], "zero")
    assert digest_of(same, "zero") not in (digest_of(same, "omit"), digest_of(changed, "zero"))
