"""The tables that stand in a sheet: where each begins and ends, its title, headings, label columns and notes.

A sheet is cut at its empty rows and, where the right part has labels of its own, at its empty columns. A piece without
headings below one that has the same columns goes on with that one's table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from collective_efficiency.audit.drafts.texts import CellLook, is_numeric, look_of
from collective_efficiency.files.sheets.grid import Grid, column_letters

TextRows = Sequence[Sequence[str]]
_NOTE = re.compile(r"[*†‡¹²³]|\(?[0-9a-z]\)\s|\W*(notes?|sources?|fuentes?|notas?|quellen?|anmerkung)\b", re.IGNORECASE)
_KEY_HEADING = re.compile(r"(years?|año|ano|anno|jahr|année|period|quarter|no\.?|nr\.?|rank|#|id|code)", re.IGNORECASE)
_MOSTLY = 0.5  # of the cells of a column decide what it holds


@dataclass(frozen=True)
class Region:
    """A table in a sheet, its texts as printed.

    heads: the heading of each column, what stands above it joined. labels: how many columns at the left hold labels.
    body: the texts, a row a line. groups: headings within the table, by the number of the line below each. rows: the
    rows of the sheet, from 1, on which the lines stand.
    """

    title: str
    heads: tuple[str, ...]
    labels: int
    body: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]
    place: str
    groups: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A rectangle of a sheet without an empty row. texts: as they stand; spread: merged ones in each of their cells."""

    texts: TextRows
    spread: TextRows
    left: int
    rows: tuple[int, ...]

    @property
    def has_numbers(self) -> bool:
        return (
            any(look_of(text) == CellLook.NUMBER for line in self.texts for text in line) or self.has_years_below_heads
        )

    @property
    def has_years_below_heads(self) -> bool:
        return any(look_of(text) == CellLook.YEAR for line in self.texts[1:] for text in line)

    @property
    def columns(self) -> range:
        return range(self.left, self.left + len(self.texts[0]))


def regions(grid: Grid) -> list[Region]:
    """The tables of a sheet that hold numbers, from the top, and from the left."""
    found: list[Region] = []
    above: list[str] = []  # words that stand alone, until it is known to which table they belong
    headings: _Piece | None = None
    for piece in _pieces(grid):
        if not piece.has_numbers:
            lines = _in_words(piece)
            is_row = any(sum(bool(text) for text in line) > 1 for line in piece.texts)
            if found and _NOTE.match(lines[0]):
                found[-1] = replace(found[-1], notes=(*found[-1].notes, *lines))
            elif is_row:
                headings = piece
            else:
                above += lines
            continue
        if headings and headings.columns == piece.columns:
            piece = _stacked(headings, piece)
        elif headings:  # words with a separator in them
            above += _in_words(headings)
        region = _region(grid, piece, above)
        before = found[-1] if found else None
        if before and not any(region.heads[region.labels :]) and _goes_on(before, region):
            found[-1] = _continued(before, region)
        else:
            found.append(region)
        above, headings = [], None
    if found and above:
        found[-1] = replace(found[-1], notes=(*found[-1].notes, *above))
    return found


def _in_words(piece: _Piece) -> list[str]:
    return [" ".join(dict.fromkeys(filter(None, line))) for line in piece.spread]


def _pieces(grid: Grid) -> Iterator[_Piece]:
    """The rectangles between empty rows and columns."""
    height, width = grid.height, len(grid.columns)
    texts = [[" ".join(grid.seen(row, column).split()) for column in range(width)] for row in range(height)]
    spread = [list(line) for line in texts]
    for top, left, bottom, right in grid.merged:
        for row in range(top, min(bottom + 1, height)):
            spread[row][left : right + 1] = [texts[top][left]] * len(spread[row][left : right + 1])
    for start, stop in _runs([any(line) for line in spread]):
        rows = range(start, stop)
        filled = [any(texts[row][column] or spread[row][column] for row in rows) for column in range(width)]
        for left, right in _apart(texts, rows, list(_runs(filled))):
            yield _Piece(
                [texts[row][left:right] for row in rows],
                [spread[row][left:right] for row in rows],
                left,
                tuple(int(grid.lines[row]) for row in rows),
            )


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where flags are set: first and behind the last of each run."""
    start = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            yield start, at
            start = None


def _apart(texts: TextRows, rows: range, runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of columns as tables beside each other: one that has no labels of its own belongs to the one before."""
    tables: list[tuple[int, int]] = []
    for left, right in runs:
        looks = [look_of(texts[row][left]) for row in rows]
        labelled = (
            looks.count(CellLook.WORDS) > _MOSTLY * (len(looks) - looks.count(CellLook.BLANK)) and right - left > 1
        )
        whole = any(look_of(texts[row][column]) == CellLook.NUMBER for row in rows for column in range(left, right))
        if tables and not (labelled and whole):
            tables[-1] = (tables[-1][0], right)
        else:
            tables.append((left, right))
    return tables


def _stacked(upper: _Piece, lower: _Piece) -> _Piece:
    return _Piece([*upper.texts, *lower.texts], [*upper.spread, *lower.spread], lower.left, (*upper.rows, *lower.rows))


def _goes_on(before: Region, region: Region) -> bool:
    return len(region.heads) == len(before.heads) and region.labels in (before.labels, 0) and not region.title


def _continued(before: Region, region: Region) -> Region:
    """A table that goes on behind an empty row."""
    groups = {**before.groups, **{len(before.body) + line: text for line, text in region.groups.items()}}
    return replace(
        before,
        body=(*before.body, *region.body),
        rows=(*before.rows, *region.rows),
        groups=groups,
        notes=(*before.notes, *region.notes),
    )


def _region(grid: Grid, piece: _Piece, above: Sequence[str]) -> Region:
    """The table in a piece that has numbers. above: words over it."""
    titles = 0
    while titles < len(piece.texts) - 1 and _alone(piece, titles) and not _is_subheading(piece, titles):
        titles += 1
    heads = titles + _heading_rows(piece, titles)
    words = [*above, *(next(text for text in piece.texts[line] if text) for line in range(titles))]
    names = _heads(piece, titles, heads)
    labels = _label_columns(piece, heads, names)
    bottom = len(piece.texts)
    while bottom > heads and _is_note(piece, bottom - 1):
        bottom -= 1
    notes = tuple(" ".join(filter(None, line)) for line in piece.texts[bottom:])
    body, rows, groups = _body(piece, range(heads, bottom), labels)
    columns = f"{column_letters(piece.left)} to {column_letters(piece.columns[-1])}"
    span = f"rows {piece.rows[0]} to {piece.rows[-1]}, columns {columns}"
    place = f"{grid.name}, {span}" if grid.name else span
    return Region(" ".join(words), names, labels, tuple(body), tuple(rows), place, groups, notes)


def _alone(piece: _Piece, line: int) -> bool:
    """Whether a line holds one text and no number."""
    texts = [text for text in piece.texts[line] if text]
    return len(texts) == 1 and look_of(texts[0]) == CellLook.WORDS


def _is_subheading(piece: _Piece, line: int) -> bool:
    """Whether a text that stands alone is in the column of the labels, and cells with numbers follow at once."""
    below = piece.texts[line + 1]
    return bool(below[0]) and any(look_of(text) == CellLook.NUMBER for text in below[1:]) and line > 0


def _heading_rows(piece: _Piece, start: int) -> int:
    """How many lines from `start` on hold headings: words, or years above numbers."""
    count = 0
    for line in range(start, len(piece.texts)):
        looks = [look_of(text) for text in piece.texts[line]]
        if (
            CellLook.NUMBER in looks
            or (CellLook.MISSING in looks and count)
            or (count and _alone(piece, line) and piece.texts[line][0])
        ):
            break
        if CellLook.YEAR in looks and not _years_are_heads(piece, line, looks):
            break
        count += 1
    return count if start + count < len(piece.texts) else 0


def _years_are_heads(piece: _Piece, line: int, looks: Sequence[CellLook]) -> bool:
    """Whether the years of a line stand above numbers that are none."""
    below = [piece.texts[later] for later in range(line + 1, len(piece.texts))]
    columns = [column for column, look in enumerate(looks) if look == CellLook.YEAR]
    numbers = [look_of(texts[column]) for texts in below for column in columns if is_numeric(texts[column])]
    return bool(numbers) and numbers.count(CellLook.YEAR) <= _MOSTLY * len(numbers) and columns != [0]


def _heads(piece: _Piece, start: int, stop: int) -> tuple[str, ...]:
    """What stands above each column, joined; a heading over several columns stands over each of them."""
    lines = []
    for line in range(start, stop):
        texts = list(piece.spread[line])
        if line < stop - 1:  # what is not merged, but stands over the cells that it heads, as in text files
            for column in range(1, len(texts)):
                below = any(piece.spread[later][column] for later in range(line + 1, stop))
                if not texts[column] and below and texts[column - 1] and column > 1:
                    texts[column] = texts[column - 1]
        lines.append(texts)
    width = len(piece.texts[0])
    return tuple(" ".join(dict.fromkeys(line[column] for line in lines if line[column])) for column in range(width))


def _label_columns(piece: _Piece, start: int, heads: Sequence[str]) -> int:
    """How many columns at the left hold labels: words, or what names the rows by years or numbers."""
    width = len(heads)
    for column in range(width):
        texts = [line[column] for line in piece.spread[start:] if line[column]]
        looks = [look_of(text) for text in texts]
        words = looks.count(CellLook.WORDS) + looks.count(CellLook.MISSING)
        numbers = looks.count(CellLook.NUMBER) + looks.count(CellLook.YEAR)
        names_rows = column == 0 and width > 1 and _names_rows(texts, looks, heads[0])
        if numbers > words and not names_rows:
            return column
        if names_rows:
            return 1
    return min(1, width)


def _names_rows(texts: Sequence[str], looks: Sequence[CellLook], head: str) -> bool:
    """Whether numbers name their rows: years, running numbers, or what a heading says to be such."""
    years = looks.count(CellLook.YEAR) > _MOSTLY * len(looks)
    running = texts[: len(looks)] == [str(number) for number in range(1, len(texts) + 1)] and len(texts) > 2
    return len(set(texts)) == len(texts) and (years or running or bool(_KEY_HEADING.fullmatch(head.strip())))


def _is_note(piece: _Piece, line: int) -> bool:
    texts = [text for text in piece.texts[line] if text]
    return len(texts) == 1 and look_of(texts[0]) in (CellLook.WORDS, CellLook.MISSING)


def _body(piece: _Piece, lines: range, labels: int) -> tuple[list[tuple[str, ...]], list[int], dict[int, str]]:
    """The lines with numbers, their rows in the sheet, and the headings within the table."""
    body: list[tuple[str, ...]] = []
    rows: list[int] = []
    groups: dict[int, str] = {}
    for line in lines:
        texts = piece.texts[line]
        if not any(texts[labels:]) and any(texts[:labels]):
            groups[len(body)] = " ".join(filter(None, texts[:labels]))
            continue
        named = list(piece.spread[line][:labels])
        for column in range(labels - 1):  # of several columns of labels the first are often said once
            if not named[column] and body:
                named[column] = body[-1][column]
        body.append((*named, *texts[labels:]))
        rows.append(piece.rows[line])
    return body, rows, {line: text for line, text in groups.items() if line < len(body)}
