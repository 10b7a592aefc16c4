"""A study's table in a CSV file, as columns of text: what is detected is said, what is ambiguous is refused.

The rules, each overruled by what study.yaml declares:

- encoding: a byte order mark decides; else UTF-8 if the bytes are that; else cp1252, if they mean the same in Latin-1.
  Bytes that cp1252, Latin-1 and Mac Roman read as different letters are refused.
- separator: the one of comma, semicolon and tab that splits the first row into known headings (two at least). More than
  one that does so is refused, and so is none.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from collective_efficiency.problems import Problem
from collective_efficiency.studies.headings import Words, bare
from collective_efficiency.studies.sheet import MOST_ALIKE, Note, Sheet, named_sheet

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LONGEST_HEADER = 100_000  # letters that are looked through for the first row
ROWS_AT_ONCE = 512  # what fits the cache of a processor
FEW_TEXTS = 1000  # up to as many different texts, equal texts of a column are made one object


def read_text(
    file: str, content: bytes, declared: Mapping[str, Any], words: Words, problems: list[Problem]
) -> Sheet | None:
    """The table in the bytes of a CSV file; None, with the reasons in `problems`, where it cannot be read.

    declared: study.yaml, whose `encoding` and `separator` overrule what is detected.
    """
    notes: list[Note] = []
    text = _decode(file, content, declared.get("encoding"), notes, problems)
    if text is None:
        return None
    separator = _separator(file, text, declared.get("separator"), words, notes, problems)
    if separator is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = next((fields for fields in reader if any(map(str.strip, fields))), None)
        if header is None:
            problems.append(Problem(file, "", "", "", "the file is empty"))
            return None
        columns, count, ragged = _columns(reader, len(header))
    except csv.Error as error:
        problems.append(Problem(file, str(reader.line_num), "", "", f"not a readable CSV: {error}"))
        return None
    lines: Sequence[int] = range(2, count + 2)
    if reader.line_num != count + 1 or ragged:
        lines = _lines(text, separator)
    if ragged:
        problems += [_ragged(file, lines[index], len(header), width, separator) for index, width in ragged[:MOST_ALIKE]]
        return None
    return named_sheet(file, header, columns, lines, words, notes, problems)


def _decode(file: str, content: bytes, declared: str | None, notes: list[Note], problems: list[Problem]) -> str | None:
    """The text; a byte order mark is dropped."""
    encoding, how = declared, "declared in study.yaml"
    if encoding is None:
        encoding, how = next(
            ((name, "its byte order mark") for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)),
            (_without_mark(content), "detected"),
        )
    if encoding is None:
        message = "not UTF-8, and other encodings disagree; declare encoding in study.yaml: cp1252, mac-roman, ..."
        if zipfile.is_zipfile(io.BytesIO(content)):  # a workbook is a zip file
            message = "this is no text; name a workbook clusters.xlsx"
        problems.append(Problem(file, "", "", "", message))
        return None
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = f"byte 0x{content[error.start : error.start + 1].hex()}"
        problems.append(Problem(file, str(line), "", byte, f"not {encoding}; declare encoding in study.yaml"))
        return None
    notes.append(("encoding", encoding.removesuffix("-sig"), how))
    return text.removeprefix("\ufeff")


def _without_mark(content: bytes) -> str | None:
    """UTF-8, or cp1252 where Latin-1 reads the same; None where that cannot be told."""
    if b"\0" in content:  # UTF-16 without its mark
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:  # Latin-1 has no letters at 80 to 9f, where cp1252 and Mac Roman have different ones
        return None if re.search(rb"[\x80-\x9f]", content) else "cp1252"
    return "utf-8"


def _separator(
    file: str, text: str, declared: str | None, words: Words, notes: list[Note], problems: list[Problem]
) -> str | None:
    if declared:
        notes.append(("separator", declared, "declared in study.yaml"))
        return SEPARATORS[declared]
    first = next((line for line in text[:LONGEST_HEADER].splitlines() if line.strip(",;\t ")), "")
    fitting = [name for name, mark in SEPARATORS.items() if _known_headings(first, mark, words) > 1]
    if len(fitting) == 1:
        notes.append(("separator", fitting[0], "splits the first row into known headings"))
        return SEPARATORS[fitting[0]]
    number, which = ("more than one", f"{' and '.join(fitting)} both do") if fitting else ("no", "none does")
    message = (
        f"{number} separator splits the first row into known headings ({which});"
        " declare separator in study.yaml: comma, semicolon, tab"
    )
    problems.append(Problem(file, "1", "", first.strip(), message))
    return None


def _known_headings(line: str, mark: str, words: Words) -> int:
    """How many known headings `mark` splits the line into."""
    try:
        fields = next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return 0
    return sum(bare(field) in words.headings for field in fields)


def _columns(reader: Iterator[list[str]], width: int) -> tuple[list[list[str]], int, list[tuple[int, int]]]:
    """The columns, how many rows were read (empty lines too), and of rows that are not `width`: which, and how wide.

    In portions of rows, each turned into columns at once: a row at a time takes twice as long.
    """
    columns: list[list[str]] = [[] for _ in range(width)]
    interned: list[dict[str, str]] = [{} for _ in range(width)]
    ragged: list[tuple[int, int]] = []
    count = 0
    while portion := list(islice(reader, ROWS_AT_ONCE)):
        if set(map(len, portion)) != {width}:
            wrong = ((index, row) for index, row in enumerate(portion, count) if len(row) != width)
            ragged += [(index, len(row)) for index, row in wrong if any(map(str.strip, row))]
            portion = [row if len(row) == width else [""] * width for row in portion]
        count += len(portion)
        for column, texts, values in zip(columns, interned, zip(*portion, strict=True), strict=True):
            few = len(texts) < FEW_TEXTS  # then one object for all equal texts: less memory, and faster to compare
            column.extend(map(texts.setdefault, values, values) if few else values)
    return columns, count, ragged


def _lines(text: str, separator: str) -> list[int]:
    """The line on which each row begins, after the header: slow, for files with empty lines or breaks in a cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines, start, header = [], 1, False
    for fields in reader:
        if header:
            lines.append(start)
        header = header or any(map(str.strip, fields))
        start = reader.line_num + 1
    return lines


def _ragged(file: str, line: int, expected: int, width: int, separator: str) -> Problem:
    message = f"expected {expected} fields, as in the header, found {width}"
    if separator == "," and width > expected:
        message += "; a decimal comma needs quotes here, or another separator, declared as separator in study.yaml"
    return Problem(file, str(line), "", "", message)
