"""Regenerated values beside printed ones: cells worked out by hand, and the stage that measures against the tables."""

from fractions import Fraction

import pytest
from exhibits_data import every_exhibit

from collective_efficiency.exhibits.regenerate import regenerated_entry
from collective_efficiency.report.transcription import Cell


@pytest.fixture(scope="module")
def exhibits(report, clusters):
    return every_exhibit(report, clusters)


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
def test_cells(exhibits, table, row, column, shown):
    exhibit = exhibits[table]
    entry = exhibit.entries[exhibit.rows.index(row)][exhibit.columns.index(column)]
    assert entry.shown == shown


def cell(printed, value, decimals, kind="average", status="read"):
    return Cell("T0", "row", "column", printed, value, decimals, kind, status)


@pytest.mark.parametrize(
    ("printed", "value", "shown"),
    [
        (cell("2.67", Fraction(267, 100), 2), Fraction(8, 3), "2.67"),  # rounded half up, as the cell is
        (cell("2.66", Fraction(266, 100), 2), Fraction(8, 3), "2.67 (printed 2.66)"),
        (cell("9.5", Fraction(19, 2), 1, "derived"), Fraction(37, 4), "9.25 (printed 9.5)"),  # exact, never rounded
        (cell("9.3", Fraction(93, 10), 1, "derived"), Fraction(37, 4), "9.25 (printed 9.3)"),
        (cell("[lost]", None, None, "derived", "lost"), Fraction(13, 4), "3.25 (lost)"),
        (cell("[lost]", None, None, "average", "lost"), Fraction(13, 4), "3.25 (lost)"),
        (cell("n.a.", None, None, "average", "not_available"), Fraction(1), "1.00 (printed n.a.)"),
        (cell("0", Fraction(0), 0), None, "no score (printed 0)"),
        (cell("High", "High", None, "class"), "Medium", "Medium (printed High)"),
        (cell("-", None, None, "average", "not_available"), "-", "-"),
        (None, Fraction(5, 2), "2.5"),
        (None, "Low", "Low"),
        (None, None, ""),
    ],
)
def test_an_entry_says_where_the_two_differ(printed, value, shown):
    assert regenerated_entry(printed, value, 2).shown == shown
