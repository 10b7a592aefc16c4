"""The figure shows every claim, tells verdicts by more than colour, and has the same bytes every time."""

from dataclasses import replace

from claims_data import data, ledger

from collective_efficiency.claims.evaluation import evaluate
from collective_efficiency.claims.figure import SIZE_IN_CORNER, VERDICT_MARKS, _figure, claims_figure
from collective_efficiency.claims.pages import by_weight
from collective_efficiency.claims.verdicts import CLAIM_VERDICTS

VERDICTS = evaluate(ledger(), data())
SOME = VERDICTS[:20]


def test_the_figure_has_a_look_for_each_verdict_that_is_not_colour_alone() -> None:
    assert set(VERDICT_MARKS) == set(CLAIM_VERDICTS)
    assert len({mark.marker for mark in VERDICT_MARKS.values()}) == len(VERDICT_MARKS)


def test_every_claim_has_a_mark_with_its_number_and_its_topic_a_line() -> None:
    figure = _figure(by_weight(ledger(), VERDICTS, [], []))
    (axes,) = figure.axes
    assert sorted(int(text.get_text()) for text in axes.texts) == [int(each.claim.id[1:]) for each in VERDICTS]
    topics = {each.claim.topic for each in VERDICTS}
    assert len(axes.get_yticks()) == len(topics)
    assert {label.get_text().rpartition(" (")[0] for label in axes.get_yticklabels()} == topics


def test_the_figure_has_the_same_bytes_every_time() -> None:
    first, second = (claims_figure(by_weight(ledger(), SOME, [], [])) for _ in range(2))
    assert first == second
    assert first["png"].startswith(b"\x89PNG")
    other = [replace(SOME[0], verdict="not_testable"), *SOME[1:]]
    assert first["svg"] != claims_figure(by_weight(ledger(), other, [], []))["svg"]


def test_a_verdict_that_the_choices_change_has_a_small_mark_at_its_corner() -> None:
    chosen = [replace(each, under_your_choices=each.verdict) for each in SOME]
    chosen[0] = replace(chosen[0], under_your_choices="not_testable")
    (axes,) = (figure := _figure(by_weight(ledger(), chosen, [], []))).axes
    sizes = [line.get_markersize() for line in axes.lines]
    small = VERDICT_MARKS["not_testable"].size * SIZE_IN_CORNER
    assert (len(sizes), sizes.count(small)) == (len(SOME) + 1, 1)
    (legend,) = figure.legends
    assert f"(1 of {len(SOME)})" in legend.get_title().get_text()
    before = sum(each.verdict == "not_testable" for each in SOME)
    assert f"not testable ({before} → {before + 1})" in [text.get_text() for text in legend.get_texts()]
