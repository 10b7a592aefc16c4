"""How cells are computed: each check of arithmetic as derivations of the cells that it is about.

A derivation is yielded only where its target and all cells that it reads stand in the report.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from collective_efficiency.audit.checks.kinds import CellsByPlace, Check
from collective_efficiency.audit.checks.walk import TOTAL_ROWS, number_columns, tables_in_order, unit_rows
from collective_efficiency.audit.model import OMIT, ZERO, ClassRule, Derivation, Place
from collective_efficiency.report.transcription import Report, Table

_ONE = Fraction(1)


def derive_row_sum(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A cell as the weighted sum of other columns of its row; of the total row, too, if it has all of them."""
    for table in tables_in_order(report, check["layouts"]):
        for row in table.rows:
            if row != "average":
                yield from _weighted_sum(check, table, row, cells)


def derive_sum_of_averages(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """The average of a sum as the sum of the averages, as they are printed."""
    for table in tables_in_order(report, check["layouts"]):
        yield from _weighted_sum(check, table, "average", cells, of_averages=True)


def _weighted_sum(
    check: Check, table: Table, row: str, cells: CellsByPlace, of_averages: bool = False
) -> Iterator[Derivation]:
    target = (table.id, row, check["target"])
    weights = {(table.id, row, column): Fraction(str(weight)) for column, weight in check["of"].items()}
    if target in cells and all(place in cells for place in weights):
        assumption = ZERO if _missing(cells, weights) and not of_averages else ""
        at_least = bool(assumption) and all(weight > 0 for weight in weights.values())
        yield Derivation(
            check["id"],
            target,
            tuple(weights.items()),
            assumption,
            of_rounded=of_averages,
            alternative=of_averages,
            at_least=at_least,
        )


def derive_total(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A total as the sum of its column."""
    for target, places in _summary_cells("total", check, report, cells):
        assumption = ZERO if _missing(cells, places) else ""
        parents = tuple((place, _ONE) for place in places)
        yield Derivation(check["id"], target, parents, assumption, at_least=bool(assumption))


def derive_average(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """The mean of the column, with what is missing as zero or left out; and the printed total over their number."""
    for target, places in _summary_cells("average", check, report, cells):
        missing = _missing(cells, places)
        weight = Fraction(1, len(places))
        as_zero = ZERO if missing else ""
        yield Derivation(check["id"], target, tuple((place, weight) for place in places), as_zero)
        if missing and len(missing) < len(places):
            known = [place for place in places if place not in missing]
            weight_known = Fraction(1, len(known))
            yield Derivation(check["id"], target, tuple((place, weight_known) for place in known), OMIT)
        column_total = (target[0], "total", target[2])
        if column_total in cells:
            yield Derivation(check["id"], target, ((column_total, weight),), as_zero)


def _summary_cells(row: str, check: Check, report: Report, cells: CellsByPlace) -> Iterator[tuple[Place, list[Place]]]:
    """Each cell of the total or average row, with the cells it is over.

    These are the table's other rows; where it has none, those of the tables of `from`.
    """
    for table in tables_in_order(report, check["layouts"]):
        sources = [table] if unit_rows(table) else tables_in_order(report, check.get("from", ()))
        for column in number_columns(table):
            target = (table.id, row, column)
            places = [(source.id, unit, column) for source in sources for unit in unit_rows(source)]
            if target in cells and places and all(place in cells for place in places):
                yield target, places


def derive_copy(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """The same fact in two tables: by row (a cluster), or a sector's row from the average of that sector's table."""
    for table in tables_in_order(report, check["layouts"]):
        for source in tables_in_order(report, check["from"]):
            for row in table.rows:
                source_row = _source_row(check, table, source, row)
                for column in check["columns"] if source_row else ():
                    target, parent = (table.id, row, column), (source.id, source_row, column)
                    if target in cells and parent in cells:
                        yield Derivation(check["id"], target, ((parent, _ONE),), copy=True)


def _source_row(check: Check, table: Table, source: Table, row: str) -> str:
    """The row of `source` that `row` of `table` repeats; "" if it repeats none."""
    if check.get("from_average"):
        return "average" if source.sector == row else ""
    return row if source.sector == table.sector and row not in TOTAL_ROWS else ""


def derive_crosstab(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A cell by class and kind of upgrading as the mean over the clusters of the class."""
    for table in tables_in_order(report, check["layouts"]):
        for source in tables_in_order(report, check["from"]):
            if not table.sector or source.sector != table.sector:
                continue
            units = unit_rows(source)
            classes = tuple((source.id, unit, check["class"]) for unit in units)
            for row in table.rows:
                for column in (each.name for each in table.columns):
                    target = (table.id, row, column)
                    places = [(source.id, unit, column) for unit in units]
                    if target in cells and all(place in cells for place in places):
                        parents = tuple((place, _ONE) for place in places)
                        for assumption in (ZERO, OMIT) if _missing(cells, places) else ("",):
                            yield Derivation(check["id"], target, parents, assumption, by_class=(row, classes))


def derive_class(check: Check, report: Report, cells: CellsByPlace) -> Iterator[ClassRule]:
    """A class by the cut-offs that its index reaches."""
    classes = tuple((name, how, Fraction(str(cut))) for name, how, cut in check["classes"])
    for table in tables_in_order(report, check["layouts"]):
        for row in unit_rows(table):
            target, index = (table.id, row, check["target"]), (table.id, row, check["index"])
            if target in cells and index in cells:
                yield ClassRule(check["id"], target, index, classes)


def _missing(cells: Mapping[Place, Any], places: Iterable[Place]) -> set[Place]:
    return {place for place in places if cells[place].status == "not_available"}
