"""Stage `study_audit`: the indices, degrees, totals and averages that a study prints, by the report's own audit.

The study becomes a `Report` in memory. Where it prints totals or averages by sector there is a table for each sector
(S1, S2, ... as the sectors first stand among its clusters) and, for those of all clusters, a table S0 of these alone;
else one table, S1. Scores are those of the combined raters.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.audit.checks.reading import listed_checks
from collective_efficiency.audit.engine import Audit, audit_report
from collective_efficiency.audit.findings import SEVERITIES
from collective_efficiency.audit.records import audited_cells, check_records, rounding_records
from collective_efficiency.audit.refused import refused_checks
from collective_efficiency.choices import OF_THE_REPORT, rules_in_words
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.missing import missing_line, missing_scores
from collective_efficiency.numbers.printed import NumberFormat
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.transcription import Cell, Column, Report, Table
from collective_efficiency.studies.cell_texts import LARGEST_DENOMINATOR, degree_of
from collective_efficiency.studies.study import Study
from collective_efficiency.studies.study_results import study_clusters
from collective_efficiency.studies.study_table import PRINTED, SummaryRow
from collective_efficiency.words import DEGREES, ITEMS, MAX_SCORE, NOT_AVAILABLE, SUMMARY_ROWS, UPGRADING, counted

EITHER_MARK = NumberFormat(".,")
VERDICTS_OF_DERIVED = ("inconsistent", "not_checkable", "consistent_if", "consistent")  # the gravest first


@dataclass(frozen=True)
class StudyAudit:
    """What is written of it: the rows of cells.csv, findings.csv, rounding.csv and checks.csv, and summary.txt."""

    cells: Sequence[Record] = ()
    findings: Sequence[Record] = ()
    rounding: Sequence[Record] = ()
    checks: Sequence[Record] = ()
    summary: str = ""


def study_audit(study: Study, raters: str, missing: str, checks: bytes) -> StudyAudit:
    """The audit of what a study prints, as it is written; no rows where it prints nothing.

    raters: how they are combined, median or mean; missing: what becomes of n.a., zero or omit. checks:
    data/studies/_checks.yaml. Raises BadInputError where that has a mistake.
    """
    listed = checks_of_studies(checks)
    frame = study_clusters(study, raters)
    line = missing_line(missing_scores(frame), len(frame), missing)
    lacking = f"{study.name}: {line}\n" if line else ""
    if not prints_numbers(study):
        return StudyAudit(summary=study_audit_summary(study, None) + lacking)
    clusters = cast(list[Record], frame.to_dict("records"))
    done = audit_study(study, clusters, listed)
    findings = [finding.record("open") for finding in done.findings]
    summary = study_audit_summary(study, done) + lacking
    return StudyAudit(printed_cell_records(done), findings, rounding_records(done), check_records(done), summary)


def checks_of_studies(content: bytes, file: str = "_checks.yaml") -> list[Check]:
    """The checks for any study. Raises BadInputError where one means nothing even if a study prints everything."""
    problems: list[Problem] = []
    checks = listed_checks(content, problems, file)
    problems += refused_checks(checks, _printing_everything(), file)
    if problems:
        raise BadInputError(problems)
    return checks


def _printing_everything() -> Report:
    """The tables of a study with one cluster that prints all that a study may."""
    kinds = {**dict.fromkeys(ITEMS + UPGRADING, "item"), **dict.fromkeys(PRINTED, "derived"), "degree": "class"}
    columns = tuple(
        Column(name, kind, allowed=DEGREES) if kind == "class" else Column(name, kind, EITHER_MARK)
        for name, kind in kinds.items()
    )
    numbers = [name for name, kind in kinds.items() if kind != "class"]
    tables = {}
    for table, layout, rows in (("S1", "study", ("cluster", *SUMMARY_ROWS)), ("S0", "whole", SUMMARY_ROWS)):
        cells = [
            _number(table, row, name, "1", row if row in SUMMARY_ROWS else kinds[name])
            for row in rows
            for name in numbers
        ]
        cells += [Cell(table, row, "degree", "Low", "Low", None, "class", "read") for row in rows if row == "cluster"]
        by_place = {(cell.row, cell.column): cell for cell in cells}
        tables[table] = Table(table, "", "", columns, rows, {}, by_place, layout)
    return Report((), (), tables)


def prints_numbers(study: Study) -> bool:
    """Whether there is anything to audit: an index, a degree, a total or an average."""
    return bool(study.summaries) or any(any(study.clusters.get(name, ())) for name in PRINTED)


def audit_study(study: Study, clusters: Sequence[Record], checks: Sequence[Check]) -> Audit:
    """The audit of what a study prints. clusters: the rows of its clusters.csv; checks: as in checks.yaml."""
    report = as_report(study, clusters)
    layouts = {table.layout for table in report.tables.values()}
    columns = {column.name for table in report.tables.values() for column in table.columns}
    return audit_report(report, list(_applicable(checks, layouts, columns)), general=True)


def _applicable(checks: Sequence[Check], layouts: set[str], columns: set[str]) -> Iterator[Check]:
    """The checks of the layouts that there are, of the columns that there are: those for which any of both is left."""
    for check in checks:
        kept: dict[str, Any] = {
            key: [name for name in check[key] if name in layouts] for key in ("layouts", "from") if key in check
        }
        if "of" in check:
            kept["of"] = {name: weight for name, weight in check["of"].items() if name in columns or name in ITEMS}
        if all(kept.values()):
            yield {**check, **kept}


def as_report(study: Study, clusters: Sequence[Record]) -> Report:
    """The study as tables with clusters, totals and averages in their rows. clusters: the rows of its clusters.csv."""
    columns = tuple(_columns(study, clusters))
    printed = _printed(study)
    by_sector = any(summary.sector for summary in study.summaries)
    sectors = dict.fromkeys(row["sector"] for row in clusters) if by_sector else {"": None}
    tables = {}
    for number, sector in enumerate(sectors, 1):
        rows = [row for row in clusters if row["sector"] == sector or not by_sector]
        summaries = [summary for summary in study.summaries if summary.sector == sector]
        tables[f"S{number}"] = _table(f"S{number}", "study", sector, columns, rows, printed, summaries, study)
    of_all = [summary for summary in study.summaries if not summary.sector]
    if by_sector and of_all:
        tables["S0"] = _table("S0", "whole", "", columns, [], printed, of_all, study)
    return Report((), tuple(dict(row) for row in clusters), tables)


def _columns(study: Study, clusters: Sequence[Record]) -> Iterator[Column]:
    """The items, the kinds of upgrading that are scored at all, what the study prints, and what that follows from."""
    for name in ITEMS + UPGRADING:
        if name in ITEMS or any(row[name] for row in clusters):
            yield Column(name, "item", EITHER_MARK, Fraction(MAX_SCORE))
    wanted = {*study.clusters, *(name for summary in study.summaries for name in summary.texts)}
    wanted |= {"ce"} if "degree" in wanted else set()
    wanted |= {"eei", "jai"} if "ce" in wanted else set()
    for name in PRINTED:
        if name in wanted:
            yield Column(name, "class") if name == "degree" else Column(name, "derived", EITHER_MARK)


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
    summaries: Sequence[SummaryRow],
    study: Study,
) -> Table:
    cells = [_cell(table, row, column, printed[row["cluster"]]) for row in rows for column in columns]
    kept = {column.name for column in columns}
    cells += [
        _number(table, summary.row, name, text, summary.row)
        for summary in summaries
        for name, text in summary.texts.items()
        if name in kept
    ]
    names = (*(row["cluster"] for row in rows), *(summary.row for summary in summaries))
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


def printed_cell_records(done: Audit) -> list[dict[str, str]]:
    """The rows of audit/cells.csv: the cells that the study prints, not those that stand in for what it does not."""
    return [row for row in audited_cells(done) if row["verdict"] != "lost"]


def study_audit_summary(study: Study, done: Audit | None) -> str:
    """What the audit found, in words: its numbers, the rules, and a line a finding. done: None if not run."""
    clusters = counted(len(study.clusters["cluster"]), "cluster")
    head = f"Study {study.name}: {clusters} in {counted(len(study.ratings['cluster']), 'row')} of scores. It prints "
    if done is None:
        return f"{head}no index, degree, total or average of its own.\n"
    verdicts = Counter(done.judge.judge(place).verdict for place in done.model.cells)
    severities = Counter(finding.severity for finding in done.findings)
    derived = sum(verdicts[name] for name in VERDICTS_OF_DERIVED)
    listed = ", ".join(f"{severities[name]:,} {name}" for name in SEVERITIES if severities[name]) or "nothing found"
    (rules,) = rules_in_words(OF_THE_REPORT, study.name)
    lines = [
        f"{head}{counted(derived, 'number')} of its own:"
        f" {counted(verdicts['consistent'], 'follows', 'follow')} from the scores,"
        f" {verdicts['consistent_if']:,} under an assumption,"
        f" {counted(verdicts['inconsistent'], 'does not', 'do not')}, {verdicts['not_checkable']:,} cannot be told."
        f" Findings: {listed}.",
        rules,
        *(
            f"{finding.id}: printed {finding.printed}, expected {finding.expected}; {finding.explanation}"
            for finding in done.findings
        ),
    ]
    return "".join(f"{line}\n" for line in lines)
