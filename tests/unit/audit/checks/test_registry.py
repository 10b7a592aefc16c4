"""The registry: every kind of check has an example that finds what it says it finds (worked out by hand)."""

from pathlib import Path

import pytest
from small_reports import said, small_audit

from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.checks.relation_kinds import RELATION_KINDS
from collective_efficiency.files.yaml_files import own_yaml

EXAMPLES = own_yaml((Path(__file__).parents[3] / "cases/check_examples.yaml").read_text(encoding="utf-8"))


def test_every_relation_has_an_example():
    assert {kind.name for kind in RELATION_KINDS} <= EXAMPLES.keys() <= CHECK_KINDS.keys()


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_example_finds_what_it_says(kind):
    example = EXAMPLES[kind]
    check = {"id": kind, "kind": kind, **example["check"]}
    assert said(small_audit(example["tables"], check, columns=example.get("columns"))) == example["finds"]
