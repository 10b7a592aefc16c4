"""The figure of the raters: drawn for few and many items, the same bytes twice."""

from collective_efficiency.studies.reliability import ALPHA_COLUMNS
from collective_efficiency.studies.reliability_figure import draw_reliability

ROW = dict.fromkeys(ALPHA_COLUMNS, "") | {"item": "inputs", "n_clusters": "3", "alpha": "0.5000", "low": "-0.9000"}
ROWS = [
    ROW | {"high": "0.8000"},
    ROW | {"item": "forward", "alpha": "-0.7000", "low": ""},
    ROW | {"item": "market", "alpha": ""},
]


def test_it_is_drawn_the_same_twice():
    first, second = draw_reliability(ROWS), draw_reliability(ROWS)
    assert first == second
    assert first["png"][:4] == b"\x89PNG"


def test_items_that_nobody_rated_twice_are_left_out():
    assert draw_reliability([*ROWS, ROW | {"n_clusters": "0"}]) == draw_reliability(ROWS)
