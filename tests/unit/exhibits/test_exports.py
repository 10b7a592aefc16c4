"""The export of a dataset: every file read back by another program: frictionless, pandas, R (haven), openpyxl."""

import csv
import io
import json
import subprocess

import openpyxl
import pandas as pd
import pytest
from conftest import rscript
from frictionless import Package

from collective_efficiency.choices import Choices, in_words
from collective_efficiency.exhibits.export_columns import export_columns
from collective_efficiency.exhibits.exports import (
    data_package,
    export_numbers,
    export_texts,
    export_workbook,
    exported_files,
    stata_file,
)
from collective_efficiency.measures.indices import as_printed, recompute, written
from collective_efficiency.words import DEGREES

HOSTILE = ('=HYPERLINK("http://example.org")', "<script>alert(1)</script>", "\u202eevil\u202c \u200f", "N" * 300)
SOURCES = [{"title": "A report", "description": "Someone (2004)"}]
LICENCES = [{"name": "other-open", "title": "=1+1"}]


@pytest.fixture(scope="module")
def exported(clusters, cells):
    """The 40 clusters, four of them with hostile names, as columns, text frame and numbers."""
    spoiled = clusters.copy()
    spoiled.loc[: len(HOSTILE) - 1, "name"] = HOSTILE
    indices = {"printed": written(as_printed(clusters, cells)), "recomputed": written(recompute(clusters, Choices()))}
    columns = export_columns(list(dict.fromkeys(clusters["sector"])))
    frame = export_texts(spoiled, indices)
    return columns, frame, export_numbers(frame, columns)


def test_every_column_is_described_in_its_place(exported):
    columns, frame, _ = exported
    assert [field.name for field in columns] == list(frame.columns)
    assert all(field.meaning for field in columns)


def test_frictionless_finds_the_package_valid(exported, tmp_path):
    columns, frame, _ = exported
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    (tmp_path / "clusters.csv").write_bytes(content)
    (tmp_path / "datapackage.json").write_text(
        data_package("report", "By hand.", content, columns, SOURCES, LICENCES), encoding="utf-8"
    )
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    assert report.tasks[0].stats["rows"] == len(frame)


def test_frictionless_finds_what_the_schema_forbids(exported, tmp_path):
    columns, frame, _ = exported
    bad = frame.copy()
    bad.loc[3, "inputs"] = "4.00"
    bad.loc[4, "sector"] = "trade"
    content = bad.to_csv(index=False, lineterminator="\n").encode()
    (tmp_path / "clusters.csv").write_bytes(content)
    text = data_package("report", "By hand.", content, columns, SOURCES, LICENCES)
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    found = Package(str(tmp_path / "datapackage.json")).validate().flatten(["rowNumber", "fieldName"])
    assert found == [[5, "inputs"], [6, "sector"]]
    assert json.loads(text)["resources"][0]["bytes"] == len(content)


def test_stata_files_are_read_by_pandas(exported):
    columns, frame, known = exported
    content = stata_file(known, columns)
    with pd.read_stata(io.BytesIO(content), iterator=True) as reader:
        back = reader.read(convert_categoricals=False)
        labels, variables = reader.value_labels(), reader.variable_labels()
    assert list(back.columns) == list(frame.columns)
    assert list(back["name"]) == list(frame["name"])
    for name in ("inputs", "market", "ce_recomputed"):
        assert back[name].isna().equals(known[name].isna())
        assert back[name].dropna().tolist() == known[name].dropna().tolist()
    assert labels["market"] == {0: "absent", 1: "domestic chain", 2: "global chain", 3: "domestic and global chain"}
    assert set(labels["degree_printed"].values()) == set(DEGREES)
    assert variables["ce_printed"] == "Collective efficiency index, printed"


def test_stata_files_are_read_by_r(exported, tmp_path):
    columns, frame, known = exported
    (tmp_path / "clusters.dta").write_bytes(stata_file(known, columns))
    code = """
    made <- haven::read_dta("clusters.dta")
    cat(nrow(made), ncol(made), "\\n")
    cat(attr(made$market, "labels"), names(attr(made$market, "labels")), sep = "|"); cat("\\n")
    cat(attr(made$ce_printed, "label"), "\\n")
    cat(sprintf("%.4f", sum(made$ce_recomputed, na.rm = TRUE)), sum(is.na(made$intersectoral)), "\\n")
    cat(as.character(haven::as_factor(made$degree_printed[made$cluster == "blumenau-software"])), "\\n")
    """
    done = subprocess.run([rscript("haven"), "-e", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0] == f"{len(frame)} {frame.shape[1]}"
    assert lines[1] == "0|1|2|3|absent|domestic chain|global chain|domestic and global chain"
    assert lines[2] == "Collective efficiency index, printed"
    total, missing = known["ce_recomputed"].sum(), known["intersectoral"].isna().sum()
    assert lines[3] == f"{total:.4f} {missing}"
    assert lines[4] == "High"


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


def test_the_same_bytes_twice(exported):
    columns, _, known = exported
    assert export_workbook(known, columns, SOURCES) == export_workbook(known, columns, SOURCES)
    assert stata_file(known, columns) == stata_file(known, columns)


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
        "ethiopia": {"title": "A study", "source": "Fieldwork"},
        "kenya": {"title": "Another", "source": "A survey", "licence": "CC BY 4.0"},
    }
    files = exported_files("extended", clusters, indices, report.sectors, source, studies, Choices("omit"))
    assert list(files) == ["clusters.csv", "datapackage.json", "clusters.dta", "clusters.xlsx"]
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
    assert described["resources"][0]["bytes"] == len(files["clusters.csv"])
