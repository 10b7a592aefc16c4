"""The table of a study as it lies in its folder: its file, the sheet that counts, and the rows under their headings.

What is detected or decided is a note; what cannot be is a problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from collective_efficiency.files.sheets.delimited import TextOptions
from collective_efficiency.files.sheets.grid import CELL_MARKS, Grid, Note, column_letters
from collective_efficiency.files.sheets.reading import READERS, format_of, read_grids
from collective_efficiency.problems import Problem, nearest, shown
from collective_efficiency.studies.headings import Words, bare
from collective_efficiency.studies.sheet import MOST_ALIKE, Sheet, named_sheet

REFUSED = {  # what a cell may not hold, and what is to be done about it
    "uncomputed": "open the file in a spreadsheet, compute it, and save it again",
    "date": "as spreadsheets make of 1/2 or 2.5; format the column as text, then type the number again",
    "boolean": "text and numbers are allowed",
}


def read_source(
    file: str, content: bytes, declared: Mapping[str, Any], words: Words, problems: list[Problem]
) -> Sheet | None:
    """The table in a file of any format; None, with the reasons in `problems`, where it cannot be read.

    declared: study.yaml, whose `encoding`, `separator` and `sheet` overrule what is detected.
    """
    options = TextOptions(
        declared.get("encoding"), declared.get("separator"), lambda text: bare(text) in words.headings
    )
    grids = read_grids(file, content, problems, options)
    grid = None if grids is None else _chosen(file, grids, declared.get("sheet"), problems)
    if grid is None:
        return None
    header = next((index for index in range(grid.height) if any(map(str.strip, grid.row(index)))), None)
    if header is None:
        problems.append(Problem(file, "", "", "", f"the sheet {shown(grid.name)} is empty"))
        return None
    if _ragged(file, grid, header, problems):
        return None
    for mark in grid.marks:
        if mark.kind in REFUSED:
            place = (str(grid.lines[mark.row]), column_letters(mark.column))
            problems.append(Problem(file, *place, mark.shown, f"{CELL_MARKS[mark.kind]}: {REFUSED[mark.kind]}"))
    columns = [column[header + 1 :] for column in grid.columns]
    return named_sheet(file, grid.row(header), columns, grid.lines[header + 1 :], words, list(grid.notes), problems)


def useless_keys(file: str, content: bytes) -> tuple[str, ...]:
    """The keys of study.yaml that say nothing of a file of this format."""
    return ("separator", "encoding") if format_of(file, content) in READERS else ("sheet",)


def _chosen(file: str, grids: Sequence[Grid], declared: str | None, problems: list[Problem]) -> Grid | None:
    """The sheet that study.yaml names, or the first that a person sees; the only one where sheets have no names."""
    names = [grid.name for grid in grids]
    if names == [""]:
        return grids[0]
    if declared is not None:
        if declared not in names:
            message = f"no such sheet; allowed: {', '.join(map(shown, names))}{nearest(declared, names)}"
            problems.append(Problem(file, "", "", declared, message))
            return None
        chosen, how = grids[names.index(declared)], "declared in study.yaml"
        how += "; it is hidden" if chosen.hidden else ""
    else:
        seen = [grid for grid in grids if not grid.hidden] or list(grids)
        chosen = seen[0]
        how = "the only one" if len(seen) == 1 else f"the first of {len(seen)}; study.yaml may name another"
    notes: list[Note] = [*chosen.notes, ("sheet", chosen.name, how)]
    notes += [("hidden sheet", grid.name, "passed over") for grid in grids if grid.hidden and grid is not chosen]
    return replace(chosen, notes=notes)


def _ragged(file: str, grid: Grid, header: int, problems: list[Problem]) -> bool:
    """Whether a row of a text file has another number of fields than its headings."""
    whole = len(grid.columns)
    width = grid.ragged.get(header, whole)
    below = range(header + 1, grid.height) if width < whole else [row for row in grid.ragged if row > header]
    wrong = [(row, grid.ragged.get(row, whole)) for row in below if grid.ragged.get(row, whole) != width]
    wrong = [(row, fields) for row, fields in wrong if any(map(str.strip, grid.row(row)))]
    for row, fields in wrong[:MOST_ALIKE]:
        message = f"expected {width} fields, as in the header, found {fields}"
        if fields > width and ("separator", "comma") in {note[:2] for note in grid.notes}:
            message += "; a decimal comma needs quotes here, or another separator, declared as separator in study.yaml"
        problems.append(Problem(file, str(grid.lines[row]), "", "", message))
    return bool(wrong)
