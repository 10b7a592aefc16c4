"""The data beside each figure is what the figure draws."""

import csv
import io
from fractions import Fraction

import pytest
from exhibits_data import drawn_data

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.cluster_figures import ce_by_cluster, eei_jai, item_profiles, printed_recomputed
from collective_efficiency.exhibits.governance_figure import governance_figure
from collective_efficiency.exhibits.marks import marks_csv
from collective_efficiency.exhibits.style import MARKERS
from collective_efficiency.exhibits.upgrading_figures import crosstabs_figure, degree_upgrading
from collective_efficiency.words import UPGRADING

OTHER = Choices("omit", Fraction(9), Fraction(6), Fraction(1, 4), Fraction(3, 4))


@pytest.fixture(scope="module", params=[Choices(), OTHER], ids=["report", "other"])
def data(request, report, clusters, cells):
    return drawn_data(report, clusters, cells, request.param)


def marks(name, data):
    return list(csv.DictReader(io.StringIO(marks_csv(name, data))))


def known(values):
    return [float(value) for value in values if value == value]


def test_indices(data):
    lines = [line for ax in ce_by_cluster(data).axes for line in ax.lines if line.get_marker() in MARKERS]
    drawn = [value for line in lines for value in known(line.get_xdata())]
    assert [float(mark["ce"]) for mark in marks("ce_by_cluster", data)] == drawn


def test_both_sides(data):
    """A marker, and how many clusters it stands for, against the clusters."""
    drawn = []
    for ax in eei_jai(data).axes:
        times = {text.xy: int(text.get_text()[1:]) for text in ax.texts if text.get_text().startswith("×")}
        for line in ax.lines:
            if line.get_marker() in MARKERS:
                place = (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
                drawn += [place] * times.get(place, 1)
    assert sorted((float(mark["jai"]), float(mark["eei"])) for mark in marks("eei_jai", data)) == sorted(drawn)


def test_scores_and_their_means(data):
    listed = marks("item_profiles", data)
    axes = item_profiles(data).axes
    scores = sorted(value for ax in axes for value in known(ax.collections[0].get_offsets()[:, 0].filled(float("nan"))))
    assert sorted(float(mark["value"]) for mark in listed if mark["mark"] == "cluster") == scores
    means = [value for ax in axes for line in ax.lines if line.get_marker() == "|" for value in line.get_xdata()]
    assert [float(mark["value"]) for mark in listed if mark["mark"] == "mean"] == pytest.approx(means, abs=1e-4)


def test_upgrading_by_degree(data):
    listed = marks("degree_upgrading", data)
    for ax, kind in zip(degree_upgrading(data).axes, UPGRADING, strict=True):
        of_kind = [mark for mark in listed if mark["upgrading"] == kind]
        points = sorted(float(y) for each in ax.collections if not hasattr(each, "get_segments")
                        for y in each.get_offsets()[:, 1])  # fmt: skip
        assert sorted(float(mark["value"]) for mark in of_kind if mark["mark"] == "cluster") == points
        lines = [each.get_segments()[0][0][1] for each in ax.collections if hasattr(each, "get_segments")]
        means = [mark for mark in of_kind if mark["mark"] == "mean"]
        assert [float(mark["value"]) for mark in means] == pytest.approx(lines, abs=1e-4)
        counts = [text.get_text().partition("\n")[2] for text in ax.get_xticklabels()]
        assert [f"n = {mark['n']}" for mark in means] == [count for count in counts if count != "n = 0"]


def test_cells_of_the_heat_table(data):
    axes = crosstabs_figure(data).axes
    shown = sorted(text.get_text() for ax in axes for text in ax.texts if " (" in text.get_text())
    with_mean = [mark for mark in marks("crosstabs", data) if mark["mean"]]
    assert sorted(f"{float(mark['mean']) + 1e-9:.2f} ({mark['n_scored']})" for mark in with_mean) == shown
    outlined = sum(not patch.get_fill() for ax in axes for patch in ax.patches)
    assert sum(mark["differ"] == "yes" for mark in marks("crosstabs", data)) == outlined


def test_bars(data):
    bars = [bar for ax in governance_figure(data).axes for container in ax.containers for bar in container]
    drawn = sorted(int(bar.get_width()) for bar in bars)
    assert sorted(int(mark["n"]) for mark in marks("governance", data)) == drawn


def test_printed_against_recomputed_is_by_the_reports_rules(data, report, clusters, cells):
    listed = marks("printed_recomputed", data)
    assert listed == marks("printed_recomputed", drawn_data(report, clusters, cells))
    assert sum(mark["differ"] == "yes" for mark in listed) == 9  # as README says
    same, printed, recomputed = [line.get_xdata() for line in printed_recomputed(data).axes[0].lines
                                 if line.get_marker() in ("o", "D")]  # fmt: skip
    assert sorted(float(mark["printed"]) for mark in listed if not mark["differ"]) == sorted(same)
    differ = [mark for mark in listed if mark["differ"]]
    assert sorted(float(mark["printed"]) for mark in differ) == sorted(printed)
    assert sorted(float(mark["recomputed"]) for mark in differ) == sorted(recomputed)
