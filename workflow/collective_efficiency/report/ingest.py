"""Stage `ingest`: the transcription of a report, checked and typed.

In: the bytes of data/report/*.csv and tables.yaml. Out: a `Report`, and the lines of results/report/cells.csv.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from collective_efficiency.files.csv_files import Record, read_csv
from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import read_yaml
from collective_efficiency.numbers.printed import NumberFormat
from collective_efficiency.problems import BadInputError, Problem, allowed
from collective_efficiency.report.table_file import read_table
from collective_efficiency.report.transcription import Column, Report, Table
from collective_efficiency.words import DEGREES

CLUSTER_MASTER = ("cluster", "name", "sector", "industry", "country")
SECTOR_MASTER = ("sector", "name", "short_name")
SOURCE_KEYS = ("title", "authors", "year", "publisher")  # of the workflow's own report, which its exports name
UNITS = {"thousands": 1_000, "millions": 10**6, "billions": 10**9}  # what one printed number may be worth
MASTERS = ("sectors.csv", "clusters.csv")  # the lists; every other CSV of a report is a table


def read_report(files: Mapping[str, bytes], *, lenient: bool = False) -> Report:
    """The report in `files`: tables.yaml and one CSV for each table, by name; where a table is said to have the rows of
    clusters or sectors, clusters.csv or sectors.csv, too. What is no CSV beside them is not read.

    lenient: a cell that its column does not allow is no problem but keeps its fault, so that the rest can be audited.
    Raises BadInputError with every problem of every file, so that a person puts all of them right at once.

    >>> read_report({"sectors.csv": b"sector,name,short_name", "clusters.csv": b"cluster,name,sector,industry,country"})
    Traceback (most recent call last):
    collective_efficiency.problems.BadInputError: 1 problem in the input; nothing was written.
      tables.yaml: the file is missing
    """
    problems: list[Problem] = []
    content = _content(files, "tables.yaml", problems)
    described = None
    if "tables.yaml" in files:
        described = read_yaml("tables.yaml", content, schema("tables.schema"), problems)
    if described is not None and not lenient:
        lacking = (key for key in SOURCE_KEYS if key not in described.get("source", {}))
        problems += (Problem("tables.yaml", "", f"source.{key}", "", "the key is missing") for key in lacking)
    rows = [entry.get("rows") for entry in described["tables"].values()] if described else []
    sectors = _read_master(files, "sectors.csv", SECTOR_MASTER, problems, "sectors" in rows or "clusters" in rows)
    clusters = _read_master(files, "clusters.csv", CLUSTER_MASTER, problems, "clusters" in rows)
    sector_keys = [row["sector"] for row in sectors]
    for row in clusters if sectors else ():
        if row["sector"] not in sector_keys:
            message = f"unknown sector; {allowed(sector_keys, row['sector'])}"
            problems.append(Problem("clusters.csv", row["cluster"], "sector", row["sector"], message))
    tables = {} if described is None else _read_tables(files, described, sector_keys, clusters, problems, lenient)
    if problems:
        raise BadInputError(problems)
    return Report(tuple(sectors), tuple(clusters), tables)


def cell_records(report: Report) -> list[dict[str, str]]:
    """The lines of results/report/cells.csv: table by table as in tables.yaml, each in printed order."""
    return [cell.record() for cell in report.cells()]


def _read_tables(
    files: Mapping[str, bytes],
    described: Mapping[str, Any],
    sectors: Sequence[str],
    clusters: Sequence[Record],
    problems: list[Problem],
    lenient: bool,
) -> dict[str, Table]:
    """Every table that tables.yaml describes; a file that it does not describe is a problem, and so is a lack."""
    for name in files:
        stem, _, ending = name.rpartition(".")
        if ending == "csv" and stem not in described["tables"] and name not in MASTERS:
            problems.append(Problem(name, "", "", "", "tables.yaml does not describe this table"))
    tables = {}
    for table_id, entry in described["tables"].items():
        file = f"{table_id}.csv"
        columns = _columns(table_id, entry, described, problems)
        content = _content(files, file, problems)
        if columns and file in files:
            keys = _row_keys(entry, sectors, clusters)
            table = read_table(table_id, entry, columns, keys, content, problems, lenient=lenient)
            if table:
                tables[table_id] = table
    return tables


def _content(files: Mapping[str, bytes], name: str, problems: list[Problem]) -> bytes:
    if name not in files:
        problems.append(Problem(name, "", "", "", "the file is missing"))
    return files.get(name, b"")


def _read_master(
    files: Mapping[str, bytes], name: str, columns: Sequence[str], problems: list[Problem], needed: bool
) -> list[Record]:
    """The lines of a list whose first column is its key: no key twice, no cell empty."""
    content = _content(files, name, problems) if needed or name in files else b""
    read = read_csv(name, content, columns, problems) if name in files else None
    if read is None:
        return []
    key = columns[0]
    first: dict[str, int] = {}
    for line, row in read.rows:
        if row[key] in first:
            message = f"the {key} stands twice; first in row {first[row[key]]}"
            problems.append(Problem(name, str(line), key, row[key], message))
        first.setdefault(row[key], line)
        for column in columns:
            if not row[column].strip():
                problems.append(Problem(name, str(line), column, "", "the cell is empty"))
    return [row for _, row in read.rows]


def _columns(table_id: str, entry: Record, described: Mapping[str, Any], problems: list[Problem]) -> tuple[Column, ...]:
    """The columns of the table's layout; none, and a problem, where tables.yaml lacks the layout or a format."""
    layouts, formats = described["layouts"], described["formats"]
    if entry["layout"] not in layouts:
        message = f"unknown layout; {allowed(layouts, entry['layout'])}"
        problems.append(Problem("tables.yaml", "", f"tables.{table_id}.layout", entry["layout"], message))
        return ()
    columns: list[Column] = []
    for name, spec, second_of in _specifications(layouts[entry["layout"]]):
        place, form = f"layouts.{entry['layout']}.{name}", spec.get("format")
        if form is not None and form not in formats:
            message = f"unknown format; {allowed(formats, form)}"
            problems.append(Problem("tables.yaml", "", f"{place}.format", form, message))
            return ()
        if name in (column.name for column in columns):
            problems.append(Problem("tables.yaml", "", place, name, "the column stands twice"))
            return ()
        columns.append(_column(name, spec, NumberFormat(**formats[form]) if form else None, second_of))
    return tuple(columns)


def _column(name: str, spec: Mapping[str, Any], form: NumberFormat | None, second_of: str) -> Column:
    unit = spec.get("unit", 1)
    return Column(
        name,
        spec["kind"],
        form,
        Fraction(str(spec["max"])) if "max" in spec else None,
        tuple(spec.get("allowed", ())),
        spec.get("rounded"),
        Fraction(UNITS[unit] if isinstance(unit, str) else unit),
        second_of,
        spec.get("certified", False),
    )


def _specifications(layout: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """The columns of a layout: each with what is said of it, and the column of which it is the second number."""
    for name, spec in layout.items():
        yield name, spec, ""
        if "second" in spec:
            yield spec["second"]["column"], spec["second"], name


def _row_keys(entry: Mapping[str, Any], sectors: Sequence[str], clusters: Sequence[Record]) -> list[str] | None:
    """The keys of the rows that a table must have, those of its totals and averages last; None if it may have any."""
    match entry.get("rows"):
        case None:
            return None
        case "clusters":
            rows = [row["cluster"] for row in clusters if row["sector"] == entry.get("sector")]
        case "sectors":
            rows = list(sectors)
        case "degrees":
            rows = list(DEGREES)
        case listed:
            rows = list(listed)
    return rows + list(entry.get("summary", ()))
