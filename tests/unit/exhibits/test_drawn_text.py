"""Texts in figures: what the bundled font lacks is in Latin letters, nothing is a box, and nothing is too long."""

import warnings
from functools import partial

import pytest
from matplotlib.figure import Figure

from collective_efficiency.exhibits.drawn_text import LONGEST_DRAWN, drawn_text, wrapped_text
from collective_efficiency.exhibits.style import saved

NAMES = (
    "深圳电子集群", "مجموعة الجلود في فاس", "😀🚀 cluster", "N" * 270, "Savings $a_b_c$ cluster", "ሰላም አዲስ", "कानपुर",
    "กรุงเทพ", "\\alpha_{x}^2 $", "Ελλάδα", "Łódź", "\u200b\u202e", "\ue000",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_has_a_glyph(name):
    """matplotlib warns of each letter without one."""

    def make():
        figure = Figure(figsize=(4, 1))
        figure.text(0, 0.5, drawn_text(name))
        return figure

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert saved(make)["png"]
    assert len(drawn_text(name)) <= LONGEST_DRAWN


def test_letters_that_the_font_has_stay():
    for name in ("Łódź Přerov", "مجموعة الجلود", "Ελλάδα", "$a_b$ & <b>"):
        assert drawn_text(name) == name


@pytest.mark.parametrize(
    ("shown", "cuts"),
    [(drawn_text, 1), (wrapped_text, 0), (partial(wrapped_text, width=18), 1), (partial(wrapped_text, room=9), 1)],
)
def test_two_long_names_that_end_otherwise_stay_apart(shown, cuts):
    first, second = (shown(f"Cluster of leather and footwear of the region of Guadalajara {end}") for end in "AB")
    assert (first[-1], second[-1], first.count("…")) == ("A", "B", cuts)


def test_a_title_has_two_lines_at_most():
    assert wrapped_text("word " * 40, 20).count("\n") == 1
    assert max(map(len, wrapped_text("word " * 40, 20, room=4).splitlines())) <= 16
    assert wrapped_text("Specialised suppliers (software)", 38) == "Specialised suppliers (software)"
