"""The regenerated tables: values beside printed ones, and nothing of the data taken for markup."""

from dataclasses import replace

import pytest

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.exhibit import Exhibit, exhibits
from collective_efficiency.exhibits.tables import markdown, page
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.indices import recompute, written


@pytest.fixture(scope="module")
def made(report, clusters) -> dict[str, Exhibit]:
    ids = [table for table in report.tables if table not in ("T1", "T2", "T20")]
    captions = {table.layout: "Caption." for table in report.tables.values()}
    indices = written(recompute(clusters, Choices()))
    measured = cluster_measures(clusters, indices, Choices())
    return {exhibit.id: exhibit for exhibit in exhibits(report, ids, clusters, measured, captions)}


@pytest.fixture(scope="module")
def template(project):
    return (project / "workflow/collective_efficiency/templates/table.html.j2").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "row", "column", "shown"),
    [
        ("A1", "guadalajara-footwear", "eei", "9 (printed 8)"),
        ("A1", "total", "eei", "115 (printed 114)"),
        ("A1", "average", "inputs", "1.77 (printed 1.76)"),
        ("A1", "bucaramanga-garments", "information", "n.a."),
        ("A2", "chipilo-furniture", "jai", "4 (printed 5)"),
        ("A3", "rio-pardo-tobacco", "labour_market", "3"),
        ("A3", "total", "eei", "99"),
        ("A6", "total", "multilateral", "11.9"),
        ("T3", "santa-catarina-tiles", "ce", "8.00 (printed 7.00)"),
        ("T5", "gamarra-garments", "degree", "Medium"),
        ("T6", "High", "product", "2.50 (lost)"),
        ("T7", "austral-salmon", "ce", "10.5 (lost)"),
        ("T11", "average", "eei", "7.17 (printed 9.00)"),
        ("T14", "High", "product", "-"),
        ("T14", "Low", "process", "2.67 (printed 2.66)"),
        ("T15", "blumenau-software", "degree", "Medium (printed High)"),
        ("T15", "blumenau-software", "eei", "9.5 (printed 10)"),
        ("T17", "software", "ce", "8.45 (printed 8.70)"),
        ("T19", "software", "intersectoral", "no score (printed 0)"),
        ("T10", "Medium", "process", "2.33"),
    ],
)
def test_cells(made, table, row, column, shown):
    exhibit = made[table]
    entry = exhibit.entries[exhibit.rows.index(row)][exhibit.columns.index(column)]
    assert entry.both() == shown


def test_the_csv_has_the_printed_value_beside_each_that_differs(made):
    frame = made["A2"].data().set_index("row")
    assert list(frame.columns[-2:]) == ["jai", "jai_printed"]
    assert (frame.loc["chipilo-furniture", "jai"], frame.loc["chipilo-furniture", "jai_printed"]) == ("4", "5")
    assert frame.loc["leon-footwear", "jai_printed"] == ""
    assert "backward_printed" not in frame


def test_groups_stand_as_rows_of_their_own(made):
    display = made["T3"].display()
    assert display.iloc[0].tolist()[0] == "Textiles"
    assert len(display) == len(made["T3"].rows) + 5
    assert display.shape == made["T3"].classes().shape


NASTY = "<script>alert(1)</script> | *b* `c` [d](javascript:e)"


@pytest.fixture
def nasty(made):
    exhibit = made["A1"]
    return replace(exhibit, title=NASTY, caption=NASTY, labels=(NASTY, *exhibit.labels[1:]))


def test_nothing_becomes_html(nasty, template):
    text = page(nasty, template)
    assert "<script>" not in text
    assert text.count("&lt;script&gt;") == 4  # page title, heading, label, caption


def test_nothing_becomes_markdown(nasty):
    line = next(line for line in markdown(nasty).splitlines() if line.startswith("|") and "script" in line)
    assert line.count("|") - line.count("\\|") == len(nasty.columns) + 2
    assert "\\<script>" in line
    assert "\\[d]" in line


def test_pages_load_nothing(made, template):
    for exhibit in made.values():
        text = page(exhibit, template)
        assert "http" not in text
        assert "src=" not in text
