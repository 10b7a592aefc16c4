"""The stage as a whole: what it makes of the report, and what it needs for it."""

import subprocess
import sys

import pytest
from claims_data import ROOT, content, data

from collective_efficiency.claims.claims import claims_results
from collective_efficiency.problems import BadInputError


def test_the_stage_makes_all_its_outputs_and_the_golden_tables() -> None:
    results = claims_results(content(), data())
    assert sorted(results) == ["csv", "html", "md", "pairs", "png", "svg"]
    golden = ROOT / "tests/expected/audit"
    assert results["csv"] == (golden / "claims.csv").read_bytes()
    assert results["pairs"] == (golden / "contradictions.csv").read_bytes()


def test_a_bad_ledger_makes_nothing() -> None:
    with pytest.raises(BadInputError, match=r"claims\.yaml"):
        claims_results(b"claims: []", data())


def test_evaluating_claims_loads_no_matplotlib() -> None:
    """The audit evaluates claims, and a run checks them before it begins: both would pay for the import."""
    code = "import sys, collective_efficiency.claims.claims; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT / "workflow")
