"""Notebooks run in one kernel as if each had its own."""

import re

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from collective_efficiency.run.notebook_config import RUN_CONFIG, config_of_run
from collective_efficiency.run.notebooks import notebook_pages


def notebook(*cells):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]))


def test_one_kernel_in_which_no_notebook_sees_another(tmp_path):
    """The second finds no name of the first and counts its cells from 1; both run in the folder, with the library."""
    (tmp_path / "here.txt").write_text("read from the folder", encoding="utf-8")
    first = notebook("import os\nseen = os.getpid()\nseen", "open('here.txt').read()")
    second = notebook("'seen' in globals()", "import os\nfrom collective_efficiency import words\nos.getpid()")
    pages = notebook_pages([first, second], str(tmp_path), {})
    assert "read from the folder" in pages[0]
    assert [re.findall(r"Out\[(\d+)\]", page) for page in pages] == [["1", "2"], ["1", "2"]]
    kernels = [re.search(r"<pre>(\d+)\s*</pre>", page)[1] for page in pages]
    assert kernels[0] == kernels[1]
    assert re.search(r"<pre>False\s*</pre>", pages[1])
    assert not any(re.search(r"<(script|link)[^>]+(src|href)=\"http", page) for page in pages)


def test_a_cell_that_fails_is_an_error_with_its_traceback(tmp_path):
    with pytest.raises(CellExecutionError, match="no such number"):
        notebook_pages([notebook("raise ValueError('no such number')")], str(tmp_path), {})


CHOSEN = """
from collective_efficiency.run.notebook_config import config_of_run
config_of_run("missing: zero")["missing"]
"""


def test_the_config_is_the_runs_and_nothing_is_the_users(tmp_path, monkeypatch):
    """The run's config counts, not the text of config.yaml; a start-up file of the user's own IPython is not run."""
    started = tmp_path / "home/.ipython/profile_default/startup/00.py"
    started.parent.mkdir(parents=True)
    started.write_text("theirs = 'of the user'", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "home/.ipython"))
    (page,) = notebook_pages([notebook(CHOSEN, "'theirs' in globals()")], str(tmp_path), {"missing": "omit"})
    assert re.findall(r"<pre>([^<]*?)\s*</pre>", page)[-2:] == ["'omit'", "False"]


def test_without_a_run_a_notebook_reads_config_yaml(monkeypatch):
    monkeypatch.delenv(RUN_CONFIG, raising=False)
    assert config_of_run("missing: zero") == {"missing": "zero"}


def test_the_rule_lists_what_the_notebooks_import(project):
    """An edit of a module that a notebook imports must rerun it."""
    rule = (project / "workflow/rules/run.smk").read_text(encoding="utf-8")
    listed = set(re.findall(r'"([\w.]+)"', rule[rule.index("code=library(") : rule.index("    output:")]))
    for path in (project / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            imported = re.findall(r"^from collective_efficiency\.([\w.]+) import", cell.source, re.MULTILINE)
            assert set(imported) <= listed, path
