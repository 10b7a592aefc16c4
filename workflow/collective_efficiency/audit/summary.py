"""The audit in words: three lines for the terminal, and a summary in Markdown."""

from collections.abc import Mapping, Sequence

from tabulate import tabulate

from collective_efficiency.audit.audit import VERDICTS, Audit
from collective_efficiency.audit.findings import SEVERITIES, Finding, names

MEANING = {
    "input": "a score, code or fact: nothing to derive it from",
    "consistent": "prints what follows from the scores",
    "consistent_if": "does so under a named assumption",
    "inconsistent": "does not",
    "not_checkable": "nothing printed tells",
    "lost": "not in the text layer",
}
SEVERITY = {
    "decision": "a degree, a cross-tabulation, the order of the sectors or a claim changes",
    "numeric": "a number changes, nothing else",
    "format": "spelling, decimals, marks",
    "lead": "worth a look",
}


def lines(audit: Audit) -> str:
    """Three lines: what was checked, what assumptions it took, what was found."""
    counts = audit.summary()
    verdicts, severities = counts["verdicts"], counts["severities"]
    derived = sum(verdicts[name] for name in ("consistent", "consistent_if", "inconsistent"))
    assumed = ", ".join(f"{count} {name}" for name, count in counts["assumptions"].items()) or "none"
    found = ", ".join(f"{severities[name]} {name}" for name in SEVERITIES)
    return (
        f"Audited: {derived} derived cells of {counts['cells']} printed ones; {verdicts['consistent']} consistent,"
        f" {verdicts['consistent_if']} consistent under an assumption, {verdicts['inconsistent']} inconsistent.\n"
        f"Assumed: {assumed}.\n"
        f"Found: {counts['findings']} findings by severity: {found}.\n"
    )


def markdown(audit: Audit, decisions: Mapping[str, str]) -> str:
    """The summary as a page that reads well."""
    counts = audit.summary()
    verdicts = [[name, counts["verdicts"][name], MEANING[name]] for name in VERDICTS]
    severities = [[name, counts["severities"][name], SEVERITY[name]] for name in SEVERITIES]
    cuts = [[reading, pair, where] for reading, found in counts["cut_offs"].items() for pair, where in found.items()]
    parts = [
        "# The audit of the printed tables",
        lines(audit).replace("\n", "  \n").strip(),
        "## Verdicts",
        _table(verdicts, ["verdict", "cells", "meaning"]),
        "## Findings",
        "One slip is one finding; what was computed from it follows it and is not counted again.",
        _table(severities, ["severity", "findings", "meaning"]),
        *(_finding(finding, decisions.get(finding.id, "")) for finding in audit.findings),
        "## Missing scores",
        "Which treatment of `n.a.` reproduces the printed means.",
        _table([[_plain(value) for value in row.values()] for row in audit.missing()], list(audit.missing()[0]))
        if audit.missing()
        else "No mean rests on a missing score.",
        "## Which cut-offs are compatible with all printed classes",
        _table(cuts, ["reading of the index", "classes", "cut-off"]),
        "## How the columns were rounded",
        _table(
            [[_plain(value) for value in row.values()] for row in audit.rounding()],
            ["table", "column", "mode", "informative cells", "note"],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _finding(finding: Finding, decision: str) -> str:
    rows = [
        ["cells", names(finding.cells)],
        ["printed", finding.printed],
        ["expected", finding.expected],
        ["explanation", finding.explanation],
        ["alternatives", " | ".join(finding.alternatives)],
        ["follows from it", names(finding.follows)],
        ["what it changes", finding.consequence],
        ["adjudication", decision],
    ]
    shown = [f"- {key}: {_plain(value)}" for key, value in rows if value]
    return "\n".join([f"### {_plain(finding.id)} ({finding.severity})", "", *shown])


def _table(rows: Sequence[Sequence[object]], heads: Sequence[str]) -> str:
    return str(tabulate(rows, heads, tablefmt="pipe", disable_numparse=True))


def _plain(text: str) -> str:
    for mark in "\\|*_`<[":
        text = text.replace(mark, f"\\{mark}")
    return text
