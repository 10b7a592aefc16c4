"""The rule of the verdicts, case by case as docs/claims.md has it."""

import pytest

from collective_efficiency.claims.verdicts import Outcome, ReadingResult, Role, Strength, verdict_of

HOLDS, FAILS, OPEN, UNDEFINED = Outcome


def result(role: str, *outcomes: Outcome, is_open: bool = False) -> ReadingResult:
    return ReadingResult(Role(role), outcomes, is_open)


@pytest.mark.parametrize(
    ("readings", "verdict"),
    [
        ([], "not_testable"),
        ([result("main", HOLDS, HOLDS)], "supported"),
        ([result("main", FAILS, FAILS)], "contradicted"),
        ([result("main", HOLDS, FAILS)], "depends"),
        ([result("main", HOLDS), result("main", FAILS)], "depends"),
        # what is not known settles nothing, what is not defined says nothing
        ([result("main", HOLDS, OPEN)], "depends"),
        ([result("main", OPEN, OPEN)], "depends"),
        ([result("main", UNDEFINED)], "not_testable"),
        ([result("main", FAILS, UNDEFINED)], "contradicted"),
        # strict and generous readings count only where the text leaves them open, and only to unsettle
        ([result("main", HOLDS), result("strict", FAILS)], "supported"),
        ([result("main", HOLDS), result("strict", FAILS, is_open=True)], "depends"),
        ([result("main", FAILS), result("generous", HOLDS, is_open=True)], "depends"),
        ([result("main", FAILS), result("generous", FAILS, is_open=True)], "contradicted"),
        ([result("main", UNDEFINED), result("generous", FAILS, is_open=True)], "not_testable"),
        # a proxy never counts
        ([result("main", HOLDS), result("proxy", FAILS)], "supported"),
        ([result("proxy", FAILS)], "not_testable"),
        ([result("proxy", HOLDS)], "not_testable"),
    ],
)
def test_readings_combine_to_a_verdict(readings: list[ReadingResult], verdict: str) -> None:
    assert verdict_of(readings) == verdict


@pytest.mark.parametrize(
    ("readings", "verdict"),
    [
        ([result("main", HOLDS)], "supported"),
        ([result("main", HOLDS, FAILS)], "depends"),
        ([result("main", FAILS)], "not_testable"),
        ([result("main", FAILS), result("possible", HOLDS)], "not_testable"),
        ([result("main", FAILS), result("possible", OPEN)], "not_testable"),
        ([result("main", FAILS), result("possible", FAILS)], "contradicted"),
    ],
)
def test_a_hedged_claim_is_contradicted_only_by_what_makes_it_impossible(
    readings: list[ReadingResult], verdict: str
) -> None:
    assert verdict_of(readings, Strength.HEDGED) == verdict
