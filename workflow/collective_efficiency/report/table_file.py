"""One table of the transcription: its file read, and every cell checked against what tables.yaml says of it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from collective_efficiency.files.csv_files import check_keys, read_csv
from collective_efficiency.numbers.reading import read_number
from collective_efficiency.problems import Problem, allowed
from collective_efficiency.report.transcription import Cell, Column, Table
from collective_efficiency.words import LOST

_SUMMARY_KEYS = ("total", "average")  # the keys of the lines below the clusters of a table


def read_table(
    table_id: str,
    entry: Mapping[str, Any],
    columns: Sequence[Column],
    row_keys: Sequence[str],
    content: bytes,
    problems: list[Problem],
) -> Table | None:
    """The table in `content`, a CSV with the columns `row` (the key), the labels and `columns`.

    entry: what tables.yaml says of it; row_keys: the rows that it must have. What is bad goes to `problems`; the answer
    is None where the file cannot be read at all.
    """
    file = f"{table_id}.csv"
    label_columns = entry.get("labels", ["label"])
    read = read_csv(file, content, ["row", *label_columns, *(column.name for column in columns)], problems)
    if read is None:
        return None
    check_keys(file, ((line, row["row"]) for line, row in read.rows), row_keys, problems)
    notes = _CellNotes(table_id, entry)
    cells: dict[tuple[str, str], Cell] = {}
    for line, row in read.rows:
        for column in columns:
            key, text = row["row"], row[column.name]
            try:
                cell = _read_cell(table_id, key, text, column, entry, notes)
            except ValueError as error:
                problems.append(Problem(file, f"{line} ({key})", column.name, text, str(error)))
            else:
                if cell:
                    cells[key, column.name] = cell
    problems += notes.unused()
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
    table_id: str, key: str, text: str, column: Column, entry: Mapping[str, Any], notes: "_CellNotes"
) -> Cell | None:
    """The cell that prints `text`; None where it is blank as printed.

    Raises ValueError, saying what is wrong or allowed, where the text is bad.
    """
    is_summary = key in _SUMMARY_KEYS
    if text == "":
        if not (is_summary and column.kind == "class") and not notes.is_blank(key, column.name):
            raise ValueError(f"the cell is empty; write {LOST} where the text layer lost it")
        return None
    if text != text.strip():
        raise ValueError("the cell begins or ends with white space")
    status = notes.status(key, column.name)
    if text == LOST and status != "lost":
        raise ValueError(f"tables.yaml gives no reason for this {LOST}")
    if text != LOST and status == "lost":
        raise ValueError("tables.yaml says that this cell is lost")
    value, decimals = None, None
    if text in entry.get("missing", {}) and status != "lost":
        status = "not_available"
    elif status != "lost":
        value, decimals = _read_value(key, text, column, entry, notes.is_text(key, column.name))
    kind = key if is_summary else column.kind
    return Cell(table_id, key, column.name, text, value, decimals, kind, status)


def _read_value(
    key: str, text: str, column: Column, entry: Mapping[str, Any], is_text: bool
) -> tuple[Fraction | str, int | None]:
    """What `text` means: a word, or an exact number and the decimals it is printed with. Raises ValueError."""
    if column.form is None or is_text:
        word = entry.get("spellings", {}).get(text, text)
        if column.allowed and word not in column.allowed:
            raise ValueError(allowed(column.allowed, text))
        return word, None
    try:
        reading = read_number(text, column.form)
        if reading.odd or reading.bound or reading.notes:
            raise ValueError(f"expected {column.form.describe()}")
        number = reading.number
    except ValueError as error:
        missing = entry.get("missing", {})
        raise ValueError(f"{error}{f', or {allowed(missing)}' if missing else ''}") from None
    if column.largest is not None and number.value > column.largest and key != "total":  # a total exceeds any score
        raise ValueError(f"allowed: 0 to {column.largest}")
    return number.value, number.decimals


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
        for number, note in enumerate(self._notes):
            if note.get("row", row) == row and note.get("column", column) == column:
                self._unused.discard(number)
                return str(note["status"])
        return "read"

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
