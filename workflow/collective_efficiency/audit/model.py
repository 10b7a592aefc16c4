"""The tables as a graph: which cell is computed from which, as the declared checks say.

Every derivation is linear: a cell is the sum of its parents, each times a weight. A cell may have several (an average
from the column, from the total, or from the other averages): a printed cell follows if one of them gives it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from collective_efficiency.report.transcription import Cell, Report, Table

Place = tuple[str, str, str]  # table, row, column
ClassCut = tuple[str, str, Fraction]  # a class, ">=" or ">", and its cut-off
ZERO = "n.a. counted as zero"
OMIT = "n.a. left out"


@dataclass(frozen=True)
class Derivation:
    """How `target` is computed: the weighted sum of `parents`.

    assumption: what it assumes of missing scores. copy: the target repeats a single parent. by_class: the parents'
    classes decide which of them count (a cross-tabulation): the mean of the parents whose class is `by_class`.
    """

    check: str
    target: Place
    parents: tuple[tuple[Place, Fraction], ...]
    assumption: str = ""
    copy: bool = False
    by_class: tuple[str, tuple[Place, ...]] | None = None


@dataclass(frozen=True)
class ClassRule:
    """How the class at `target` follows from the index at `index`."""

    check: str
    target: Place
    index: Place
    classes: tuple[ClassCut, ...]


@dataclass(frozen=True)
class Model:
    """Cells by place, what each follows from, and the columns and tables they stand in."""

    cells: Mapping[Place, Cell]
    derivations: Mapping[Place, tuple[Derivation, ...]]
    class_rules: Mapping[Place, tuple[ClassRule | Derivation, ...]]
    sector_of: Mapping[str, str]
    checks: Mapping[str, Mapping[str, Any]]
    decimals: Mapping[tuple[str, str], int]  # of derived cells: the most that the column prints
    largest: Mapping[tuple[str, str], Fraction]  # of the columns that have a largest value


def build(report: Report, checks: Sequence[Mapping[str, Any]]) -> Model:
    """The graph of `report` under `checks` (the records of checks.yaml whose kind is a derivation)."""
    cells = {(cell.table, cell.row, cell.column): cell for cell in report.cells()}
    sectors = {row["cluster"]: row["sector"] for row in report.clusters}
    derivations: dict[Place, list[Derivation]] = defaultdict(list)
    class_rules: dict[Place, list[ClassRule | Derivation]] = defaultdict(list)
    for check in checks:
        for found in DERIVE.get(check["kind"], _nothing)(check, report, cells):
            is_class = isinstance(found, ClassRule) or cells[found.target].kind == "class"
            if is_class:
                class_rules[found.target].append(found)
            elif isinstance(found, Derivation):
                derivations[found.target].append(found)
    decimals: dict[tuple[str, str], int] = {}
    for (table, _, column), cell in cells.items():
        if cell.kind == "derived" and cell.decimals is not None:
            decimals[table, column] = max(decimals.get((table, column), 0), cell.decimals)
    return Model(
        cells,
        {place: tuple(each) for place, each in derivations.items()},
        {place: tuple(each) for place, each in class_rules.items()},
        sectors,
        {check["id"]: check for check in checks},
        decimals,
        {
            (table.id, column.name): column.largest
            for table in report.tables.values()
            for column in table.columns
            if column.largest is not None
        },
    )


Found = Iterator[Derivation | ClassRule]
Cells = Mapping[Place, Cell]


def _nothing(check: Mapping[str, Any], report: Report, cells: Cells) -> Found:
    yield from ()


def _tables(report: Report, layouts: Iterable[str]) -> list[Table]:
    wanted = set(layouts)
    return sorted((table for table in report.tables.values() if table.layout in wanted), key=lambda each: each.id)


def _units(table: Table) -> list[str]:
    return sorted(row for row in table.rows if row not in ("total", "average"))


def _over(check: Mapping[str, Any], report: Report, table: Table, column: str) -> list[Place]:
    """What a total or an average is over: the table's own rows; where it has none, those of the tables of `from`."""
    tables = [table] if _units(table) else _tables(report, check.get("from", ()))
    return [(each.id, row, column) for each in tables for row in _units(each)]


def _missing(cells: Cells, places: Iterable[Place]) -> list[Place]:
    return [place for place in places if place in cells and cells[place].status == "not_available"]


def _row_sum(check: Mapping[str, Any], report: Report, cells: Cells) -> Found:
    """target = the weighted sum of other columns of its row; of the total row, too, where it has all of them."""
    for table in _tables(report, check["layouts"]):
        for row in table.rows:
            target = (table.id, row, check["target"])
            weights = {(table.id, row, column): Fraction(str(weight)) for column, weight in check["of"].items()}
            if row == "average":
                continue
            if target in cells and all(place in cells for place in weights):
                assumption = ZERO if _missing(cells, weights) else ""
                yield Derivation(check["id"], target, tuple(weights.items()), assumption)


def _sum_of_averages(check: Mapping[str, Any], report: Report, cells: Cells) -> Found:
    """The average of a sum as the sum of the averages, as they are printed."""
    for table in _tables(report, check["layouts"]):
        for row in ("average", *(_units(table) if check.get("sector_rows") else ())):
            target = (table.id, row, check["target"])
            weights = {(table.id, row, column): Fraction(str(weight)) for column, weight in check["of"].items()}
            if target in cells and all(place in cells for place in weights):
                yield Derivation(check["id"], target, tuple(weights.items()))


def _total(check: Mapping[str, Any], report: Report, cells: Cells) -> Found:
    for table in _tables(report, check["layouts"]):
        if "total" in table.rows:
            for column in (each.name for each in table.columns if each.form):
                target = (table.id, "total", column)
                places = _over(check, report, table, column)
                if target in cells and places and all(place in cells for place in places):
                    assumption = ZERO if _missing(cells, places) else ""
                    yield Derivation(check["id"], target, tuple((place, Fraction(1)) for place in places), assumption)


def _average(check: Mapping[str, Any], report: Report, cells: Cells) -> Found:
    """The mean of the column, with what is missing as zero or left out; and the printed total over their number."""
    for table in _tables(report, check["layouts"]):
        if "average" not in table.rows:
            continue
        for column in (each.name for each in table.columns if each.form):
            target = (table.id, "average", column)
            places = _over(check, report, table, column)
            if target not in cells or not places or not all(place in cells for place in places):
                continue
            missing = _missing(cells, places)
            weight = Fraction(1, len(places))
            yield Derivation(check["id"], target, tuple((place, weight) for place in places), ZERO if missing else "")
            if missing and len(missing) < len(places):
                known = [place for place in places if place not in missing]
                weight_known = Fraction(1, len(known))
                yield Derivation(check["id"], target, tuple((place, weight_known) for place in known), OMIT)
            if (table.id, "total", column) in cells:
                yield Derivation(check["id"], target, (((table.id, "total", column), weight),), ZERO if missing else "")


def _copy(check: Mapping[str, Any], report: Report, cells: Cells) -> Found:
    """The same fact in two tables: by row (a cluster), or a sector's row from the average of that sector's table."""
    for table in _tables(report, check["layouts"]):
        for source in _tables(report, check["from"]):
            for row in table.rows:
                if check.get("from_average"):
                    if source.sector != row:
                        continue
                    source_row = "average"
                else:
                    if source.sector != table.sector or (row in ("total", "average") and not check.get("summary")):
                        continue
                    source_row = row
                for column in check["columns"]:
                    target, parent = (table.id, row, column), (source.id, source_row, column)
                    if target in cells and parent in cells:
                        yield Derivation(check["id"], target, ((parent, Fraction(1)),), copy=True)


def _crosstab(check: Mapping[str, Any], report: Report, cells: Cells) -> Found:
    """A cell by class and kind of upgrading: the mean over the clusters of the class."""
    for table in _tables(report, check["layouts"]):
        for source in _tables(report, check["from"]):
            if not table.sector or source.sector != table.sector:
                continue
            classes = tuple((source.id, row, check["class"]) for row in _units(source))
            for row in table.rows:
                for column in (each.name for each in table.columns):
                    target = (table.id, row, column)
                    places = tuple(((source.id, unit, column), Fraction(1)) for unit in _units(source))
                    if target in cells and all(place in cells for place, _ in places):
                        assumption = ZERO if _missing(cells, (place for place, _ in places)) else ""
                        yield Derivation(check["id"], target, places, assumption, by_class=(row, classes))


def _class(check: Mapping[str, Any], report: Report, cells: Cells) -> Found:
    classes = tuple((name, how, Fraction(str(cut))) for name, how, cut in check["classes"])
    for table in _tables(report, check["layouts"]):
        for row in _units(table):
            target, index = (table.id, row, check["target"]), (table.id, row, check["index"])
            if target in cells and index in cells:
                yield ClassRule(check["id"], target, index, classes)


DERIVE: Mapping[str, Callable[[Mapping[str, Any], Report, Cells], Found]] = {
    "row_sum": _row_sum,
    "sum_of_averages": _sum_of_averages,
    "total": _total,
    "average": _average,
    "copy": _copy,
    "crosstab": _crosstab,
    "class": _class,
}


def class_of(index: Fraction, classes: Sequence[ClassCut]) -> str | None:
    """The first of `classes` whose cut-off the index reaches; None if it reaches none."""
    for name, how, cut in classes:
        if index > cut or (how == ">=" and index == cut):
            return name
    return None
