"""The reviewer's workbook of a small report, read back with another library."""

import io

import openpyxl
import pytest
from reviewer_example import SLIP, example

from collective_efficiency.claims.evaluation import CLAIM_COLUMNS
from collective_efficiency.reviewer.workbook import reviewer_workbook


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(reviewer_workbook(example())))


def rows(sheet):
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def test_the_bytes_are_the_same_on_every_run():
    assert reviewer_workbook(example()) == reviewer_workbook(example())


def test_a_sheet_a_list_and_one_a_table(book):
    assert book.sheetnames == ["Read me", "Findings", "Claims", "Cells", "Readings", "T1"]
    assert rows(book["Claims"])[0] == list(CLAIM_COLUMNS)
    assert len(rows(book["Cells"])) == 1 + len(example()["cells"])
    header, finding = rows(book["Findings"])
    shown = dict(zip(header, finding, strict=True))
    assert (shown["finding"], shown["printed"], shown["expected"]) == (SLIP, "9", 8)
    assert shown["cells"] == "T1/beta/index"


def test_numbers_are_numbers_and_verdicts_have_columns_of_their_own(book):
    sheet = book["T1"]
    heads = ["", "Trust", "verdict", "Skills", "verdict", "Index", "verdict", "Rank", "verdict"]
    assert rows(sheet)[:2] == [["Table 1. Trust and skills", *[""] * 8], heads]
    assert rows(sheet)[3] == ["Beta", 3, "", 5, "", 9, "✗ inconsistent", "strong", "✓ consistent"]
    assert (sheet["B8"].value, sheet["B8"].number_format) == (2.75, "0.00")
    assert sheet["G4"].fill.fgColor.rgb == "FFFBDCD3"
    listed = dict(zip(rows(book["Cells"])[0], rows(book["Cells"])[7], strict=True))
    assert (listed["printed"], listed["value"], listed["recomputed"]) == ("9", 9, 8)
    assert sheet["B4"].fill.fill_type is None


def test_what_differs_from_the_first_reading_is_marked(book):
    sheet = book["Readings"]
    assert rows(sheet)[0] == ["value", "printed/zero", "recomputed/zero"]
    assert [sheet[place].fill.fill_type for place in ("C2", "B3", "C3")] == [None, None, "solid"]


def test_counts_agree_with_their_noun(book):
    assert rows(book["Read me"])[8][1] == "does not print what follows from the scores: 1 cell"


def test_a_group_has_a_row_of_its_own_and_a_text_is_a_text():
    data = example()
    table = data["tables"][0]
    first = table["rows"][0] | {"group": "=1+1", "label": "https://example.org"}
    spoiled = {**data, "tables": [{**table, "rows": [first, *table["rows"][1:]]}]}
    sheet = openpyxl.load_workbook(io.BytesIO(reviewer_workbook(spoiled)))["T1"]
    assert [(sheet[place].value, sheet[place].data_type) for place in ("A3", "A4", "A5")] == [
        ("=1+1", "s"), ("https://example.org", "s"), ("Beta", "s"),
    ]  # fmt: skip
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
