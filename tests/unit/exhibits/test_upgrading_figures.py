"""Figures of upgrading: every cluster is a point, and the heat table holds the cells of tables 6, 10 and 14."""

import matplotlib as mpl
import pytest
from exhibits_data import drawn_data

from collective_efficiency.exhibits.upgrading_figures import WHITE_FROM, crosstabs_figure, degree_upgrading


@pytest.fixture(scope="module")
def data(report, clusters, cells):
    return drawn_data(report, clusters, cells)


@pytest.fixture(scope="module")
def table(data):
    return crosstabs_figure(data)


def test_every_cluster_is_a_point(data):
    drawn = degree_upgrading(data)
    assert [sum(len(c.get_offsets()) for c in ax.collections if c.get_offsets().shape[0] > 1) for ax in drawn.axes] == [
        40, 40, 40, 20,
    ]  # fmt: skip


def test_the_heat_table_holds_table_10(table):
    """Natural resource-based, printed in table 10 as 3.00 3.00 1.00 0.75 (4 clusters), 2.50 2.33 ..."""
    panel = table.axes[2]
    assert panel.get_title() == "Natural resource-based (11)"
    assert [text.get_text() for text in panel.texts] == [
        "3.00 (4)", "3.00 (4)", "1.00 (4)", "0.75 (4)",
        "2.50 (6)", "2.33 (6)", "0.33 (6)", "0.00 (6)",
        "2.00 (1)", "2.00 (1)", "0.00 (1)", "1.00 (1)",
    ]  # fmt: skip
    assert all(ax.collections[0].get_clim() == (0, 3) for ax in table.axes[:10])


def test_cells_without_a_mean_say_why(table):
    words = [sorted(text.get_text() for text in ax.texts if " (" not in text.get_text()) for ax in table.axes[:10]]
    heads = {"As printed", "Recomputed"}
    words = [[word for word in each if word not in heads] for each in words]
    assert words[0] == words[1] == ["not scored"] * 3  # table 6 has no intersectoral upgrading
    assert words[4] == words[5] == ["no cluster"] * 4  # table 14: no complex product system is High
    assert words[6] == ["no cluster"] * 4 + ["not scored"] * 2  # software as printed: none is Low
    assert words[7] == ["no cluster"] * 8 + ["not scored"]  # recomputed: nor High, without Blumenau


def test_outlines_stand_where_blumenau_moves(table):
    """From High to Medium: eight cells of the software panel and eight of all sectors, in each reading."""
    outlined = [sum(not patch.get_fill() for patch in ax.patches) for ax in table.axes[:10]]
    assert outlined == [0, 0, 0, 0, 0, 0, 8, 8, 8, 8]


def luminance(colour):
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_numbers_can_be_read_on_every_blue():
    """Contrast as WCAG 2.2 defines it, at least 4.5 to 1 on each hundredth of the scale."""
    for hundredths in range(301):
        blue = luminance(mpl.colormaps["Blues"](hundredths / 300))
        contrast = 1.05 / (blue + 0.05) if hundredths / 100 >= WHITE_FROM else (blue + 0.05) / 0.05
        assert contrast >= 4.5, hundredths
