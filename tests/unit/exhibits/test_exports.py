"""The export of a dataset, its files together; each is read back by another program, here the workbook by openpyxl."""

import csv
import io
import json
import subprocess

import openpyxl
import pytest
from conftest import needs
from exhibits_data import HOSTILE, SOURCES, export_of_the_report
from frictionless import Package

from collective_efficiency.choices import Choices, in_words
from collective_efficiency.exhibits.exports import ExportOrigin, export_numbers, export_workbook, exported_files
from collective_efficiency.measures.indices import as_printed, recompute, written

# How LibreOffice writes a CSV: the separator, the quote, UTF-8, and every number with all of its digits.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,0"
ENDINGS = ("dta", "xlsx", "do", "R", "py")


@pytest.fixture(scope="module")
def exported(report, clusters, cells):
    columns, frame = export_of_the_report(report, clusters, cells)
    return columns, frame, export_numbers(frame, columns)


def test_every_column_is_described_in_its_place(exported):
    columns, frame, _ = exported
    assert [field.name for field in columns] == list(frame.columns)
    assert all(field.meaning for field in columns)


def test_the_workbook_holds_numbers_and_texts_and_no_formula(exported, tmp_path):
    columns, frame, known = exported
    (tmp_path / "clusters.xlsx").write_bytes(
        export_workbook(known, columns, [*SOURCES, {"title": "=1+1", "description": "@x"}])
    )
    book = openpyxl.load_workbook(tmp_path / "clusters.xlsx")
    assert book.sheetnames == ["clusters", "codebook", "sources"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    rows = list(book["clusters"].iter_rows(values_only=True))
    assert [row[1] for row in rows[1 : len(HOSTILE) + 1]] == list(HOSTILE)
    place = rows[0].index("ce_recomputed")
    assert [row[place] for row in rows[1:]] == known["ce_recomputed"].tolist()
    assert [row[0] for row in book["codebook"].iter_rows(min_row=2, values_only=True)] == list(frame.columns)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_libreoffice_reads_the_same(exported, tmp_path, ending):
    """All of the workbook; of the CSV all but names, of which it takes those that begin with = for formulas."""
    needs("soffice")
    columns, frame, known = exported
    workbook = export_workbook(known, columns, SOURCES)
    content = workbook if ending == "xlsx" else frame.to_csv(index=False, lineterminator="\n").encode()
    (tmp_path / f"clusters.{ending}").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", AS_CSV, "--outdir", "read", f"clusters.{ending}"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    with (tmp_path / "read/clusters.csv").open(encoding="utf-8", newline="") as file:
        seen = list(csv.DictReader(file))
    for column in columns if ending == "xlsx" else [column for column in columns if column.name != "name"]:
        texts = [row[column.name] for row in seen]
        if column.type == "string":
            assert texts == [text.strip() for text in frame[column.name]], column.name
        else:
            numbers = [float(text) if text not in ("", "n.a.") else None for text in texts]
            assert numbers == [None if value != value else value for value in known[column.name]], column.name


def test_the_same_bytes_twice(exported):
    columns, _, known = exported
    assert export_workbook(known, columns, SOURCES) == export_workbook(known, columns, SOURCES)


def test_the_export_of_a_run_is_valid(run):
    """The package as the workflow writes it, and its scores against clusters.csv."""
    folder = run / "results/report/export"
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    rows = []
    for path in (folder / "clusters.csv", run / "results/report/clusters.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows.append([{key: row[key] for key in ("cluster", "inputs", "market")} for row in csv.DictReader(file)])
    assert rows[0] == rows[1]


def test_every_file_is_made_and_names_its_sources(clusters, cells, report):
    indices = {"printed": written(as_printed(clusters, cells)), "recomputed": written(recompute(clusters, Choices()))}
    source = {"title": "A report", "authors": ["One", "Two"], "year": 2004, "publisher": "A bank"}
    studies = {
        "ethiopia": {"title": "A study", "source": "Fieldwork", "scorer": "Ann"},
        "kenya": {"title": "Another", "source": "A survey", "scorer": ["Ann", "Bo"], "licence": "CC BY 4.0"},
    }
    origin = ExportOrigin(source, studies, {"version": "1.2.3", "authors": [{"name": "We"}]})
    files = exported_files("extended", clusters, indices, report.sectors, origin, Choices("omit"))
    assert list(files) == ["clusters.csv", "datapackage.json", *(f"clusters.{end}" for end in ENDINGS)]
    described = json.loads(files["datapackage.json"])
    assert described["name"] == "collective-efficiency-extended"
    assert described["sources"][:2] == [
        {"title": "A report", "description": "One and Two (2004), A bank"},
        {"title": "A study", "description": "Fieldwork"},
    ]
    line = in_words(Choices("omit"), "extended", "printed", "recomputed")
    assert described["description"] == line
    sources = openpyxl.load_workbook(io.BytesIO(files["clusters.xlsx"]))["sources"]
    assert ("Choices", line) in list(sources.iter_rows(values_only=True))
    titles = [each["title"] for each in described["licenses"]]
    assert titles[1:] == ["ethiopia: none stated", "kenya: CC BY 4.0"]
    assert [each["name"] for each in described["licenses"]] == ["notspecified", "notspecified", "CC-BY-4.0"]
    assert described["version"] == "1.2.3"
    by_role = [(each["title"], *each["roles"]) for each in described["contributors"]]
    assert by_role == [
        ("One", "author"), ("Two", "author"), ("Ann", "dataCollector"), ("Bo", "dataCollector"), ("We", "publisher"),
    ]  # fmt: skip
    assert described["resources"][0]["bytes"] == len(files["clusters.csv"])
