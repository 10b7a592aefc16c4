"""Stage `ingest`: the transcription of the report, checked and typed, cell by cell.

In: the bytes of data/report/*.csv and tables.yaml. Out: a `Report`, and the frame of results/report/cells.csv.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from collective_efficiency.files.csv_files import Record, check_keys, read_csv
from collective_efficiency.files.yaml_files import read_yaml
from collective_efficiency.numbers.printed import NumberFormat, half_up, parse
from collective_efficiency.problems import BadInputError, Problem, allowed
from collective_efficiency.words import CELL_COLUMNS, DEGREES, LOST

CLUSTER_MASTER = ("cluster", "name", "sector", "industry", "country")
SECTOR_MASTER = ("sector", "name", "short_name")


@dataclass(frozen=True)
class Column:
    """What the cells of a column hold; `form` is None for text."""

    name: str
    kind: str
    form: NumberFormat | None = None
    largest: Fraction | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One printed cell.

    value: its exact value (numbers), its word (classes and text), None if lost or not available.
    kind: item, derived, total, average, class, code or fact; status: read, inferred, lost or not_available.
    """

    table: str
    row: str
    column: str
    printed: str
    value: Fraction | str | None
    decimals: int | None
    kind: str
    status: str

    def record(self) -> dict[str, str]:
        """The cell as a row of cells.csv."""
        value = self.value if isinstance(self.value, str) else ""
        if isinstance(self.value, Fraction):
            value = half_up(self.value, self.decimals or 0)  # exact: it has no more decimals than that
        decimals = "" if self.decimals is None else str(self.decimals)
        texts = (self.table, self.row, self.column, self.printed, value, decimals, self.kind, self.status)
        return dict(zip(CELL_COLUMNS, texts, strict=True))


@dataclass(frozen=True)
class Table:
    """One table of the report: what it is, its rows and columns in printed order, its labels and its cells."""

    id: str
    title: str
    sector: str
    columns: tuple[Column, ...]
    rows: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    cells: Mapping[tuple[str, str], Cell]
    layout: str
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The transcribed report: the lists of sectors and clusters, and the tables by id, in the order of tables.yaml."""

    sectors: tuple[Record, ...]
    clusters: tuple[Record, ...]
    tables: Mapping[str, Table]

    def cells(self) -> Iterator[Cell]:
        """Every cell, table by table, in printed order."""
        for table in self.tables.values():
            yield from table.cells.values()


def read_report(files: Mapping[str, bytes], schema: Mapping[str, Any]) -> Report:
    """The report in `files`: tables.yaml, sectors.csv, clusters.csv and one CSV for each table, by name.

    Raises BadInputError with every problem of every file.
    """
    problems: list[Problem] = []
    meta = read_yaml("tables.yaml", _content(files, "tables.yaml", problems), schema, problems)
    sectors = _read_master(files, "sectors.csv", SECTOR_MASTER, problems)
    clusters = _read_master(files, "clusters.csv", CLUSTER_MASTER, problems)
    known = [row["sector"] for row in sectors]
    for row in clusters if sectors else ():
        if row["sector"] not in known:
            message = f"unknown sector; {allowed(known, row['sector'])}"
            problems.append(Problem("clusters.csv", row["cluster"], "sector", row["sector"], message))
    tables: dict[str, Table] = {}
    if meta is not None:
        for name in files:
            stem, _, ending = name.rpartition(".")
            if ending == "csv" and stem not in meta["tables"] and name not in ("sectors.csv", "clusters.csv"):
                problems.append(Problem(name, "", "", "", "tables.yaml does not describe this table"))
        for table_id, entry in meta["tables"].items():
            file = f"{table_id}.csv"
            columns = _columns(table_id, entry, meta, problems)
            expected = _expected_rows(entry, known, clusters)
            content = _content(files, file, problems)
            if columns and file in files:
                table = _read_table(table_id, entry, columns, expected, content, problems)
                if table:
                    tables[table_id] = table
    if problems:
        raise BadInputError(problems)
    return Report(tuple(sectors), tuple(clusters), tables)


def _content(files: Mapping[str, bytes], name: str, problems: list[Problem]) -> bytes:
    if name not in files:
        problems.append(Problem(name, "", "", "", "the file is missing"))
    return files.get(name, b"")


def _read_master(
    files: Mapping[str, bytes], name: str, columns: Sequence[str], problems: list[Problem]
) -> list[Record]:
    """The rows of a list whose first column is its key: no key twice, no cell empty."""
    content = _content(files, name, problems)
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


def _columns(table_id: str, entry: Record, meta: Mapping[str, Any], problems: list[Problem]) -> tuple[Column, ...]:
    if entry["layout"] not in meta["layouts"]:
        message = f"unknown layout; {allowed(meta['layouts'], entry['layout'])}"
        problems.append(Problem("tables.yaml", "", f"tables.{table_id}.layout", entry["layout"], message))
        return ()
    columns = []
    for name, spec in meta["layouts"][entry["layout"]].items():
        form = spec.get("format")
        if form is not None and form not in meta["formats"]:
            message = f"unknown format; {allowed(meta['formats'], form)}"
            problems.append(Problem("tables.yaml", "", f"layouts.{entry['layout']}.{name}.format", form, message))
            return ()
        number = NumberFormat(**meta["formats"][form]) if form else None
        largest = Fraction(str(spec["max"])) if "max" in spec else None
        columns.append(Column(name, spec["kind"], number, largest, tuple(spec.get("allowed", ()))))
    return tuple(columns)


def _expected_rows(entry: Mapping[str, Any], sectors: Sequence[str], clusters: Sequence[Record]) -> list[str]:
    match entry["rows"]:
        case "clusters":
            rows = [row["cluster"] for row in clusters if row["sector"] == entry.get("sector")]
        case "sectors":
            rows = list(sectors)
        case "degrees":
            rows = list(DEGREES)
        case listed:
            rows = list(listed)
    return rows + list(entry.get("summary", ()))


def _read_table(
    table_id: str,
    entry: Mapping[str, Any],
    columns: Sequence[Column],
    expected: Sequence[str],
    content: bytes,
    problems: list[Problem],
) -> Table | None:
    file = f"{table_id}.csv"
    label_columns = entry.get("labels", ["label"])
    read = read_csv(file, content, ["row", *label_columns, *(column.name for column in columns)], problems)
    if read is None:
        return None
    check_keys(file, ((line, row["row"]) for line, row in read.rows), expected, problems)
    notes = _CellNotes(table_id, entry, problems)
    cells: dict[tuple[str, str], Cell] = {}
    for line, row in read.rows:
        for column in columns:
            cell = _read_cell(file, line, row, column, entry, notes, problems)
            if cell:
                cells[cell.row, cell.column] = cell
    notes.check_all_used()
    return Table(
        table_id,
        entry["title"],
        entry.get("sector", ""),
        tuple(columns),
        tuple(row["row"] for _, row in read.rows),
        {row["row"]: {name: row[name] for name in label_columns} for _, row in read.rows},
        cells,
        entry["layout"],
        entry.get("groups", {}),
    )


def _read_cell(
    file: str,
    line: int,
    row: Record,
    column: Column,
    entry: Mapping[str, Any],
    notes: "_CellNotes",
    problems: list[Problem],
) -> Cell | None:
    """The cell at `row` and `column`; None where it is blank as printed, or bad (then `problems` says so)."""
    key, text = row["row"], row[column.name]
    summary = key in ("total", "average")

    def bad(message: str) -> None:
        problems.append(Problem(file, f"{line} ({key})", column.name, text, message))

    if text == "":
        if not (summary and column.kind == "class") and not notes.is_blank(key, column.name):
            bad(f"the cell is empty; write {LOST} where the text layer lost it")
        return None
    if text != text.strip():
        bad("the cell begins or ends with white space")
        return None
    kind = key if summary else column.kind
    if (text == LOST) != (notes.status(key, column.name) == "lost"):
        bad(
            f"tables.yaml gives no reason for this {LOST}"
            if text == LOST
            else "tables.yaml says that this cell is lost"
        )
        return None
    status = notes.status(key, column.name)
    if text == LOST:
        return Cell(file[:-4], key, column.name, text, None, None, kind, "lost")
    if text in entry.get("missing", {}):
        return Cell(file[:-4], key, column.name, text, None, None, kind, "not_available")
    if column.form is None or notes.is_text(key, column.name):
        word = entry.get("spellings", {}).get(text, text)
        if column.allowed and word not in column.allowed:
            bad(allowed(column.allowed, text))
            return None
        return Cell(file[:-4], key, column.name, text, word, None, kind, status)
    try:
        number = parse(text, column.form)
    except ValueError as error:
        missing = entry.get("missing", {})
        bad(f"{error}{f', or {allowed(missing)}' if missing else ''}")
        return None
    if column.largest is not None and number.value > column.largest and key != "total":
        bad(f"allowed: 0 to {column.largest}")
        return None
    return Cell(file[:-4], key, column.name, text, number.value, number.decimals, kind, status)


class _CellNotes:
    """What tables.yaml says of single cells of a table; a note that fits no cell is a problem."""

    def __init__(self, table_id: str, entry: Mapping[str, Any], problems: list[Problem]) -> None:
        self._table = table_id
        self._notes = entry.get("cells", [])
        self._texts = {(note["row"], note["column"]) for note in entry.get("text_cells", [])}
        self._blank = {(note["row"], note["column"]) for note in entry.get("blank", [])} | {
            (row, column) for span in entry.get("spans", []) for row in span["rows"][1:] for column in span["columns"]
        }
        self._unused = {*range(len(self._notes))}
        self._problems = problems

    def status(self, row: str, column: str) -> str:
        for number, note in enumerate(self._notes):
            if note.get("row", row) == row and note.get("column", column) == column:
                self._unused.discard(number)
                return str(note["status"])
        return "read"

    def is_text(self, row: str, column: str) -> bool:
        return (row, column) in self._texts

    def is_blank(self, row: str, column: str) -> bool:
        return (row, column) in self._blank

    def check_all_used(self) -> None:
        for number in sorted(self._unused):
            note = self._notes[number]
            place = f"tables.{self._table}.cells.{number}"
            found = f"{note.get('row', '')} {note.get('column', '')}".strip()
            self._problems.append(Problem("tables.yaml", "", place, found, "this note means no cell of the table"))


def cell_records(report: Report) -> list[dict[str, str]]:
    """The rows of results/report/cells.csv, sorted by table, then in printed order."""
    return [cell.record() for cell in report.cells()]


def compare_with_text(report: Report, meta: Mapping[str, Any], text: str) -> list[Problem]:
    """Every cell whose printed form the reader's own copy of the report's text does not hold where tables.yaml says.

    Each cell uses up one occurrence of its text within the table's lines, so a value that the transcription has more
    often than the text has is found, too.
    """
    lines = text.split("\n")
    problems = []
    for table in report.tables.values():
        first, last = meta["tables"][table.id]["lines"]
        tokens = " ".join(lines[first - 1 : last])
        words = tokens.split()
        for cell in table.cells.values():
            if cell.status == "lost" or (cell.value is not None and cell.decimals is None):
                continue
            if cell.printed in words:
                words.remove(cell.printed)
            else:
                message = f"not in lines {first} to {last} of the report's text as often as transcribed"
                problems.append(Problem(f"{table.id}.csv", cell.row, cell.column, cell.printed, message))
    return problems
