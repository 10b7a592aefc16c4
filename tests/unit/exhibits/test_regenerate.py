"""Regenerated values beside printed ones: cells worked out by hand, by the report's rules and by other choices."""

from fractions import Fraction

import pytest
from exhibits_data import every_exhibit

from collective_efficiency.choices import Choices


@pytest.fixture(scope="module")
def exhibits(report, clusters):
    return every_exhibit(report, clusters)


@pytest.mark.parametrize(
    ("table", "row", "column", "shown"),
    [
        ("A1", "guadalajara-footwear", "eei", "9 (printed 8)"),
        ("A1", "total", "eei", "115 (printed 114)"),
        ("A1", "average", "inputs", "1.76 (truncated)"),
        ("A1", "average", "eei", "7.6 (printed 7.6, from a slip)"),
        ("A1", "bucaramanga-garments", "eei", "6 (n.a. counted as zero)"),
        ("A2", "average", "forward", "1.37 (printed 1.36, truncated)"),
        ("A1", "bucaramanga-garments", "information", "n.a."),
        ("A2", "chipilo-furniture", "jai", "4 (printed 5)"),
        ("A3", "rio-pardo-tobacco", "labour_market", "3"),
        ("A3", "total", "eei", "99"),
        ("A6", "total", "multilateral", "11.9"),
        ("T3", "santa-catarina-tiles", "ce", "8.00 (printed 7.00)"),
        ("T5", "gamarra-garments", "degree", "Medium"),
        ("T6", "High", "product", "2.50 (lost)"),
        ("T7", "austral-salmon", "ce", "10.50 (lost)"),
        ("T11", "average", "eei", "7.17 (printed 9.00)"),
        ("T14", "High", "product", "-"),
        ("T14", "Low", "process", "2.66 (truncated)"),
        ("T15", "blumenau-software", "degree", "Medium (printed High)"),
        ("T15", "blumenau-software", "eei", "9.5"),
        ("T17", "software", "ce", "8.45 (printed 8.70)"),
        ("T19", "software", "intersectoral", "no score (printed 0, not checkable)"),
        ("T10", "Medium", "process", "2.33"),
    ],
)
def test_cells(exhibits, table, row, column, shown):
    exhibit = exhibits[table]
    entry = exhibit.entries[exhibit.rows.index(row)][exhibit.columns.index(column)]
    assert entry.shown == shown


OTHER = Choices("omit", high=Fraction(9), low=Fraction(6), eei_weight=Fraction(1, 4), jai_weight=Fraction(3, 4))


@pytest.fixture(scope="module")
def chosen(report, clusters):
    return every_exhibit(report, clusters, OTHER)


@pytest.mark.parametrize(
    ("table", "row", "column", "shown"),
    [
        ("T3", "medellin-textiles", "ce", "6.125 (by the report's rules 6.25)"),  # 6.5 / 4 + 6 * 3 / 4
        ("T3", "guadalajara-footwear", "ce", "7.50 (by the report's rules 8.00, printed 7.50)"),
        ("T3", "guadalajara-footwear", "eei", "9.0 (printed 8.0)"),
        ("T3", "bucaramanga-garments", "eei", "n.a. (by the report's rules 6.0, n.a. counted as zero)"),
        ("T3", "bucaramanga-garments", "degree", "n.a. (by the report's rules Medium)"),
        ("A1", "average", "information", "1.8 (by the report's rules 1.7, n.a. counted as zero)"),  # 25.5 / 14
        ("T5", "itajai-textiles", "degree", "Low (by the report's rules Medium)"),  # 8.5 / 4 + 5 * 3 / 4 = 5.875
        ("T19", "software", "intersectoral", "no score (printed 0, not checkable)"),
    ],
)
def test_values_are_of_the_choices_and_marks_by_the_reports_rules(chosen, table, row, column, shown):
    exhibit = chosen[table]
    entry = exhibit.entries[exhibit.rows.index(row)][exhibit.columns.index(column)]
    assert entry.shown == shown


def test_captions_have_the_numbers_of_the_choices(chosen):
    assert "CE = 0.25 EEI + 0.75 JAI. Degree: High if CE ≥ 9, Low if CE ≤ 6" in chosen["T7"].caption
    assert "total / the number of clusters that are scored" in chosen["A1"].caption
    for exhibit in chosen.values():
        said = " ".join(exhibit.paragraphs)
        assert ("not the report's own" in said) == (exhibit.id not in ("T4", "T8", "T12"))
        assert not any(old in said for old in ("9.5", "CE ≤ 5", "0.5 EEI", "config.yaml", "/ 2"))


def test_a_layout_of_governance_is_no_figure(exhibits):
    assert "coded as printed: 0 in none" in exhibits["T4"].caption


def test_the_clusters_behind_each_mean_are_counted(exhibits, chosen):
    """Table 10 as read off table 9: 4 High, 6 Medium, 1 Low."""
    assert [[entry.n for entry in entries] for entries in exhibits["T10"].entries] == [["4"] * 4, ["6"] * 4, ["1"] * 4]
    assert [entry.n for entry in exhibits["T14"].entries[0]] == ["0"] * 4
    assert not any(entry.n for entry in exhibits["T19"].entries[0])
