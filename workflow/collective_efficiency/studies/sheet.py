"""A study's table as text, wherever it came from: columns by their word. Empty rows are skipped."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from collective_efficiency.problems import shown
from collective_efficiency.studies.cell_texts import BOTH_MARKS
from collective_efficiency.studies.context import TableContext

DECIMALS = {"comma": ",", "point": "."}
MOST_ALIKE = 1000  # problems of one kind in one column; how many more there are is said in a last one


@dataclass(frozen=True)
class Sheet:
    """A table as text.

    columns: the texts of each column by its word, all of one length. lines: on which row of the file each row stands.
    cell_lines: the same by column, where the cells of a row stand on several. typed: whether the file tells numbers
    from texts, so that a comma in a text is no other mark than the point of its numbers. whole: whether every heading
    was known.
    """

    file: str
    columns: dict[str, list[str]]
    lines: Sequence[int]
    cell_lines: Mapping[str, Sequence[int]]
    typed: bool
    whole: bool

    @cached_property
    def distinct(self) -> dict[str, set[str]]:
        """The different texts of each column: of a score there are few, so that judging each once is fast."""
        return {word: set(column) for word, column in self.columns.items()}

    def line(self, index: int, column: str) -> int:
        """On which row of the file a cell stands."""
        return self.cell_lines.get(column, self.lines)[index]

    def only(self, rows: Sequence[int]) -> "Sheet":
        """The same table with some of its rows."""
        return replace(
            self,
            columns={word: [column[index] for index in rows] for word, column in self.columns.items()},
            lines=[self.lines[index] for index in rows],
            cell_lines={word: [lines[index] for index in rows] for word, lines in self.cell_lines.items()},
        )

    def without_empty_rows(self) -> "Sheet":
        """The same table with the rows that hold anything; its texts have no white space around them."""
        filled = _filled(self.columns)
        return self if filled is None else self.only(filled)


def stripped(column: list[str]) -> list[str]:
    """A column without white space around its texts; most have none, and are not copied."""
    texts = set(column)
    return column if all(text == text.strip() for text in texts) else list(map(str.strip, column))


def _filled(columns: Mapping[str, list[str]]) -> list[int] | None:
    """Which rows hold anything; None if all do."""
    if any(all(column) for column in columns.values()):  # one full column shows it without a look at the rows
        return None
    return [index for index, row in enumerate(zip(*columns.values(), strict=True)) if any(row)]


def decimal_mark(sheet: Sheet, columns: Iterable[str], declared: str | None, context: TableContext) -> str:
    """The mark before the decimals of the numbers in `columns`: `.` or `,`; `.` where none has decimals.

    declared: `comma`, `point` or `both`, as study.yaml says, or None. Where both are used and nothing is declared,
    either may stand; in a file that does not tell numbers from texts the first number with the rarer is a problem.
    """
    if declared:
        context.note("decimal", declared, "declared in study.yaml")
        return BOTH_MARKS if sheet.typed else DECIMALS.get(declared, BOTH_MARKS)
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
    if len(first) > 1 and sheet.typed:
        context.note("decimal", "point and comma", "numbers have a point, some texts a comma")
        return BOTH_MARKS
    if len(first) > 1:
        index, name, text = next(place for mark, place in first.items() if mark != usual)
        example_index, example_name, example = first[usual]
        message = (
            f"another decimal mark than {shown(example)} in row {sheet.line(example_index, example_name)}; use one, or"
            " write decimal: both in study.yaml, if both are meant"
        )
        context.bad(sheet.line(index, name), name, text, message)
        return BOTH_MARKS  # nothing more is to be said of them
    if first:
        word = next(word for word, mark in DECIMALS.items() if mark == usual)
        context.note("decimal", word, "the numbers use it")
    return usual
