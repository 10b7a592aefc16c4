"""Sector averages and cross-tabulations: cell by cell against the report's tables 10, 14 and 17 to 19."""

from fractions import Fraction

import pandas as pd
import pytest

from collective_efficiency.choices import Choices
from collective_efficiency.measures.averages import measures, sector_averages, sector_counts
from collective_efficiency.measures.crosstabs import crosstabs
from collective_efficiency.measures.indices import as_printed, recompute, written
from collective_efficiency.words import UPGRADING


def measured(clusters, choices=None):
    choices = choices or Choices()
    return measures(clusters, written(recompute(clusters, choices)), choices)


@pytest.fixture(scope="module")
def averages(clusters):
    return sector_averages(measured(clusters)).set_index("sector")


@pytest.mark.parametrize(
    ("sector", "column", "sums"),
    [  # sum over the sector by hand / n
        ("traditional", "labour_market", (Fraction("35.5"), 15)),
        ("traditional", "bilateral", (Fraction("11"), 15)),
        ("traditional", "eei", (115, 15)),
        ("natural_resource", "labour_market", (29, 11)),
        ("natural_resource", "eei", (99, 11)),
        ("cops", "multilateral", (Fraction("11.88"), 9)),
        ("cops", "eei", (Fraction("64.5"), 9)),
        ("software", "backward", (5, 5)),
        ("software", "ce", (Fraction("42.25"), 5)),
        ("cops", "upgrading_sum", (Fraction("54.5"), 9)),
        ("natural_resource", "upgrading_sum", (67, 11)),
    ],
)
def test_averages_by_hand(averages, sector, column, sums):
    total, n = sums
    assert abs(Fraction(averages.loc[sector, column]) - Fraction(total) / n) <= Fraction(1, 20000)
    assert averages.loc[sector, "n"] == n


def test_upgrading_that_no_table_scores_has_no_mean(averages):
    assert averages.loc["traditional", "intersectoral"] == ""
    assert averages.loc["cops", "intersectoral"] == "0.0000"


def test_omitting_what_is_not_available_changes_the_divisor(clusters):
    frame = measured(clusters, Choices(missing="omit"))
    averages = sector_averages(frame).set_index("sector")
    counts = sector_counts(frame).set_index("sector")
    assert averages.loc["traditional", "information"] == "1.8214"  # 25.5 / 14
    assert averages.loc["traditional", "functional"] == "0.7500"  # 10.5 / 14
    assert (counts.loc["traditional", "information"], counts.loc["traditional", "n"]) == (14, 15)
    assert counts.loc["traditional", "ce"] == 14


@pytest.mark.parametrize(
    ("sector", "degree", "n", "means"),
    [  # tables 10 and 14, printed to two decimals (14 truncates 2.666... to 2.66)
        ("natural_resource", "High", 4, ("3.0000", "3.0000", "1.0000", "0.7500")),
        ("natural_resource", "Medium", 6, ("2.5000", "2.3333", "0.3333", "0.0000")),
        ("natural_resource", "Low", 1, ("2.0000", "2.0000", "0.0000", "1.0000")),
        ("cops", "High", 0, ("", "", "", "")),
        ("cops", "Medium", 6, ("2.3333", "2.6667", "1.0000", "0.0000")),
        ("cops", "Low", 3, ("2.6667", "2.6667", "0.8333", "0.0000")),
        ("traditional", "High", 2, ("2.5000", "2.5000", "1.2500", "")),
        ("traditional", "Medium", 10, ("1.9000", "2.0000", "0.6000", "")),
        ("traditional", "Low", 3, ("1.3333", "2.1667", "0.6667", "")),
    ],
)
@pytest.mark.parametrize("reading", ["printed", "recomputed"])
def test_cross_tabulations_cell_by_cell(clusters, cells, reading, sector, degree, n, means):
    indices = as_printed(clusters, cells) if reading == "printed" else recompute(clusters, Choices())
    table = crosstabs(measures(clusters, written(indices), Choices()))
    rows = table[(table["sector"] == sector) & (table["degree"] == degree)].set_index("upgrading")
    assert tuple(rows.loc[list(UPGRADING), "mean"]) == means
    assert set(rows["n"]) == {n}


def test_software_moves_as_a_whole_between_the_readings(clusters, cells):
    n = {}
    for reading, indices in (("printed", as_printed(clusters, cells)), ("recomputed", recompute(clusters, Choices()))):
        table = crosstabs(measures(clusters, written(indices), Choices()))
        chosen = table[(table["sector"] == "software") & (table["upgrading"] == "product")]
        n[reading] = dict(zip(chosen["degree"], chosen["n"], strict=True))
    assert n == {"printed": {"High": 1, "Medium": 4, "Low": 0}, "recomputed": {"High": 0, "Medium": 5, "Low": 0}}


def test_all_sectors_together_are_the_sum_of_the_sectors(clusters):
    table = crosstabs(measured(clusters))
    product = table[table["upgrading"] == "product"]
    parts = product[product["sector"] != "all"].groupby("degree")["n"].sum()
    whole = product[product["sector"] == "all"].set_index("degree")["n"]
    assert whole.to_dict() == parts.to_dict() == {"High": 6, "Medium": 27, "Low": 7}


def test_shuffled_clusters_give_the_same_means(clusters):
    shuffled = clusters.sample(frac=1, random_state=1).reset_index(drop=True)
    first = crosstabs(measured(clusters)).sort_values(["sector", "degree", "upgrading"]).reset_index(drop=True)
    second = crosstabs(measured(shuffled)).sort_values(["sector", "degree", "upgrading"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(first, second)
