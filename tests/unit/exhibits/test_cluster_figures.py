"""Figures of clusters: what is drawn is the data, on whole scales."""

import pytest
from exhibits_data import drawn_data

from collective_efficiency.exhibits.cluster_figures import ce_by_cluster, eei_jai, item_profiles, printed_recomputed
from collective_efficiency.exhibits.style import MARKERS


@pytest.fixture(scope="module")
def data(report, clusters, cells):
    return drawn_data(report, clusters, cells)


def test_every_cluster_is_a_point(data):
    drawn = ce_by_cluster(data)
    points = [line for ax in drawn.axes for line in ax.lines if line.get_marker() in MARKERS]
    assert sum(len(line.get_xdata()) for line in points) == 40


def test_every_score_is_a_point(data):
    drawn = item_profiles(data)
    points = [len(ax.collections[0].get_offsets()) for ax in drawn.axes]
    assert points == [15 * 8, 11 * 8, 9 * 8, 5 * 8]  # clusters of the sector, times the eight scores


@pytest.mark.parametrize("make", [ce_by_cluster, eei_jai, printed_recomputed])
def test_scales_are_whole(data, make):
    ax = make(data).axes[-1]
    assert ax.get_xlim()[0] <= 0
    assert ax.get_xlim()[1] >= 12
