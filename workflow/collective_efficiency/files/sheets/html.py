"""The tables of an HTML page as grids, one a table, with what spans several cells said as merged."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from collective_efficiency.files.sheets.bounds import Area, SheetBounds
from collective_efficiency.files.sheets.grid import Grid, GridPlace
from collective_efficiency.files.texts import composed

MOST_SPANNED = 1_000  # rows or columns that a cell may span, as browsers have it
_UNSEEN = ("script", "style", "template", "noscript")
_BREAKS = ("br", "p", "div", "li")


def read_html(content: bytes) -> list[Grid]:
    """The grids of a page, named after the caption or the heading before each.

    Raises UnicodeDecodeError and TooLargeSheetError.

    >>> [grid] = read_html(b"<h2>Exports</h2><table><tr><th colspan=2>Year</th></tr><tr><td>1990<td>12</table>")
    >>> grid.name, grid.columns, grid.merged
    ('Exports', [['Year', '1990'], ['', '12']], [(0, 0, 0, 1)])
    """
    bounds = SheetBounds(len(content))
    parser = _Tables(bounds)
    parser.feed(_whole(_text(content)))
    parser.close()
    return [_grid(table, number, bounds) for number, table in enumerate(parser.tables, 1) if table.cells]


def _whole(page: str) -> str:
    """The page without comments, and without beginnings of tags that never end: html.parser would read on at each."""
    page = re.sub(r"<!--.*?(?:-->|\Z)", "", page, flags=re.DOTALL)
    end = page.rfind(">") + 1
    return page[:end] + page[end:].replace("<", " ")


def _text(content: bytes) -> str:
    """The letters of a page, by the encoding that it names, else UTF-8, else what browsers take it for."""
    named = re.search(rb"charset=[\"']?([A-Za-z0-9_-]+)", content[:2000])
    try:
        return content.decode(named[1].decode() if named else "utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252")


@dataclass
class _Table:
    """A table as it is read: texts by row and column, what is merged, and where the next cell goes.

    below: the row from which each column is free, where cells above reach down.
    """

    name: str
    bounds: SheetBounds
    cells: dict[GridPlace, str] = field(default_factory=dict)
    below: dict[int, int] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    row: int = -1
    column: int = 0

    def add(self, text: str, rows: int, columns: int) -> None:
        """Puts a cell where the next one is free."""
        self.row = max(self.row, 0)
        while self.below.get(self.column, 0) > self.row:
            self.column += 1
        top, left = self.row, self.column
        self.bounds.check(top + rows, left + columns)
        self.below |= dict.fromkeys(range(left, left + columns), top + rows)
        self.cells[top, left] = text
        if rows * columns > 1:
            self.merged.append((top, left, top + rows - 1, left + columns - 1))
        self.column += columns


class _Tables(HTMLParser):
    """Collects the tables of a page; a table inside of a cell is a table of its own."""

    def __init__(self, bounds: SheetBounds) -> None:
        super().__init__(convert_charrefs=True)
        self._bounds = bounds
        self.tables: list[_Table] = []
        self._open: list[tuple[_Table, list[str] | None, tuple[int, int]]] = []
        self._heading = ""
        self._texts: list[str] | None = None
        self._span = (1, 1)
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1][0].row += 1
            self._open[-1][0].column = 0
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            named = dict(attrs)
            self._texts, self._span = [], (_span(named.get("rowspan")), _span(named.get("colspan")))
        elif tag == "caption" or re.fullmatch("h[1-6]", tag):
            self._texts = []
        elif tag in _BREAKS and self._texts is not None:
            self._texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in ("td", "th", "tr") and self._open:
            self._end_cell()
        elif tag == "caption" or re.fullmatch("h[1-6]", tag):
            self._end_heading(tag)
        elif tag == "table" and self._open:
            self._end_cell()
            table, self._texts, self._span = self._open.pop()
            self.tables.append(table)

    def handle_data(self, data: str) -> None:
        if self._texts is not None and not self._unseen:
            self._texts.append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self.handle_endtag("table")

    def _begin_table(self) -> None:
        if not self._open:
            self._texts = None
        self._open.append((_Table(self._heading, self._bounds), self._texts, self._span))
        self._heading, self._texts = "", None

    def _end_cell(self) -> None:
        if self._texts is not None:
            self._open[-1][0].add(_joined(self._texts), *self._span)
            self._texts, self._span = None, (1, 1)

    def _end_heading(self, tag: str) -> None:
        text, self._texts = _joined(self._texts or []), None
        if tag == "caption" and self._open:
            self._open[-1][0].name = text
        else:
            self._heading = text


def _joined(texts: list[str]) -> str:
    return composed(" ".join("".join(texts).split()))


def _span(text: str | None) -> int:
    return min(max(int(text), 1), MOST_SPANNED) if text and text.strip().isdecimal() else 1


def _grid(table: _Table, number: int, bounds: SheetBounds) -> Grid:
    height, width = max(table.below.values()), max(table.below) + 1
    bounds.add(height, width)
    columns = [[table.cells.get((row, column), "") for row in range(height)] for column in range(width)]
    return Grid(
        table.name or f"table {number}",
        columns,
        range(1, height + 1),
        merged=bounds.merged(table.merged, height, width),
    )
