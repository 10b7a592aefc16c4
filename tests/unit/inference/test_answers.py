"""Words that follow the numbers, the page, the figures; and a plan that asks for less."""

from dataclasses import replace

import pytest
from inference_data import MADE_UP, PLAN, SECTORS, asked_of, frames_of_made_up

from collective_efficiency.inference.answer_figures import ANSWER_FIGURES, drawn_answer
from collective_efficiency.inference.answers import (
    TABLE_TITLES,
    answers_markdown,
    answers_of_reading,
    answers_page,
)
from collective_efficiency.inference.wording import answers_in_words


def text_of(frames, plan, sectors):
    return answers_markdown(answers_in_words(frames, plan, sectors), "recomputed")


def test_text_follows_the_numbers():
    frames = frames_of_made_up()
    assert "None holds at 0.05 after Holm's adjustment" in text_of(frames, PLAN, SECTORS)
    changed = {name: frame.copy() for name, frame in frames.items()}
    rows = changed["associations"]
    chosen = rows.index[
        (rows["family"] == "collective_efficiency") & (rows["predictor"] == "jai") & (rows["outcome"] == "process")
    ]
    rows.loc[chosen, ["p", "holm", "bh", "maxt"]] = "0.000500"
    text = text_of(changed, PLAN, SECTORS)
    assert "After Holm's adjustment 1 holds at 0.05: joint action index with process upgrading" in text


def test_page_escapes_and_holds_every_table():
    frames = frames_of_made_up()
    changed = {name: frame.copy() for name, frame in frames.items()}
    changed["scales"].loc[:, "note"] = "<script>"
    html = answers_page(answers_in_words(changed, PLAN, SECTORS), changed, "recomputed")
    assert "<script>" not in html
    assert all(title in html for title in TABLE_TITLES.values())


@pytest.mark.parametrize("name", ANSWER_FIGURES)
def test_figures_are_the_same_bytes_on_every_run(name):
    frames = frames_of_made_up()
    images = drawn_answer(name, frames, SECTORS, PLAN)
    assert images == drawn_answer(name, frames, SECTORS, PLAN)
    assert images["png"].startswith(b"\x89PNG")


def test_a_plan_that_asks_for_less():
    """The families are the analyst's: whatever is not asked is left out of text and figures, and breaks neither."""
    chosen = replace(PLAN, families=(replace(PLAN.families[2], outcomes=("functional",)),))
    less = asked_of(MADE_UP, chosen)
    assert set(less["associations"]["predictor"]) == set(chosen.families[0].predictors)
    files = answers_of_reading(less, "recomputed", chosen, SECTORS)
    assert b"collective efficiency by sector" not in files["answers.md"]
    for name in ANSWER_FIGURES:
        assert files[f"{name}.svg"].startswith(b"<?xml")
