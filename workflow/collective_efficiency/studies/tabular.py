"""A table as people have it, CSV or Excel, as columns of text: what is detected is said, what is ambiguous refused.

The rules, each overruled by what study.yaml declares:

- encoding: a byte order mark decides; else UTF-8 if the bytes are that; else cp1252, if they mean the same in Latin-1.
  Bytes that cp1252, Latin-1 and Mac Roman read as different letters are refused.
- separator: the one of comma, semicolon and tab that splits the first row into known headings (two at least). More than
  one that does so is refused, and so is none.
- decimal mark: the one that the numbers use. Numbers with both marks are refused.
- sheet of a workbook: the only one, or the first, which is said.

Empty rows, and columns without heading and content, are skipped. White space around a text does not count.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import Any

from collective_efficiency.problems import Problem, shown

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
DECIMALS = {"comma": ",", "point": "."}
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LARGEST_WORKBOOK = 500_000_000  # bytes, unpacked
LONGEST_HEADER = 100_000  # letters
SHOWN = 1000  # problems of one kind in one column
CHUNK = 512  # rows: what fits the cache of a processor
FEW = 1000  # different texts of a column
Note = tuple[str, str, str]  # what it is about, what was found, and how


@dataclass(frozen=True)
class Words:
    """The words of a table: headings by their plain form, the marks of a missing score, the summary rows."""

    headings: Mapping[str, str]
    holds: Mapping[str, str]
    missing: frozenset[str]
    summary: Mapping[str, str]

    def is_missing(self, text: str) -> bool:
        return not text or text.casefold() in self.missing


def read_words(described: Mapping[str, Any]) -> Words:
    """The words of workflow/collective_efficiency/schemas/study_columns.yaml."""
    columns = described["columns"]
    headings = {plain(text): name for name, each in columns.items() for text in (name, *each["headings"])}
    return Words(
        headings,
        {name: each["holds"] for name, each in columns.items()},
        frozenset(mark.casefold() for mark in described["missing"]),
        {word: name for name, listed in described["summary"].items() for word in listed},
    )


@dataclass(frozen=True)
class Sheet:
    """A table as text: columns by their word, of equal length, and the different texts of each.

    lines: on which row of the file each row stands.
    """

    file: str
    columns: dict[str, list[str]]
    distinct: dict[str, set[str]]
    lines: Sequence[int]
    notes: list[Note] = field(default_factory=list)


def plain(heading: str) -> str:
    """A heading without case, accents, punctuation and what stands in brackets."""
    text = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)", "", heading)).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def read_text(
    file: str, content: bytes, declared: Mapping[str, Any], words: Words, problems: list[Problem]
) -> Sheet | None:
    """The table in the bytes of a CSV file; None, with the reasons in `problems`, where it cannot be read."""
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
        problems += [_ragged(file, lines[place], len(header), found, separator) for place, found in ragged[:SHOWN]]
        return None
    return _named(file, header, columns, lines, words, notes, problems)


def _decode(file: str, content: bytes, declared: str | None, notes: list[Note], problems: list[Problem]) -> str | None:
    """The text; a byte order mark is dropped."""
    encoding, how = declared, "declared in study.yaml"
    if encoding is None:
        encoding, how = next(
            ((name, "its byte order mark") for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)),
            (_without_mark(content), "detected"),
        )
    if encoding is None:
        if zipfile.is_zipfile(io.BytesIO(content)):
            problems.append(Problem(file, "", "", "", "this is no text; name a workbook clusters.xlsx"))
            return None
        message = "not UTF-8, and other encodings disagree; declare encoding in study.yaml: cp1252, mac-roman, ..."
        problems.append(Problem(file, "", "", "", message))
        return None
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = content[error.start : error.start + 1].hex()
        problems.append(
            Problem(file, str(line), "", f"byte 0x{found}", f"not {encoding}; declare encoding in study.yaml")
        )
        return None
    notes.append(("encoding", encoding.removesuffix("-sig"), how))
    return text.removeprefix("\ufeff")


def _without_mark(content: bytes) -> str | None:
    """UTF-8, or cp1252 where Latin-1 reads the same; None where that cannot be told."""
    if b"\0" in content:
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None if re.search(rb"[\x80-\x9f]", content) else "cp1252"
    return "utf-8"


def _separator(
    file: str, text: str, declared: str | None, words: Words, notes: list[Note], problems: list[Problem]
) -> str | None:
    if declared:
        notes.append(("separator", declared, "declared in study.yaml"))
        return SEPARATORS[declared]
    first = next((line for line in text[:LONGEST_HEADER].splitlines() if line.strip(",;\t ")), "")
    fitting = [name for name, mark in SEPARATORS.items() if _known(first, mark, words) > 1]
    if len(fitting) == 1:
        notes.append(("separator", fitting[0], "splits the first row into known headings"))
        return SEPARATORS[fitting[0]]
    found = " and ".join(fitting) + " both do" if fitting else "none does"
    message = (
        f"{'no' if not fitting else 'more than one'} separator splits the first row into known headings ({found});"
        " declare separator in study.yaml: comma, semicolon, tab"
    )
    problems.append(Problem(file, "1", "", first.strip(), message))
    return None


def _known(line: str, mark: str, words: Words) -> int:
    """How many known headings `mark` splits the line into."""
    try:
        fields = next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return 0
    return sum(plain(each) in words.headings for each in fields)


def _columns(reader: Iterator[list[str]], width: int) -> tuple[list[list[str]], int, list[tuple[int, int]]]:
    """The columns, how many rows were read (empty lines too), and the place and width of rows that are not `width`."""
    columns: list[list[str]] = [[] for _ in range(width)]
    known: list[dict[str, str]] = [{} for _ in range(width)]
    ragged: list[tuple[int, int]] = []
    count = 0
    while chunk := list(islice(reader, CHUNK)):
        if set(map(len, chunk)) != {width}:
            wrong = ((place, row) for place, row in enumerate(chunk) if len(row) != width)
            ragged += [(count + place, len(row)) for place, row in wrong if any(map(str.strip, row))]
            chunk = [row if len(row) == width else [""] * width for row in chunk]
        count += len(chunk)
        for column, texts, values in zip(columns, known, zip(*chunk, strict=True), strict=True):
            few = len(texts) < FEW  # then one object for all equal texts: less memory, and the loops below are faster
            column.extend(map(texts.setdefault, values, values) if few else values)
    return columns, count, ragged


def _lines(text: str, separator: str) -> list[int]:
    """The line on which each row begins, after the header: slow, for files with empty lines or breaks in a cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found, start, header = [], 1, False
    for fields in reader:
        if header:
            found.append(start)
        header = header or any(map(str.strip, fields))
        start = reader.line_num + 1
    return found


def _ragged(file: str, line: int, expected: int, found: int, separator: str) -> Problem:
    message = f"expected {expected} fields, as in the header, found {found}"
    if separator == "," and found > expected:
        message += "; a decimal comma needs quotes here, or another separator, declared as separator in study.yaml"
    return Problem(file, str(line), "", "", message)


def _named(
    file: str,
    header: Sequence[str],
    columns: list[list[str]],
    lines: Sequence[int],
    words: Words,
    notes: list[Note],
    problems: list[Problem],
) -> Sheet | None:
    """The columns under their words, without empty rows."""
    before = len(problems)
    named: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    for heading, column in zip(header, columns, strict=True):
        heading = heading.strip()
        if not heading and not any(map(str.strip, set(column))):
            continue
        word = words.headings.get(plain(heading))
        if word is None:
            problems.append(_unknown(file, heading, words))
        elif word in named:
            message = f"the column {word} stands twice; it is also under {shown(headings[word])}"
            problems.append(Problem(file, "1", word, heading, message))
        else:
            named[word], headings[word] = column, heading
            if heading != word:
                notes.append(("column", word, f"under the heading {shown(heading)}"))
    if len(problems) > before:
        return None
    distinct = {word: set(column) for word, column in named.items()}
    for word, texts in distinct.items():
        stripped = set(map(str.strip, texts))
        if stripped != texts:
            named[word], distinct[word] = list(map(str.strip, named[word])), stripped
    kept = _filled(named)
    if kept is not None:
        named = {word: [column[place] for place in kept] for word, column in named.items()}
        lines, distinct = [lines[place] for place in kept], {word: set(column) for word, column in named.items()}
    return Sheet(file, named, distinct, lines, notes)


def _filled(columns: Mapping[str, list[str]]) -> list[int] | None:
    """The places of the rows that hold anything; None if all do."""
    if any(all(column) for column in columns.values()):
        return None
    return [place for place, row in enumerate(zip(*columns.values(), strict=True)) if any(row)]


def _unknown(file: str, heading: str, words: Words) -> Problem:
    near = get_close_matches(plain(heading), words.headings, n=1)
    meant = f"; did you mean {words.headings[near[0]]}?" if near else ""
    message = f"unknown column; allowed: {', '.join(words.holds)}{meant}"
    return Problem(file, "1", "", heading or "an empty heading", message)


def decimal_mark(sheet: Sheet, columns: Iterable[str], declared: str | None, problems: list[Problem]) -> str:
    """The mark before the decimals of the numbers in `columns`: `.` or `,`; `.` where none has decimals.

    Where both are used: the one that more numbers have, and a problem at the first number that has the other.
    """
    if declared:
        sheet.notes.append(("decimal", declared, "declared in study.yaml"))
        return DECIMALS[declared]
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, str, str]] = {}  # of each mark the first number: its place, column and text
    for name in columns:
        for mark in DECIMALS.values():
            found = {text for text in sheet.distinct[name] if re.fullmatch(rf"\d+\{mark}\d+", text, re.ASCII)}
            if found:
                place, text = next((place, text) for place, text in enumerate(sheet.columns[name]) if text in found)
                counts[mark] += sum(map(sheet.columns[name].count, found))
                if mark not in first or place < first[mark][0]:
                    first[mark] = (place, name, text)
    mark = max(first, key=lambda each: (counts[each], each), default=".")
    if len(first) > 1:
        place, name, text = next(found for each, found in first.items() if each != mark)
        other, _, usual = first[mark]
        message = (
            f"another decimal mark than {shown(usual)} in row {sheet.lines[other]}; use one, or declare decimal in"
            " study.yaml: comma, point"
        )
        problems.append(Problem(sheet.file, str(sheet.lines[place]), name, text, message))
    elif first:
        word = next(word for word, each in DECIMALS.items() if each == mark)
        sheet.notes.append(("decimal", word, "the numbers use it"))
    return mark


def read_workbook(
    file: str, content: bytes, declared: Mapping[str, Any], words: Words, problems: list[Problem]
) -> Sheet | None:
    """The table in the bytes of an Excel workbook (.xlsx); None and its problems where it cannot be read.

    A number is taken at full precision, with a decimal point whatever the file's locale. A formula counts as the value
    that was last computed; one without is a problem, as are dates and truth values.
    """
    from openpyxl import load_workbook  # here: few studies need it

    notes: list[Note] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_WORKBOOK:
                problems.append(Problem(file, "", "", "", f"allowed: at most {LARGEST_WORKBOOK:,} bytes, unpacked"))
                return None
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(content), read_only=True)
        name = _sheet(file, [each.title for each in book.worksheets], declared.get("sheet"), notes, problems)
        if name is None:
            return None
        rows = zip(_cells(book[name]), _cells(formulas[name]), strict=True)
        read = [(line, _texts(file, line, *pair, problems)) for line, pair in enumerate(rows, 1)]
    except Exception as error:
        problems.append(Problem(file, "", "", "", f"not a readable .xlsx workbook ({type(error).__name__})"))
        return None
    filled = [(line, texts) for line, texts in read if any(texts)]
    if not filled:
        problems.append(Problem(file, "", "", "", f"the sheet {shown(name)} is empty"))
        return None
    width = max(len(texts) for _, texts in filled)
    header = filled[0][1] + [""] * (width - len(filled[0][1]))
    body = [texts + [""] * (width - len(texts)) for _, texts in filled[1:]]
    columns = [[texts[place] for texts in body] for place in range(width)]
    return _named(file, header, columns, [line for line, _ in filled[1:]], words, notes, problems)


def _sheet(
    file: str, names: Sequence[str], declared: str | None, notes: list[Note], problems: list[Problem]
) -> str | None:
    if declared is None:
        how = "the only one" if len(names) == 1 else f"the first of {len(names)}; study.yaml may name another"
        notes.append(("sheet", names[0], how))
        return names[0]
    if declared not in names:
        near = get_close_matches(declared, names, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        problems.append(
            Problem(file, "", "", declared, f"no such sheet; allowed: {', '.join(map(shown, names))}{meant}")
        )
        return None
    notes.append(("sheet", declared, "declared in study.yaml"))
    return declared


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file says of its size need not be true
    yield from sheet.iter_rows(values_only=True)


def _texts(
    file: str, line: int, values: tuple[Any, ...], formulas: tuple[Any, ...], problems: list[Problem]
) -> list[str]:
    """A row of a workbook as text."""
    texts = []
    for place, (value, formula) in enumerate(zip(values, formulas, strict=True)):
        column = _letters(place)
        if value is None and isinstance(formula, str) and formula.startswith("="):
            message = "the formula has no value: open the file in a spreadsheet, compute it, and save it again"
            problems.append(Problem(file, str(line), column, formula, message))
        elif (value is not None and not isinstance(value, str | int | float)) or isinstance(value, bool):
            message = f"the cell holds a {type(value).__name__}; allowed: text and numbers (format the column as text)"
            problems.append(Problem(file, str(line), column, str(value), message))
        texts.append("" if value is None else _plain_number(value) if isinstance(value, float) else str(value).strip())
    return texts


def _plain_number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _letters(place: int) -> str:
    """The name of a spreadsheet's column: A, B, ..., Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
