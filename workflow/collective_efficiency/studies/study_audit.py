"""Stage `study_audit`: the indices, degrees, totals and averages that a study prints, by the report's own audit.

The study becomes a `Report` in memory. Where it prints totals or averages by sector there is a table for each sector
(S1, S2, ... as the sectors first stand among its clusters) and, for those of all clusters, a table S0 of these alone;
else one table, S1. Scores are those of the combined raters.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from collective_efficiency.audit.audit import Audit, audit
from collective_efficiency.audit.findings import SEVERITIES
from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import NumberFormat
from collective_efficiency.report.transcription import Cell, Column, Report, Table
from collective_efficiency.studies.study import Study
from collective_efficiency.studies.table import PRINTED, Summary, degree_of
from collective_efficiency.words import ITEMS, MAX_SCORE, NOT_AVAILABLE, UPGRADING

LARGEST_DENOMINATOR = 1000  # of a mean of ten scores with two decimals, which eight decimals tell again
DERIVED = ("eei", "jai", "ce", "upgrading_sum")
NUMBER = NumberFormat(".,")


def prints_numbers(study: Study) -> bool:
    """Whether there is anything to audit: an index, a degree, a total or an average."""
    return bool(study.summaries) or any(any(study.clusters.get(name, ())) for name in PRINTED)


def audit_study(study: Study, scored: Sequence[Record], checks: Sequence[Mapping[str, Any]]) -> Audit:
    """The audit of what a study prints. scored: the rows of its clusters.csv; checks: records as in checks.yaml."""
    report = as_report(study, scored)
    layouts = {table.layout for table in report.tables.values()}
    columns = {column.name for table in report.tables.values() for column in table.columns}
    return audit(report, list(_applicable(checks, layouts, columns)))


def _applicable(checks: Sequence[Mapping[str, Any]], layouts: set[str], columns: set[str]) -> Iterator[dict[str, Any]]:
    """The checks of the layouts that there are, without the kinds of upgrading that the study never scored."""
    for check in checks:
        own = {key: [name for name in check[key] if name in layouts] for key in ("layouts", "from") if key in check}
        parts = {name: weight for name, weight in check.get("of", {}).items() if name in columns or name in ITEMS}
        if own.get("layouts", layouts):
            yield {**check, **own, "of": parts}


def as_report(study: Study, scored: Sequence[Record]) -> Report:
    """The study as tables with clusters, totals and averages in their rows."""
    columns = tuple(_columns(study, scored))
    printed = _printed(study)
    by_sector = any(each.sector for each in study.summaries)
    sectors = dict.fromkeys(row["sector"] for row in scored) if by_sector else {"": None}
    tables = {}
    for number, sector in enumerate(sectors, 1):
        rows = [row for row in scored if row["sector"] == sector or not by_sector]
        own = [each for each in study.summaries if each.sector == sector]
        whole = [] if by_sector or own else study.summaries
        tables[f"S{number}"] = _table(f"S{number}", "study", sector, columns, rows, printed, [*own, *whole], study)
    own = [each for each in study.summaries if not each.sector]
    if by_sector and own:
        tables["S0"] = _table("S0", "whole", "", columns, [], printed, own, study)
    return Report((), tuple(dict(row) for row in scored), tables)


def _columns(study: Study, scored: Sequence[Record]) -> Iterator[Column]:
    """The items, the kinds of upgrading that are scored at all, what the study prints, and what that follows from."""
    for name in ITEMS + UPGRADING:
        if name in ITEMS or any(row[name] for row in scored):
            yield Column(name, "item", NUMBER, Fraction(MAX_SCORE))
    wanted = {name for each in (study.clusters, *(each.texts for each in study.summaries)) for name in each}
    wanted |= {"ce"} if "degree" in wanted else set()
    wanted |= {"eei", "jai"} if "ce" in wanted else set()
    for name in PRINTED:
        if name in wanted:
            yield Column(name, "class") if name == "degree" else Column(name, "derived", NUMBER)


def _printed(study: Study) -> dict[str, Record]:
    """What the study prints of each cluster, by id and column."""
    names = [name for name in PRINTED if name in study.clusters]
    rows = zip(study.clusters["cluster"], *(study.clusters[name] for name in names), strict=True)
    return {cluster: dict(zip(names, texts, strict=True)) for cluster, *texts in rows}


def _table(
    table: str,
    layout: str,
    sector: str,
    columns: Sequence[Column],
    rows: Sequence[Record],
    printed: Mapping[str, Record],
    summaries: Sequence[Summary],
    study: Study,
) -> Table:
    cells = [_cell(table, row, column, printed[row["cluster"]]) for row in rows for column in columns]
    kept = {column.name for column in columns}
    cells += [
        _number(table, each.row, name, text, each.row)
        for each in summaries
        for name, text in each.texts.items()
        if name in kept
    ]
    names = (*(row["cluster"] for row in rows), *(each.row for each in summaries))
    by_place = {(cell.row, cell.column): cell for cell in cells}
    return Table(table, study.described["title"], sector, tuple(columns), names, {}, by_place, layout)


def _cell(table: str, row: Record, column: Column, printed: Record) -> Cell:
    """A cell of a cluster's row. An index that is not printed counts as lost: what follows from it can be judged."""
    cluster, name = row["cluster"], column.name
    if column.kind == "item":
        text = row[name]
        if text in ("", NOT_AVAILABLE):
            return Cell(table, cluster, name, text, None, None, "item", "not_available")
        value = Fraction(text).limit_denominator(LARGEST_DENOMINATOR)
        shown = text.rstrip("0").rstrip(".")
        return Cell(table, cluster, name, shown, value, len(shown.partition(".")[2]), "item", "read")
    text = printed.get(name, "")
    if not text:
        return Cell(table, cluster, name, text, None, None, column.kind, "lost")
    if column.kind == "class":
        return Cell(table, cluster, name, text, degree_of(text), None, "class", "read")
    return _number(table, cluster, name, text, "derived")


def _number(table: str, row: str, column: str, text: str, kind: str) -> Cell:
    number = text.replace(",", ".")
    return Cell(table, row, column, text, Fraction(number), len(number.partition(".")[2]), kind, "read")


def cell_records(done: Audit) -> list[dict[str, str]]:
    """The rows of audit/cells.csv: the cells that the study prints, not those that stand in for what it does not."""
    return [row for row in done.cells() if row["verdict"] != "lost"]


def summary(study: Study, done: Audit | None) -> str:
    """What the audit found, in words: a line on the study, one on its numbers, and one a finding."""
    count, rows = len(study.clusters["cluster"]), len(study.ratings["cluster"])
    head = f"Study {study.name}: {_many(count, 'cluster')} in {_many(rows, 'row')} of scores. It prints "
    if done is None:
        return f"{head}no index, degree, total or average of its own.\n"
    verdicts = Counter(row["verdict"] for row in done.cells())
    severities = Counter(each.severity for each in done.findings)
    derived = sum(verdicts[name] for name in ("consistent", "consistent_if", "inconsistent", "not_checkable"))
    found = ", ".join(f"{severities[name]} {name}" for name in SEVERITIES if severities[name]) or "nothing found"
    deny = "does" if verdicts["inconsistent"] == 1 else "do"
    return (
        f"{head}{_many(derived, 'number')} of its own: {verdicts['consistent']} follow from the scores,"
        f" {verdicts['consistent_if']} under an assumption, {verdicts['inconsistent']} {deny} not,"
        f" {verdicts['not_checkable']} cannot be told. Findings: {found}.\n"
    ) + "".join(
        f"{each.id}: printed {each.printed}, expected {each.expected}; {each.explanation}\n" for each in done.findings
    )


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"
