"""The style of all figures, and how they are saved."""

from matplotlib.figure import Figure

from collective_efficiency.exhibits.style import COLOURS, MARKERS, saved


def test_colours_differ_in_grey_or_by_marker():
    assert len(set(MARKERS)) == len(COLOURS) == len(set(COLOURS))


class Counting(Figure):
    """A figure that counts how often it is drawn."""

    draws = 0

    def draw(self, renderer):
        Counting.draws += 1
        super().draw(renderer)


def make():
    figure = Counting(figsize=(2, 2), layout="constrained")
    figure.subplots().set(title="Title", xlabel="x", aspect="equal")
    return figure


def test_a_figure_is_drawn_once_for_each_file():
    """The layout is done once, without a drawing of its own."""
    Counting.draws = 0
    first = saved(make)
    assert Counting.draws == 2
    assert first == saved(make)
    assert first["svg"].startswith(b"<?xml")
    assert first["png"].startswith(b"\x89PNG")


def test_a_figure_without_a_layout_is_saved_as_it_is():
    assert list(saved(lambda: Figure(figsize=(1, 1)))) == ["svg", "png"]
