"""What a person decided about each finding: adjudications.yaml, held against the findings of this run."""

from collections.abc import Mapping, Sequence
from typing import Any

from collective_efficiency.audit.findings import Finding
from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import read_yaml
from collective_efficiency.problems import BadInputError, Problem, allowed

ADJUDICATIONS_FILE = "adjudications.yaml"


def read_adjudications(content: bytes) -> list[Mapping[str, Any]]:
    """The records of adjudications.yaml. Raises BadInputError with every problem of its form."""
    problems: list[Problem] = []
    document = read_yaml(ADJUDICATIONS_FILE, content, schema("adjudications.schema"), problems)
    if problems:
        raise BadInputError(problems)
    adjudications: list[Mapping[str, Any]] = document["adjudications"]
    return adjudications


def adjudicate(findings: Sequence[Finding], decided: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The decision on each finding, by its id.

    Raises BadInputError for a finding without adjudication, an adjudication without finding, an adjudication given
    twice, and a printed value that is no longer the one that was decided on; all at once.
    """
    known = {finding.id: finding for finding in findings}
    problems = []
    decisions: dict[str, str] = {}
    for entry in decided:
        name = entry["finding"]
        if name in decisions:
            problems.append(Problem(ADJUDICATIONS_FILE, name, "finding", "", "the finding is adjudicated twice"))
        elif name not in known:
            problems.append(
                Problem(ADJUDICATIONS_FILE, name, "finding", "", f"no such finding; {allowed(sorted(known), name)}")
            )
        elif str(entry["expect"]) != known[name].printed:
            message = f"the printed value is now {known[name].printed!r}: decide again"
            problems.append(Problem(ADJUDICATIONS_FILE, name, "expect", str(entry["expect"]), message))
        decisions[name] = entry["decision"]
    for name, finding in known.items():
        if name not in decisions:
            message = f"the finding has no adjudication (printed {finding.printed!r}, {finding.explanation})"
            problems.append(Problem(ADJUDICATIONS_FILE, name, "", "", message))
    if problems:
        raise BadInputError(problems)
    return decisions
