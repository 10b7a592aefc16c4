"""The examples in the docstrings of the library, run as a reader would type them."""

import doctest
import importlib
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[1] / "workflow/collective_efficiency"
MODULES = {
    ".".join(path.relative_to(LIBRARY.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(LIBRARY.rglob("*.py"))
}
WITH_EXAMPLES = [name for name, path in MODULES.items() if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module_are_true(name):
    module = importlib.import_module(name)
    done = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert done.attempted > 0
    assert done.failed == 0  # what was expected and what came stands in the output that pytest captured


def test_what_a_user_of_the_library_meets_first_has_examples():
    for name in ("words", "problems", "choices", "numbers.printed", "numbers.rounding", "report.ingest"):
        assert f"collective_efficiency.{name}" in WITH_EXAMPLES


def test_the_examples_of_the_pages_for_users_of_the_library_are_true():
    page = LIBRARY.parents[1] / "docs/inference-library.md"
    done = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert done.attempted > 20
    assert done.failed == 0
