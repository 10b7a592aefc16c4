"""The tidy clusters against hand-read rows of the report."""

import pytest

from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, ITEMS, UPGRADING


@pytest.fixture(scope="module")
def rows(report, cells):
    return {row["cluster"]: row for row in cluster_records(report.clusters, cells)}


def pick(row, columns):
    return " ".join(row[column] for column in columns)


def test_forty_clusters_in_the_order_of_the_list(report, rows):
    assert list(rows) == [row["cluster"] for row in report.clusters]
    assert all(tuple(row) == CLUSTER_COLUMNS for row in rows.values())


@pytest.mark.parametrize(
    ("cluster", "items", "upgrading", "governance"),
    [  # read from Annex 1, tables 4, 5, 8, 9, 12, 13 and 16 by eye
        ("medellin-textiles", "2.00 2.00 1.00 1.50 1.00 2.00 1.00 2.00", "2.00 2.00 1.00 ", "0 0 1 0"),
        ("bucaramanga-garments", "3.00 1.00 n.a. 2.00 1.00 2.00 1.00 1.00", "1.50 1.50 n.a. ", "2 0 0 0"),
        ("campina-grande-footwear", "2.00 2.00 1.00 2.00 1.50 1.50 1.50 1.50", "1.50 1.50 0.00 ",
         "n.a. n.a. n.a. n.a."),
        ("rio-pardo-tobacco", "3.00 2.00 2.00 1.00 1.00 3.00 1.00 1.00", "3.00 3.00 0.00 0.00", "0 0 2 0"),
        ("santa-catarina-apples", "3.00 3.00 2.50 2.00 3.00 2.00 2.50 3.00", "3.00 3.00 0.00 0.00", "1 0 3 0"),
        ("jalisco-electronics", "3.00 1.00 2.00 0.00 1.00 0.00 1.50 0.88", "2.50 2.50 0.00 0.00", "0 0 2 0"),
        ("blumenau-software", "3.00 1.50 2.00 3.00 1.00 3.00 2.00 3.00", "3.00 3.00 2.00 ", "   "),
    ],
)  # fmt: skip
def test_rows_read_by_eye(rows, cluster, items, upgrading, governance):
    row = rows[cluster]
    assert (pick(row, ITEMS), pick(row, UPGRADING), pick(row, GOVERNANCE)) == (items, upgrading, governance)


def test_a_lost_score_stays_empty(report, cells):
    place = ("A3", "rio-pardo-tobacco", "labour_market")
    lost = [
        cell | {"status": "lost", "value": ""} if (cell["table"], cell["row"], cell["column"]) == place else cell
        for cell in cells
    ]
    assert cluster_records(report.clusters, lost)[15]["labour_market"] == ""
