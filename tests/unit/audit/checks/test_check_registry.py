"""The registry: every kind of check has an example that finds what it says it finds (worked out by hand)."""

from pathlib import Path

import pytest
from small_reports import said, small_audit

from collective_efficiency.audit.checks.reading import check_problems
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.files.yaml_files import own_yaml

EXAMPLES = own_yaml((Path(__file__).parents[3] / "cases/check_examples.yaml").read_text(encoding="utf-8"))


def test_every_kind_has_an_example():
    assert EXAMPLES.keys() == CHECK_KINDS.keys()


@pytest.mark.parametrize(("test", "lacks"), [("t", "df"), ("r", "df"), ("F", "df"), ("F", "df2")])
def test_a_test_without_its_degrees_of_freedom_is_refused(test, lacks):
    check = {"id": "x", "kind": "test_result", "layouts": ["t"], "test": test, "statistic": "t", "p": "p"}
    (problem,) = check_problems([check | {key: "t" for key in ("df", "df2") if key != lacks}])
    assert f"entry x, key {lacks}: the key is missing" in str(problem)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_example_finds_what_it_says(kind):
    example = EXAMPLES[kind]
    checks = [{"id": kind, "kind": kind, **example["check"]}, *example.get("checks", ())]
    described = {key: example.get(key) for key in ("columns", "notes", "files")}
    assert said(small_audit(example["tables"], *checks, **described)) == example["finds"]
