"""Findings and claims: putting a finding right changes the claims that rest on its cells, and no others."""

import pytest

from collective_efficiency.audit.claims_changed import claims_changed


@pytest.fixture(scope="module")
def changed(project, report):
    return claims_changed(report, (project / "data/report/claims.yaml").read_bytes())


def test_nothing_put_right_changes_no_claim(changed):
    assert changed({}) == ()


def test_the_sum_of_chipilo_put_right_makes_every_joint_action_index_a_sum(changed):
    # C011: the joint action index is the sum of its four scores; by hand, Chipilo is the only row where it is not
    jai = {("A2", "chipilo-furniture", "jai"): "4", ("T3", "chipilo-furniture", "jai"): "4.0"}
    assert "C011 contradicted -> supported" in changed(jai)
    assert not any(claim.startswith("C030 ") for claim in changed(jai))  # of another sector


def test_a_format_changes_no_claim(changed):
    assert changed({("A1", "medellin-textiles", "eei"): "6.5"}) == ()
