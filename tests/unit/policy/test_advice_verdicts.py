"""The rule of docs/policy.md, held against every combination of verdicts, and the report's advice by hand."""

from itertools import product

import pytest
from policy_data import claim_verdicts, cluster_names, golden, policy

from collective_efficiency.claims.verdicts import CLAIM_VERDICTS, CONTRADICTED, NOT_TESTABLE, SUPPORTED
from collective_efficiency.policy.verdicts import ADVICE_VERDICTS, advice_verdicts, changes_of_advice, verdict_on

ADVICE = {each.advice.id: each for each in advice_verdicts(policy(), claim_verdicts(), cluster_names())}


def by_the_page(verdicts: tuple[str, ...], cases: tuple[str, ...]) -> str:
    """The table of docs/policy.md, line by line, as a person would apply it."""
    can_be_tested = [(verdict, case) for verdict, case in zip(verdicts, cases, strict=True) if verdict != NOT_TESTABLE]
    if not can_be_tested:
        return "untested"
    if all(verdict == CONTRADICTED for verdict, _ in can_be_tested):
        return "contradicted"
    case = [case for verdict, case in can_be_tested if verdict != CONTRADICTED]
    if case[0] and all(each == case[0] for each in case):
        return "one case"
    return "stands" if all(verdict == SUPPORTED for verdict, _ in can_be_tested) else "in part"


def test_the_rule_on_every_three_grounds() -> None:
    seen = set()
    for verdicts in product(CLAIM_VERDICTS, repeat=3):
        for cases in product(("", "one", "other"), repeat=3):
            grounds = dict(zip("abc", verdicts, strict=True))
            found = verdict_on(grounds, {claim: case for claim, case in zip("abc", cases, strict=True) if case})
            assert found == by_the_page(verdicts, cases), (verdicts, cases)
            seen.add(found)
    assert seen == set(ADVICE_VERDICTS)


@pytest.mark.parametrize(
    ("advice", "verdict"),
    [
        ("P03", "stands"),  # external economies exceed joint action in every group
        ("P08", "in part"),  # sectors differ, and governance does not do all that the text says
        ("P31", "one case"),  # the metalworking cluster
        ("P04", "untested"),  # literature
        ("P14", "contradicted"),  # Colchagua scores high on access to information
    ],
)
def test_verdicts_by_hand(advice: str, verdict: str) -> None:
    assert ADVICE[advice].verdict == verdict


def test_the_golden_verdicts() -> None:
    assert [each.record() for each in ADVICE.values()] == golden("policy/policy.csv")


def test_what_bears_on_advice_decides_nothing() -> None:
    bearing = {claim for piece in policy().advice for claim in piece.bears}
    only = bearing - {claim for piece in policy().advice for claim in piece.grounds}
    turned = {claim: CONTRADICTED if claim in only else verdict for claim, verdict in claim_verdicts().items()}
    after = advice_verdicts(policy(), turned, cluster_names())
    assert [each.verdict for each in after] == [each.verdict for each in ADVICE.values()]


def test_a_claim_that_changes_names_the_advice_that_rests_on_it() -> None:
    changes = changes_of_advice(policy(), claim_verdicts())
    assert changes([]) == []
    assert changes([("C061", "contradicted", "supported")]) == [("P14", "contradicted", "one case")]
    assert changes([("C043", "supported", "depends")]) == [("P03", "stands", "in part")]
    assert changes([("C055", "supported", "depends")]) == [("P09", "in part", "in part")]
    assert changes([("C145", "contradicted", "supported")]) == []  # a spelling, on which no advice rests
