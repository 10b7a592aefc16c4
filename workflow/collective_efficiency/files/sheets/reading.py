"""A file to grids, by its ending and by what its bytes begin with: the one way in for tables of any format.

Where the two disagree the bytes are right: much that is named .csv or .xls is a workbook, and the reverse.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from collective_efficiency.files.sheets.bounds import LARGEST_FILE, TooLargeSheetError
from collective_efficiency.files.sheets.delimited import TextOptions, read_delimited
from collective_efficiency.files.sheets.grid import Grid
from collective_efficiency.files.sheets.html import read_html
from collective_efficiency.files.sheets.labelled import read_dta, read_sav
from collective_efficiency.files.sheets.markdown import read_markdown
from collective_efficiency.files.sheets.ods import read_ods
from collective_efficiency.files.sheets.xlsx import read_xlsx
from collective_efficiency.problems import Problem

Reader = Callable[[bytes], list[Grid]]
READERS: Mapping[str, Reader] = {
    ".xlsx": read_xlsx,
    ".ods": read_ods,
    ".dta": read_dta,
    ".sav": read_sav,
    ".html": read_html,
    ".md": read_markdown,
}
OF_TEXT = (".html", ".md")  # that a person can write in an editor
ENDINGS = (".csv", ".tsv", ".txt", *READERS)  # of files that are read
OTHER_NAMES = {".xlsm": ".xlsx", ".zsav": ".sav", ".tab": ".tsv", ".htm": ".html", ".markdown": ".md"}
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # of Excel before 2007, and of a newer one that a password protects
BEGINNINGS = ((b"<stata_dta>", ".dta"), (b"$FL2", ".sav"), (b"$FL3", ".sav"))
PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|table)\b", re.IGNORECASE)  # also what is named .xls


def read_grids(
    file: str, content: bytes, problems: list[Problem], options: TextOptions | None = None
) -> list[Grid] | None:
    """The sheets of a file, in its order; None, with the reasons in `problems`, where it cannot be read.

    file: its name, whose ending tells the format unless the bytes do. options: how a text file is to be read.

    >>> [grid] = read_grids("a.csv", b"name;score\\nLeon;2,5\\n", [])
    >>> grid.columns
    [['name', 'Leon'], ['score', '2,5']]
    """
    named, held = ending(file), format_of(file, content)
    message = ""
    if len(content) > LARGEST_FILE:
        message = f"allowed: at most {LARGEST_FILE:,} bytes"
    elif held == ".xls":
        message = "an old workbook (.xls), or one with a password: save it as .xlsx, without a password"
    elif not held:
        message = f"no format that is read here; allowed: {', '.join(ENDINGS)}"
    if message:
        problems.append(Problem(file, "", "", "", message))
        return None
    notes = [] if held == named or held == ".csv" else [("format", held, f"by its content, whatever {named} says")]
    try:
        if held not in READERS:
            grid = read_delimited(file, content, options or TextOptions(), problems, tabs=named == ".tsv")
            return None if grid is None else [grid]
        return [replace(grid, notes=[*notes, *grid.notes]) for grid in READERS[held](content)]
    except TooLargeSheetError as error:
        message = str(error)
    except Exception as error:  # a broken file makes a reader trip over anything
        message = f"not a readable {held} file ({type(error).__name__})"
    problems.append(Problem(file, "", "", "", message))
    return None


def ending(file: str) -> str:
    """The ending of a file's name, in small letters, one for each format.

    >>> ending("data/Clusters.XLSM")
    '.xlsx'
    """
    _, dot, letters = file.rpartition("/")[2].rpartition(".")
    found = f"{dot}{letters}".lower()
    return OTHER_NAMES.get(found, found)


def format_of(file: str, content: bytes) -> str:
    """The ending that suits the bytes; empty where they are of no format that is read.

    >>> format_of("a.csv", b"<stata_dta><header>"), format_of("a.csv", b"name,score"), format_of("a.pdf", b"%PDF")
    ('.dta', '.csv', '')
    """
    if content.startswith(b"PK"):
        is_ods = b"opendocument.spreadsheet" in content[:4000] or ending(file) == ".ods"
        return ".ods" if is_ods else ".xlsx"
    if content.startswith(OLD_WORKBOOK):
        return ".xls"
    for beginning, found in BEGINNINGS:
        if content.startswith(beginning):
            return found
    named = ending(file)
    if PAGE.match(content):
        return ".html"
    if named in READERS:
        return named if named in OF_TEXT or not _is_text(content) else ".csv"
    return ".csv" if named in ENDINGS or named == ".xls" else ""


def _is_text(content: bytes) -> bool:
    return bool(content) and not any(byte in content[:1000] for byte in (0, 1, 2, 3, 4))
