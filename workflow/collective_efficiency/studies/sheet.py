"""A study's table as text, wherever it came from: columns by their word, and how it was read.

Empty rows, and columns without heading and content, are skipped. White space around a text does not count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from collective_efficiency.files.sheets.grid import Note
from collective_efficiency.problems import Problem, shown
from collective_efficiency.studies.headings import Words, bare

DECIMALS = {"comma": ",", "point": "."}
MOST_ALIKE = 1000  # problems of one kind in one column; how many more there are is said in a last one


@dataclass(frozen=True)
class Sheet:
    """A table as text.

    columns: the texts of each column by its word, all of one length. distinct: the different texts of each column: of
    a score there are few, so that judging each once is fast. lines: on which row of the file each row stands.
    """

    file: str
    columns: dict[str, list[str]]
    distinct: dict[str, set[str]]
    lines: Sequence[int]
    notes: list[Note] = field(default_factory=list)


def named_sheet(
    file: str,
    header: Sequence[str],
    columns: Sequence[list[str]],
    lines: Sequence[int],
    words: Words,
    notes: list[Note],
    problems: list[Problem],
) -> Sheet | None:
    """The columns under their words; None, and the reasons in `problems`, where a heading is unknown or stands twice.

    header: the heading of each of `columns`. lines: the row of the file on which each row of `columns` stands.
    """
    before = len(problems)
    named: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    for heading, column in zip(map(str.strip, header), columns, strict=True):
        if not heading and not any(map(str.strip, set(column))):
            continue
        word = words.headings.get(bare(heading))
        if word is None:
            problems.append(words.unknown(file, heading))
        elif word in named:
            message = f"the column {word} stands twice; it is also under {shown(headings[word])}"
            problems.append(Problem(file, "1", word, heading, message))
        else:
            named[word], headings[word] = column, heading
            if heading != word:
                notes.append(("column", word, f"under the heading {shown(heading)}"))
    return _tidy(file, named, lines, notes) if len(problems) == before else None


def _tidy(file: str, named: dict[str, list[str]], lines: Sequence[int], notes: list[Note]) -> Sheet:
    """The table without white space around its texts, and without empty rows."""
    distinct = {word: set(column) for word, column in named.items()}
    for word, texts in distinct.items():
        stripped = set(map(str.strip, texts))
        if stripped != texts:  # most columns hold no such space: then they are not copied
            named[word], distinct[word] = list(map(str.strip, named[word])), stripped
    filled = _filled(named)
    if filled is not None:
        named = {word: [column[index] for index in filled] for word, column in named.items()}
        lines, distinct = [lines[index] for index in filled], {word: set(column) for word, column in named.items()}
    return Sheet(file, named, distinct, lines, notes)


def _filled(columns: Mapping[str, list[str]]) -> list[int] | None:
    """Which rows hold anything; None if all do."""
    if any(all(column) for column in columns.values()):  # one full column shows it without a look at the rows
        return None
    return [index for index, row in enumerate(zip(*columns.values(), strict=True)) if any(row)]


def decimal_mark(sheet: Sheet, columns: Iterable[str], declared: str | None, problems: list[Problem]) -> str:
    """The mark before the decimals of the numbers in `columns`: `.` or `,`; `.` where none has decimals.

    declared: `comma` or `point`, as study.yaml says, or None. Where both marks are used: that of more numbers, and
    a problem at the first number that has the other.
    """
    if declared:
        sheet.notes.append(("decimal", declared, "declared in study.yaml"))
        return DECIMALS[declared]
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, str, str]] = {}  # by mark the first number that has it: its row, column and text
    for name in columns:
        for mark in DECIMALS.values():
            marked = {text for text in sheet.distinct[name] if re.fullmatch(rf"\d+\{mark}\d+", text, re.ASCII)}
            if marked:
                index, text = next((index, text) for index, text in enumerate(sheet.columns[name]) if text in marked)
                counts[mark] += sum(map(sheet.columns[name].count, marked))
                first[mark] = min(first.get(mark, (index, name, text)), (index, name, text), key=lambda place: place[0])
    usual = max(first, key=lambda mark: (counts[mark], mark), default=".")
    if len(first) > 1:
        index, name, text = next(place for mark, place in first.items() if mark != usual)
        example_index, _, example = first[usual]
        message = (
            f"another decimal mark than {shown(example)} in row {sheet.lines[example_index]}; use one, or declare"
            " decimal in study.yaml: comma, point"
        )
        problems.append(Problem(sheet.file, str(sheet.lines[index]), name, text, message))
    elif first:
        word = next(word for word, mark in DECIMALS.items() if mark == usual)
        sheet.notes.append(("decimal", word, "the numbers use it"))
    return usual
