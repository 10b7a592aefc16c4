"""Words that follow the numbers, the page, the figures; and a plan that asks for less."""

import re
from dataclasses import replace

import pytest
from inference_data import MADE_UP, PLAN, SECTORS, asked_of, frames_of_made_up

from collective_efficiency.choices import Choices
from collective_efficiency.inference.answer_figures import ANSWER_FIGURES, association_figure, drawn_answer
from collective_efficiency.inference.answer_tables import TABLE_NOTES, TABLES, answer_tables_page
from collective_efficiency.inference.answers import MEANING, answer_caption, answers_markdown, answers_of_reading
from collective_efficiency.inference.basis import AnswerBasis
from collective_efficiency.inference.wording import answers_in_words

BASIS = AnswerBasis("report", "recomputed", Choices(), PLAN, SECTORS)


def text_of(frames):
    return answers_markdown(answers_in_words(frames, BASIS), BASIS)


def test_text_follows_the_numbers():
    frames = frames_of_made_up()
    assert "None holds at 0.05 after Holm's adjustment" in text_of(frames)
    changed = {name: frame.copy() for name, frame in frames.items()}
    rows = changed["associations"]
    chosen = rows.index[
        (rows["family"] == "collective_efficiency") & (rows["predictor"] == "jai") & (rows["outcome"] == "process")
    ]
    rows.loc[chosen, ["p", "holm", "bh", "maxt"]] = "0.000500"
    text = text_of(changed)
    assert "After Holm's adjustment 1 holds at 0.05: joint action index with process upgrading" in text


def test_page_escapes_and_holds_every_table():
    frames = frames_of_made_up()
    changed = {name: frame.copy() for name, frame in frames.items()}
    changed["scales"].loc[:, "note"] = "<script>"
    html = answer_tables_page(changed, BASIS)
    assert "<script>" not in html
    titles = [title for title, _, _ in TABLES]
    assert all(title in html for title in titles)
    assert set(titles) == set(TABLE_NOTES)


def test_the_number_that_counts_is_named_and_stands_in_its_table():
    """Of every table but the scales and the parts, which answer no question by one number."""
    for title, name, columns in TABLES:
        named = re.search(r"[Tt]he number that counts is (\w+)", TABLE_NOTES[title])
        if named:
            assert named[1] in (columns or frames_of_made_up()[name].columns), title


def test_the_answers_begin_with_what_a_p_value_means_and_are_short():
    """The report's own answers: 1,500 words at most, of which the first say what a p-value of published cases means."""
    files = answers_of_reading(frames_of_made_up(), BASIS)
    words = files["answers.md"].decode()
    assert words.splitlines()[4] == MEANING.replace("_", "\\_")
    assert len(words.split()) <= 1500
    page = files["answers.html"].decode()
    assert page.index(MEANING) < page.index("does upgrading go with it")
    assert "<td>" not in page
    assert 'href="answer_tables.html"' in page
    assert "before looking" not in words


def test_blocks_parts_and_power_are_said_from_their_numbers():
    changed = {name: frame.copy() for name, frame in frames_of_made_up().items()}
    blocks = changed["blocks"]
    chosen = (blocks["predictor"] == "jai") & (blocks["outcome"] == "process")
    for block, p in (("sector", "0.020000"), ("country", "0.300000"), ("sector_country", "0.010000"), ("none", "0.04")):
        blocks.loc[chosen & (blocks["block"] == block), "p"] = p
    parts = changed["parts"]
    chosen = (parts["predictor"] == "jai") & (parts["outcome"] == "process")
    parts.loc[chosen, ["p", "tau_b"]] = "0.010000"
    parts.loc[chosen & (parts["without"] == "software"), ["p", "tau_b"]] = "0.200000"
    power = changed["power"]
    power.loc[power["level"] == "family", "detectable"] = "0.6100"
    power.loc[power["level"] == "unadjusted", "detectable"] = "0.4100"
    text = text_of(changed)
    assert "p 0.0200 within sectors, 0.3000 within countries, 0.0100 within both, 0.0400 within neither" in text
    assert "without any of 1 of the 3 parts, most without Software (p 0.2000, tau-b 0.20)" in text
    assert "product upgrading: tau-b 0.61 (tau-b 0.41)" in text


@pytest.mark.parametrize("name", ANSWER_FIGURES)
def test_figures_are_the_same_bytes_on_every_run(name):
    frames = frames_of_made_up()
    images = drawn_answer(name, frames, BASIS)
    assert images == drawn_answer(name, frames, BASIS)
    assert images["png"].startswith(b"\x89PNG")


def test_a_plan_that_asks_for_less():
    """The families are the analyst's: text, figures and captions are of what is asked, and never empty."""
    family = replace(PLAN.families[3], outcomes=("functional", "upgrading_sum"))
    plan = replace(PLAN, families=(family,), power_predictor="jai", level=0.9, significance=0.1)
    basis = replace(BASIS, choices=Choices(missing="omit"), plan=plan)
    less = asked_of(MADE_UP, plan)
    files = answers_of_reading(less, basis)
    words = files["answers.md"].decode()
    assert words.splitlines()[2] == basis.choices_line
    assert "n.a. is left out" in basis.choices_line
    assert "Smallest association of the joint action index that is found with power 0.8 at" in words
    assert "at 0.1, as if it had been the only test" in words
    assert "ollective efficiency index with" not in words
    for name in ANSWER_FIGURES:
        drawn = files[f"{name}.svg"].decode()
        assert "not asked" not in drawn
        caption = files[f"{name}.md"].decode()
        shown = "the joint action index" if name == "power" else "taking part in quasi-hierarchical chains"
        assert shown in " ".join(caption.split())
        assert f"<!-- {shown}" in drawn or f" {shown}" in drawn  # what a figure writes stands beside its path
        assert "n.a. left out" in caption
        assert caption.endswith(f"{basis.choices_line}\n")


def test_the_association_figure_shows_what_is_asked_of_its_predictor():
    """A panel a kind of upgrading, a line a scope: all of them asked, by the plan of the made-up clusters."""
    frames = frames_of_made_up()
    figure = association_figure(frames, BASIS)
    assert [ax.get_title() for ax in figure.axes] == ["Product", "Process", "Functional", "Intersectoral"]
    assert (
        figure.get_supxlabel()
        == "Kendall's tau-b with the collective efficiency index; of all, its BCa interval of 95%"
    )
    stratified = replace(BASIS, plan=replace(PLAN, families=PLAN.families[:1]))
    names = [tick.get_text() for tick in association_figure(frames, stratified).axes[0].get_yticklabels()]
    assert names == ["All, within sectors"]


def test_captions_say_what_the_plan_says():
    plan = replace(PLAN, level=0.9, resamples=1234, simulations=4321, significance=0.1, power=0.7)
    captions = {name: answer_caption(name, replace(BASIS, plan=plan)) for name in ANSWER_FIGURES}
    assert "BCa interval of 90%, 1,234 resamples" in captions["association"]
    assert "Share of 4,321 simulations" in captions["power"]
    assert "thin: at 0.1" in captions["power"]
    assert "power asked for, 0.7" in captions["power"]
    assert all(" n.a. as zero" in caption for caption in captions.values())
