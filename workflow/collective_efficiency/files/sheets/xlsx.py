"""Excel workbooks (.xlsx), as `Grid`s: the values by openpyxl, and beside them what it passes over as it reads them.

A number is taken at full precision, with a decimal point whatever the file's locale. A formula counts as the value that
was last computed. What is hidden, merged, filtered, struck out or shown as a percentage is said beside the text.
"""

import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import IO, Any
from xml.etree import ElementTree  # as openpyxl does; expat refuses entities that grow out of bounds

from collective_efficiency.files.sheets.bounds import MOST_COLUMNS, Area, SheetBounds
from collective_efficiency.files.sheets.grid import CellMark, Grid, GridPlace, as_columns, cell_number
from collective_efficiency.files.texts import composed

SCHEMA = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NUMBER_FORMAT = re.compile(r"(?P<thousands>#,##)?[#0]*0(?:\.(?P<decimals>0+))?(?P<percent>%)?(?:_.)*(?:;.*)?")
PARTS_WITH_CELLS = ("xl/worksheets/sheet", "xl/sharedStrings")
SEEN_DIGITS = 10  # that a cell without a format of its own shows, at the usual width of a column


@dataclass
class _Layout:
    """What the XML of a sheet says beside its values."""

    formulas: dict[GridPlace, str] = field(default_factory=dict)
    partly_struck: set[GridPlace] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    filtered: range = range(0)


def read_xlsx(content: bytes) -> list[Grid]:
    """The sheets of a workbook. Raises TooLargeSheetError, and whatever openpyxl and zipfile raise of a broken file."""
    from openpyxl import load_workbook  # few files are workbooks, and it takes long to import

    bounds = SheetBounds(len(content))
    with zipfile.ZipFile(io.BytesIO(content)) as packed, warnings.catch_warnings(action="ignore"):
        bounds.unpacked(packed, PARTS_WITH_CELLS)
        # It warns of what it does not keep.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        struck = _partly_struck_texts(packed)
        grids = []
        for sheet in book.worksheets:
            with packed.open(sheet._worksheet_path) as stream:  # nothing public says which part holds a sheet
                grids.append(_grid(sheet, _layout(stream, struck), bounds))
        return grids


def _partly_struck_texts(packed: zipfile.ZipFile) -> set[int]:
    """Which of the texts that the cells share have a part that is struck out."""
    struck: set[int] = set()
    if "xl/sharedStrings.xml" in packed.namelist():
        with packed.open("xl/sharedStrings.xml") as stream:
            texts = (element for _, element in ElementTree.iterparse(stream) if element.tag == f"{SCHEMA}si")  # noqa: S314
            for index, element in enumerate(texts):
                if _has_struck_part(element):
                    struck.add(index)
                element.clear()
    return struck


def _has_struck_part(element: ElementTree.Element) -> bool:
    return any(each.get("val", "1") not in ("0", "false") for each in element.iter(f"{SCHEMA}strike"))


def _layout(stream: IO[bytes], struck: set[int]) -> _Layout:
    """What the XML of a sheet says of its rows, columns and cells. struck: the shared texts that are so in part."""
    from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

    layout, row = _Layout(), -1
    for event, element in ElementTree.iterparse(stream, ("start", "end")):  # noqa: S314
        tag = element.tag.removeprefix(SCHEMA)
        if event == "start":
            if tag == "row":
                row = int(element.get("r", row + 2)) - 1
                if _says(element, "hidden"):
                    layout.hidden_rows.append(row)
        elif tag == "c":
            formula, value, coordinate = element.find(f"{SCHEMA}f"), element.find(f"{SCHEMA}v"), element.get("r")
            place = (row, coordinate_to_tuple(coordinate)[1] - 1) if coordinate else (row, 0)
            if formula is not None:
                layout.formulas[place] = f"={formula.text or ''}"
            shared = value is not None and element.get("t") == "s" and int(value.text or -1) in struck
            if shared or (element.get("t") == "inlineStr" and _has_struck_part(element)):
                layout.partly_struck.add(place)
        elif tag == "row":
            element.clear()
        elif tag == "col" and (_says(element, "hidden") or element.get("width") == "0"):
            first, last = int(element.get("min", 1)), min(int(element.get("max", 1)), MOST_COLUMNS)
            layout.hidden_columns.update(range(first - 1, last))
        elif tag == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref"))
            layout.merged.append((top - 1, left - 1, bottom - 1, right - 1))
        elif tag == "autoFilter" and element.find(f"{SCHEMA}filterColumn") is not None:
            _, top, _, bottom = range_boundaries(element.get("ref"))
            layout.filtered = range(top, bottom)  # the first row of a filter holds the headings
    return layout


def _says(element: ElementTree.Element, attribute: str) -> bool:
    return element.get(attribute) in ("1", "true")


def _grid(sheet: Any, layout: _Layout, bounds: SheetBounds) -> Grid:
    reader = _CellReader(layout, bounds)
    rows: list[list[str]] = []
    width = 0
    sheet.reset_dimensions()  # what the file says of its size need not be true
    for index, cells in enumerate(sheet.iter_rows()):
        width = max(width, len(cells))
        bounds.check(index + 1, width)
        rows.append([reader.text(cell, (index, place)) for place, cell in enumerate(cells)])
    bounds.add(len(rows), width)
    return Grid(
        sheet.title,
        as_columns(rows),
        range(1, len(rows) + 1),
        hidden=sheet.sheet_state != "visible",
        shown=reader.shown,
        marks=reader.marks,
        hidden_rows={
            row: "filtered" if row in layout.filtered else "hidden" for row in layout.hidden_rows if row < len(rows)
        },
        hidden_columns=frozenset(layout.hidden_columns.intersection(range(width))),
        merged=bounds.merged(layout.merged, len(rows), width),
    )


class _CellReader:
    """Cells to texts; what these do not say goes to `marks` and `shown`."""

    def __init__(self, layout: _Layout, bounds: SheetBounds) -> None:
        self._bounds = bounds
        self.marks: list[CellMark] = []
        self.shown: dict[GridPlace, str] = {}
        self._layout = layout
        self._styles: dict[int, tuple[str, bool]] = {}  # the number format and whether it is struck out, by its number

    def text(self, cell: Any, place: GridPlace) -> str:
        """The text of a cell of openpyxl."""
        value, formula = cell.value, self._layout.formulas.get(place)
        if value is None:
            if formula is not None:
                self._mark("uncomputed", place, formula)
            return ""
        number_format, struck_out = self._style(cell)
        if isinstance(value, str):
            self._bounds.text(value)
        text, seen = _texts(value, number_format)
        if seen != text:
            self.shown[place] = seen
        kinds = {
            "boolean": isinstance(value, bool),
            "date": not isinstance(value, str | int | float),
            "error": cell.data_type == "e",
            "percent": isinstance(value, int | float) and "%" in number_format,
            "formula": formula is not None,
            "struck_out": struck_out and bool(text),
            "partly_struck_out": place in self._layout.partly_struck,
        }
        for kind, holds in kinds.items():
            if holds:
                self._mark(kind, place, seen)
        return text

    def _mark(self, kind: str, place: GridPlace, seen: str) -> None:
        self.marks.append(CellMark(kind, *place, seen))

    def _style(self, cell: Any) -> tuple[str, bool]:
        style = cell._style_id  # its number; what it means is looked up once
        if style not in self._styles:
            self._styles[style] = (cell.number_format, bool(cell.font.strike))
        return self._styles[style]


def _texts(value: Any, number_format: str) -> tuple[str, str]:
    """The text of a value, and what a person sees of it."""
    if isinstance(value, str):
        return (text := composed(value).strip()), text
    if isinstance(value, bool):
        return (text := str(value).upper()), text
    if isinstance(value, int | float):
        return cell_number(value), _seen_number(value, number_format)
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    return str(value), str(value)


def _seen_number(value: float, number_format: str) -> str:
    """A number as the usual formats show it; a format that is none of them counts as none."""
    match = NUMBER_FORMAT.fullmatch(number_format)
    if not match:
        return cell_number(float(f"{value:.{SEEN_DIGITS}g}"))
    exact = Decimal(cell_number(value)) * (100 if match["percent"] else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-len(match["decimals"] or "")), rounding=ROUND_HALF_UP)
    return f"{rounded:{',' if match['thousands'] else ''}f}{match['percent'] or ''}"
