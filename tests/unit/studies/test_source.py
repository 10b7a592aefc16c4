"""CSV files as people have them: what is detected, what is declared, and what is too ambiguous to read."""

import csv
from functools import partial

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


def test_a_workbook_named_csv_is_read_as_what_it_is():
    study = read(workbook(("a", [HEADER, *ROWS])), name="clusters.csv")
    assert study.ratings == read().ratings
    assert ("format", ".xlsx", "by its content, whatever .csv says") in study.notes


def test_an_unquoted_decimal_comma_between_commas_is_refused():
    rows = [tuple(cell.replace(".", ",") for cell in row) for row in ROWS]
    assert problems(table(rows)) == [
        "clusters.csv, row 3: expected 17 fields, as in the header, found 19; a decimal comma needs quotes here, or"
        " another separator, declared as separator in study.yaml"
    ]


def test_a_separator_that_cannot_be_told_is_refused():
    both = "cluster,name;sector;industry,country\n"
    assert problems(both) == [
        f"clusters.csv, row 1: found {both.strip()!r}; more than one separator splits the first rows into known"
        " headings (comma and semicolon both do); declare separator in study.yaml: comma, semicolon, tab"
    ]
    (said,) = problems("a|b|c\n")
    assert "no separator splits the first rows into known headings (none does)" in said
    (said,) = problems(both, YAML + "separator: comma\n")
    assert "found 'name;sector;industry'; unknown column" in said


def test_files_that_are_no_tables(request):
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(131_072)))  # another library raises it
    assert problems("") == ["clusters.csv: the file is empty"]
    assert problems("", YAML + "separator: comma\n") == ["clusters.csv: the file is empty"]
    assert problems(table(())) == ["clusters.csv: there is no cluster; write one row a cluster"]
    (said,) = problems(table(changed(0, "name", '"a"b')))
    assert said.startswith("clusters.csv, row 2: not a readable CSV")
    (said,) = problems(table(changed(0, "name", "x" * 200_000)))
    assert "field larger than field limit" in said
