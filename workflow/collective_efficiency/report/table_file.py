"""One table of the transcription: its file read, and every cell checked against what tables.yaml says of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from collective_efficiency.files.csv_files import check_keys, read_csv
from collective_efficiency.numbers.printed import NumberFormat
from collective_efficiency.numbers.reading import is_missing_mark, read_number, two_numbers
from collective_efficiency.problems import MOST_PROBLEMS, Problem, allowed
from collective_efficiency.report.transcription import Cell, Column, Table
from collective_efficiency.words import LOST, SUMMARY_ROWS


def read_table(
    table_id: str,
    entry: Mapping[str, Any],
    columns: Sequence[Column],
    row_keys: Sequence[str] | None,
    content: bytes,
    problems: list[Problem],
    *,
    lenient: bool = False,
) -> Table | None:
    """The table in `content`, a CSV with the columns `row` (the key), the labels and `columns`.

    entry: what tables.yaml says of it; row_keys: the rows that it must have (None: whatever it has). What is bad goes
    to `problems`; the answer is None where the file cannot be read at all. lenient: a cell that is not what its column
    holds is no problem; it stays in the table with its fault.
    """
    file = f"{table_id}.csv"
    of_file = [column.name for column in columns if not column.second_of]
    labels, optional = (entry["labels"], ()) if "labels" in entry else ([], ("label",))
    read = read_csv(file, content, ["row", *labels, *of_file], problems, optional)
    if read is None:
        return None
    keys = [(line, row["row"]) for line, row in read.rows]
    check_keys(file, keys, [key for _, key in keys] if row_keys is None else row_keys, problems)
    label_columns = [*labels, *(name for name in optional if name in read.columns)]
    reader = _CellReader(table_id, entry, lenient)
    cells: dict[tuple[str, str], Cell] = {}
    most = len(problems) + MOST_PROBLEMS
    for line, row in read.rows:
        if len(problems) > most:
            return None
        for column, text, whole in _texts(row, columns):
            try:
                cell = reader.read(row["row"], text, column)
                if cell and whole:
                    cell = replace(cell, reading="; ".join(filter(None, (f"of {whole}", cell.reading))))
                if cell and cell.fault and not lenient:
                    raise ValueError(cell.fault)
            except ValueError as error:
                problems.append(Problem(file, f"{line} ({row['row']})", column.name, text, str(error)))
            else:
                if cell:
                    cells[row["row"], column.name] = cell
    trusted = {column.name: column.certified or entry.get("certified", False) for column in columns}
    certified = frozenset(at for at in cells if reader.notes.is_certified(*at, trusted[at[1]]))
    problems += reader.notes.unused()
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
        certified,
        entry.get("guessed", False),
    )


def _texts(record: Mapping[str, str], columns: Sequence[Column]) -> Iterator[tuple[Column, str, str]]:
    """The text of each column in a row; of a cell with two numbers, which tables.yaml announces, its part and all."""
    split = {column.second_of: both for column in columns if (both := two_numbers(record.get(column.second_of, "")))}
    for column in columns:
        name = column.second_of or column.name
        if name in split:
            yield column, split[name][1 if column.second_of else 0], record[name]
        elif not column.second_of:
            yield column, record[name], ""


@dataclass
class _CellReader:
    """Reads the cells of one table by what tables.yaml says of it."""

    table: str
    entry: Mapping[str, Any]
    lenient: bool

    def __post_init__(self) -> None:
        self.notes = _CellNotes(self.table, self.entry)

    def read(self, key: str, text: str, column: Column) -> Cell | None:
        """The cell that prints `text`; None where it is blank as printed.

        Raises ValueError, saying what is wrong or allowed, where the text is bad.
        """
        is_summary = key in SUMMARY_ROWS
        text = text.strip() if self.lenient else text
        if text == "":
            expected_blank = (is_summary and column.kind == "class") or self.notes.is_blank(key, column.name)
            if not (self.lenient or expected_blank):
                raise ValueError(f"the cell is empty; write {LOST} where the text layer lost it")
            return None
        if text != text.strip():
            raise ValueError("the cell begins or ends with white space")
        status = self.notes.status(key, column.name)
        if text == LOST and status != "lost":
            raise ValueError(f"tables.yaml gives no reason for this {LOST}")
        if text != LOST and status == "lost":
            raise ValueError("tables.yaml says that this cell is lost")
        cell = Cell(self.table, key, column.name, text, None, None, key if is_summary else column.kind, status)
        if status == "lost":
            return cell
        if text in self.entry.get("missing", {}):
            return replace(cell, status="not_available")
        if column.form is None or self.notes.is_text(key, column.name):
            return self._word(cell, column)
        return self._number(cell, column, column.form)

    def _word(self, cell: Cell, column: Column) -> Cell:
        word = self.entry.get("spellings", {}).get(cell.printed, cell.printed)
        if column.allowed and word not in column.allowed:
            return replace(cell, status="unreadable", fault=allowed(column.allowed, cell.printed))
        return replace(cell, value=word)

    def _number(self, cell: Cell, column: Column, form: NumberFormat) -> Cell:
        missing = self.entry.get("missing", {})
        marks = f", or {allowed(missing)}" if missing else ""
        try:
            read = read_number(cell.printed, form)
        except ValueError as error:
            hint = "; does it stand for what is missing? Then it belongs under `missing`"
            why = f"{error}{marks}{hint if is_missing_mark(cell.printed) else ''}"
            return replace(cell, status="unreadable", fault=why)
        said = "; ".join(read.notes)
        if read.bound:
            if not self.lenient:
                raise ValueError(f"expected {form.describe()}{marks}; this is {read.notes[0]}")
            return replace(cell, status="no_number", reading=said)
        fault = read.odd
        if column.largest is not None and read.number.value > column.largest and cell.row != "total":
            fault = f"allowed: 0 to {column.largest}"  # a total exceeds any score
        return replace(cell, value=read.number.value, decimals=read.number.decimals, reading=said, fault=fault)


class _CellNotes:
    """What tables.yaml says of single cells of a table; it remembers which notes fitted a cell."""

    def __init__(self, table_id: str, entry: Mapping[str, Any]) -> None:
        self._table = table_id
        self._notes = entry.get("cells", [])
        self._texts = {(note["row"], note["column"]) for note in entry.get("text_cells", [])}
        self._blank = {(note["row"], note["column"]) for note in entry.get("blank", [])} | {
            (row, column) for span in entry.get("spans", []) for row in span["rows"][1:] for column in span["columns"]
        }
        self._unused = {*range(len(self._notes))}

    def status(self, row: str, column: str) -> str:
        return str(self._said(row, column, "status", "read"))

    def is_certified(self, row: str, column: str, otherwise: bool) -> bool:
        return bool(self._said(row, column, "certified", otherwise))

    def _said(self, row: str, column: str, key: str, otherwise: object) -> object:
        """What the first note that has this key says of a cell."""
        for number, note in enumerate(self._notes):
            if key in note and note.get("row", row) == row and note.get("column", column) == column:
                self._unused.discard(number)
                return note[key]
        return otherwise

    def is_text(self, row: str, column: str) -> bool:
        return (row, column) in self._texts

    def is_blank(self, row: str, column: str) -> bool:
        return (row, column) in self._blank

    def unused(self) -> list[Problem]:
        """A problem for each note that fits no cell."""
        problems = []
        for number in sorted(self._unused):
            note = self._notes[number]
            key = f"tables.{self._table}.cells.{number}"
            cell = f"{note.get('row', '')} {note.get('column', '')}".strip()
            problems.append(Problem("tables.yaml", "", key, cell, "this note means no cell of the table"))
        return problems
