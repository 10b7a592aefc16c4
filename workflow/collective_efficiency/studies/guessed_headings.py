"""Where the headings of a table are, guessed: on which sheet, in which rows, and which other rows hold no data."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from collective_efficiency.files.sheets.delimited import TextOptions
from collective_efficiency.files.sheets.grid import Grid
from collective_efficiency.files.sheets.reading import read_grids
from collective_efficiency.problems import Problem
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.guessing import Guesses
from collective_efficiency.studies.headings import Words, bare, table_words
from collective_efficiency.studies.mapping import mapping_of
from collective_efficiency.studies.titled import HEAD, TitledGrid, titled_grid

FEWEST_KNOWN = 3  # headings in a row, to tell that it holds them
OLD_ENCODINGS = ("cp1252", "mac-roman", "utf-16-le", "utf-16-be")  # of texts that are not UTF-8, the usual first
FEWEST_COLUMNS = 4  # of a table in which a row of one text is no data
QUALTRICS = '{"ImportId"'  # how the cells of its third row begin


def read_by_guess(file: str, content: bytes, problems: list[Problem], guesses: Guesses) -> Sequence[Grid]:
    """The sheets of a table; where nothing tells the encoding of a text, in the one that makes most headings known.

    What cannot be read at all is said in `problems`.
    """
    words = table_words()

    def is_heading(text: str) -> bool:
        return bare(text) in words.headings

    grids = read_grids(file, content, problems, TextOptions(is_heading=is_heading))
    if grids is not None:
        return grids
    tried = {name: read_grids(file, content, [], TextOptions(name, None, is_heading)) for name in OLD_ENCODINGS}
    known = {name: _most_known(grids, words) for name, grids in tried.items() if grids}
    best = max(known, key=known.__getitem__, default="")
    if not known.get(best):
        return ()
    problems.clear()
    listed = ", ".join(OLD_ENCODINGS)
    guesses.add(
        "encoding", value=best, why=f"the bytes do not tell; of {listed} the first that makes most headings known"
    )
    return tried[best] or ()


def chosen_sheet(grids: Sequence[Grid], guesses: Guesses) -> Grid:
    """The visible sheet with the most known headings in one row."""
    words = table_words()
    seen = [grid for grid in grids if not grid.hidden] or list(grids)
    best = max(seen, key=lambda grid: _most_known([grid], words))
    if len(seen) > 1:
        guesses.add("sheet", value=best.name, why=f"of {len(seen)} sheets the one with the most known headings")
    return best


def _most_known(grids: Sequence[Grid], words: Words) -> int:
    """How many known headings stand in one row of any of the sheets."""
    return max((len(known) for grid in grids for known in _known_headings(grid, words).values()), default=0)


def _known_headings(grid: Grid, words: Words) -> dict[int, set[str]]:
    """The columns that the texts of each of the first rows mean for certain."""
    rows = range(min(HEAD, grid.height))
    return {row: {words.headings[bare(text)] for text in grid.row(row) if bare(text) in words.headings} for row in rows}


def titled_by_guess(grid: Grid, guesses: Guesses) -> TitledGrid | None:
    """The sheet under its headings, as far as these are known by themselves; None where it is empty."""
    identifiers = _row_of_identifiers(grid)
    if identifiers is None:
        _guess_header(grid, guesses)
    else:
        for row in (*range(identifiers - 2), identifiers - 1, identifiers):
            _skip(grid.lines[row], "Qualtrics writes questions and identifiers", guesses)
    titled = titled_grid(grid, TableContext("", "", mapping_of("", guesses.document(), []), table_words(), [], []))
    if titled is None or identifiers is None:
        return titled
    return replace(titled, grid=replace(grid, described=dict(enumerate(grid.row(identifiers - 1)))))


def _row_of_identifiers(grid: Grid) -> int | None:
    """The third row of a Qualtrics export, below the names of columns and the questions."""
    rows = range(2, min(HEAD, grid.height))
    return next((row for row in rows if any(text.startswith(QUALTRICS) for text in grid.row(row))), None)


def _skip(rows: int | str, why: str, guesses: Guesses) -> None:
    guesses.add("skip_rows", value=rows, why=why, listed=True)


def _guess_header(grid: Grid, guesses: Guesses) -> None:
    """The headings are in the row that holds most of those that are known, with groups of columns in one beside it."""
    words = table_words()
    known = {row: len(columns) for row, columns in _known_headings(grid, words).items()}
    filled = {row: _filled(grid, row) for row in known}
    first = next((row for row, count in filled.items() if count), 0)
    best = max(known, key=lambda row: (known[row], -row), default=0)
    if known.get(best, 0) < FEWEST_KNOWN:  # none: the first row that is as full as most are
        usual = Counter(filled.values()).most_common(1)[0][0] if filled else 0
        best = next((row for row, count in filled.items() if count >= max(usual, 2)), first)
    top, last = best, best
    if _has_raters_below(grid, best, words):
        last = best + 1
        why = f"row {grid.lines[last]} names the same raters below several items"
        guesses.add("header_rows", value=2, why=why)
    elif best > first and filled[best - 1] > 1:
        top = best - 1
        guesses.add("header_rows", value=2, why=f"row {grid.lines[top]} names groups of columns")
    why = f"row {grid.lines[top]} is the first of the headings ({known[best]} of them are known)" if known else ""
    remarks = [row for row in range(last + 1, grid.height) if _filled(grid, row) == 1]
    if not remarks or len(grid.columns) < FEWEST_COLUMNS:
        if top > first:
            guesses.add("skip_rows", value=top, why=why)
        return
    if top > first:
        _skip(f"1-{grid.lines[top] - 1}", why, guesses)
    for row in remarks:
        _skip(grid.lines[row], "it holds one text and nothing else", guesses)


def _filled(grid: Grid, row: int) -> int:
    """How many cells of a row hold anything."""
    return sum(bool(text.strip()) for text in grid.row(row))


def _has_raters_below(grid: Grid, row: int, words: Words) -> bool:
    """Whether the row below holds the same names below several items, one in the column of each rater."""
    if row + 1 >= grid.height:
        return False
    upper, lower = grid.row(row), [text.strip() for text in grid.row(row + 1)]
    starts = [*(column for column, text in enumerate(upper) if text.strip()), len(upper)]
    raters = [
        tuple(lower[start:end])
        for start, end in pairwise(starts)
        if end > start + 1 and words.holds.get(words.column_of(upper[start])) == "score"
    ]
    return len(raters) > 1 and len(set(raters)) == 1 and all(raters[0]) and len(set(raters[0])) == len(raters[0])
