"""Figures of many clusters: they count what they can no longer mark, and each cluster once."""

from dataclasses import replace

import pandas as pd
import pytest
from exhibits_data import drawn_data
from matplotlib.patches import Rectangle

from collective_efficiency.exhibits.counted_figures import COUNTED_FIGURES, is_counted
from collective_efficiency.exhibits.figure_captions import figure_caption
from collective_efficiency.exhibits.figures import EXHIBIT_FIGURES, drawn_figure


@pytest.fixture(scope="module")
def few(report, clusters, cells):
    return drawn_data(report, clusters, cells)


@pytest.fixture(scope="module")
def many(report, clusters, cells):
    """The report's clusters and 25 copies of each as new ones: 1,040."""
    copies = [clusters.assign(cluster=clusters["cluster"] + f"-{number}", study="new") for number in range(25)]
    data = drawn_data(report, pd.concat([clusters, *copies], ignore_index=True), cells)
    return replace(data, measured=data.measured | {"printed": data.measured["recomputed"]}, unprinted=frozenset())


def bars(ax):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_width() and patch.get_height()]


def test_the_report_has_a_mark_a_cluster(few):
    assert not any(is_counted(name, few) for name in EXHIBIT_FIGURES)


def test_many_clusters_are_counted_each_once(many):
    assert all(is_counted(name, many) for name in COUNTED_FIGURES)
    axes = COUNTED_FIGURES["ce_by_cluster"](many).axes
    heights = [sum(bar.get_height() for bar in bars(ax) if bar.get_width() < 1) for ax in axes]  # the band is wider
    assert heights == [15 * 26, 11 * 26, 9 * 26, 5 * 26]
    texts = [text.get_text() for ax in COUNTED_FIGURES["eei_jai"](many).axes for text in ax.texts]
    assert sum(map(int, texts)) == 40 * 26
    differences = COUNTED_FIGURES["printed_recomputed"](many).axes[0]
    assert sum(bar.get_width() for bar in bars(differences)) == 40 * 26


def test_bars_of_scores_are_as_long_as_the_clusters_are_many(many):
    """In points of the axis; the widest bar takes 0.8 of them. Every cluster has a score of product upgrading."""
    ax = COUNTED_FIGURES["degree_upgrading"](many).axes[0]
    widest = int(ax.get_title().split("widest bar ")[1].rstrip(")").replace(",", ""))
    assert round(sum(bar.get_width() for bar in bars(ax)) * widest / 0.8) == 40 * 26


@pytest.mark.parametrize("name", COUNTED_FIGURES)
def test_a_caption_says_what_is_counted(few, many, name):
    assert figure_caption(name, few) != figure_caption(name, many)
    assert "marker is a cluster" not in figure_caption(name, many)


def test_a_sector_without_clusters_leaves_no_panel(report, clusters, cells):
    kept = clusters[clusters["sector"] != "software"].reset_index(drop=True)
    data = drawn_data(report, kept, cells)
    assert list(data.sectors) == ["traditional", "natural_resource", "cops"]
    assert drawn_figure("eei_jai", data)["svg"]
