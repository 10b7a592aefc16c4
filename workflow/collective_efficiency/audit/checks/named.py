"""The relations by name: what each computes, as an expression over the cells of a line."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from collective_efficiency.audit.checks.formulas import bound, parsed_formula
from collective_efficiency.audit.checks.kinds import CellsByPlace, Check
from collective_efficiency.audit.checks.lines import lines_of, sum_of_cells, weighted
from collective_efficiency.audit.checks.relation import mean_of_places, relation
from collective_efficiency.audit.checks.walk import number_columns, unit_rows
from collective_efficiency.audit.expressions import At, Count, Expression, Number, Product, Quotient, WeightedSum
from collective_efficiency.audit.model import Derivation
from collective_efficiency.numbers.printed import exact
from collective_efficiency.report.transcription import Report

_ONE, _MINUS, _HUNDRED = Fraction(1), Fraction(-1), Fraction(100)


def derive_sum(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A weighted sum of other cells of the line."""
    weights = weighted(check["of"])
    for line in lines_of(check, report):
        yield from relation(check, line.place(check["target"]), sum_of_cells(line, weights), report, cells)


def derive_subtotals(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """Each whole of a hierarchy as the sum of its parts, which may be wholes themselves."""
    for line in lines_of(check, report):
        for whole, parts in check["tree"].items():
            yield from relation(check, line.place(whole), sum_of_cells(line, weighted(parts)), report, cells)


def derive_mean(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """The mean of the named cells of the line."""
    for line in lines_of(check, report):
        target, places = line.place(check["target"]), [line.place(name) for name in check["of"]]
        if target in cells and all(place in cells for place in places):
            yield from mean_of_places(check, target, places, cells)


def derive_weighted_average(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """The mean of the named cells (without names of all but totals), each by the weight of another line."""
    for line in lines_of(check, report):
        names = check.get("of") or [name for name in line.names() if name != check["target"]]
        if line.key == check["weights"]:
            continue
        by = [line.at(name, check["weights"]) for name in names]
        products = [(_ONE, Product(weight, line.at(name))) for name, weight in zip(names, by, strict=True)]
        mean = Quotient(WeightedSum(tuple(products)), WeightedSum(tuple((_ONE, weight) for weight in by)))
        yield from relation(check, line.place(check["target"]), mean, report, cells)


def derive_share(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """One cell as a share of another of its line, or of the same name in the line of the total."""
    for line in lines_of(check, report):
        part = line.at(check["part"])
        whole = line.at(check["whole"]) if "whole" in check else line.at(check["part"], check["total"])
        times = _number(check, "times", _HUNDRED)
        if part != whole:
            yield from relation(check, line.place(check["target"]), _times(times, part, whole), report, cells)


def derive_ratio(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """One cell of the line divided by another, times a number."""
    times = _number(check, "per" if "per" in check else "times", _ONE)
    for line in lines_of(check, report):
        ratio = _times(times, line.at(check["numerator"]), line.at(check["denominator"]))
        yield from relation(check, line.place(check["target"]), ratio, report, cells)


def derive_difference(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """One cell of the line less another."""
    for line in lines_of(check, report):
        less = WeightedSum(((_ONE, line.at(check["of"])), (_MINUS, line.at(check["minus"]))))
        yield from relation(check, line.place(check["target"]), less, report, cells)


def derive_growth(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """By how much a cell is above an earlier one of its line, or above the same in a line before."""
    times = _number(check, "times", _HUNDRED)
    for line in lines_of(check, report):
        before = line.at(check["since"]) if "since" in check else line.before(check["of"], check["lag"])
        if before:
            growth = WeightedSum(((_ONE, _times(times, line.at(check["of"]), before)), (_MINUS, Number(times))))
            yield from relation(check, line.place(check["target"]), growth, report, cells)


def derive_index_to_base(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A cell as an index to the same in the line of the base."""
    times = _number(check, "times", _HUNDRED)
    for line in lines_of(check, report):
        base = line.at(check["of"], check["base"])
        if line.key == check["base"]:
            expression: Expression = Quotient(Product(Number(times), base), base)
        else:
            expression = _times(times, line.at(check["of"]), base)
        yield from relation(check, line.place(check["target"]), expression, report, cells)


def derive_formula(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A cell by a formula of the language (`formulas`)."""
    tree, target = parsed_formula(check["formula"]), parsed_formula(str(check["target"]))
    one_cell = bound(target, None)
    if isinstance(one_cell, At):
        yield from relation(check, one_cell.place, bound(tree, None), report, cells)
        return
    for line in lines_of(check, report):
        at = bound(target, line)
        if isinstance(at, At):
            yield from relation(check, at.place, bound(tree, line), report, cells)


def derive_crosstab_count(check: Check, report: Report, cells: CellsByPlace) -> Iterator[Derivation]:
    """A cell of a cross-tabulation as the number of rows of another table that have its two words."""
    words: Mapping[str, Mapping[str, str]] = {key: check.get(key, {}) for key in ("row_words", "column_words")}
    for line in lines_of({"layouts": check["layouts"]}, report):
        for source in (each for each in report.tables.values() if each.layout in check["from"]):
            for column in number_columns(line.table):
                wanted = [(check["rows"], words["row_words"].get(line.key, line.key))]
                wanted += [(check["columns"], words["column_words"].get(column, column))]
                wanted = [(name, word) for name, word in wanted if word not in ("total", "all")]
                rows = tuple(
                    tuple(((source.id, unit, name), word) for name, word in wanted) for unit in unit_rows(source)
                )
                if wanted and line.table.id != source.id:
                    yield from relation(check, line.place(column), Count(rows), report, cells)


def _number(check: Check, key: str, usual: Fraction) -> Fraction:
    return exact(check[key]) if key in check else usual


def _times(times: Fraction, above: Expression, below: Expression) -> Expression:
    return Quotient(above if times == 1 else Product(Number(times), above), below)
