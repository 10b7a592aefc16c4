"""The rules of statcheck on its own cases (tests/testthat/test-error.R and test-decisionerror.R, version 1.5.0)."""

import pytest
from small_reports import small_audit

ERRORS = {  # test, statistic, df, df2, p, tails: whether statcheck calls it an error
    ("t", "2.20", "28", "", ".03", "two"): True,
    ("F", "2.20", "2", "28", ".15", "two"): True,
    ("r", ".22", "28", "", ".26", "two"): True,
    ("chi2", "22.20", "28", "", ".79", "two"): True,
    ("z", "2.20", "", "", ".04", "two"): True,
    ("z", "-2.42", "", "", "0.016", "two"): False,
    ("t", "-2.20", "28", "", ".03", "two"): True,
    ("t", "2.20", "28", "", "ns", "two"): True,
    ("t", "2.20", "28", "", "> .05", "two"): True,
    ("t", "2.0", "28", "", "< .05", "two"): False,
    ("t", "1.20", "28", "", ".03", "two"): True,
    ("t", "2.20", "28", "", ".30", "two"): True,
    ("t", "2", "28", "", ".02", "two"): False,  # rounded
    ("t", "2", "28", "", ".14", "two"): False,
    ("t", "2.2", "28", "", ".03", "two"): False,
    ("t", "2.2", "28", "", ".04", "two"): False,
    ("t", "2.20", "28", "", ".036", "two"): False,
    ("t", "2.20", "28", "", ".037", "two"): False,
    ("t", "2.20", "28", "", ".02", "one"): False,
    ("t", "2.20", "28", "", ".04", "one"): True,
    ("t", "2.20", "28", "", ".018", "two"): True,
    ("t", "2.20", "28", "", ".018", "either"): False,
    ("t", "2.20", "28", "", ".01", "either"): True,
    ("t", "22.20", "28", "", ".000", "two"): True,
    ("t", "22.20", "28", "", "< .000", "two"): True,
    ("t", "2.2", "28", "", "< .08", "two"): False,
    ("t", "2.2", "28", "", "> .02", "two"): False,
    ("t", "2.2", "28", "", ".08", "two"): True,
    ("t", "2.2", "28", "", ".02", "two"): True,
    ("t", "2.2", "28", "", "> .08", "two"): True,
    ("t", "2.2", "28", "", "< .02", "two"): True,
    ("t", "< 2.2", "28", "", ".08", "two"): False,
    ("t", "< 2.2", "28", "", "> .08", "two"): False,
    ("t", "< 2.2", "28", "", "< .08", "two"): False,
    ("t", "< 2.2", "28", "", "> .02", "two"): False,
    ("t", "< 2.2", "28", "", "< .02", "two"): True,
    ("t", "< 2.2", "28", "", ".02", "two"): True,
    ("t", "> 2.2", "28", "", ".02", "two"): False,
    ("t", "> 2.2", "28", "", "> .02", "two"): False,
    ("t", "> 2.2", "28", "", "< .02", "two"): False,
    ("t", "> 2.2", "28", "", "< .08", "two"): False,
    ("t", "> 2.2", "28", "", "> .08", "two"): True,
    ("t", "> 2.2", "28", "", ".08", "two"): True,
}
DECISIONS = [  # statistics whose p stands on the wrong side of 0.05
    ("t", "2.20", "28", "", ".06"), ("t", "1.20", "28", "", ".03"), ("F", "22.20", "2", "28", ".06"),
    ("F", "2.20", "2", "28", ".03"), ("r", ".22", "28", "", ".03"), ("r", ".52", "28", "", ".06"),
    ("chi2", "2.20", "28", "", ".03"), ("chi2", "52.20", "28", "", ".06"), ("z", "1.20", "", "", ".03"),
    ("z", "2.20", "", "", ".06"),
]  # fmt: skip


def severities(test: str, statistic: str, df: str, df2: str, p: str, **keys: object) -> list[str]:
    degrees = {name: name for name, text in (("df", df), ("df2", df2)) if text}
    columns = {name: {"kind": "item", "format": "number"} for name in ("x", "p", *degrees)}
    header = ",".join(["row", "x", *degrees, "p"])
    cells = ",".join(["a", statistic, *(text for text in (df, df2) if text), p])
    check = {"id": "c", "kind": "test_result", "layouts": ["t"], "test": test, "statistic": "x", "p": "p"}
    done = small_audit({"t": f"{header}\n{cells}\n"}, {**check, **degrees, **keys}, columns=columns)
    return [finding.severity for finding in done.findings if finding.check == "c"]


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_is_what_statcheck_calls_one(case):
    test, statistic, df, df2, p, tails = case
    assert bool(severities(test, statistic, df, df2, p, tails=tails)) == ERRORS[case]


@pytest.mark.parametrize("case", DECISIONS)
def test_a_decision_error_is_a_decision(case):
    assert severities(*case) == ["decision"]


@pytest.mark.parametrize(
    ("statistic", "p", "alpha", "severity"),
    [
        ("2.20", ".11", 0.10, "decision"), ("1.20", ".09", 0.10, "decision"), ("5.20", ".02", 0.01, "decision"),
        ("2.20", ".05", 0.05, "numeric"),  # p = alpha counts as significant
    ],
)  # fmt: skip
def test_another_level(statistic, p, alpha, severity):
    assert severities("t", statistic, "28", "", p, alpha=alpha) == [severity]
