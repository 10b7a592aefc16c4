"""A study's table in an Excel workbook (.xlsx), as columns of text.

A number is taken at full precision, with a decimal point whatever the file's locale. A formula counts as the value that
was last computed; one without is a problem, as are dates and truth values: a spreadsheet shows them in many ways.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from collective_efficiency.problems import Problem, nearest, shown
from collective_efficiency.studies.headings import Words
from collective_efficiency.studies.sheet import Note, Sheet, named_sheet

LARGEST_WORKBOOK = 500_000_000  # bytes, unpacked: a small file may unpack to more than memory holds


def read_workbook(
    file: str, content: bytes, declared: Mapping[str, Any], words: Words, problems: list[Problem]
) -> Sheet | None:
    """The table in the bytes of a workbook; None, with the reasons in `problems`, where it cannot be read.

    declared: study.yaml, whose `sheet` names the sheet; else the first is read, and a note says so.
    """
    from openpyxl import load_workbook  # few studies are workbooks, and it takes long to import

    notes: list[Note] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_WORKBOOK:
                problems.append(Problem(file, "", "", "", f"allowed: at most {LARGEST_WORKBOOK:,} bytes, unpacked"))
                return None
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(content), read_only=True)  # openpyxl gives values or formulas, not both
        name = _sheet_name(file, [sheet.title for sheet in values.worksheets], declared.get("sheet"), notes, problems)
        if name is None:
            return None
        rows = zip(_rows(values[name]), _rows(formulas[name]), strict=True)
        texts = [(line, _texts(file, line, *row, problems)) for line, row in enumerate(rows, 1)]
    except Exception as error:  # openpyxl raises whatever a broken file makes it trip over
        problems.append(Problem(file, "", "", "", f"not a readable .xlsx workbook ({type(error).__name__})"))
        return None
    filled = [(line, row) for line, row in texts if any(row)]
    if not filled:
        problems.append(Problem(file, "", "", "", f"the sheet {shown(name)} is empty"))
        return None
    width = max(len(row) for _, row in filled)
    header, *body = [row + [""] * (width - len(row)) for _, row in filled]
    columns = [[row[index] for row in body] for index in range(width)]
    return named_sheet(file, header, columns, [line for line, _ in filled[1:]], words, notes, problems)


def _sheet_name(
    file: str, names: Sequence[str], declared: str | None, notes: list[Note], problems: list[Problem]
) -> str | None:
    if declared is None:
        how = "the only one" if len(names) == 1 else f"the first of {len(names)}; study.yaml may name another"
        notes.append(("sheet", names[0], how))
        return names[0]
    if declared not in names:
        message = f"no such sheet; allowed: {', '.join(map(shown, names))}{nearest(declared, names)}"
        problems.append(Problem(file, "", "", declared, message))
        return None
    notes.append(("sheet", declared, "declared in study.yaml"))
    return declared


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file says of its size need not be true
    yield from sheet.iter_rows(values_only=True)


def _texts(
    file: str, line: int, values: tuple[Any, ...], formulas: tuple[Any, ...], problems: list[Problem]
) -> list[str]:
    """A row of a workbook as text."""
    texts = []
    for index, (value, formula) in enumerate(zip(values, formulas, strict=True)):
        if value is None and isinstance(formula, str) and formula.startswith("="):
            message = "the formula has no value: open the file in a spreadsheet, compute it, and save it again"
            problems.append(Problem(file, str(line), _letters(index), formula, message))
        elif (value is not None and not isinstance(value, str | int | float)) or isinstance(value, bool):
            message = f"the cell holds a {type(value).__name__}; allowed: text and numbers (format the column as text)"
            problems.append(Problem(file, str(line), _letters(index), str(value), message))
        texts.append("" if value is None else _number_text(value) if isinstance(value, float) else str(value).strip())
    return texts


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _letters(index: int) -> str:
    """The name of a spreadsheet's column: A, B, ..., Z, AA."""
    name, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name
