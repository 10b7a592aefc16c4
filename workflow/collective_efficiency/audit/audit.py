"""The audit of a folder of tables, from cells to findings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from collective_efficiency.audit.facts import KINDS, observe
from collective_efficiency.audit.findings import SEVERITIES, Changed, Finding, findings, names, sort_key, would_print
from collective_efficiency.audit.judge import Judge, Value
from collective_efficiency.audit.localise import Optimum, localise
from collective_efficiency.audit.model import DERIVE, OMIT, ZERO, ClassCut, ClassRule, Model, Place, build
from collective_efficiency.problems import BadInputError, Problem, allowed
from collective_efficiency.report.transcription import Report

VERDICTS = ("input", "consistent", "consistent_if", "inconsistent", "not_checkable", "lost")
CELL_COLUMNS = ("table", "row", "column", "printed", "recomputed", "exact", "rounding", "verdict", "findings")
ROUNDING_COLUMNS = ("table", "column", "mode", "n_informative", "note")
CHECK_COLUMNS = ("check", "kind", "asserts", "n_cells", "n_findings", "source")
MISSING_COLUMNS = ("table", "row", "column", "printed", "as_zero", "left_out", "reproduced_by")


@dataclass(frozen=True)
class Audit:
    """Everything the audit found. optima: the tied explanations of each group of slips, by error localisation."""

    model: Model
    judge: Judge
    findings: tuple[Finding, ...]
    looked: Mapping[str, int]
    optima: tuple[tuple[Optimum, ...], ...]

    def cells(self) -> list[dict[str, str]]:
        """The rows of audit/cells.csv, by table, in printed order."""
        by_cell: dict[Place, list[str]] = {}
        for finding in self.findings:
            for place in (*finding.cells, *finding.follows):
                by_cell.setdefault(place, []).append(finding.id)
        return [self._cell(place, sorted(set(by_cell.get(place, ())))) for place in self.model.cells]

    def _cell(self, place: Place, found: Sequence[str]) -> dict[str, str]:
        cell, judged = self.model.cells[place], self.judge.judge(place)
        mode = self.judge.mode(place) if cell.kind == "average" else None
        exact = "" if judged.exact is None else str(judged.exact)
        rounding = judged.assumption or (mode.mode if mode else "")
        recomputed = would_print(self.judge, place, judged.exact)
        values = (*place, cell.printed, recomputed, exact, rounding, judged.verdict, "; ".join(found))
        return dict(zip(CELL_COLUMNS, values, strict=True))

    def rounding(self) -> list[dict[str, str]]:
        """The rows of audit/rounding.csv."""
        rows = sorted(self.judge.modes.items(), key=lambda pair: sort_key((pair[0][0], "", pair[0][1])))
        return [
            dict(zip(ROUNDING_COLUMNS, (*place, found.mode, str(found.n_informative), found.note), strict=True))
            for place, found in rows
        ]

    def missing(self) -> list[dict[str, str]]:
        """Which treatment of missing scores reproduces each printed mean that rests on one: audit/missing.csv."""
        rows = []
        for place, derivations in self.model.derivations.items():
            by_treatment = {each.assumption: each for each in derivations if not each.copy}
            if not {ZERO, OMIT} <= by_treatment.keys():
                continue
            values = {name: self.judge.value(by_treatment[name], self.judge.printed) for name in (ZERO, OMIT)}
            fitting = [name for name in (ZERO, OMIT) if self.judge.fits(place, values[name]) is not None]
            best = [name for name in fitting if self.judge.fits(place, values[name]) == ""] or fitting
            shown = [would_print(self.judge, place, values[name]) for name in (ZERO, OMIT)]
            texts = (*place, self.model.cells[place].printed, *shown, " or ".join(best) or "neither")
            rows.append(dict(zip(MISSING_COLUMNS, texts, strict=True)))
        return rows

    def checks(self) -> list[dict[str, str]]:
        """Every check with how many cells it looked at and how many findings it has: audit/checks.csv."""
        counts = Counter(finding.check for finding in self.findings)
        return [
            dict(
                zip(
                    CHECK_COLUMNS,
                    (name, check["kind"], check["asserts"], str(self.looked[name]), str(counts[name]), check["source"]),
                    strict=True,
                )
            )
            for name, check in self.model.checks.items()
        ]

    def summary(self) -> dict[str, Any]:
        """The counts of summary.json."""
        verdicts = Counter(self.judge.judge(place).verdict for place in self.model.cells)
        tables: dict[str, Counter[str]] = {}
        for place in self.model.cells:
            tables.setdefault(place[0], Counter())[self.judge.judge(place).verdict] += 1
        severities = Counter(finding.severity for finding in self.findings)
        assumed = Counter(
            self.judge.judge(place).assumption
            for place in self.model.cells
            if self.judge.judge(place).verdict == "consistent_if"
        )
        return {
            "cells": len(self.model.cells),
            "verdicts": {name: verdicts[name] for name in VERDICTS},
            "assumptions": dict(sorted(assumed.items())),
            "findings": len(self.findings),
            "severities": {name: severities[name] for name in SEVERITIES},
            "tables": {table: dict(sorted(counts.items())) for table, counts in tables.items()},
            "cut_offs": self.cut_offs(),
            "localisation": [
                {"cost": group[0].cost, "optima": [names(sorted(each.places())) for each in group]}
                for group in self.optima
            ],
            "not_checkable": sorted(
                "/".join(place) for place in self.model.cells if self.judge.judge(place).verdict == "not_checkable"
            ),
        }

    def cut_offs(self) -> dict[str, dict[str, str]]:
        """Where the cut-off between two classes must lie for every printed class to hold, on either reading."""
        classes = [name for name, _, _ in self._classes()]
        found: dict[str, dict[str, str]] = {}
        for reading, look in (("printed", self.judge.printed), ("recomputed", self.judge.truth)):
            members: dict[Value | None, list[Fraction]] = {}
            for place, rules in self.model.class_rules.items():
                index = next((look(rule.index) for rule in rules if isinstance(rule, ClassRule)), None)
                if isinstance(index, Fraction):
                    members.setdefault(self.judge.printed(place), []).append(index)
            found[reading] = {
                f"{upper} above {lower}": _between(members.get(lower, []), members.get(upper, []))
                for upper, lower in pairwise(classes)
            }
        return found

    def _classes(self) -> tuple[ClassCut, ...]:
        rules = (rule for rules in self.model.class_rules.values() for rule in rules)
        return next((rule.classes for rule in rules if isinstance(rule, ClassRule)), ())


def _between(lower: Sequence[Fraction], upper: Sequence[Fraction]) -> str:
    if not lower or not upper:
        return "no cell tells"
    low, high = max(lower), min(upper)
    return f"above {low}, at most {high}" if low < high else f"none: {low} stands below {high}"


def audit(
    report: Report, checks: Sequence[Mapping[str, Any]], missing: str = "zero", claims: Changed | None = None
) -> Audit:
    """Audit `report` under `checks` (the records of checks.yaml). missing: as in `Judge`.

    Raises BadInputError where a check is of an unknown kind or names a layout that no table has.
    """
    _check_checks(report, checks)
    model = build(report, checks)
    judge = Judge(model, missing)
    optima = localise(judge)
    corrected = {place: value for group in optima for place, value in _certain(group).items()}
    if corrected:
        judge = replace(judge, corrected=corrected, _truth={}, _judged={})
    observations, looked = observe(report, judge, checks)
    for rules in (model.derivations, model.class_rules):
        for each in rules.values():
            looked.update({rule.check for rule in each})
    found = findings(judge, observations, claims)
    return Audit(model, judge, tuple(found), looked, tuple(tuple(group) for group in optima if group))


def _certain(group: Sequence[Optimum]) -> dict[Place, Fraction]:
    """The scores that every optimum of a group corrects, and to the same value."""
    shared = dict(group[0].items) if group else {}
    for optimum in group[1:]:
        shared = {place: value for place, value in shared.items() if optimum.items.get(place) == value}
    return shared


def _check_checks(report: Report, checks: Sequence[Mapping[str, Any]]) -> None:
    kinds = sorted({*DERIVE, *KINDS})
    layouts = sorted({table.layout for table in report.tables.values()})
    problems = []
    seen: set[str] = set()
    for check in checks:
        if check["kind"] not in kinds:
            message = f"unknown kind; {allowed(kinds, check['kind'])}"
            problems.append(Problem("checks.yaml", check["id"], "kind", check["kind"], message))
        if check["id"] in seen:
            problems.append(Problem("checks.yaml", check["id"], "id", check["id"], "the check stands twice"))
        seen.add(check["id"])
        for name in (*check.get("layouts", ()), *check.get("from", ())):
            if name not in layouts:
                message = f"no table has this layout; {allowed(layouts, name)}"
                problems.append(Problem("checks.yaml", check["id"], "layouts", name, message))
    if problems:
        raise BadInputError(problems)
