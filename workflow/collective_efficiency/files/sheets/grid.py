"""A sheet as text, cell by cell, and beside it whatever a person sees there and the text does not say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from collective_efficiency.files.sheets.bounds import Area

Note = tuple[str, str, str]  # what it is about, what was detected or declared, and how
GridPlace = tuple[int, int]  # row and column, from 0

CELL_MARKS = {  # the kinds of mark, and what each says of its cell
    "boolean": "true or false",
    "date": "a date or a time",
    "error": "an error of a formula",
    "formula": "the value that a formula had when the file was saved",
    "uncomputed": "a formula that was saved without its value",
    "percent": "a number that is shown as a percentage",
    "struck_out": "text that is struck out",
    "partly_struck_out": "text of which a part is struck out",
    "user_missing": "a value that the file declares to be missing",
}


@dataclass(frozen=True)
class CellMark:
    """What the text of a cell does not say.

    kind: a key of CELL_MARKS. row and column: the place in the grid, from 0. shown: what a person sees there.
    """

    kind: str
    row: int
    column: int
    shown: str


@dataclass(frozen=True)
class Grid:
    """A sheet as columns of text, all of one length, from the top row of the sheet on, headings and all.

    A number is a text with a decimal point and all of its digits; `shown` has what a person sees (`2.33` of
    2.3333333333333335; the label of a code), by row and column, where that is another text. Texts are composed (NFC).

    lines: the row of the file, from 1, on which each row stands. hidden_rows: `hidden` or `filtered` (by a filter that
    is on), by row. merged: the areas of merged cells; the text is in the first of each.
    ragged: how many fields a row of a text file has, where that is not the width of the grid. labels: what each code of
    a column stands for, and described: what a column holds, at length; by column, in files that say so.
    """

    name: str
    columns: Sequence[list[str]]
    lines: Sequence[int]
    hidden: bool = False
    shown: Mapping[GridPlace, str] = field(default_factory=dict)
    marks: Sequence[CellMark] = ()
    hidden_rows: Mapping[int, str] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    merged: Sequence[Area] = ()
    ragged: Mapping[int, int] = field(default_factory=dict)
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    described: Mapping[int, str] = field(default_factory=dict)
    notes: Sequence[Note] = ()

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.lines)

    def row(self, index: int) -> list[str]:
        """The texts of one row."""
        return [column[index] for column in self.columns]

    def seen(self, row: int, column: int) -> str:
        """What a person sees in a cell."""
        return self.shown.get((row, column), self.columns[column][row])


def as_columns(rows: Sequence[list[str]]) -> list[list[str]]:
    """The columns of rows of which some may be shorter than others.

    >>> as_columns([["name", "score"], ["Leon"]])
    [['name', 'Leon'], ['score', '']]
    """
    width = max(map(len, rows), default=0)
    return [[row[index] if index < len(row) else "" for row in rows] for index in range(width)]


def column_letters(index: int) -> str:
    """The name of a spreadsheet's column: A, B, ..., Z, AA.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    name, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name


def cell_number(value: float) -> str:
    """A number with all of its digits, and as few as tell it.

    >>> cell_number(2.0), cell_number(2.3333333333333335), cell_number(1e-7)
    ('2', '2.3333333333333335', '0.0000001')
    """
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else f"{Decimal(text):f}"
