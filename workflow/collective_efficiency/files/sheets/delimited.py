"""Text files of separated columns (csv, tsv), as a `Grid`: what is detected is said, what is ambiguous is refused.

The rules, each overruled by what is declared:

- encoding: a byte order mark decides; else UTF-8 if the bytes are that; else cp1252, if they mean the same in Latin-1.
  Bytes that cp1252, Latin-1 and Mac Roman read as different letters are refused.
- separator: a first line `sep=;`, as spreadsheets write it; the ending .tsv; the one of comma, semicolon and tab that
  splits one of the first rows into known headings (two at least); else the one that splits these rows most evenly. More
  than one that does so is refused, and so is none.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from collective_efficiency.files.sheets.bounds import SheetBounds
from collective_efficiency.files.sheets.grid import Grid, Note
from collective_efficiency.files.texts import composed, decode
from collective_efficiency.problems import Problem

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SAID_FIRST = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
LONGEST_HEAD = 100_000  # letters that are looked through for the separator
HEAD_ROWS = 20  # rows of them
EVEN = 0.8  # of the rows of the head that must have one width, for a separator to fit them
ROWS_AT_ONCE = 512  # what fits the cache of a processor
FEW_TEXTS = 1000  # up to as many different texts, equal texts of a column are made one object


@dataclass(frozen=True)
class TextOptions:
    """How a text file is to be read, as far as somebody says so.

    encoding: one that Python knows. separator: a key of SEPARATORS. is_heading: whether a text is a known heading.
    declared_in: where the two stand, for the notes.
    """

    encoding: str | None = None
    separator: str | None = None
    is_heading: Callable[[str], bool] = lambda _: False
    declared_in: str = "study.yaml"


def read_delimited(
    file: str, content: bytes, options: TextOptions, problems: list[Problem], tabs: bool = False
) -> Grid | None:
    """The table in the bytes of a text file; None, with the reasons in `problems`, where it cannot be read.

    tabs: whether the file is named after its tabs (.tsv). Raises TooLargeSheetError.
    """
    notes: list[Note] = []
    text = _decode(file, content, options, notes, problems)
    if text is None:
        return None
    if not text.strip(",;\t \r\n"):
        problems.append(Problem(file, "", "", "", "the file is empty"))
        return None
    first_line, text = _said_first(text, notes)
    mark = _separator(file, text, options, notes, problems, first_line, tabs)
    if mark is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    skipped = 1 if first_line else 0
    try:
        columns, count, ragged = _columns(reader, SheetBounds(len(content)))
    except csv.Error as error:
        line = str(reader.line_num + skipped)
        problems.append(Problem(file, line, "", "", f"not a readable CSV: {error}"))
        return None
    lines: Sequence[int] = range(skipped + 1, skipped + count + 1)
    if reader.line_num != count:
        lines = [line + skipped for line in _lines(text, mark)]
    return Grid("", columns, lines, ragged=ragged, notes=notes)


def _decode(file: str, content: bytes, options: TextOptions, notes: list[Note], problems: list[Problem]) -> str | None:
    """The text, composed (NFC); a byte order mark is dropped."""
    encoding, how = options.encoding, f"declared in {options.declared_in}"
    if encoding is None:
        encoding, how = next(
            ((name, "its byte order mark") for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)),
            (_without_mark(content), "detected"),
        )
    if encoding is None:
        message = "not UTF-8, and other encodings disagree; declare encoding in {}: cp1252, mac-roman, ..."
        message = message.format(options.declared_in)
        problems.append(Problem(file, "", "", "", message))
        return None
    text = decode(file, content, problems, encoding, f"not {encoding}; declare encoding in {options.declared_in}")
    if text is None:
        return None
    notes.append(("encoding", encoding.removesuffix("-sig"), how))
    together = composed(text)
    if together != text:
        notes.append(("letters", "NFC", "letters and their accents, apart in the file, are read as one"))
        text = together
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


def _said_first(text: str, notes: list[Note]) -> tuple[str, str]:
    """The mark that a first line `sep=;` names, or no text; and the rest of the file."""
    said = SAID_FIRST.match(text)
    if not said or said[1] not in SEPARATORS.values():
        return "", text
    notes.append(("first line", text[: said.end()].strip(), "it names the separator, and is no row"))
    return said[1], text[said.end() :]


def _separator(
    file: str,
    text: str,
    options: TextOptions,
    notes: list[Note],
    problems: list[Problem],
    first_line: str,
    tabs: bool,
) -> str | None:
    names = {mark: name for name, mark in SEPARATORS.items()}
    decided = (
        (options.separator, f"declared in {options.declared_in}"),
        (names.get(first_line), "the first line names it"),
        ("tab" if tabs else None, "the file is named after it"),
    )
    for name, how in decided:
        if name:
            notes.append(("separator", name, how))
            return SEPARATORS[name]
    head = [line for line in text[:LONGEST_HEAD].splitlines() if line.strip(",;\t ")][:HEAD_ROWS]
    rows = {name: _split(head, mark) for name, mark in SEPARATORS.items()}
    fitting = [name for name in rows if _known_headings(rows[name], options.is_heading) > 1]
    how = "splits the first rows into known headings"
    if not fitting:
        fitting, how = _even(rows), "splits the first rows evenly"
    if len(fitting) == 1:
        notes.append(("separator", fitting[0], how))
        return SEPARATORS[fitting[0]]
    number, which = ("more than one", f"{' and '.join(fitting)} both do") if fitting else ("no", "none does")
    message = (
        f"{number} separator splits the first rows into known headings ({which});"
        f" declare separator in {options.declared_in}: {', '.join(SEPARATORS)}"
    )
    problems.append(Problem(file, "1", "", next(iter(head), "").strip(), message))
    return None


def _split(head: Sequence[str], mark: str) -> list[list[str]]:
    """The rows of the head; none where `mark` does not make a CSV of them."""
    try:
        return list(csv.reader(head, delimiter=mark))
    except csv.Error:
        return []


def _known_headings(rows: Sequence[Sequence[str]], is_heading: Callable[[str], bool]) -> int:
    """How many known headings the row holds that holds most of them."""
    return max((sum(map(is_heading, row)) for row in rows), default=0)


def _even(rows: dict[str, list[list[str]]]) -> list[str]:
    """The separators that split most rows into as many fields: the one of the widest rows, or all that give these."""
    widths = {}
    for name, split in rows.items():
        width, count = Counter(map(len, split)).most_common(1)[0] if split else (0, 0)
        if width > 1 and count >= EVEN * len(split):
            widths[name] = width
    return [name for name, width in widths.items() if width == max(widths.values())]


def _columns(reader: Iterator[list[str]], bounds: SheetBounds) -> tuple[list[list[str]], int, dict[int, int]]:
    """The columns, how many rows were read (empty lines too), and the fields of rows that have more or fewer, by row.

    In portions of rows, each turned into columns at once: a row at a time takes twice as long.
    """
    first = list(islice(reader, ROWS_AT_ONCE))
    width = max(map(len, first))
    columns: list[list[str]] = [[] for _ in range(width)]
    interned: list[dict[str, str]] = [{} for _ in range(width)]
    ragged: dict[int, int] = {}
    count = 0
    for portion in chain([first], iter(lambda: list(islice(reader, ROWS_AT_ONCE)), [])):
        bounds.check(count + len(portion), width)
        if set(map(len, portion)) != {width}:
            ragged |= {index: len(row) for index, row in enumerate(portion, count) if len(row) != width and any(row)}
            portion = [(row + [""] * (width - len(row)))[:width] for row in portion]
        count += len(portion)
        for column, texts, values in zip(columns, interned, zip(*portion, strict=True), strict=True):
            few = len(texts) < FEW_TEXTS  # then one object for all equal texts: less memory, and faster to compare
            column.extend(map(texts.setdefault, values, values) if few else values)
    return columns, count, ragged


def _lines(text: str, separator: str) -> list[int]:
    """The line on which each row begins: slow, for files with breaks in a cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines, start = [], 1
    for _ in reader:
        lines.append(start)
        start = reader.line_num + 1
    return lines
