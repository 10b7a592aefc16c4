"""The stage as a whole: every figure that the workflow asks for, the same bytes on every run."""

import pytest
from exhibits_data import drawn_data

from collective_efficiency.exhibits.figure_captions import READINGS_OF_FIGURE
from collective_efficiency.exhibits.figure_titles import FIGURE_TITLES
from collective_efficiency.exhibits.figures import EXHIBIT_FIGURES, drawn_figure
from collective_efficiency.exhibits.marks import MARKS_OF_FIGURE


@pytest.fixture(scope="module")
def data(report, clusters, cells):
    return drawn_data(report, clusters, cells)


def test_the_workflow_and_the_library_name_the_same_figures(project):
    rules = (project / "workflow/rules/common.smk").read_text(encoding="utf-8")
    assert "FIGURES = tuple(FIGURE_TITLES)" in rules
    assert list(FIGURE_TITLES) == list(EXHIBIT_FIGURES) == list(MARKS_OF_FIGURE) == list(READINGS_OF_FIGURE)


def test_every_figure_has_a_caption(project):
    captions = project / "workflow/collective_efficiency/templates/captions"
    assert all((captions / f"figures/{name}.md.j2").is_file() for name in EXHIBIT_FIGURES)


@pytest.mark.parametrize("name", ["governance", "eei_jai"])
def test_the_same_bytes_twice(data, name):
    first = drawn_figure(name, data)
    assert list(first) == ["svg", "png", "csv", "md"]
    assert first == drawn_figure(name, data)


def test_only_the_clusters_of_studies_are_new(data):
    assert data.new == frozenset()
