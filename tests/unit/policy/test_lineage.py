"""From a score to the advice and back, by hand for single ways and against the claims' own changes for all."""

import pytest
from claims_data import data, ledger
from policy_data import golden, policy

from collective_efficiency.policy.lineage import MEASURES, by_measure, lineage_records, sources_of_claims

SOURCES = sources_of_claims(ledger(), data())
BY_MEASURE = {each.measure: each for each in by_measure(policy(), SOURCES)}


def test_claims_are_followed_to_the_clusters_that_they_read() -> None:
    assert SOURCES["C061"].clusters == {"information": frozenset({"colchagua-wine"})}
    assert set(SOURCES["C043"].clusters) == {"eei", "jai"}
    assert len(SOURCES["C043"].clusters["eei"]) == 15  # the traditional clusters
    assert SOURCES["C616"].cells == {"T2": 4}
    assert set(SOURCES["C611"].clusters) >= {"ce", "market", "network", "quasi_hierarchy", "hierarchy"}


def test_the_way_from_access_to_information_to_the_advice() -> None:
    way = BY_MEASURE["information"]
    assert way.indices == ("eei", "ce", "degree")
    assert "C061" in way.claims  # reads it
    assert "C043" in way.through  # reads the index of external economies
    assert {"P14", "P03"} <= set(way.grounds_of)


def test_no_advice_without_a_way_back_to_what_its_grounds_read() -> None:
    assert tuple(BY_MEASURE) == MEASURES
    reached = {advice for each in BY_MEASURE.values() for advice in each.grounds_of}
    for piece in policy().advice:
        if any(SOURCES[claim].clusters for claim in piece.grounds):
            assert piece.id in reached


def test_the_golden_lineage() -> None:
    assert lineage_records(policy(), SOURCES, data().clusters) == golden("policy/lineage.csv")


@pytest.mark.parametrize(("cluster", "score"), [("colchagua-wine", "information"), ("torreon-garments", "product")])
def test_a_score_of_one_cluster_leads_to_what_speaks_of_it(cluster: str, score: str) -> None:
    (row,) = [row for row in golden("policy/lineage.csv") if (row["cluster"], row["score"]) == (cluster, score)]
    claim, advice = {"information": ("C061", "P14"), "product": ("C097", "P16")}[score]
    assert claim in row["claims"].split("; ")
    assert advice in row["grounds_of"].split("; ")
