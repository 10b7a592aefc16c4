"""What the tables say of a printed cell is what the audit says: every cell of the report, and cells made up."""

from fractions import Fraction

import pytest
from exhibits_data import every_exhibit, golden

from collective_efficiency.exhibits.audited import verdicts_of_cells
from collective_efficiency.report.transcription import Cell

MARKS = {
    "input": "",
    "consistent": "",
    "consistent_if": "assumed",
    "inconsistent": "differs",
    "lost": "lost",
    "not_checkable": "unchecked",
}


def test_every_cell_of_every_table_agrees_with_the_audit(report, clusters):
    """One recomputed value a cell in all outputs; a slip, an assumption and a loss are marked, each in its way."""
    exhibits, compared = every_exhibit(report, clusters), 0
    for record in golden("audit/cells.csv"):
        if record["table"] not in exhibits:
            continue
        exhibit = exhibits[record["table"]]
        entry = exhibit.entries[exhibit.rows.index(record["row"])][exhibit.columns.index(record["column"])]
        compared += 1
        assert entry.mark == MARKS[record["verdict"]], record
        assert entry.by_report == "", record
        if record["verdict"] != "not_checkable":  # the audit repeats what is printed there
            assert entry.text == (record["recomputed"] or record["printed"]), record
        if entry.mark == "assumed":
            assert entry.assumed == record["rounding"], record
        if entry.mark == "differs":
            assert entry.printed == record["printed"], record
    assert compared == 1128


def entry(cell, value, verdict, recomputed, rounding="", mode="half_up"):
    record = {"table": "T0", "row": "row", "column": "column", "recomputed": recomputed, "rounding": rounding}
    column = {"table": "T0", "column": "column", "mode": mode}
    return verdicts_of_cells([record | {"verdict": verdict}], [column]).entry(cell, value)


def cell(printed, value, decimals, kind="average", status="read"):
    return Cell("T0", "row", "column", printed, value, decimals, kind, status)


@pytest.mark.parametrize(
    ("printed", "value", "judged", "shown"),
    [
        (cell("2.67", Fraction(267, 100), 2), Fraction(8, 3), ("consistent", "2.67"), "2.67"),
        (cell("2.66", Fraction(266, 100), 2), Fraction(8, 3), ("inconsistent", "2.67"), "2.67 (printed 2.66)"),
        (
            cell("2.66", Fraction(266, 100), 2), Fraction(8, 3),
            ("consistent_if", "2.67", "truncated"), "2.67 (printed 2.66, truncated)",
        ),
        (
            cell("2,66", Fraction(266, 100), 2), Fraction(8, 3),
            ("consistent_if", "2.66", "truncated", "truncation"), "2.66 (truncated)",
        ),
        (cell("10", Fraction(10), 0, "derived"), Fraction(19, 2), ("consistent", "9.5"), "9.5"),
        (cell("9.3", Fraction(93, 10), 1, "derived"), Fraction(37, 4), ("inconsistent", "9.25"), "9.25 (printed 9.3)"),
        (cell("[lost]", None, None, "derived", "lost"), Fraction(13, 4), ("lost", "3.25"), "3.25 (lost)"),
        (cell("n.a.", None, None, "average", "not_available"), Fraction(1), ("inconsistent", "1.00"),
         "1.00 (printed n.a.)"),
        (cell("0", Fraction(0), 0), "no score", ("not_checkable", "0"), "no score (printed 0, not checkable)"),
        (cell("Médium", "Medium", None, "class"), "Medium", ("consistent", "Medium"), "Medium"),
        (cell("High", "High", None, "class"), "Medium", ("inconsistent", "Medium"), "Medium (printed High)"),
        (cell("6.3", Fraction(63, 10), 1), Fraction(37, 6), ("consistent", "6.3"), "6.2 (by the report's rules 6.3)"),
    ],
)  # fmt: skip
def test_an_entry_in_the_words_of_the_audit(printed, value, judged, shown):
    assert entry(printed, value, *judged).shown == shown
