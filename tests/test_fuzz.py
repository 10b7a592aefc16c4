"""Mutated inputs, a bounded part of `make fuzz`: refused in words or accepted as the schema allows, and soon.

Verified against another validator (jsonschema's own) and, for YAML, against the fast reader of the same bytes.
"""

import sys

import pytest
from conftest import PROJECT

sys.path.insert(0, str(PROJECT / "tests/faults"))
from fuzz import SECONDS, targets, tried

TARGETS = targets()


@pytest.mark.parametrize("name", TARGETS)
def test_a_mutated_input_is_refused_in_words_or_read(name):
    target, seeds = TARGETS[name]
    slowest, wrong = tried(target, seeds, 500, f"{name} in CI")
    assert wrong == []
    assert slowest < SECONDS


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_mutations_begin_from_is_good(name):
    target, seeds = TARGETS[name]
    for seed in seeds:
        target(seed)
