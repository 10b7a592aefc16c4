"""Stage `audit_part`: some of many reports, audited one after the other.

What is bad about one is said in its record and ends nothing.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from collective_efficiency import __version__
from collective_efficiency.audit.counts import audit_counts
from collective_efficiency.audit.findings import SEVERITIES
from collective_efficiency.audit.folder import audit_files_of_report, report_paths
from collective_efficiency.audit.many.manifest import ListedReport, inside
from collective_efficiency.problems import BadInputError, visible

AUDITED_REPORT_COLUMNS = (
    "report", "folder", "outcome", "cells", "derived", "in_no_relation", "guessed_checks", *SEVERITIES, "error",
)  # fmt: skip
ReportFiles = Mapping[str, bytes]  # the content of the files of a report by their names


def files_of(base: Path, listed: ListedReport) -> ReportFiles | str:
    """The files of a report, or why they cannot be read. base: the folder of the list."""
    if listed.problem:
        return listed.problem
    folder = inside(base, listed.folder)
    if folder is None:
        return "the folder is a link that leads out of that of the list"
    if not folder.is_dir():
        return "there is no such folder"
    paths = report_paths(folder)
    try:
        if any(inside(base, str(path.relative_to(base.resolve()))) is None for path in paths):
            return "a file is a link that leads out of the folder of the list"
        return {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def files_of_reports(
    names: Sequence[str], files: Sequence[tuple[str, str, bytes]]
) -> list[tuple[ListedReport, ReportFiles | str]]:
    """Reports by the names of their folders. files: the folder, the name and the content of each file."""
    of_report: dict[str, dict[str, bytes]] = {name: {} for name in names}
    for name, file, content in files:
        of_report[name][file] = content
    return [(ListedReport(name, name), content) for name, content in of_report.items()]


def digest_of(files: Sequence[tuple[ListedReport, ReportFiles | str]], missing: str) -> str:
    """What the results of some reports rest on, in a few letters: another one, another result."""
    digest = hashlib.sha256(f"{__version__} {missing}".encode())
    for listed, content in files:
        parts = (
            [(name, content[name]) for name in sorted(content)] if isinstance(content, Mapping) else [(content, b"")]
        )
        for text, data in [(listed.name, b""), (listed.folder, b""), *parts]:
            for each in (text.encode(), data):
                digest.update(len(each).to_bytes(8, "big") + each)
    return digest.hexdigest()[:16]


def part_text(files: Sequence[tuple[ListedReport, ReportFiles | str]], missing: str = "zero") -> str:
    """The audits of some reports as JSON lines: each its record and those of its findings."""
    lines = [json.dumps(audited(listed, content, missing), ensure_ascii=False) for listed, content in files]
    return "".join(f"{line}\n" for line in lines)


def audited(listed: ListedReport, files: ReportFiles | str, missing: str = "zero") -> dict[str, Any]:
    """One report: its record (`AUDITED_REPORT_COLUMNS`) under `report`, and those of its findings."""
    record = dict.fromkeys(AUDITED_REPORT_COLUMNS, "") | {"report": listed.name, "folder": listed.folder}
    if isinstance(files, str):
        return {"report": record | {"outcome": "bad input", "error": files}, "findings": []}
    try:
        done = audit_files_of_report(files, missing)
    except BadInputError as error:
        said = "; ".join(str(problem) for problem in error.problems)
        return {"report": record | {"outcome": "bad input", "error": said}, "findings": []}
    except Exception as error:  # a fault of the audit: one report must not keep others from being audited
        said = visible(f"the audit failed: {type(error).__name__}: {error}")
        return {"report": record | {"outcome": "failed", "error": said}, "findings": []}
    counts = audit_counts(done)
    severities = counts["severities"]
    wrong = severities["decision"] + severities["numeric"]
    verdicts = counts["verdicts"]
    said_of = {
        "outcome": "findings" if wrong else "nothing wrong",
        "cells": str(counts["cells"]),
        "derived": str(verdicts["consistent"] + verdicts["consistent_if"] + verdicts["inconsistent"]),
        "in_no_relation": str(counts["in_no_relation"]),
        "guessed_checks": str(counts.get("guessed", {}).get("checks", 0)),
        **{name: str(severities[name]) for name in SEVERITIES},
    }
    return {"report": record | said_of, "findings": [finding.record("") for finding in done.findings]}
