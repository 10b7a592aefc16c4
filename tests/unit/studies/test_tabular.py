"""Tables as people have them: what is detected, what is declared, and what is too ambiguous to read."""

import csv
import datetime
import io
import zipfile
from functools import partial

import openpyxl
import pytest
from studies_data import HEADER, ROWS, YAML, changed, notes, problems, read, table, workbook

ACCENTS = changed(0, "name", "Bogotá ñ")


@pytest.mark.parametrize(("name", "mark"), [("comma", ","), ("semicolon", ";"), ("tab", "\t")])
@pytest.mark.parametrize("declared", [False, True])
def test_the_separator_is_told_or_declared(name, mark, declared):
    study = read(table(separator=mark), YAML + (f"separator: {name}\n" if declared else ""))
    assert study.ratings == read().ratings
    assert ("separator", name) in notes(study).items()
    assert any(about == "separator" and ("declared" in how) == declared for about, _, how in study.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_the_encoding_is_told(encoding):
    study = read(table(ACCENTS).encode(encoding))
    assert study.clusters["name"][0] == "Bogotá ñ"
    assert notes(study)["encoding"] == {"utf-8-sig": "utf-8", "latin-1": "cp1252"}.get(encoding, encoding)


@pytest.mark.parametrize("encoding", ["mac-roman", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_can_be_declared(encoding):
    assert read(table(ACCENTS).encode(encoding), f"{YAML}encoding: {encoding}\n").clusters["name"][0] == "Bogotá ñ"


def test_an_encoding_that_cannot_be_told_is_refused():
    for encoding in ("mac-roman", "utf-16-le"):
        (said,) = problems(table(ACCENTS).encode(encoding))
        assert said.startswith("clusters.csv: not UTF-8, and other encodings disagree; declare encoding in study.yaml:")
    (said,) = problems(table(ACCENTS).encode("cp1252"), YAML + "encoding: utf-8\n")
    assert said == "clusters.csv, row 2: found 'byte 0xe1'; not utf-8; declare encoding in study.yaml"
    (said,) = problems(workbook(("a", [HEADER])), name="clusters.csv")
    assert said == "clusters.csv: this is no text; name a workbook clusters.xlsx"


def test_decimal_commas():
    rows = [tuple(cell.replace(".", ",") for cell in row) for row in ROWS]
    for content in (table(rows, separator=";"), table([[f'"{cell}"' for cell in row] for row in rows])):
        study = read(content)
        assert study.ratings == read().ratings
        assert (study.decimal, notes(study)["decimal"]) == (",", "comma")
    assert "decimal" not in notes(read(table(ROWS[:1])))


def test_an_unquoted_decimal_comma_between_commas_is_refused():
    rows = [tuple(cell.replace(".", ",") for cell in row) for row in ROWS]
    assert problems(table(rows)) == [
        "clusters.csv, row 3: expected 17 fields, as in the header, found 19; a decimal comma needs quotes here, or"
        " another separator, declared as separator in study.yaml"
    ]


def test_two_decimal_marks_are_refused_unless_one_is_declared():
    content = table(changed(0, "inputs", "2,5"), separator=";")
    place, allowed = "clusters.csv, row 2 (addis-shoes), column inputs: found '2,5'; ", "allowed: 0 to 3, with at most"
    said = problems(content)
    assert said[0] == (
        "clusters.csv, row 2, column inputs: found '2,5'; another decimal mark than '1.5' in row 3; use one, or declare"
        " decimal in study.yaml: comma, point"
    )
    assert said[1].startswith(place + allowed)
    (said,) = problems(content, YAML + "decimal: point\n")
    assert said == (
        f"{place}{allowed} two decimals after a decimal point; missing: an empty cell, -, n.a, n.a., n/a, na, –"
    )


def test_a_separator_that_cannot_be_told_is_refused():
    both = "cluster,name;sector;industry,country\n"
    assert problems(both) == [
        f"clusters.csv, row 1: found {both.strip()!r}; more than one separator splits the first row into known headings"
        " (comma and semicolon both do); declare separator in study.yaml: comma, semicolon, tab"
    ]
    (said,) = problems("a|b|c\n")
    assert "no separator splits the first row into known headings (none does)" in said
    (said,) = problems(both, YAML + "separator: comma\n")
    assert "found 'name;sector;industry'; unknown column" in said


def test_headings_are_matched_without_case_accents_and_spaces():
    names = {
        "labour_market": "Specialised  Labour-Market (a)", "inputs": "Availability of inputs",
        "market_access": "MARKET ACCESS", "backward": "Backward línkages", "cluster": "Cluster ID",
        "product": "Product Upgrading*",
    }  # fmt: skip
    study = read(table(header=[names.get(name, name) for name in HEADER]))
    assert study.ratings == read().ratings
    assert ("column", "labour_market", "under the heading 'Specialised  Labour-Market (a)'") in study.notes


def test_an_unknown_heading_names_the_nearest():
    (said,) = problems(table(header=[name.replace("backward", "Bakward linkages") for name in HEADER]))
    assert said.startswith(
        "clusters.csv, row 1: found 'Bakward linkages'; unknown column; allowed: cluster, name, sector,"
    )
    assert said.endswith("did you mean backward?")
    (said,) = problems(table(header=[name.replace("forward", "Backward Linkages") for name in HEADER]))
    assert "the column backward stands twice; it is also under 'backward'" in said
    (said,) = problems(table(header=[name.replace("product", "") for name in HEADER]))
    assert "found 'an empty heading'; unknown column" in said


def test_empty_rows_columns_and_white_space_do_not_count():
    text = "\n" + table().replace("\n", ",,\n").replace("Addis", "  Addis ") + ",,,\n\n" + "," * 18 + "\n"
    study = read(text)
    assert study.ratings == read().ratings
    assert study.clusters["name"] == ["Addis", "Jimma"]


def test_rows_are_named_by_their_line():
    text = table(changed(1, "inputs", "9")).replace("\njimma", "\n\n\njimma")
    (said,) = problems(text)
    assert said.startswith("clusters.csv, row 5 (jimma-coffee), column inputs: found '9'")
    text = table(changed(1, "inputs", "9", changed(0, "name", '"A\nB"')))
    first, second = problems(text)
    assert first.startswith(
        "clusters.csv, row 2 (addis-shoes), column name: found 'A\\nB'; allowed: at most 1000 letters"
    )
    assert second.startswith("clusters.csv, row 4 (jimma-coffee), column inputs: found '9'")


def test_files_that_are_no_tables(request):
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(131_072)))  # another library raises it
    assert problems("") == [
        "clusters.csv, row 1: no separator splits the first row into known headings (none does); declare separator in"
        " study.yaml: comma, semicolon, tab"
    ]
    assert problems("", YAML + "separator: comma\n") == ["clusters.csv: the file is empty"]
    assert problems(table(())) == ["clusters.csv: there is no cluster; write one row a cluster"]
    (said,) = problems(table(changed(0, "name", '"a"b')))
    assert said.startswith("clusters.csv, row 2: not a readable CSV")
    (said,) = problems(table(changed(0, "name", "x" * 200_000)))
    assert "field larger than field limit" in said


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


def test_cells_of_a_workbook_that_are_no_text_or_number():
    rows = excel()
    rows[1][5], rows[1][6], rows[2][7] = "=1+1", datetime.date(2024, 5, 1), True
    assert problems(workbook(("Data", rows)), name="clusters.xlsx")[:3] == [
        "clusters.xlsx, row 2, column F: found '=1+1'; the formula has no value: open the file in a spreadsheet,"
        " compute it, and save it again",
        "clusters.xlsx, row 2, column G: found '2024-05-01 00:00:00'; the cell holds a datetime; allowed: text and"
        " numbers (format the column as text)",
        "clusters.xlsx, row 3, column H: found 'True'; the cell holds a bool; allowed: text and numbers (format the"
        " column as text)",
    ]


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
    for content in (b"", b"PK", workbook(("Data", excel()))[:2000], table().encode()):
        (said,) = problems(content, name="clusters.xlsx")
        assert said.startswith("clusters.xlsx: not a readable .xlsx workbook (")
    assert problems(workbook(("Data", [])), name="clusters.xlsx") == ["clusters.xlsx: the sheet 'Data' is empty"]


def test_what_a_file_does_not_have_cannot_be_declared():
    assert problems(described=YAML + "sheet: A\n") == [
        "study.yaml, column sheet: found 'A'; clusters.csv has none: leave it out"
    ]
    content = workbook(("Data", excel()))
    assert problems(content, YAML + "separator: tab\n", "clusters.xlsx") == [
        "study.yaml, column separator: found 'tab'; clusters.xlsx has none: leave it out"
    ]
