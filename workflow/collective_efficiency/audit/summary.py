"""The audit in words: four lines for the terminal, and a summary in Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any

from tabulate import tabulate

from collective_efficiency.audit.counts import VERDICTS_OF_CELLS
from collective_efficiency.audit.engine import Audit
from collective_efficiency.audit.findings import SEVERITIES, Finding
from collective_efficiency.audit.model import place_names
from collective_efficiency.audit.records import READING_COLUMNS, missing_records, reading_records, rounding_records
from collective_efficiency.files.pages import markdown_text
from collective_efficiency.words import counted

_VERDICT_MEANINGS = {
    "input": "a score, code or fact: nothing to derive it from",
    "consistent": "prints what follows from the scores",
    "consistent_if": "does so under a named assumption",
    "inconsistent": "does not",
    "not_checkable": "nothing printed tells",
    "lost": "not in the text layer",
}
SEVERITY_MEANINGS = {
    "decision": "a degree, a cross-tabulation, the order of the sectors or a claim changes",
    "numeric": "a number changes, nothing else",
    "format": "spelling, decimals, marks",
    "lead": "worth a look",
}
AuditCounts = Mapping[str, Any]  # as `counts.audit_counts` gives them


def audit_lines(counts: AuditCounts, rules: str) -> str:
    """Four lines: what was checked, by which rules, what assumptions it took, what was found."""
    verdicts, severities = counts["verdicts"], counts["severities"]
    derived = sum(verdicts[name] for name in ("consistent", "consistent_if", "inconsistent"))
    assumed = ", ".join(f"{count} {name}" for name, count in counts["assumptions"].items()) or "none"
    by_severity = ", ".join(f"{severities[name]} {name}" for name in SEVERITIES)
    return (
        f"Audited: {derived} derived cells of {counts['cells']} printed ones; {verdicts['consistent']} consistent,"
        f" {verdicts['consistent_if']} consistent under an assumption, {verdicts['inconsistent']} inconsistent."
        f" {counted(counts['in_no_relation'], 'number')} in no relation: nothing would tell if they were wrong.\n"
        f"{rules}\n"
        f"Assumed: {assumed}.\n"
        f"Found: {counts['findings']} findings by severity: {by_severity}.\n"
    )


def disputed_line(disputed: Sequence[str]) -> str:
    """The last line where reviewers dispute findings: which; the decisions stay as they are. Empty where none does."""
    return f"Disputed by reviewers: {'; '.join(disputed)}.\n" if disputed else ""


def guessed_line(counts: AuditCounts) -> str:
    """The first line of an audit of what a draft laid out: how much of it is guessed; empty where nothing is."""
    guessed = counts.get("guessed")
    if not guessed:
        return ""
    tables, checks = counted(guessed["of_tables"], "table"), counted(guessed["of_checks"], "check")
    return f"Guessed, not confirmed: how to read {guessed['tables']} of {tables}; {guessed['checks']} of {checks}.\n"


def audit_page(
    audit: Audit, counts: AuditCounts, rules: str, decisions: Mapping[str, str], reviews: Mapping[str, str]
) -> str:
    """The summary as a page that reads well.

    rules: what the verdicts stand on, in words. decisions, reviews: what was decided on the findings,
    and what reviewers say of them, by their ids.
    """
    verdicts = [[name, counts["verdicts"][name], _VERDICT_MEANINGS[name]] for name in VERDICTS_OF_CELLS]
    severities = [[name, counts["severities"][name], SEVERITY_MEANINGS[name]] for name in SEVERITIES]
    cuts = [[reading, pair, where] for reading, pairs in counts["cut_offs"].items() for pair, where in pairs.items()]
    missing = missing_records(audit)
    rounding = rounding_records(audit)
    parts = [
        "# The audit of the printed tables",
        (guessed_line(counts) + audit_lines(counts, rules)).replace("\n", "  \n").strip(),
        "## Verdicts",
        _table(["verdict", "cells", "meaning"], verdicts),
        "## Findings",
        "One slip is one finding; what was computed from it follows it and is not counted again.",
        _table(["severity", "findings", "meaning"], severities),
        *(_finding(finding, decisions.get(finding.id, ""), reviews.get(finding.id, "")) for finding in audit.findings),
        "## Missing scores",
        "Which treatment of `n.a.` reproduces the printed means.",
        _table(list(missing[0]), _escaped(missing)) if missing else "No mean rests on a missing score.",
        "## Which cut-offs are compatible with all printed classes",
        _table(["reading of the index", "classes", "cut-off"], cuts),
        "## How the columns were rounded",
        _table(["table", "column", "mode", "informative cells", "note"], _escaped(rounding)),
    ]
    if readings := reading_records(audit):
        parts += ["## How cells were read", _table(list(READING_COLUMNS), _escaped(readings))]
    return "\n\n".join(parts) + "\n"


def _finding(finding: Finding, decision: str, reviews: str) -> str:
    facts = {
        "cells": place_names(finding.cells),
        "printed": finding.printed,
        "expected": finding.expected,
        "explanation": finding.explanation,
        "alternatives": " | ".join(finding.alternatives),
        "follows from it": place_names(finding.follows),
        "what it changes": finding.consequence,
        "adjudication": decision,
        "reviewers": reviews,
    }
    shown = [f"- {name}: {markdown_text(value)}" for name, value in facts.items() if value]
    return "\n".join([f"### {markdown_text(finding.id)} ({finding.severity})", "", *shown])


def _escaped(records: Sequence[Mapping[str, str]]) -> list[list[str]]:
    return [[markdown_text(value) for value in record.values()] for record in records]


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    return str(tabulate(rows, heads, tablefmt="pipe", disable_numparse=True))
