"""Findings and claims: putting a finding right changes the claims that rest on its cells, and no others."""

import pytest

from collective_efficiency.audit.claims_changed import claims_changed


@pytest.fixture(scope="module")
def changed(project, report):
    claims, policy = ((project / f"data/report/{name}.yaml").read_bytes() for name in ("claims", "policy"))
    return claims_changed(report, claims, policy)


def test_nothing_put_right_changes_no_claim(changed):
    assert changed({}) == ()


def test_the_sum_of_chipilo_put_right_makes_every_joint_action_index_a_sum(changed):
    # C011: the joint action index is the sum of its four scores; by hand, Chipilo is the only row where it is not
    jai = {("A2", "chipilo-furniture", "jai"): "4", ("T3", "chipilo-furniture", "jai"): "4.0"}
    assert "claim C011 contradicted -> supported" in changed(jai)
    assert not any(claim.startswith("claim C030 ") for claim in changed(jai))  # of another sector


def test_a_format_changes_no_claim(changed):
    assert changed({("A1", "medellin-textiles", "eei"): "6.5"}) == ()


def test_a_claim_that_moves_names_the_advice_that_it_moves(changed):
    """P14 rests on C061 alone, that knowledge does not flow freely in Colchagua, whose access to information is 3."""
    medium = {("A3", "colchagua-wine", "information"): "2", ("A3", "colchagua-wine", "eei"): "10"}
    assert "claim C061 contradicted -> supported" in changed(medium)
    assert "advice P14 contradicted -> one case" in changed(medium)


def test_advice_that_a_claim_moves_not_is_named_too(changed):
    """C053 asks for a labour market in every cluster, which is a ground of P09; C055 and C159 hold it up."""
    none = {("A5", "jalisco-electronics", "labour_market"): "0"}
    said = changed(none)
    assert "claim C053 depends -> contradicted" in said
    assert "advice P09 stays in part" in said
