"""Sheets of every format, made by the tools that write them: their texts, and what these do not say."""

import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pyreadstat
import pytest
from sheets_data import labelled, ods, rich, saved, xlsx

from collective_efficiency.files.sheets import bounds, grid
from collective_efficiency.files.sheets.delimited import TextOptions
from collective_efficiency.files.sheets.reading import ENDINGS, read_grids


def read(content, file="a.csv", **options):
    problems = []
    grids = read_grids(
        file, content if isinstance(content, bytes) else content.encode(), problems, TextOptions(**options)
    )
    assert (grids is None) == bool(problems)
    return grids if grids is not None else [str(problem) for problem in problems]


def rows(sheet):
    return [sheet.row(index) for index in range(sheet.height)]


def marks(sheet):
    return {
        (mark.kind, grid.column_letters(mark.column) + str(sheet.lines[mark.row])): mark.shown for mark in sheet.marks
    }


@pytest.mark.parametrize(
    ("text", "separator"),
    [("a;b\n1,5;2,5\n1;2\n", "semicolon"), ("a,b\n1.5,2\n", "comma"), ("a\tb,c\n1\t2\n3\t4\n", "tab")],
)
def test_the_separator_of_a_file_whose_headings_nobody_knows(text, separator):
    (sheet,) = read(text)
    assert ("separator", separator, "splits the first rows evenly") in sheet.notes


def test_a_first_line_that_names_the_separator_is_no_row():
    (sheet,) = read("sep=;\na;b\n1;2\n")
    assert (rows(sheet), list(sheet.lines)) == ([["a", "b"], ["1", "2"]], [2, 3])
    assert ("separator", "semicolon", "the first line names it") in sheet.notes
    (sheet,) = read('sep=;\n"a\nb";c\n1;2\n')
    assert list(sheet.lines) == [2, 4]


def test_titles_above_a_table_and_rows_of_another_width():
    (sheet,) = read("Scores of 2023\n\na,b,c\n1,2,3\n4,5\n" + "1,2,3\n" * 20)
    assert rows(sheet)[:5] == [
        ["Scores of 2023", "", ""],
        ["", "", ""],
        ["a", "b", "c"],
        ["1", "2", "3"],
        ["4", "5", ""],
    ]
    assert sheet.ragged == {0: 1, 4: 2}


def test_letters_are_composed():
    (sheet,) = read("a,b\nespa\u0301rragos,1\n")
    assert rows(sheet)[1] == ["espárragos", "1"]
    assert any(note[0] == "letters" for note in sheet.notes)
    (sheet,) = read(xlsx([["espa\u0301rragos"]]), "a.xlsx")
    assert rows(sheet) == [["espárragos"]]


def test_a_workbook_says_beside_the_text_what_a_person_sees():
    content = xlsx(
        [["name", "x", "y"], ["A", 2.3333333333333335, 0.5], ["B", True, datetime(2024, 5, 2)], ["C", "old", "#N/A"]],
        formats={"B2": "0.00", "C2": "0%"},
        struck=["B4"],
        cells={"D2": "=1+1", "D3": rich("2", ("3",)), "D4": 1234.5},
    )
    (sheet,) = read(content, "a.xlsx")
    assert rows(sheet)[1:] == [
        ["A", "2.333333333333333", "0.5", ""],
        ["B", "TRUE", "2024-05-02", "23"],
        ["C", "old", "#N/A", "1234.5"],
    ]
    assert (sheet.seen(1, 1), sheet.seen(1, 2), sheet.seen(3, 3)) == ("2.33", "50%", "1234.5")
    assert marks(sheet) == {
        ("percent", "C2"): "50%", ("uncomputed", "D2"): "=1+1", ("boolean", "B3"): "TRUE",
        ("date", "C3"): "2024-05-02", ("partly_struck_out", "D3"): "23", ("struck_out", "B4"): "old",
        ("error", "C4"): "#N/A",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (2.345, "0.00", "2.35"), (2.5, "General", "2.5"), (2 / 3, "General", "0.6666666667"),
        (1005, "#,##0.0", "1,005.0"),
        (0.125, "0.0%", "12.5%"), (3, "0.00_)", "3.00"), (7, '0 "about"', "7"), (2.5, "0", "3"),
    ],
)  # fmt: skip
def test_numbers_as_excel_shows_them(value, form, seen):
    """By hand: halves away from zero; ten digits at the usual width of a column."""
    (sheet,) = read(xlsx([[value]], formats={"A1": form}), "a.xlsx")
    assert sheet.seen(0, 0) == seen


def test_what_a_workbook_hides_filters_and_merges():
    data = [["name", "x"], ["A", 1], ["B", 2], ["C", 3]]
    content = xlsx(data, hidden_rows=[3], hidden_columns=["B"], merged=["A3:A4"])
    (sheet,) = read(content, "a.xlsx")
    assert (sheet.hidden_rows, sheet.hidden_columns, list(sheet.merged)) == ({2: "hidden"}, {1}, [(2, 0, 3, 0)])
    (sheet,) = read(xlsx(data, hidden_rows=[3], filtered="A1:B4"), "a.xlsx")
    assert sheet.hidden_rows == {2: "filtered"}
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.create_sheet("Seen").append(["a"])
    assert [(sheet.name, sheet.hidden) for sheet in read(saved(book), "a.xlsx")] == [("Sheet", True), ("Seen", False)]


def test_an_ods_says_the_same_as_a_workbook():
    data = [["name", "x", "y"], ["A", 2.3333333333333335, ("50%", 0.5)], ["B", True, date(2024, 5, 2)],
            ["C", ("#N/A", None), ("=", "of:=1+1", 2)], [], ["old", 3]]  # fmt: skip
    content = ods(data, hidden_rows=[2], filtered=[3], hidden_columns=[1], struck=[(5, 0)], spans={(0, 0): (2, 1)})
    (sheet,) = read(content, "a.ods")
    assert rows(sheet) == [
        ["name", "x", "y"], ["A", "2.3333333333333335", "0.5"], ["B", "TRUE", "2024-05-02"], ["C", "#N/A", "2"],
        ["", "", ""], ["old", "3", ""],
    ]  # fmt: skip
    assert (sheet.seen(1, 1), sheet.seen(1, 2)) == ("2.33", "50%")
    assert marks(sheet) == {
        ("percent", "C2"): "50%", ("boolean", "B3"): "TRUE", ("date", "C3"): "02/05/24", ("error", "B4"): "#N/A",
        ("formula", "B4"): "#N/A", ("formula", "C4"): "2", ("struck_out", "A6"): "old",
    }  # fmt: skip
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2: "hidden", 3: "filtered"}, {1})
    assert list(sheet.merged) == [(0, 0, 1, 0)]
    assert read(ods([["a"]], hidden_sheet=True), "a.ods")[0].hidden


def test_data_of_spss_and_stata(tmp_path):
    columns = {"name": ["León", "B", ""], "inputs": [2.3, 9.0, None], "k": [1, 2, 3], "d": [date(2024, 5, 2)] * 3}
    described = {
        "column_labels": {"inputs": "Availability of inputs"},
        "variable_value_labels": {"k": {1: "low", 2: "high"}},
    }
    content = labelled(pyreadstat.write_sav, columns, tmp_path, missing_ranges={"inputs": [9]}, **described)
    (sheet,) = read(content, "a.sav")
    assert rows(sheet) == [
        ["name", "inputs", "k", "d"], ["León", "2.3", "1", "2024-05-02"], ["B", "", "2", "2024-05-02"],
        ["", "", "3", "2024-05-02"],
    ]  # fmt: skip
    assert (list(sheet.lines), sheet.labels, sheet.described) == (
        [0, 1, 2, 3], {2: {"1": "low", "2": "high"}}, {1: "Availability of inputs"},
    )  # fmt: skip
    assert [sheet.seen(row, 2) for row in (1, 2, 3)] == ["low", "high", "3"]
    assert marks(sheet)["user_missing", "B2"] == "9"
    (stata,) = read(labelled(pyreadstat.write_dta, columns, tmp_path, **described), "a.dta")
    assert rows(stata)[1] == ["León", "2.3", "1", "2024-05-02"]
    assert (stata.labels, stata.described) == (sheet.labels, sheet.described)


def test_stata_floats_are_the_numbers_that_were_typed(tmp_path):
    import numpy as np
    import pandas as pd

    path = tmp_path / "a.dta"
    pd.DataFrame({"x": np.array([2.3, 1.1, 2.0], dtype="float32")}).to_stata(path, write_index=False)
    (sheet,) = read(path.read_bytes(), "a.dta")
    assert sheet.columns == [["x", "2.3", "1.1", "2"]]


def test_the_bytes_tell_the_format():
    (sheet,) = read(xlsx([["a", "b"]]), "a.csv")
    assert sheet.notes == [("format", ".xlsx", "by its content, whatever .csv says")]
    assert read("a,b\n1,2\n", "a.xlsx")[0].columns == [["a", "1"], ["b", "2"]]
    assert read(b"\xd0\xcf\x11\xe0", "a.xls") == [
        "a.xls: an old workbook (.xls), or one with a password: save it as .xlsx, without a password"
    ]
    assert read(b"%PDF", "a.pdf") == [f"a.pdf: no format that is read here; allowed: {', '.join(ENDINGS)}"]


@pytest.mark.parametrize("file", ["a.xlsx", "a.ods", "a.dta", "a.sav"])
def test_a_broken_file_is_said(file):
    for content in (b"", b"PK", b"PK\x03\x04" + b"\0" * 99, b"\0\1\2"):
        (said,) = read(content, file)
        assert "not a readable ." in said or (said == f"{file}: the file is empty" and not content)


def test_a_file_that_grows_out_of_bounds_ends_in_a_message(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_CELLS", 1000)
    far = xlsx([["a"]], cells={"XFD1": 1})
    assert "allowed: at most 1,000 cells" in read(far, "a.xlsx")[0]
    assert "allowed: at most 1,000 cells" in read(ods([["a"] * 1001]), "a.ods")[0]
    assert "allowed: at most 1,000 cells" in read("a,b\n" * 501)[0]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 2_000_000)
    monkeypatch.setattr(bounds, "ANY_FILE", 1_000_000)
    for file in ("a.xlsx", "a.ods"):
        (said,) = read(stream.getvalue(), file)
        assert re.fullmatch(f"{file}: allowed: at most 1,[0-9]+,[0-9]+ bytes, unpacked, in a file of this size", said)


def test_an_xml_that_repeats_itself_without_end_is_refused():
    """A billion laughs: expat stops it."""
    book = xlsx([["a"]])
    laughs = '<!DOCTYPE x [<!ENTITY a "' + "ha" * 50 + '">'
    laughs += "".join(f'<!ENTITY {new} "{f"&{old};" * 50}">' for old, new in ["ab", "bc", "cd", "de", "ef"]) + "]>"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as packed, zipfile.ZipFile(stream, "w") as copy:
        for name in packed.namelist():
            text = packed.read(name).decode()
            if name.endswith("sheet1.xml"):
                text = (
                    laughs + text.partition("?>")[2].replace("<v>0</v>", "<v>&f;</v>")
                    if "?>" in text
                    else laughs + text.replace("<v>0</v>", "<v>&f;</v>")
                )
            copy.writestr(name, text)
    (said,) = read(stream.getvalue(), "a.xlsx")
    assert "not a readable .xlsx file" in said
