"""What the audit may cost: many rows with a wrong total and mean, and slips that grow with the cells."""

import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def measured(project):
    """Seconds, megabytes and findings of one size, in a process of its own, as benchmarks/audit.md measures them."""

    def run(*arguments: str) -> dict[str, float]:
        command = [sys.executable, str(project / "benchmarks/audit_scale.py"), *arguments]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    return run


def test_a_wrong_total_and_a_wrong_mean_of_a_thousand_rows(measured):
    got = measured("1000")
    assert got["findings"] == 2
    assert got["s"] < 1
    assert got["mb"] < 200


def test_the_cost_of_slips_grows_with_the_cells(measured):
    """Slips in 1 % of the numbers: ten times the cells, which by the square would be a hundred times the cost."""
    few, many = measured("2", "12", "0.01"), measured("20", "12", "0.01")
    assert many["cells"] / few["cells"] > 9
    assert many["s"] / few["s"] < 60
