"""The parts of many audits as two tables: a line a report, and a line a finding with its report."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from collective_efficiency.audit.findings import FINDING_COLUMNS
from collective_efficiency.audit.many.part import AUDITED_REPORT_COLUMNS
from collective_efficiency.words import counted

FINDINGS_OF_MANY = ("report", *(column for column in FINDING_COLUMNS if column != "adjudication"))
OUTCOMES = ("nothing wrong", "findings", "bad input", "failed")


def lines_of_parts(parts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """For each report, in the order of the parts: its line in reports.csv, its lines in findings.csv, its outcome."""
    for part in parts:
        for line in part.splitlines():
            done: Mapping[str, Any] = json.loads(line)
            name = done["report"]["report"]
            findings = ({"report": name} | finding for finding in done["findings"])
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


def outcome_line(outcomes: Mapping[str, int]) -> str:
    """What many audits came to, in words.

    >>> outcome_line(Counter({"nothing wrong": 2, "bad input": 1}))
    '3 reports: 2 nothing wrong, 0 findings, 1 bad input, 0 failed.'
    """
    each = ", ".join(f"{outcomes.get(name, 0):,} {name}" for name in OUTCOMES)
    return f"{counted(Counter(outcomes).total(), 'report')}: {each}."
