"""What page and workbook show of a small report. Expected values are by hand from tests/second_report."""

import pytest
from reviewer_example import SCENARIOS, SLIP, example, small_report

from collective_efficiency.reviewer.payload import _finding, column_heading, slices


@pytest.fixture
def cells():
    """The cells by row and column, those they name by the same."""
    listed = example()["cells"]
    names = [(cell["row"], cell["column"]) for cell in listed]
    named = {}
    for name, cell in zip(names, listed, strict=True):
        read = [entry | {"cells": [names[number] for number in entry["cells"]]} for entry in cell.get("from", ())]
        named[name] = cell | {"from": read}
    return named


def test_a_cell_says_what_it_is_computed_from(cells):
    assert cells["beta", "index"] == {
        "table": "T1", "row": "beta", "column": "index", "printed": "9", "kind": "derived", "status": "read",
        "verdict": "inconsistent", "recomputed": "8", "exact": "8",
        "interval": "[8.5 to 9.5) rounded to the nearest",
        "from": [{"check": "index_sum", "assumes": "", "cells": [("beta", "trust"), ("beta", "skills")]}],
        "findings": [SLIP],
    }  # fmt: skip
    (rank,) = cells["beta", "rank"]["from"]
    assert (rank["check"], rank["cells"]) == ("rank_rule", [("beta", "index")])
    (skills,) = cells["delta", "index"]["from"]
    assert skills["assumes"] == "n.a. counted as zero"


def test_what_says_nothing_is_left_out(cells):
    assert set(cells["alpha", "trust"]) == {"table", "row", "column", "printed", "kind", "status", "verdict", "from"}


def test_a_finding_says_what_each_cell_prints_if_it_is_put_right():
    """By hand: 9 + 8 + 3 + 2 = 22, a quarter of it 5.50."""
    data = example()
    (changes,) = [finding["changes"] for finding in data["findings"] if finding["finding"] == SLIP]
    named = {(data["cells"][number]["row"], data["cells"][number]["printed"]): text for number, text in changes}
    assert named == {("beta", "9"): "8", ("total", "23"): "22", ("average", "5.75"): "5.50"}


def test_a_finding_names_its_cells_what_follows_and_the_decision():
    data = example()
    (finding,) = data["findings"]
    place = lambda number: (data["cells"][number]["row"], data["cells"][number]["column"])  # noqa: E731
    assert finding["finding"] == SLIP
    assert [place(number) for number in finding["cells"]] == [("beta", "index")]
    assert {place(number) for number in finding["follows"]} == {("total", "index"), ("average", "index")}
    assert (finding["sector"], finding["reason"], finding["note"]) == ("villages", "a reason", "a note")
    assert finding["adjudication"] == "printing slip"


def test_a_finding_about_a_label_names_its_row_and_its_claims():
    row = {
        "finding": "F", "table": "T1", "row": "villages", "check": "naming", "explanation": "",
        "alternatives": "one | two", "cells": "T1/alpha/label",
        "consequence": "claim C7 depends -> supported; 2 printed cells change",
        "follows": "",
    }  # fmt: skip
    found = _finding(row, {"F": {"reason": "", "note": ""}}, small_report(), {})
    assert found["labels"] == [{"table": "T1", "row": "alpha"}]
    assert (found["cells"], found["follows"], found["effects"][0]["name"]) == ([], [], "C7")
    assert (found["alternatives"], found["operation"], found["sector"]) == (["one", "two"], "naming", "villages")


def test_tables_notes_reasons_claims_and_names():
    data = example()
    (table,) = data["tables"]
    assert (table["name"], table["title"], table["lines"]) == ("Table 1", "Trust and skills", "1 to 7")
    assert table["notes"] == ["a note"]
    assert [row["label"] for row in table["rows"]] == ["Alpha", "Beta", "Gamma", "Delta", "Total", "Average"]
    assert [row["key"] for row in table["rows"] if row["summary"]] == ["total", "average"]
    assert data["reasons"] == {"0": "it stands apart"}
    rank = data["cells"][data["claims"][0]["cells"][0]]
    assert (rank["row"], rank["column"]) == ("alpha", "rank")
    assert (data["names"]["beta"], data["sectors"]) == ("Beta", {"villages": "Villages"})
    assert data["scenarios"] == SCENARIOS


def test_findings_can_be_filtered_by_what_they_are():
    assert slices(example()) == {
        "severity": ["numeric"], "table": ["T1"], "sector": ["villages"],
        "explanation": [example()["findings"][0]["operation"]], "adjudication": ["printing slip"],
    }  # fmt: skip
    many = [{"table": name} | dict.fromkeys(("severity", "sector", "operation", "adjudication"), "x")
            for name in ("T10", "T3", "A8")]  # fmt: skip
    assert slices({"findings": many})["table"] == ["A8", "T3", "T10"]


def test_columns_have_headings():
    assert column_heading("ce") == "Collective efficiency index"
    assert column_heading("volume_to") == "Volume to"
