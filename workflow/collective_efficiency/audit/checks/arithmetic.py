"""How cells are computed: each check of arithmetic as derivations of the cells that it is about.

A derivation is yielded only where its target and all cells that it reads stand in the report.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from collective_efficiency.audit.checks.kinds import CellsByPlace, Check
from collective_efficiency.audit.checks.lines import Line, sum_of_cells, weighted
from collective_efficiency.audit.checks.named import derive_mean
from collective_efficiency.audit.checks.relation import mean_of_places, missing_among, relation, unit_of
from collective_efficiency.audit.checks.walk import number_columns, tables_in_order, unit_rows
from collective_efficiency.audit.model import OMIT, ZERO, ClassRule, Derivation, Place
from collective_efficiency.numbers.printed import exact
from collective_efficiency.report.transcription import Report, Table
from collective_efficiency.words import SUMMARY_ROWS

_ONE = Fraction(1)


def derive_sum_of_averages(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """The average of a sum as the sum of the averages, as they are printed."""
    for table in tables_in_order(report, check["layouts"]):
        line = Line(table, "average", over_rows=False)
        for way in relation(
            check, line.place(check["target"]), sum_of_cells(line, weighted(check["of"])), report, cells
        ):
            yield replace(way, assumption="", of_rounded=True, alternative=True, at_least=False)


def derive_total(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A total as the sum of its column."""
    for target, places in _summary_cells("total", check, report, cells):
        assumption = ZERO if missing_among(cells, places) else ""
        parents = tuple((place, _ONE) for place in places)
        yield Derivation(check["id"], target, parents, assumption, at_least=bool(assumption))


def derive_average(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """The mean of the column, with what is missing as zero or left out; and the printed total over as many."""
    if "target" in check:
        yield from derive_mean(check, report, cells)
        return
    for target, places in _summary_cells("average", check, report, cells):
        of_column = list(mean_of_places(check, target, places, cells))
        yield from of_column
        column_total = (target[0], "total", target[2])
        for way in of_column if column_total in cells else ():
            yield replace(way, parents=((column_total, Fraction(1, len(way.parents))),))


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
    """The same fact in two tables: by row, by declared rows, or a sector's row from the average of its table.

    Between columns in thousands and in ones it is no plain repetition, but the one number times a thousandth.
    """
    columns = check["columns"] if isinstance(check["columns"], Mapping) else {name: name for name in check["columns"]}
    by_sector = _by_sector(report, check["from"])
    for table in tables_in_order(report, check["layouts"]):
        for source in _possible_sources(check, table, by_sector):
            for row in table.rows:
                source_row = _source_row(check, table, source, row)
                for column, there in columns.items() if source_row else ():
                    target, parent = (table.id, row, column), (source.id, source_row, there)
                    if target in cells and parent in cells and target != parent:
                        weight = unit_of(report, parent) / unit_of(report, target)
                        yield Derivation(check["id"], target, ((parent, weight),), copy=weight == 1)


def _by_sector(report: Report, layouts: Iterable[str]) -> Mapping[str, list[Table]]:
    tables: dict[str, list[Table]] = {}
    for table in tables_in_order(report, layouts):
        tables.setdefault(table.sector, []).append(table)
    return tables


def _possible_sources(check: Check, table: Table, by_sector: Mapping[str, list[Table]]) -> list[Table]:
    """The tables that a table may repeat: few, of as many as there may be."""
    if "rows" in check:
        sectors: Iterable[str] = by_sector
    else:
        sectors = dict.fromkeys(table.rows) if check.get("from_average") else (table.sector,)
    return [source for sector in sectors for source in by_sector.get(sector, ())]


def _source_row(check: Check, table: Table, source: Table, row: str) -> str:
    """The row of `source` that `row` of `table` repeats; "" if it repeats none."""
    rows = check.get("rows")
    if rows is not None:
        return rows.get(row, "") if isinstance(rows, Mapping) else row if row in rows else ""
    if check.get("from_average"):
        return "average" if source.sector == row else ""
    return row if source.sector == table.sector and row not in SUMMARY_ROWS else ""


def derive_crosstab(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A cell by class and kind of upgrading as the mean over the clusters of the class."""
    by_sector = _by_sector(report, check["from"])
    for table in tables_in_order(report, check["layouts"]):
        for source in by_sector.get(table.sector, ()):
            units = unit_rows(source)
            classes = tuple((source.id, unit, check["class"]) for unit in units)
            if any(place not in cells for place in classes):
                continue
            for row in table.rows:
                for column in (each.name for each in table.columns):
                    target = (table.id, row, column)
                    places = [(source.id, unit, column) for unit in units]
                    if target in cells and all(place in cells for place in places):
                        parents = tuple((place, _ONE) for place in places)
                        for assumption in (ZERO, OMIT) if missing_among(cells, places) else ("",):
                            yield Derivation(check["id"], target, parents, assumption, by_class=(row, classes))


def derive_class(check: Check, report: Report, cells: CellsByPlace) -> Iterator[ClassRule]:
    """A class by the cut-offs that its index reaches."""
    classes = tuple((name, how, exact(cut)) for name, how, cut in check["classes"])
    for table in tables_in_order(report, check["layouts"]):
        for row in unit_rows(table):
            target, index = (table.id, row, check["target"]), (table.id, row, check["index"])
            if target in cells and index in cells:
                yield ClassRule(check["id"], target, index, classes)
