"""Captions of figures: the numbers of the choices, whom the figure leaves out, and no words of the default."""

from fractions import Fraction

import pytest
from exhibits_data import drawn_data

from collective_efficiency.choices import OF_THE_REPORT, Choices, in_words
from collective_efficiency.exhibits.figure_captions import READINGS_OF_FIGURE, figure_caption

OTHER = Choices("omit", Fraction(9), Fraction(6), Fraction(1, 4), Fraction(3, 4))


@pytest.fixture(scope="module")
def default(report, clusters, cells):
    return drawn_data(report, clusters, cells)


@pytest.fixture(scope="module")
def other(report, clusters, cells):
    return drawn_data(report, clusters, cells, OTHER)


@pytest.mark.parametrize("name", READINGS_OF_FIGURE)
def test_a_caption_ends_with_the_choices_of_the_run(default, other, name):
    readings = READINGS_OF_FIGURE[name]
    assert figure_caption(name, default).endswith(in_words(OF_THE_REPORT, "report", *readings))
    assert figure_caption(name, other).endswith(in_words(OTHER, "report", *readings))


@pytest.mark.parametrize("name", [name for name in READINGS_OF_FIGURE if name != "printed_recomputed"])
def test_no_caption_keeps_a_word_of_the_default(other, name):
    said = figure_caption(name, other)
    assert not any(old in said for old in ("9.5", "0.5 EEI", "CE ≤ 5", "/ 2", "config.yaml", "counts as zero"))


def test_who_has_no_index_is_said(default, other):
    """Bucaramanga's information is n.a. in table A.1."""
    assert "1 cluster (Bucaramanga) has no index" in figure_caption("ce_by_cluster", other)
    assert "1 cluster (Bucaramanga) has no mark" in figure_caption("eei_jai", other)
    assert "1 score n.a.: left out" in figure_caption("item_profiles", other)
    assert "1 score n.a.: drawn as zero" in figure_caption("item_profiles", default)
    assert "no index" not in figure_caption("ce_by_cluster", default)


def test_another_degree_as_printed_is_said(default):
    assert "1 cluster (Blumenau: High) has another degree" in figure_caption("degree_upgrading", default)


def test_printed_against_recomputed_names_both_rules(other):
    said = figure_caption("printed_recomputed", other)
    assert "Bold: the two differ (9 of 40)" in said
    assert in_words(OF_THE_REPORT, "report", "printed", "recomputed") in said
