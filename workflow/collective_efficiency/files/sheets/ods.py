"""OpenDocument spreadsheets (.ods), as `Grid`s, by odfpy: numbers at full precision, and what a person sees of them."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from collective_efficiency.files.sheets.bounds import MOST_COLUMNS, Area, SheetBounds
from collective_efficiency.files.sheets.grid import CellMark, Grid, GridPlace, as_columns, cell_number
from collective_efficiency.files.texts import composed

LARGEST_ODS = 100_000_000  # bytes, unpacked: odfpy keeps all of it as a tree, which takes some fifty times as much
NUMBERS = ("float", "percentage", "currency")
ERRORS = ("#", "Err:")
HOW_HIDDEN = {"collapse": "hidden", "filter": "filtered"}


def read_ods(content: bytes) -> list[Grid]:
    """The sheets of a spreadsheet. Raises TooLargeSheetError, and whatever odfpy and zipfile raise of a broken file."""
    from odf.opendocument import load
    from odf.text import S  # few files are of this format, and it takes long to import

    bounds = SheetBounds(len(content))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        bounds.unpacked(packed, ("content.xml",), LARGEST_ODS)
    document = load(io.BytesIO(content))
    for spaces in document.spreadsheet.getElementsByType(S):
        bounds.letters(int(_attribute(spaces, "c") or 1))
    looks = _Looks(document)
    return [_SheetReader(looks, bounds).grid(table) for table in _children(document.spreadsheet, "table")]


def _children(element: Any, *names: str) -> Iterator[Any]:
    """The elements of these names in an element, also within groups of them."""
    for child in element.childNodes:
        name = _name(child)
        if name in names:
            yield child
        elif name.endswith(("-group", "-header-rows", "-header-columns", "-rows", "-columns")):
            yield from _children(child, *names)


def _name(element: Any) -> str:
    """The name of an element without its namespace; empty of a text."""
    return str(element.qname[1]) if getattr(element, "qname", None) else ""


def _attribute(element: Any, name: str) -> str:
    """An attribute by its name without its namespace; empty where there is none."""
    values = [str(value) for (_, key), value in element.attributes.items() if key == name]
    return values[0] if values else ""


def _repeats(element: Any, what: str) -> int:
    return int(_attribute(element, f"number-{what}-repeated") or 1)


def _text_of(element: Any) -> str:
    """The text of an element: a line for each paragraph that is its own, not those of a comment on it."""
    from odf.teletype import extractText

    return "\n".join(extractText(child) for child in element.childNodes if _name(child) == "p")


class _Looks:
    """Which styles hide a sheet or strike a text out."""

    def __init__(self, document: Any) -> None:
        self.hiding: set[str] = set()
        self.striking: set[str] = set()
        for style in [*document.styles.childNodes, *document.automaticstyles.childNodes]:
            name = _attribute(style, "name")
            for part in style.childNodes:
                if _name(part) == "table-properties" and _attribute(part, "display") == "false":
                    self.hiding.add(name)
                if _attribute(part, "text-line-through-style") not in ("", "none"):
                    self.striking.add(name)
            if _attribute(style, "parent-style-name") in self.striking:
                self.striking.add(name)

    def strikes_part_of(self, cell: Any) -> bool:
        """Whether a part of the cell's text is struck out."""
        todo = list(cell.childNodes)
        while todo:
            element = todo.pop()
            if _name(element) == "span" and _attribute(element, "style-name") in self.striking:
                return True
            todo += getattr(element, "childNodes", [])
        return False


@dataclass(frozen=True)
class _Held:
    """What a cell holds, wherever it stands: its text, what a person sees of it, and how it is marked."""

    text: str
    seen: str
    formula: str = ""
    style: str = ""
    marks: Sequence[str] = ()
    spans: Sequence[int] = (0, 0)


class _SheetReader:
    """One sheet, row by row."""

    def __init__(self, looks: _Looks, bounds: SheetBounds) -> None:
        self._looks, self._bounds = looks, bounds
        self._rows: list[list[str]] = []
        self._blank = 0  # rows without text since the last one with some: only those before another one count
        self._width = 0
        self._shown: dict[GridPlace, str] = {}
        self._marks: list[CellMark] = []
        self._merged: list[Area] = []
        self._hidden_rows: dict[int, str] = {}
        self._column_styles: list[str] = []
        self._hidden_columns: set[int] = set()

    def grid(self, table: Any) -> Grid:
        """The sheet in an element table:table."""
        for column in _children(table, "table-column"):
            first = len(self._column_styles)
            repeats = min(_repeats(column, "columns"), MOST_COLUMNS - first)
            self._column_styles += [_attribute(column, "default-cell-style-name")] * repeats
            if _attribute(column, "visibility") in HOW_HIDDEN:
                self._hidden_columns.update(range(first, first + repeats))
        for row in _children(table, "table-row"):
            self._read_row(row)
        height = len(self._rows)
        self._bounds.add(height, self._width)
        return Grid(
            _attribute(table, "name"),
            as_columns(self._rows),
            range(1, height + 1),
            hidden=_attribute(table, "style-name") in self._looks.hiding,
            shown=self._shown,
            marks=self._marks,
            hidden_rows={row: how for row, how in self._hidden_rows.items() if row < height},
            hidden_columns=frozenset(self._hidden_columns.intersection(range(self._width))),
            merged=self._bounds.merged(self._merged, height, self._width),
        )

    def _read_row(self, row: Any) -> None:
        repeats, how = _repeats(row, "rows"), HOW_HIDDEN.get(_attribute(row, "visibility"))
        first = len(self._rows) + self._blank
        cells = [(cell, _repeats(cell, "columns")) for cell in _children(row, "table-cell", "covered-table-cell")]
        if not any(_holds_something(cell) for cell, _ in cells):
            self._blank += repeats
            return
        while cells and not _holds_something(cells[-1][0]):
            cells.pop()
        self._width = max(self._width, sum(count for _, count in cells))
        self._bounds.check(first + repeats, self._width)
        self._rows += [[] for _ in range(self._blank)]
        self._blank = 0
        held = [(self._held(cell), count) for cell, count in cells]
        for index in range(first, first + repeats):
            texts: list[str] = []
            for content, count in held:
                for column in range(len(texts), len(texts) + count):
                    self._note(content, (index, column))
                texts += [content.text] * count
            self._rows.append(texts)
            if how:
                self._hidden_rows[index] = how

    def _held(self, cell: Any) -> "_Held":
        """What a cell holds, read once for all the places at which it stands."""
        if _name(cell) == "covered-table-cell":
            return _Held("", "")
        kind, seen = _attribute(cell, "value-type"), composed(self._bounds.text(_text_of(cell))).strip()
        text, formula = _value(cell, kind, seen), _attribute(cell, "formula")
        marks = {
            "boolean": kind == "boolean",
            "date": kind in ("date", "time"),
            "error": "error" in (kind, _calc_type(cell)) or (bool(formula) and seen.startswith(ERRORS)),
            "percent": kind == "percentage",
            "formula": bool(formula) and bool(text),
            "uncomputed": bool(formula) and not text,
            "partly_struck_out": self._looks.strikes_part_of(cell),
        }
        return _Held(
            text,
            seen,
            formula=formula,
            style=_attribute(cell, "style-name"),
            marks=[name for name, holds in marks.items() if holds],
            spans=[int(_attribute(cell, f"number-{what}-spanned") or 1) - 1 for what in ("rows", "columns")],
        )

    def _note(self, held: "_Held", place: GridPlace) -> None:
        """Puts what the text of a cell does not say into the sheet's marks."""
        row, column = place
        if any(held.spans):
            self._merged.append((row, column, row + held.spans[0], column + held.spans[1]))
        if held.text != held.seen:
            self._shown[place] = held.seen
        default = self._column_styles[column] if column < len(self._column_styles) else ""
        is_struck_out = bool(held.text) and (held.style or default) in self._looks.striking
        for name in [*held.marks, *(["struck_out"] if is_struck_out else [])]:
            self._marks.append(CellMark(name, row, column, held.seen or held.formula))


def _holds_something(cell: Any) -> bool:
    return bool(cell.childNodes) or bool(_attribute(cell, "value-type")) or bool(_attribute(cell, "formula"))


def _calc_type(cell: Any) -> str:
    """The type that LibreOffice gives beside the standard's, which knows no errors."""
    return next(
        (str(value) for (space, key), value in cell.attributes.items() if key == "value-type" and "calc" in space), ""
    )


def _value(cell: Any, kind: str, seen: str) -> str:
    if kind in NUMBERS:
        return cell_number(float(_attribute(cell, "value")))
    if kind == "boolean":
        return _attribute(cell, "boolean-value").upper()
    if kind in ("date", "time"):
        return _attribute(cell, f"{kind}-value").removesuffix("T00:00:00")
    return seen
