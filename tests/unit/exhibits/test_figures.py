"""Figures: what is drawn is the data, and the files are the same on every run."""

import numpy as np
import pandas as pd
import pytest

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits import figures
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.governance import participation
from collective_efficiency.measures.indices import as_printed, recompute, written


@pytest.fixture(scope="module")
def data(report, clusters, cells):
    readings = {"recomputed": recompute(clusters, Choices()), "printed": as_printed(clusters, cells)}
    return figures.Data(
        clusters,
        {name: cluster_measures(clusters, written(frame), Choices()) for name, frame in readings.items()},
        pd.DataFrame(participation(clusters.to_dict("records"))),
        {row["sector"]: row["name"] for row in report.sectors},
        {row["sector"]: row["short_name"] for row in report.sectors},
        Choices(),
    )


def test_the_workflow_and_the_library_name_the_same_figures(project):
    rules = (project / "workflow/rules/common.smk").read_text(encoding="utf-8")
    assert all(f'"{name}"' in rules for name in figures.FIGURES)


def test_every_cluster_is_a_point(data):
    drawn = figures.ce_by_cluster(data)
    points = [line for ax in drawn.axes for line in ax.lines if line.get_marker() in figures.MARKERS]
    assert sum(len(line.get_xdata()) for line in points) == 40
    drawn = figures.degree_upgrading(data)
    assert [sum(len(c.get_offsets()) for c in ax.collections if c.get_offsets().shape[0] > 1) for ax in drawn.axes] == [
        40, 40, 40, 20,
    ]  # fmt: skip


def test_ties_are_spread_and_never_cover_each_other():
    points = pd.DataFrame({"x": [1, 1, 1, 2], "y": [0, 0, 0, 0]})
    assert np.allclose(figures.spread(points, ["x", "y"], 0.5), [-0.5, 0, 0.5, 0])


def test_scales_are_whole(data):
    for name in ("ce_by_cluster", "eei_jai", "printed_recomputed"):
        ax = figures.FIGURES[name](data).axes[-1]
        assert ax.get_xlim()[0] <= 0
        assert ax.get_xlim()[1] >= 12


@pytest.mark.parametrize("name", ["governance", "eei_jai"])
def test_the_same_bytes_twice(data, name):
    assert figures.draw(name, data) == figures.draw(name, data)


def test_colours_differ_in_grey_or_by_marker():
    assert len(set(figures.MARKERS)) == len(figures.COLOURS) == len(set(figures.COLOURS))
