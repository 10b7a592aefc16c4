"""Made-up reports that hold together, and slips to put into them, for tests of the audit worked out by hand.

A report has one sector of 3 to 40 clusters and the tables of the report: two of scores and sums, the index, upgrading,
a cross-tabulation and the averages. Each table has its own way of rounding; some scores are missing.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import yaml

from collective_efficiency.audit.checks.kinds import RelationKind
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.engine import Audit
from collective_efficiency.audit.findings import Finding
from collective_efficiency.audit.model import class_of
from collective_efficiency.numbers.printed import NumberFormat, half_up
from collective_efficiency.numbers.rounding import MODES, Mode, rounded
from collective_efficiency.report.transcription import Cell, Column, Report, Table
from collective_efficiency.words import DEGREES, EXTERNAL_ECONOMIES, JOINT_ACTIONS, UPGRADING

FORM = NumberFormat(".,")
CUTS = (("High", ">=", Fraction(19, 2)), ("Medium", ">", Fraction(5)), ("Low", ">=", Fraction(0)))
Grid = dict[tuple[str, str], Cell]
Place = tuple[str, str, str]


def arithmetic_checks() -> list[dict[str, Any]]:
    """The project's own checks of arithmetic, for the layouts that a made-up report has."""
    text = (Path(__file__).parents[2] / "data/report/checks.yaml").read_text(encoding="utf-8")
    kept = []
    for check in yaml.safe_load(text)["checks"]:
        fitted = check | {
            key: [each for each in check[key] if each in LAYOUTS] for key in ("layouts", "from") if key in check
        }
        if isinstance(CHECK_KINDS[check["kind"]], RelationKind) and all(
            fitted[key] for key in ("layouts", "from") if key in fitted
        ):
            kept.append(fitted)
    return kept


LAYOUTS = {"external_economies", "joint_action", "index", "upgrading_four", "crosstab_four", "item_averages"}
CHECKS = arithmetic_checks()


def numeric(done: Audit) -> list[Finding]:
    """The findings that change a number."""
    return [finding for finding in done.findings if finding.severity in ("decision", "numeric")]


def exact_text(value: Fraction) -> str:
    """A number with as few decimals as it needs."""
    decimals = next(d for d in range(5) if (value * 10**d).denominator == 1)
    return half_up(value, decimals)


def number(table: str, row: str, column: str, text: str, kind: str) -> Cell:
    """A cell that prints a number."""
    decimals = len(text.partition(".")[2])
    return Cell(table, row, column, text, Fraction(text), decimals, kind, "read")


class Set:
    """One made-up report, built table by table; `report()` gives it to the audit."""

    def __init__(self, random: Random, clusters: int | None = None, missing: float | None = None) -> None:
        self.random = random
        n = clusters or random.randint(3, 40)
        self.units = [f"c{place:02d}" for place in range(n)]
        share = random.choice([0, 0, 0.03, 0.1]) if missing is None else missing
        self.treatment = random.choice(["zero", "omit"])
        self.tables: dict[str, Table] = {}
        self.scores: dict[tuple[str, str], Fraction | None] = {
            (unit, item): None if random.random() < share else Fraction(random.randint(0, 6), 2)
            for unit in self.units
            for item in (*EXTERNAL_ECONOMIES, *JOINT_ACTIONS, *UPGRADING)
        }
        self.modes: dict[str, tuple[Mode, int]] = {}
        self._build()

    def _mean(self, values: list[Fraction | None]) -> Fraction:
        known = [value for value in values if value is not None]
        n = len(known) if self.treatment == "omit" and known else len(values)
        return sum(known, Fraction(0)) / n

    def _print(self, table: str, value: Fraction) -> str:
        if table not in self.modes:
            self.modes[table] = (self.random.choice(MODES), self.random.choice([1, 2, 2]))
        mode, decimals = self.modes[table]
        return half_up(rounded(value, decimals, mode), decimals)

    def _scores(self, table: str, layout: str, items: tuple[str, ...], target: str | None) -> Grid:
        cells: Grid = {}
        for unit in self.units:
            for item in items:
                score = self.scores[unit, item]
                text = "n.a." if score is None else exact_text(score)
                cells[unit, item] = (
                    Cell(table, unit, item, text, None, None, "item", "not_available")
                    if score is None
                    else number(table, unit, item, text, "item")
                )
            if target:
                total = sum((self.scores[unit, item] or Fraction(0) for item in items), Fraction(0))
                cells[unit, target] = number(table, unit, target, exact_text(total), "derived")
        self._summary(table, cells, (*items, *([target] if target else [])))
        self._add(table, layout, cells)
        return cells

    def _summary(self, table: str, cells: Grid, columns: tuple[str, ...], total: bool = True) -> None:
        for column in columns:
            values = [
                value if isinstance(value := cells[unit, column].value, Fraction) else None for unit in self.units
            ]
            if total:
                whole = sum((value for value in values if value is not None), Fraction(0))
                cells["total", column] = number(table, "total", column, exact_text(whole), "total")
            mean = self._mean(values)
            cells["average", column] = number(table, "average", column, self._print(table, mean), "average")

    def _add(self, table: str, layout: str, cells: Grid, sector: str = "s") -> None:
        columns = tuple(dict.fromkeys(column for _, column in cells))
        rows = tuple(dict.fromkeys(row for row, _ in cells))
        form = tuple(Column(each, "item", None if each == "degree" else FORM) for each in columns)
        self.tables[table] = Table(
            table, table, sector, form, rows, {row: {"label": row} for row in rows},
            {(row, column): cell for (row, column), cell in cells.items()}, layout,
        )  # fmt: skip

    def _build(self) -> None:
        external = self._scores("A1", "external_economies", EXTERNAL_ECONOMIES, "eei")
        joint = self._scores("A2", "joint_action", JOINT_ACTIONS, "jai")
        index: Grid = {}
        for unit in self.units:
            eei, jai = external[unit, "eei"], joint[unit, "jai"]
            index[unit, "eei"] = replace(eei, table="T3")
            index[unit, "jai"] = replace(jai, table="T3")
            ce = (Fraction(eei.printed) + Fraction(jai.printed)) / 2
            index[unit, "ce"] = number("T3", unit, "ce", half_up(ce, 2), "derived")
        self._summary("T3", index, ("eei", "jai", "ce"))
        degrees = {unit: str(class_of(Fraction(index[unit, "ce"].printed), CUTS)) for unit in self.units}
        for unit in self.units:
            index[unit, "degree"] = Cell("T3", unit, "degree", degrees[unit], degrees[unit], None, "class", "read")
        self._add("T3", "index", index)
        upgrading = self._scores("T5", "upgrading_four", UPGRADING, "upgrading_sum")
        for unit in self.units:
            upgrading[unit, "degree"] = replace(index[unit, "degree"], table="T5")
        self._add("T5", "upgrading_four", upgrading)
        cross: Grid = {}
        for degree in DEGREES:
            group = [unit for unit in self.units if degrees[unit] == degree]
            for kind in UPGRADING:
                if group:
                    mean = sum((self.scores[unit, kind] or Fraction(0) for unit in group), Fraction(0)) / len(group)
                    cross[degree, kind] = number("T6", degree, kind, self._print("T6", mean), "average")
                else:
                    cross[degree, kind] = Cell("T6", degree, kind, "-", None, None, "average", "not_available")
        self._add("T6", "crosstab_four", cross)
        averages: Grid = {}
        for source, columns in ((external, (*EXTERNAL_ECONOMIES, "eei")), (joint, (*JOINT_ACTIONS, "jai"))):
            for column in columns:
                text = source["average", column].printed
                averages["s", column] = number("T18", "s", column, text, "average")
        self._add("T18", "item_averages", averages, "")

    def report(self) -> Report:
        """The set as the audit reads it."""
        sectors = ({"sector": "s", "name": "S", "short_name": "S"},)
        clusters = tuple(
            {"cluster": unit, "name": unit, "sector": "s", "industry": "x", "country": "y"} for unit in self.units
        )
        return Report(sectors, clusters, dict(self.tables))

    def put(self, place: Place, text: str) -> None:
        """Print `text` at `place` instead."""
        table, row, column = place
        old = self.tables[table].cells[row, column]
        new = (
            replace(old, printed=text, value=text)
            if old.kind == "class"
            else number(table, row, column, text, old.kind)
        )
        cells = {**self.tables[table].cells, (row, column): new}
        self.tables[table] = replace(self.tables[table], cells=cells)

    def pick(self, *kinds: str, tables: tuple[str, ...] = ("A1", "A2", "T3", "T5")) -> Cell | None:
        """A random printed cell of these kinds."""
        found = [
            cell
            for name in tables
            for cell in self.tables[name].cells.values()
            if cell.kind in kinds and cell.status == "read"
        ]
        return self.random.choice(found) if found else None


Slip = Callable[[Set], tuple[Place, str] | None]


def replaced_digit(made: Set) -> tuple[Place, str] | None:
    """One digit of a sum, an index, a total or an average is another."""
    cell = made.pick("derived", "total", "average")
    if cell is None:
        return None
    places = [number for number, mark in enumerate(cell.printed) if mark != "."]
    at = made.random.choice(places)
    digit = made.random.choice([each for each in "0123456789" if each != cell.printed[at]])
    text = cell.printed[:at] + digit + cell.printed[at + 1 :]
    return _put(made, cell, text, "replaced digit")


def transposition(made: Set) -> tuple[Place, str] | None:
    """Two neighbouring digits exchange their places."""
    cell = made.pick("derived", "total", "average")
    digits = [number for number, mark in enumerate(cell.printed) if mark != "."] if cell else []
    pairs = [(one, other) for one, other in pairwise(digits) if cell and cell.printed[one] != cell.printed[other]]
    if cell is None or not pairs:
        return None
    one, other = made.random.choice(pairs)
    marks = list(cell.printed)
    marks[one], marks[other] = marks[other], marks[one]
    return _put(made, cell, "".join(marks), "transposition")


def decimal_shift(made: Set) -> tuple[Place, str] | None:
    """The decimal point of an average is lost."""
    cell = made.pick("average")
    if cell is None or not cell.value:
        return None
    return _put(made, cell, cell.printed.replace(".", "").lstrip("0") or "0", "decimal shift")


def item_misprint(made: Set) -> tuple[Place, str] | None:
    """A score is misprinted; its sum and the totals were computed before."""
    cell = made.pick("item", tables=("A1", "A2"))
    if cell is None:
        return None
    text = made.random.choice([each for each in ("0", "0.5", "1", "1.5", "2", "2.5", "3") if each != cell.printed])
    return _put(made, cell, text, "")


def wrong_divisor(made: Set) -> tuple[Place, str] | None:
    """An average divides by one cluster too few or too many."""
    cell = made.pick("average", tables=("A1", "A2"))
    if cell is None:
        return None
    total = made.tables[cell.table].cells["total", cell.column].value
    if not isinstance(total, Fraction) or not total:
        return None
    text = made._print(cell.table, total / (len(made.units) + made.random.choice([-1, 1])))
    return _put(made, cell, text, "wrong divisor")


def copied_row(made: Set) -> tuple[Place, str] | None:
    """The averages of a table are those of another."""
    done = False
    for number_, item in enumerate(EXTERNAL_ECONOMIES):
        twin = made.tables["A2"].cells["average", JOINT_ACTIONS[number_]].printed
        if twin != made.tables["A1"].cells["average", item].printed:
            made.put(("A1", "average", item), twin)
            done = True
    return (("A1", "average", EXTERNAL_ECONOMIES[0]), "") if done else None


def exchanged(made: Set) -> tuple[Place, str] | None:
    """Two sums of a column exchange their places."""
    table, column = made.random.choice([("A1", "eei"), ("A2", "jai")])
    one, other = made.random.sample(made.units, 2)
    first, second = (made.tables[table].cells[unit, column].printed for unit in (one, other))
    if first == second:
        return None
    made.put((table, one, column), second)
    made.put((table, other, column), first)
    return (table, min(one, other), column), "cells exchanged"


def replaced_class(made: Set) -> tuple[Place, str] | None:
    """A degree is another."""
    cell = made.pick("class", tables=("T3",))
    if cell is None:
        return None
    text = made.random.choice([each for each in DEGREES if each != cell.printed])
    return _put(made, cell, text, "")


def _put(made: Set, cell: Cell, text: str, explanation: str) -> tuple[Place, str] | None:
    if text == cell.printed or (cell.kind != "class" and Fraction(text) == cell.value):
        return None
    place = cell.table, cell.row, cell.column
    made.put(place, text)
    return place, explanation


SLIPS: tuple[Slip, ...] = (
    replaced_digit, transposition, decimal_shift, item_misprint, wrong_divisor, exchanged, replaced_class,
)  # fmt: skip
