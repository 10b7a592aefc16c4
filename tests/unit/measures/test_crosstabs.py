"""Cross-tabulations: cell by cell against the report's tables 10 and 14, and against brute force in fractions."""

from fractions import Fraction

import pandas as pd
import pytest

from collective_efficiency.choices import Choices
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.crosstabs import cross_cells, crosstabs
from collective_efficiency.measures.indices import as_printed, recompute, written
from collective_efficiency.words import NOT_AVAILABLE, UPGRADING


def measured(clusters):
    return cluster_measures(clusters, written(recompute(clusters, Choices())), Choices())


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
    table = crosstabs(cluster_measures(clusters, written(indices), Choices()))
    rows = table[(table["sector"] == sector) & (table["degree"] == degree)].set_index("upgrading")
    assert tuple(rows.loc[list(UPGRADING), "mean"]) == means
    assert set(rows["n"]) == {n}


def test_software_moves_as_a_whole_between_the_readings(clusters, cells):
    n = {}
    for reading, indices in (("printed", as_printed(clusters, cells)), ("recomputed", recompute(clusters, Choices()))):
        table = crosstabs(cluster_measures(clusters, written(indices), Choices()))
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


def test_exact_cells_equal_brute_force_in_fractions(clusters):
    """Straight from the text of clusters.csv, without frames; `n.a.` counts as zero, an empty text does not count."""
    indices = written(recompute(clusters, Choices()))
    degree = dict(zip(indices["cluster"], indices["degree"], strict=True))
    for cell in cross_cells(measured(clusters)):
        group = [
            record
            for record in clusters.to_dict("records")
            if degree[record["cluster"]] == cell.degree and cell.sector in ("all", record["sector"])
        ]
        scores = [record[cell.upgrading].replace(NOT_AVAILABLE, "0") for record in group if record[cell.upgrading]]
        assert (cell.clusters, cell.scores.count) == (len(group), len(scores))
        assert cell.scores.total == sum(map(Fraction, scores))
        assert cell.scores.mean == (sum(map(Fraction, scores)) / len(scores) if scores else None)
