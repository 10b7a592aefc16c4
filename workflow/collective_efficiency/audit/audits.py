"""Stage `audits`: the parts of many audits as two tables, a line a report, and a line a finding with its report.

A report that could not be audited is a line of both, so that nobody takes it for one in which nothing is wrong.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from collective_efficiency.audit.audit_part import AUDITED_REPORT_COLUMNS
from collective_efficiency.audit.findings import FINDING_COLUMNS
from collective_efficiency.words import counted

_NOT_OF_MANY = ("adjudication", "reviews")  # nobody decides on findings of many reports
FINDINGS_OF_MANY = ("report", *(column for column in FINDING_COLUMNS if column not in _NOT_OF_MANY), "error")
OUTCOMES = ("nothing wrong", "findings", "bad input", "failed")


def lines_of_parts(parts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """For each report, in the order of the parts: its line in reports.csv, its lines in findings.csv, its outcome."""
    for part in parts:
        for line in part.splitlines():
            done: Mapping[str, Any] = json.loads(line)
            name, error = done["report"]["report"], done["report"]["error"]
            findings = [{"report": name} | finding for finding in done["findings"]]
            findings += [dict.fromkeys(FINDINGS_OF_MANY, "") | {"report": name, "error": error}] if error else []
            yield (
                _lines(AUDITED_REPORT_COLUMNS, [done["report"]]),
                _lines(FINDINGS_OF_MANY, findings),
                done["report"]["outcome"],
            )


def head_of(columns: Iterable[str]) -> str:
    """The first line of a CSV of these columns."""
    return ",".join(columns) + "\n"


def _lines(columns: Iterable[str], records: Iterable[Mapping[str, str]]) -> str:
    stream = io.StringIO(newline="")
    csv.DictWriter(stream, [*columns], lineterminator="\n", extrasaction="ignore").writerows(records)
    return stream.getvalue()


def tables_of_parts(parts: Iterable[str]) -> tuple[str, str, Counter[str]]:
    """The two tables as texts, and how many reports came to which outcome."""
    lines = list(lines_of_parts(parts))
    reports = head_of(AUDITED_REPORT_COLUMNS) + "".join(line for line, _, _ in lines)
    findings = head_of(FINDINGS_OF_MANY) + "".join(line for _, line, _ in lines)
    return reports, findings, Counter(outcome for _, _, outcome in lines)


def outcome_line(outcomes: Mapping[str, int]) -> str:
    """What many audits came to, in words.

    >>> outcome_line(Counter({"nothing wrong": 2, "bad input": 1}))
    '3 reports: 2 nothing wrong, 0 findings, 1 bad input, 0 failed.'
    """
    each = ", ".join(f"{outcomes.get(name, 0):,} {name}" for name in OUTCOMES)
    return f"{counted(Counter(outcomes).total(), 'report')}: {each}."
