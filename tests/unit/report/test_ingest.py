"""Ingest: the transcription as it is, and what is said of one that is bad."""

import csv
import io

import pytest

from collective_efficiency.problems import BadInputError
from collective_efficiency.report.ingest import read_report
from collective_efficiency.words import CELL_COLUMNS, LOST


def change(files, name, old, new):
    """The files with `old` in one of them replaced, which must be there."""
    text = files[name].decode()
    assert old in text
    return files | {name: text.replace(old, new, 1).encode()}


def problems(files) -> list[str]:
    with pytest.raises(BadInputError) as caught:
        read_report(files)
    return [str(problem) for problem in caught.value.problems]


def test_every_table_of_the_report_is_there(report):
    expected = [f"T{number}" for number in range(1, 21)] + [f"A{number}" for number in range(1, 9)]
    assert sorted(report.tables) == sorted(expected)
    assert len(report.clusters) == 40
    counts = {row["sector"]: sum(c["sector"] == row["sector"] for c in report.clusters) for row in report.sectors}
    assert counts == {"traditional": 15, "natural_resource": 11, "cops": 9, "software": 5}


def test_cells_are_verbatim_and_typed(report, cells):
    by_place = {(cell["table"], cell["row"], cell["column"]): cell for cell in cells}
    assert all(tuple(cell) == CELL_COLUMNS for cell in cells)
    assert by_place["A1", "medellin-textiles", "eei"] == {
        "table": "A1", "row": "medellin-textiles", "column": "eei", "printed": "6,5", "value": "6.5", "decimals": "1",
        "kind": "derived", "status": "read",
    }  # fmt: skip
    degree = by_place["T5", "gamarra-garments", "degree"]
    assert (degree["printed"], degree["value"], degree["kind"]) == ("Médium", "Medium", "class")
    assert by_place["A1", "bucaramanga-garments", "information"]["status"] == "not_available"
    assert by_place["A3", "rio-pardo-tobacco", "labour_market"]["status"] == "inferred"
    assert ("A3", "total", "eei") not in by_place  # blank as printed
    assert by_place["T8", "santa-catarina-apples", "quasi_hierarchy"]["status"] == "inferred"
    assert by_place["T2", "austral-salmon", "direct_jobs"]["value"] == "29000"
    assert by_place["T2", "austral-salmon", "production_2002"]["value"] == "1005.0"
    assert by_place["T6", "High", "product"]["status"] == "lost"
    assert ("T2", "petrolina-juazeiro-grapes", "direct_jobs") not in by_place  # printed once, across two rows


def test_what_is_lost_is_marked_and_nothing_else(files, report):
    marked = {
        (name[:-4], row["row"], column)
        for name, content in files.items()
        if name.endswith(".csv")
        for row in csv.DictReader(io.StringIO(content.decode()))
        for column, value in row.items()
        if value == LOST and column not in ("label", "product_name")
    }
    assert marked == {(c.table, c.row, c.column) for c in report.cells() if c.status == "lost"}


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("A2.csv", "multilateral", "multilatera", "A2.csv, row 1, column multilateral: the column is missing"),
        ("A2.csv", "multilateral", "multilatera", "did you mean multilateral?"),
        ("A1.csv", "Gamarra (Peru),2,", "Gamarra (Peru),4,",
         "A1.csv, row 5 (gamarra-garments), column labour_market: found '4'; allowed: 0 to 3"),
        ("A1.csv", "Gamarra (Peru),2,", "Gamarra (Peru),two,", "found 'two'; expected a number"),
        ("A1.csv", "Gamarra (Peru),2,", "Gamarra (Peru),,", "the cell is empty; write [lost]"),
        ("A1.csv", "Gamarra (Peru),2,", "Gamarra (Peru),[lost],", "tables.yaml gives no reason for this [lost]"),
        ("A1.csv", "Gamarra (Peru),2,", "Gamarra (Peru), 2,", "begins or ends with white space"),
        ("A1.csv", "gamarra-garments", "leon-footwear", "found 'leon-footwear'; the row stands twice; first in row 5"),
        ("A1.csv", "gamarra-garments", "gamara-garments", "did you mean gamarra-garments?"),
        ("A1.csv", "total,Total,35.5,26.5,25.5,27.5,114\n", "", "A1.csv, column row: the row total is missing"),
        ("A1.csv", "Torreón (Mex.),2", "Torreón (Mex.),2,9", "expected 7 fields, as in the header, found 8"),
        ("A1.csv", "Gamarra (Peru)", '"Gamarra (Peru)" x', "not a readable CSV"),
        ("T3.csv", "5.50,Medium", "5.50,Midium", "found 'Midium'; allowed: High, Medium, Low; did you mean Medium?"),
        ("T4.csv", "1,1,2,0", "1,1,4,0", "found '4'; allowed: 0 to 3"),
        ("T2.csv", "29.000", "29-000", "expected a whole number and '.' between thousands"),
        ("clusters.csv", "Gamarra,traditional", "Gamarra,traditonal", "did you mean traditional?"),
        ("clusters.csv", "gamarra-garments", "torreon-garments", "the cluster stands twice"),
        ("clusters.csv", ",Peru\n", ",\n", "clusters.csv, row 5, column country: the cell is empty"),
        ("tables.yaml", "layout: learning", "layout: lerning", "unknown layout; allowed"),
        ("tables.yaml", "    torn: The columns", "    tron: The columns", "found 'tron'; unknown key"),
        ("tables.yaml", "rows: degrees", "rows: degree", "key tables.T6.rows"),
        ("tables.yaml", "  T1:\n", "  T2:\n", "the key T2 stands twice"),
        ("tables.yaml", "{row: rio-pardo-tobacco", "{row: rio-tobacco", "this note means no cell of the table"),
        ("tables.yaml", "source:", "source: [", "tables.yaml, line"),
    ],
)  # fmt: skip
def test_bad_input_is_named(files, name, old, new, says):
    assert any(says in problem for problem in problems(change(files, name, old, new)))


def test_a_broken_encoding_an_empty_a_missing_and_a_surplus_file(files):
    bad = files | {"A1.csv": files["A1.csv"].replace("í".encode(), b"\xed"), "A2.csv": b"", "A9.csv": b"row\n"}
    del bad["A3.csv"]
    said = problems(bad)
    assert "A1.csv, row 2: found 'byte 0xed'; allowed: text encoded as UTF-8" in said
    assert any(problem.startswith("A2.csv: the file is empty") for problem in said)
    assert "A3.csv: the file is missing" in said
    assert "A9.csv: tables.yaml does not describe this table" in said


def test_all_problems_are_said_at_once(files):
    bad = change(files, "A1.csv", "Gamarra (Peru),2,", "Gamarra (Peru),4,")
    bad = change(bad, "T3.csv", "5.50,Medium", "5.50,Midium")
    bad = change(bad, "A6.csv", "0.88", "?")
    assert len(problems(bad)) == 3
