"""Workbooks as people have them, read as the CSV of the same table is."""

import datetime
import io
import zipfile

import openpyxl
from studies_data import HEADER, ROWS, YAML, problems, read, workbook


def excel(rows=ROWS):
    """The rows as a person's spreadsheet has them: numbers are numbers."""
    number = lambda cell: float(cell) if cell.replace(".", "", 1).isdigit() else cell  # noqa: E731
    return [HEADER, *([number(cell) for cell in row] for row in rows)]


def test_a_workbook_reads_as_the_csv_does():
    study = read(workbook(("Data", excel())), name="clusters.xlsx")
    assert study.ratings == read().ratings
    assert study.clusters == read().clusters
    assert ("sheet", "Data", "the only one") in study.notes
    study = read(workbook(("Data", [[], *excel(), [None] * 40])), name="clusters.xlsx")
    assert study.ratings == read().ratings


def test_a_workbook_with_several_sheets():
    content = workbook(("Notes", [["a"]]), ("Clusters", excel()))
    assert read(content, YAML + "sheet: Clusters\n", "clusters.xlsx").ratings == read().ratings
    (said,) = problems(content, YAML + "sheet: Cluster\n", "clusters.xlsx")
    assert said.endswith("found 'Cluster'; no such sheet; allowed: 'Notes', 'Clusters'; did you mean Clusters?")
    study = read(workbook(("Clusters", excel()), ("Notes", [["a"]])), name="clusters.xlsx")
    assert ("sheet", "Clusters", "the first of 2; study.yaml may name another") in study.notes


def test_a_hidden_sheet_is_passed_over_unless_it_is_named():
    book = openpyxl.Workbook()
    book.active.title, book.active.sheet_state = "Old", "hidden"
    seen = book.create_sheet("Data")
    for row in excel([(*ROWS[0][:5], *"0" * 12)]):
        book.active.append(row)
    for row in excel():
        seen.append(row)
    stream = io.BytesIO()
    book.save(stream)
    study = read(stream.getvalue(), name="clusters.xlsx")
    assert study.ratings == read().ratings
    assert ("hidden sheet", "Old", "passed over") in study.notes
    assert ("sheet", "Data", "the only one that is not hidden") in study.notes
    old = read(stream.getvalue(), YAML + "sheet: Old\n", "clusters.xlsx")
    assert ("sheet", "Old", "declared in study.yaml; it is hidden") in old.notes


def test_cells_of_a_workbook_that_are_no_text_or_number():
    rows = excel()
    rows[1][5], rows[1][6], rows[2][7] = "=1+1", datetime.date(2024, 5, 1), True
    assert problems(workbook(("Data", rows)), name="clusters.xlsx") == [
        "clusters.xlsx, row 2, column F (labour_market): found '=1+1'; a formula that was saved without its value:"
        " open the file in a spreadsheet, compute it, and save it again, or write cells: {uncomputed: missing} in"
        " study.yaml",
        "clusters.xlsx, row 2, column G (inputs): found '2024-05-01'; a date or a time: spreadsheets make it of 1/2 or"
        " 2.5; format the column as text, then type the score again, or say what it is worth under values in"
        " study.yaml",
        "clusters.xlsx, row 3, column H (information): found 'TRUE'; true or false: say what it is worth under values"
        " in study.yaml, or write cells: {boolean: missing}",
    ]


def test_a_mark_of_missing_scores_says_so_of_an_error_and_of_a_date_too():
    rows = excel()
    rows[1][5], rows[1][6] = "#N/A", datetime.date(1900, 1, 1)
    study = read(workbook(("Data", rows)), YAML + "missing: ['#n/a', '1900-01-01']\n", "clusters.xlsx")
    assert [study.ratings[name][0] for name in ("labour_market", "inputs")] == ["n.a.", "n.a."]
    assert ("error", "F2 (labour_market: #N/A)", "missing, as study.yaml says") in study.notes


def test_a_formula_counts_as_its_value():
    """As a spreadsheet saves it: the formula and its value."""
    content = workbook(("Data", excel()))
    packed = zipfile.ZipFile(io.BytesIO(content))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as copy:
        for name in packed.namelist():
            text = packed.read(name)
            if name.endswith("sheet1.xml"):
                assert b'<c r="F2" t="n"><v>3</v></c>' in text
                text = text.replace(b'<c r="F2" t="n"><v>3</v></c>', b'<c r="F2"><f>1+2</f><v>3</v></c>')
            copy.writestr(name, text)
    assert openpyxl.load_workbook(io.BytesIO(stream.getvalue()))["Data"]["F2"].value == "=1+2"
    assert read(stream.getvalue(), name="clusters.xlsx").ratings == read().ratings


def test_a_broken_workbook_is_said():
    for content in (b"", b"PK", workbook(("Data", excel()))[:2000]):
        (said,) = problems(content, name="clusters.xlsx")
        assert said.startswith(("clusters.xlsx: not a readable .xlsx file (", "clusters.xlsx: the file is empty"))
    assert problems(workbook(("Data", [])), name="clusters.xlsx") == ["clusters.xlsx: the sheet 'Data' is empty"]
