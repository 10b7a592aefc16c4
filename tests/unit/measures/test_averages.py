"""Sector averages: sums by hand over the scores that the report prints, and its tables 17 to 19."""

from fractions import Fraction

import pytest

from collective_efficiency.choices import Choices
from collective_efficiency.measures.averages import cluster_measures, sector_averages, sector_counts, sector_sums
from collective_efficiency.measures.indices import recompute, written


def measured(clusters, choices=None):
    choices = choices or Choices()
    return cluster_measures(clusters, written(recompute(clusters, choices)), choices)


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


def test_sums_are_exact_and_means_are_rounded_only_when_written(clusters, averages):
    sums = sector_sums(measured(clusters))
    assert (sums["cops"]["upgrading_sum"].total, sums["cops"]["upgrading_sum"].count) == (Fraction("54.5"), 9)
    assert sums["software"]["ce"].mean == Fraction("8.45")  # table 17 prints 8.70
    assert sums["traditional"]["intersectoral"].mean is None
    assert {name: line["ce"].mean_text for name, line in sums.items()} == dict(averages["ce"])
