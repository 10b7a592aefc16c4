"""The tables as a graph: which cell is computed from which, as the declared checks say.

Most derivations are linear: a cell is the sum of its parents, each times a weight; others are expressions over them
(a share of a printed total). A cell may have several. Those of one check are ways to compute it (an average from the
column or from the printed total, with n.a. as zero or left out), and so are those of a check that says `alternative`;
those of different checks are conditions, and all of them must hold.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any

from collective_efficiency.audit.expressions import Expression
from collective_efficiency.report.transcription import Cell
from collective_efficiency.words import SUMMARY_ROWS

Place = tuple[str, str, str]  # table, row, column
ClassCut = tuple[str, str, Fraction]  # a class, ">=" or ">", and its cut-off
ZERO = "n.a. counted as zero"
OMIT = "n.a. left out"
LONGEST_NESTED = 40  # relations one on the other that are followed by calls


@dataclass(frozen=True)
class Derivation:
    """How `target` is computed: the weighted sum of `parents`, or an expression over them.

    assumption: what it assumes of missing scores. copy: the target repeats a single parent. by_class: the parents'
    classes decide which of them count (a cross-tabulation): the mean of the parents whose class is `by_class`.
    of_rounded: the parents are averages, printed rounded; how the target was rounded cannot be read off them.
    alternative: one more way for what the target's other checks say, no condition of its own. at_least: some parents
    are not available; the target is at least the sum of the others, equal only if what is missing counts as zero.
    constant: what is added to the sum. expression: what is computed of the parents where that is no weighted sum (then
    their weights are zero and mean nothing). relation: the kind of relation, where an explanation spells it out.
    """

    check: str
    target: Place
    parents: tuple[tuple[Place, Fraction], ...]
    assumption: str = ""
    copy: bool = False
    by_class: tuple[str, tuple[Place, ...]] | None = None
    of_rounded: bool = False
    alternative: bool = False
    at_least: bool = False
    constant: Fraction = Fraction(0)
    expression: Expression | None = None
    relation: str = ""

    @property
    def linear(self) -> bool:
        """Whether the target is a weighted sum of the parents, which may be a single one."""
        return self.expression is None and self.by_class is None


@dataclass(frozen=True)
class ClassRule:
    """How the class at `target` follows from the index at `index`."""

    check: str
    target: Place
    index: Place
    classes: tuple[ClassCut, ...]


@dataclass(frozen=True)
class Model:
    """Cells by place, what each follows from, and the columns and tables they stand in.

    class_rules: of the cells that hold a class; a Derivation there repeats a class of another table.
    """

    cells: Mapping[Place, Cell]
    derivations: Mapping[Place, tuple[Derivation, ...]]
    class_rules: Mapping[Place, tuple[ClassRule | Derivation, ...]]
    sector_of: Mapping[str, str]
    checks: Mapping[str, Mapping[str, Any]]
    largest: Mapping[tuple[str, str], Fraction]  # of the columns that have a largest value
    rounded: Mapping[tuple[str, str], bool] = field(default_factory=dict)  # of the columns that say so
    certified: frozenset[Place] = frozenset()  # the cells that someone vouches for, and constants
    repeated: Mapping[str, int] = field(default_factory=dict)  # copies of each check that say what another copy says
    decimals: Mapping[tuple[str, str], int] = field(default_factory=dict)  # of the columns of derived cells

    @cached_property
    def conditions(self) -> Mapping[Place, tuple[tuple[Derivation, ...], ...]]:
        """What must hold of each derived cell: the ways of each of its checks, alternatives with the first of them."""
        return {place: _conditions(ways) for place, ways in self.derivations.items()}

    @cached_property
    def signed(self) -> frozenset[tuple[str, str]]:
        """The columns that print a number below zero: what is unknown in them may be below zero, too."""
        numbers = ((cell.table, cell.column, cell.value) for cell in self.cells.values())
        return frozenset(
            (table, column) for table, column, value in numbers if isinstance(value, Fraction) and value < 0
        )

    @cached_property
    def usual_decimals(self) -> Mapping[tuple[str, str], int]:
        """The decimals that most cells of a column that have any print; what sums it up is not rounded to fewer."""
        counts: dict[tuple[str, str], Counter[int]] = {}
        for (table, _, column), cell in self.cells.items():
            if cell.decimals and cell.kind in ("item", "derived"):
                counts.setdefault((table, column), Counter())[cell.decimals] += 1
        return {place: min(count, key=lambda each: (-count[each], each)) for place, count in counts.items()}

    @cached_property
    def readers(self) -> Mapping[Place, tuple[Place, ...]]:
        """The cells that are computed from each cell."""
        read: dict[Place, dict[Place, None]] = {}
        for rules in (*self.derivations.values(), *self.class_rules.values()):
            for rule in rules:
                for parent in parents(rule):
                    read.setdefault(parent, {})[rule.target] = None
        return {place: tuple(targets) for place, targets in read.items()}

    @cached_property
    def computed_in_order(self) -> tuple[Place, ...]:
        """The computed cells, each after all that it rests on."""
        graph = self._read
        return tuple(place for place in TopologicalSorter(graph).static_order() if place in graph)

    @cached_property
    def _read(self) -> dict[Place, tuple[Place, ...]]:
        """The cells that each computed cell reads, in an order that is the same on every run."""
        rules = {**self.derivations, **self.class_rules}
        return {target: tuple(at for rule in of_cell for at in parents(rule)) for target, of_cell in rules.items()}

    @cached_property
    def in_order(self) -> tuple[Place, ...]:
        """The computed cells in their order, if some rest on many others in turn; else nothing.

        What follows such a chain (a running total) by calling itself would need more of a stack than Python has.
        """
        graph, length = self._read, dict[Place, int]()
        for place in self.computed_in_order:
            length[place] = 1 + max((length.get(at, 0) for at in graph[place]), default=0)
        return self.computed_in_order if max(length.values(), default=0) > LONGEST_NESTED else ()

    def resting_on(self, places: Iterable[Place]) -> frozenset[Place]:
        """These cells and all that are computed from them, directly or by way of others."""
        reached = set(places)
        ahead = list(reached)
        while ahead:
            for reader in self.readers.get(ahead.pop(), ()):
                if reader not in reached:
                    reached.add(reader)
                    ahead.append(reader)
        return frozenset(reached)

    @cached_property
    def lines(self) -> Mapping[tuple[str, str, str, Fraction], tuple[Place, ...]]:
        """The cells of each row and of each column that print a value: by table, which, its key, the value."""
        lines: dict[tuple[str, str, str, Fraction], list[Place]] = {}
        for place, cell in self.cells.items():
            if isinstance(cell.value, Fraction):
                lines.setdefault((place[0], "row", place[1], cell.value), []).append(place)
                lines.setdefault((place[0], "column", place[2], cell.value), []).append(place)
        return {line: tuple(places) for line, places in lines.items()}

    @cached_property
    def sector_values(self) -> Mapping[tuple[str, str], Mapping[str, Fraction]]:
        """The number of each sector by table and column, in the order of the numbers; what is no number counts as 0."""
        sectors = set(self.sector_of.values())
        values: dict[tuple[str, str], dict[str, Fraction]] = {}
        for (table, row, column), cell in self.cells.items():
            if row in sectors:
                number = cell.value if isinstance(cell.value, Fraction) else Fraction(0)
                values.setdefault((table, column), {})[row] = number
        return {line: dict(sorted(by.items(), key=lambda pair: pair[::-1])) for line, by in values.items()}

    @cached_property
    def tables_of_row(self) -> Mapping[str, tuple[str, ...]]:
        """The tables that have each row, by its key."""
        tables: dict[str, dict[str, None]] = {}
        for table, row, _ in self.cells:
            tables.setdefault(row, {})[table] = None
        return {row: tuple(sorted(names)) for row, names in tables.items()}

    @cached_property
    def scores_of_table(self) -> Mapping[str, tuple[Fraction, ...]]:
        """The scores of each table."""
        scores: dict[str, list[Fraction]] = {}
        for cell in self.cells.values():
            if cell.kind == "item" and isinstance(cell.value, Fraction):
                scores.setdefault(cell.table, []).append(cell.value)
        return {table: tuple(values) for table, values in scores.items()}

    @cached_property
    def cells_of_table(self) -> Mapping[str, Mapping[Place, Cell]]:
        """The cells of each table, in printed order."""
        tables: dict[str, dict[Place, Cell]] = {}
        for place, cell in self.cells.items():
            tables.setdefault(place[0], {})[place] = cell
        return tables

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], tuple[Place, ...]]:
        """The cells of each row of a table."""
        rows: dict[tuple[str, str], list[Place]] = {}
        for place in self.cells:
            rows.setdefault(place[:2], []).append(place)
        return {row: tuple(places) for row, places in rows.items()}

    @cached_property
    def rows_of_table(self) -> Mapping[str, Sequence[str]]:
        """The rows of each table but totals and means, in printed order."""
        rows: dict[str, list[str]] = {}
        for table, row in self.rows:
            if row not in SUMMARY_ROWS:
                rows.setdefault(table, []).append(row)
        return rows

    @cached_property
    def beside_row(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """The rows above and below each of these rows; above the first stands the last."""
        return {
            (table, row): (rows[number - 1], rows[(number + 1) % len(rows)])
            for table, rows in self.rows_of_table.items()
            for number, row in enumerate(rows)
        }

    @cached_property
    def copies(self) -> Mapping[Place, tuple[Place, ...]]:
        """The cells that repeat each cell."""
        repeat: dict[Place, list[Place]] = {}
        for target, ways in self.derivations.items():
            for way in ways:
                if way.copy:
                    repeat.setdefault(way.parents[0][0], []).append(target)
        return {place: tuple(targets) for place, targets in repeat.items()}


def _conditions(ways: Sequence[Derivation]) -> tuple[tuple[Derivation, ...], ...]:
    by_check: dict[tuple[str, Place | None], list[Derivation]] = {}
    for way in ways:
        if not way.alternative:  # each table that a copy compares with is a condition of its own
            by_check.setdefault((way.check, way.parents[0][0] if way.copy else None), []).append(way)
    first, *others = by_check.values() or ([],)
    return tuple(map(tuple, ([*first, *(way for way in ways if way.alternative)], *others)))


def class_of(index: Fraction, classes: Sequence[ClassCut]) -> str | None:
    """The first of `classes` whose cut-off the index reaches; None if it reaches none."""
    for name, how, cut in classes:
        if index > cut or (how == ">=" and index == cut):
            return name
    return None


def parents(derivation: Derivation | ClassRule) -> tuple[Place, ...]:
    """The cells that a derivation reads."""
    if isinstance(derivation, ClassRule):
        return (derivation.index,)
    classes = derivation.by_class[1] if derivation.by_class else ()
    return (*(parent for parent, _ in derivation.parents), *classes)


def place_order(place: Place) -> tuple[str, int, str, str, str]:
    """A key that sorts places by the numbers of their tables, then by row and column.

    >>> sorted([("T10", "r", "c"), ("T2", "r", "c")], key=place_order)
    [('T2', 'r', 'c'), ('T10', 'r', 'c')]
    """
    table, row, column = place
    letters, number, rest = re.match(r"(\D*)(\d*)(.*)", table, re.DOTALL).groups()  # type: ignore[union-attr]
    return letters, int(number or 0), rest, row, column


def place_names(places: Iterable[Place]) -> str:
    """Places as text: table/row/column, separated by semicolons."""
    return "; ".join("/".join(place) for place in places)
