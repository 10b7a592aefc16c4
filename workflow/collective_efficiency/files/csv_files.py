"""CSV, one way for each direction: what people write is checked, what the project writes is the same bytes always."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collective_efficiency.files.texts import decode
from collective_efficiency.problems import MOST_PROBLEMS, Problem, allowed

MOST_CSV_BYTES = 50_000_000  # of a table that people write
MOST_CSV_ROWS = 100_000  # ten times the longest on which the audit is measured
Record = Mapping[str, str]  # one line of a CSV: its texts by column


@dataclass(frozen=True)
class Rows:
    """The rows of a CSV that a person wrote, each with the line on which it begins, so that a problem can name it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_csv(
    file: str, content: bytes, columns: Sequence[str], problems: list[Problem], optional: Sequence[str] = ()
) -> Rows | None:
    """The rows of a comma-separated file that must have `columns`, and may have the `optional` ones, in any order.

    Every problem of form (encoding, empty file, missing, unknown or repeated columns, ragged rows) goes to `problems`;
    the answer is None where nothing further can be checked.

    >>> read_csv("a.csv", b"ce,row\\n6.50,average\\n", ["row", "ce"], []).rows
    ((2, {'ce': '6.50', 'row': 'average'}),)
    """
    if len(content) > MOST_CSV_BYTES:
        problems.append(Problem(file, "", "", "", f"{len(content):,} bytes; allowed: at most {MOST_CSV_BYTES:,}"))
        return None
    text = decode(file, content, problems)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        while True:
            start = reader.line_num + 1
            fields = next(reader, None)
            if fields is None:
                break
            if fields:
                lines.append((start, fields))
            if len(lines) > MOST_CSV_ROWS:
                problems.append(Problem(file, str(start), "", "", f"allowed: at most {MOST_CSV_ROWS:,} rows"))
                return None
    except csv.Error as error:
        problems.append(Problem(file, str(reader.line_num), "", "", f"not a readable CSV: {error}"))
        return None
    if not lines:
        problems.append(Problem(file, "", "", "", f"the file is empty; expected the columns {', '.join(columns)}"))
        return None
    header = lines[0][1]
    if not check_header(file, header, [*columns, *(name for name in optional if name in header)], problems):
        return None
    rows = []
    for line, fields in lines[1:]:
        if len(fields) != len(header):
            message = f"expected {len(header)} fields, as in the header, found {len(fields)}"
            problems.append(Problem(file, str(line), "", "", message))
        else:
            rows.append((line, dict(zip(header, fields, strict=True))))
    return Rows(tuple(header), tuple(rows))


def check_header(file: str, header: Sequence[str], columns: Sequence[str], problems: list[Problem]) -> bool:
    """Whether `header` holds exactly `columns`; what it lacks or has too much goes to `problems`."""
    before = len(problems)
    for name in columns:
        if name not in header:
            problems.append(Problem(file, "1", name, "", f"the column is missing; allowed: {', '.join(columns)}"))
    for name, times in Counter(header).items():
        if name not in columns:
            problems.append(Problem(file, "1", name, name, f"unknown column; {allowed(columns, name)}"))
        if times > 1:
            problems.append(Problem(file, "1", name, name, "the column stands twice"))
    return len(problems) == before


def check_keys(file: str, keys: Iterable[tuple[int, str]], expected: Sequence[str], problems: list[Problem]) -> None:
    """Every expected row key stands once and no other does; else `problems` say so. keys: line and key of each row."""
    seen: dict[str, int] = {}
    known, most = set(expected), len(problems) + MOST_PROBLEMS
    for line, key in keys:
        if len(problems) > most:
            return
        if key in seen:
            problems.append(Problem(file, str(line), "row", key, f"the row stands twice; first in row {seen[key]}"))
        elif key not in known:
            problems.append(Problem(file, str(line), "row", key, f"unknown row; {allowed(expected, key)}"))
        seen.setdefault(key, line)
    missing = [key for key in expected if key not in seen]
    problems += [Problem(file, "", "row", "", f"the row {key} is missing") for key in missing[:MOST_PROBLEMS]]


def records(text: str) -> list[dict[str, str]]:
    """The records of a CSV that the project itself wrote, which needs no check.

    >>> records("row,printed\\naverage,6.50\\n")
    [{'row': 'average', 'printed': '6.50'}]
    """
    return list(csv.DictReader(io.StringIO(text, newline="")))


def csv_text(columns: Sequence[str], rows: Iterable[Record]) -> str:
    """`rows` as CSV with LF and no index. Raises ValueError where a record has a column that is not listed.

    >>> csv_text(["row", "printed"], [{"printed": "6,5", "row": "average"}])
    'row,printed\\naverage,"6,5"\\n'
    """
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
