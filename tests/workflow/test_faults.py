"""A job whose writing fails leaves the whole result or none; `make faults` tries every call of every rule."""

import shutil
import sys

import pytest
from conftest import PROJECT, needs

sys.path.insert(0, str(PROJECT / "tests/faults"))
from faults import Faults, round_of


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
