"""A job whose writing fails leaves the whole result or none; `make faults` tries every call of every rule."""

import random
import shutil
import sys

import pytest
from conftest import PROJECT, copy_project, needs

sys.path.insert(0, str(PROJECT / "tests/faults"))
from faults import Faults, round_of
from kills import broken_off


@pytest.fixture(scope="module")
def faults(run, tmp_path_factory):
    needs("cc")
    scratch = tmp_path_factory.mktemp("faults")
    return Faults(shutil.copytree(run, scratch / "project"), scratch)


@pytest.mark.parametrize("rule", ["audit", "ingest", "measures"])
def test_a_fault_leaves_the_whole_result_or_none_and_says_so(faults, rule):
    """Independent of the scripts: the calls fail below them, in the C library that all of Python writes through."""
    calls = faults.calls(rule)
    assert calls >= 2
    assert faults.wrong(rule, round_of(0, calls, calls - 1)) == []


def test_a_run_that_is_killed_goes_on_to_the_same_bytes(studied, tmp_path):
    """`make faults` kills a hundred times, and jobs of a cluster, too."""
    folder = copy_project(tmp_path / "killed")
    for name in ("config.yaml", "data/studies/scored_again/clusters.csv", "data/studies/scored_again/study.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy2(studied[0] / name, folder / name)
    expected = studied[0] / "results"
    kills, wrong = broken_off(folder, ["--cores", "2"], expected, latest=12, draw=random.Random(2004), most=3)
    assert (kills, wrong) == (3, "")
