"""The figure of clusters scored again: what it draws, and that it draws where little is known."""

import xml.etree.ElementTree as ElementTree

import pytest

from collective_efficiency.studies.agreement import limits
from collective_efficiency.studies.agreement_figure import _figure, draw_agreement
from collective_efficiency.words import INDICES


def cluster(name, *values):
    return {"cluster": name} | dict(zip(INDICES, values, strict=True))


REPORT = [cluster("a", "5.0000", "4.0000", "4.5000"), cluster("b", "8.0000", "7.0000", "7.5000")]
STUDY = [cluster("a", "6.0000", "4.0000", ""), cluster("b", "8.0000", "5.0000", ""), cluster("new", "1", "1", "1")]


@pytest.fixture(scope="module")
def panels():
    figure = _figure(REPORT, STUDY, {row["index"]: row for row in limits(REPORT, STUDY)})
    return dict(zip(INDICES, figure.axes, strict=True))


def test_a_point_is_the_mean_and_the_difference_of_a_cluster_in_both(panels):
    """eei: (5 + 6) / 2 and 1, (8 + 8) / 2 and 0; the lines are at 0.5 and 0.5 -+ 1.96 * sqrt(0.5)."""
    zero, points, *lines = panels["eei"].lines
    assert points.get_xydata().tolist() == [[5.5, 1.0], [8.0, 0.0]]
    assert [line.get_ydata()[0] for line in lines] == pytest.approx(
        [0.5, 0.5 - 1.96 * 0.5**0.5, 0.5 + 1.96 * 0.5**0.5], abs=1e-4
    )
    assert zero.get_ydata()[0] == 0


def test_an_index_that_the_study_lacks_has_neither_points_nor_lines(panels):
    _, points = panels["ce"].lines  # the first is that of no difference
    assert points.get_xydata().tolist() == []


def test_panels_say_their_index_and_how_many_clusters(panels):
    assert [ax.get_title(loc="center").replace("\n", " ") for ax in panels.values()] == [
        "External economies index (2)", "Joint action index (2)", "Collective efficiency index (0)",
    ]  # fmt: skip


def test_it_is_drawn_as_svg_and_png_with_the_same_bytes_every_time():
    first, second = (draw_agreement(REPORT, STUDY, list(limits(REPORT, STUDY))) for _ in range(2))
    assert first == second
    assert ElementTree.fromstring(first["svg"]).tag.endswith("svg")
    assert first["png"].startswith(b"\x89PNG")
