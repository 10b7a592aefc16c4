"""Decision errors by the rules of statcheck, on its own cases (tests/testthat/test-decisionerror.R, version 1.6.0).

Its other cases stand in tests/cases/peers.yaml.
"""

import pytest
from small_reports import small_audit

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
