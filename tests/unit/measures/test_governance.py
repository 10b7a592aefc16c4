"""Governance counted by eye in tables 4, 8 and 12."""

import pytest

from collective_efficiency.measures.governance import participation


@pytest.fixture(scope="module")
def counts(clusters):
    return {(row["sector"], row["chain"]): row for row in participation(clusters.to_dict("records"))}


@pytest.mark.parametrize(
    ("sector", "chain", "expected"),
    [
        ("traditional", "market", (14, 11, 6, 2, 3)),
        ("traditional", "quasi_hierarchy", (14, 7, 2, 5, 0)),
        ("natural_resource", "quasi_hierarchy", (11, 9, 0, 6, 3)),
        ("cops", "hierarchy", (9, 1, 0, 1, 0)),
        ("software", "market", (0, 0, 0, 0, 0)),
        ("all", "market", (34, 23, 11, 6, 6)),
    ],
)
def test_counts(counts, sector, chain, expected):
    row = counts[sector, chain]
    assert tuple(int(row[key]) for key in ("n_coded", "n", "domestic", "global", "both")) == expected


def test_more_than_one_kind_of_chain_names_the_clusters(counts):
    row = counts["traditional", "more_than_one"]
    assert row["n"] == "6"
    assert row["clusters"].split("; ") == [
        "sinos-footwear", "leon-footwear", "guadalajara-footwear", "espirito-santo-furniture", "sao-bento-furniture",
        "chipilo-furniture",
    ]  # fmt: skip


def test_a_cluster_that_is_not_available_is_not_counted(counts):
    assert all("campina-grande-footwear" not in row["clusters"] for row in counts.values())


def test_each_kind_is_counted_over_the_clusters_coded_for_it():
    """One code is missing: the cluster counts for the other three kinds, and it is known that it takes part in two."""
    codes = {"market": "1", "network": "0", "quasi_hierarchy": "2", "hierarchy": ""}
    one = {"cluster": "a", "sector": "cops"} | codes
    other = one | {"cluster": "b", "quasi_hierarchy": "0"}  # perhaps in two, perhaps in one
    lines = {row["chain"]: row for row in participation([one, other]) if row["sector"] == "cops"}
    assert [lines[chain]["n_coded"] for chain in ("market", "network", "quasi_hierarchy", "hierarchy")] == list("2220")
    assert (lines["market"]["n"], lines["quasi_hierarchy"]["global"]) == ("2", "1")
    assert (lines["more_than_one"]["n_coded"], lines["more_than_one"]["clusters"]) == ("1", "a")
