"""The page, workbook and JSON of any folder that was audited, with what it has: no claims, no degrees, no what-if."""

import json
from collections.abc import Mapping
from typing import Any

from collective_efficiency import __version__
from collective_efficiency.audit.counts import audit_counts
from collective_efficiency.audit.engine import Audit
from collective_efficiency.audit.records import audited_cells, put_right_records, rounding_records
from collective_efficiency.files.yaml_files import checked_yaml
from collective_efficiency.reviewer.payload import AuditResults, payload
from collective_efficiency.reviewer.reviewer_page import reviewer_page
from collective_efficiency.reviewer.whatif import BASE
from collective_efficiency.reviewer.workbook import reviewer_workbook

UNDECIDED = "not decided"


def folder_pages(audit: Audit, files: Mapping[str, bytes], rules: str) -> dict[str, bytes]:
    """index.html, audit.xlsx and findings.json of an audited folder. files: those of the folder, by name.

    rules: what the verdicts stand on, in words.
    """
    described = checked_yaml(files["tables.yaml"])
    counts = audit_counts(audit)
    data = _folder_data(audit, described, counts, rules)
    findings = {"counts": counts, "findings": [finding.record("") for finding in audit.findings]}
    return {
        "index.html": reviewer_page(data, {}, root="").encode(),
        "audit.xlsx": reviewer_workbook(data),
        "findings.json": f"{json.dumps(findings, indent=2, ensure_ascii=False)}\n".encode(),
    }


def _folder_data(audit: Audit, described: Mapping[str, Any], counts: Mapping[str, Any], rules: str) -> dict[str, Any]:
    """All that page and workbook show of an audited folder (`payload`). described: its tables.yaml."""
    findings = [finding.record(UNDECIDED) for finding in audit.findings]
    decisions = [{"finding": finding["finding"], "reason": "", "note": ""} for finding in findings]
    summary = {**counts, "version": __version__}
    records = (audited_cells(audit), rounding_records(audit), findings, put_right_records(audit))
    results = AuditResults(*records, claims=[], adjudications=decisions, summary=summary)
    return payload(audit.report, described, audit.model, audit.judge.ways, results, {}, {BASE: {}}, [rules])
