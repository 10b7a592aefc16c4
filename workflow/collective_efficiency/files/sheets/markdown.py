"""The tables of a Markdown text as grids: pipe tables (GitHub), each named after the heading before it."""

import re

from collective_efficiency.files.sheets.bounds import SheetBounds
from collective_efficiency.files.sheets.grid import Grid, as_columns
from collective_efficiency.files.texts import composed

_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(\|\s*+:?-++:?\s*+)*+\|?\s*")  # the line between headings and cells
_HEADING = re.compile(r"#{1,6}\s+(.*)|\*\*(.*)\*\*|((?:Table|Tabla|Tabela|Tableau|Tabelle)\b.*)")
_BAR = re.compile(r"(?<!\\)\|")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.{1,1000}?)(?<=\S)\1")


def read_markdown(content: bytes) -> list[Grid]:
    """The grids of a text. Raises UnicodeDecodeError where it is not UTF-8, and TooLargeSheetError.

    >>> [grid] = read_markdown(b"# Exports\\n\\n| year | amount |\\n|---|---:|\\n| 1990 | **12** |\\n")
    >>> grid.name, grid.columns
    ('Exports', [['year', '1990'], ['amount', '12']])
    """
    lines = composed(content.decode("utf-8-sig")).splitlines()
    bounds = SheetBounds(len(content))
    grids: list[Grid] = []
    heading, at = "", 0
    while at < len(lines):
        if at + 1 < len(lines) and "|" in lines[at] and "|" in lines[at + 1] and _RULE.fullmatch(lines[at + 1]):
            stop = next((end for end in range(at, len(lines)) if "|" not in lines[end]), len(lines))
            numbers = [at, *range(at + 2, stop)]
            name = heading or f"table {len(grids) + 1}"
            grids.append(_grid(name, [lines[each] for each in numbers], numbers, bounds))
            heading, at = "", stop
            continue
        if match := _HEADING.fullmatch(lines[at].strip()):
            heading = next(text for text in match.groups() if text is not None).rstrip("#").rstrip()
        at += 1
    return grids


def _grid(name: str, lines: list[str], numbers: list[int], bounds: SheetBounds) -> Grid:
    rows = [_cells(line) for line in lines]
    bounds.add(len(rows), max(map(len, rows)))
    return Grid(name, as_columns(rows), [number + 1 for number in numbers])


def _cells(line: str) -> list[str]:
    texts = _BAR.split(line.strip().removeprefix("|"))
    if texts and not texts[-1].strip():
        texts.pop()
    return [_EMPHASIS.sub(r"\2", text.strip()).replace("\\|", "|").replace("\\*", "*") for text in texts]
