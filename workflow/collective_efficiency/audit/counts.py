"""An audit in numbers: the counts of audit/summary.json."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from collective_efficiency.audit.engine import Audit
from collective_efficiency.audit.evaluation import CellValue, Look
from collective_efficiency.audit.findings import SEVERITIES
from collective_efficiency.audit.model import ClassCut, ClassRule, parents, place_names

VERDICTS_OF_CELLS = ("input", "consistent", "consistent_if", "inconsistent", "not_checkable", "lost")


def audit_counts(audit: Audit) -> dict[str, Any]:
    """Cells by verdict, assumption and table, findings by severity; cut-offs, tied optima and uncheckable cells."""
    judged = {place: audit.judge.judge(place) for place in audit.model.cells}
    verdicts = Counter(each.verdict for each in judged.values())
    assumed = Counter(each.assumption for each in judged.values() if each.verdict == "consistent_if")
    severities = Counter(finding.severity for finding in audit.findings)
    tables: dict[str, Counter[str]] = {}
    for (table, _, _), each in judged.items():
        tables.setdefault(table, Counter())[each.verdict] += 1
    return {
        **_guessed(audit),
        "cells": len(judged),
        "in_no_relation": _in_no_relation(audit),
        "verdicts": {name: verdicts[name] for name in VERDICTS_OF_CELLS},
        "assumptions": dict(sorted(assumed.items())),
        "findings": len(audit.findings),
        "severities": {name: severities[name] for name in SEVERITIES},
        "tables": {table: dict(sorted(counts.items())) for table, counts in tables.items()},
        "cut_offs": cut_offs(audit),
        "localisation": [
            {"cost": group[0].cost, "optima": [place_names(sorted(each.places())) for each in group]}
            for group in audit.optima
        ],
        "not_checkable": sorted("/".join(place) for place, each in judged.items() if each.verdict == "not_checkable"),
    }


def _guessed(audit: Audit) -> dict[str, Any]:
    """How many tables and checks are a draft's guess that no person has confirmed; nothing where none is."""
    checks = [check.get("guessed", False) for check in audit.model.checks.values()]
    tables = [table.guessed for table in audit.report.tables.values()]
    if not any((*tables, *checks)):
        return {}
    counts = {"tables": sum(tables), "of_tables": len(tables), "checks": sum(checks), "of_checks": len(checks)}
    return {"guessed": counts}


def _in_no_relation(audit: Audit) -> int:
    """How many printed numbers no relation gives or reads: nothing would notice if they were wrong."""
    rules = [*audit.model.derivations.values(), *audit.model.class_rules.values()]
    touched = {place for each in rules for rule in each for place in (rule.target, *parents(rule))}
    return sum(isinstance(cell.value, Fraction) and place not in touched for place, cell in audit.model.cells.items())


def cut_offs(audit: Audit) -> dict[str, dict[str, str]]:
    """Where the cut-off between classes must lie for every printed class to hold, by either reading of the index."""
    return {
        reading: {
            f"{upper} above {lower}": _between(indices.get(lower, []), indices.get(upper, []))
            for (upper, _, _), (lower, _, _) in pairwise(_classes(audit))
        }
        for reading, look in (("printed", audit.judge.printed), ("recomputed", audit.judge.truth))
        for indices in [_indices_by_class(audit, look)]
    }


def _indices_by_class(audit: Audit, look: Look) -> dict[CellValue | None, list[Fraction]]:
    indices: dict[CellValue | None, list[Fraction]] = {}
    for place, rules in audit.model.class_rules.items():
        index = next((look(rule.index) for rule in rules if isinstance(rule, ClassRule)), None)
        if isinstance(index, Fraction):
            indices.setdefault(audit.judge.printed(place), []).append(index)
    return indices


def _classes(audit: Audit) -> tuple[ClassCut, ...]:
    rules = (rule for rules in audit.model.class_rules.values() for rule in rules)
    return next((rule.classes for rule in rules if isinstance(rule, ClassRule)), ())


def _between(lower: Sequence[Fraction], upper: Sequence[Fraction]) -> str:
    if not lower or not upper:
        return "no cell tells"
    low, high = max(lower), min(upper)
    return f"above {low}, at most {high}" if low < high else f"none: {low} stands below {high}"
