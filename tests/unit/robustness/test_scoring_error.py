"""Scores off by half a point: against exact probabilities by all errors, by hand, and in another order."""

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from robustness_data import CONFIG, PLAN, toy_clusters

from collective_efficiency.choices import Choices, in_words
from collective_efficiency.inference.exact import jonckheere_terpstra
from collective_efficiency.numbers.scores import unit
from collective_efficiency.robustness.scoring_draws import (
    HALF_POINT_IN_UNITS,
    SOURCES_OF_ERROR,
    ScoringPlan,
    drawn_scores,
    read_scoring_plan,
    with_error,
)
from collective_efficiency.robustness.scoring_error import scoring_error_frame, scoring_error_markdown
from collective_efficiency.robustness.scoring_figure import drawn_scoring_figure
from collective_efficiency.robustness.watched import trends
from collective_efficiency.words import ITEMS, NOT_AVAILABLE

SCORING = ScoringPlan(0.5, 400, 99)


@pytest.fixture(scope="module")
def lines():
    return scoring_error_frame(toy_clusters(), Choices(), SCORING, PLAN)


def exact_share(cluster, by):
    """The probability that a cluster keeps its degree, over all errors of its items: 3**8 of them, or three."""
    scores = [None if cluster[item] == NOT_AVAILABLE else Fraction(cluster[item]) for item in ITEMS]

    def degree(shifts):
        moved = [
            0 if score is None else min(Fraction(3), max(Fraction(0), score + Fraction(shift, 2)))
            for score, shift in zip(scores, shifts, strict=True)
        ]
        ce = Fraction(sum(moved)) / 2
        return 2 if ce >= Fraction(19, 2) else 0 if ce <= 5 else 1

    chance = {0: 0.5, 1: 0.25, -1: 0.25}
    errors = product((-1, 0, 1), repeat=8) if by == "item" else ((shift,) * 8 for shift in (-1, 0, 1))
    same = [shifts for shifts in errors if degree(shifts) == degree((0,) * 8)]
    if by == "source":
        return sum(chance[shifts[0]] for shifts in same)
    return sum(np.prod([chance[shift] for shift in shifts]) for shifts in same)


@pytest.mark.parametrize("by", SOURCES_OF_ERROR)
def test_the_degrees_equal_their_exact_probabilities(lines, by):
    found = lines.query(f"what == 'degree' and by == '{by}'").set_index("key")["share_of_draws_same"].astype(float)
    exact = {cluster["cluster"]: exact_share(cluster, by) for _, cluster in toy_clusters().iterrows()}
    assert set(found.index) == set(exact)
    for cluster, share in exact.items():
        error = np.sqrt(share * (1 - share) / SCORING.draws)
        assert abs(found[cluster] - share) <= 4 * error + 1e-4, cluster


def test_errors_are_half_points_within_the_scale_and_what_is_fixed_stays():
    scores = np.array([[0.0, 3, 1.5, 2], [1, np.nan, 3, 0]]) * unit(Fraction(1))
    fixed = np.isnan(scores)
    fixed[0, 3] = True
    for by in SOURCES_OF_ERROR:
        moved = with_error(scores, fixed, SCORING, by, 1)
        assert moved.shape == (401, 2, 4)
        assert np.array_equal(moved[0], scores, equal_nan=True)
        assert np.isnan(moved[:, 1, 1]).all()
        assert (moved[:, 0, 3] == scores[0, 3]).all()
        shifts = (moved - scores) / HALF_POINT_IN_UNITS
        assert set(shifts[:, 0, 2]) == {-1, 0, 1}
        assert set(shifts[:, 0, 0]) == {0, 1}
        assert set(shifts[:, 0, 1]) == {-1, 0}
        assert abs((shifts[1:, 0, 2] != 0).mean() - 0.5) < 0.1
        together = (shifts[:, 1, 0] == 1) == (shifts[:, 1, 3] == 1)
        assert together.all() == (by == "source")


def test_a_trend_by_hand():
    degree = np.array([[0.0, 1, 2, np.nan], [0, 0, 2, 2], [1, 1, 1, 1], [0, 1, 2, 2], [0, 1, 2, 2]])
    outcome = np.array([[1.0, 2, 2, 9], [3, 3, 1, 1], [0, 1, 2, 3], [1, 2, 0, 1], [1, 1, 0, 2]])
    assert trends(degree, outcome).tolist() == [3, 0, -1, 1, 2]


def test_p_is_near_the_exact_one(clusters):
    plan = ScoringPlan(0.5, 20, 1999)
    found = scoring_error_frame(clusters, Choices(), plan, PLAN).query("by == 'item' and key == 'jai: functional'")
    scores = drawn_scores(clusters, Choices(), plan, "item", 1)
    exact = jonckheere_terpstra(
        scores.index("jai")[0].astype(int), scores.outcome("functional")[0].astype(int), clusters["sector"]
    )
    assert float(found["baseline"].iloc[0]) == pytest.approx(float(exact.p()), abs=0.012)


def test_the_order_of_clusters_changes_nothing(lines):
    again = scoring_error_frame(toy_clusters().iloc[::-1], Choices(), SCORING, PLAN)
    pd.testing.assert_frame_equal(lines, again)


def test_without_error_everything_stays():
    lines = scoring_error_frame(toy_clusters(), Choices(), ScoringPlan(1e-9, 20, 99), PLAN)
    assert set(lines["share_of_draws_same"]) == {"1.0000"}


def test_the_sentences_and_the_figure_say_what_is_declared(lines):
    text = scoring_error_markdown(lines, "report", Choices(), SCORING)
    assert "with probability 0.5" in text
    assert "Of 400 draws each" in text
    assert set(drawn_scoring_figure(lines, in_words(Choices(), "report", "recomputed"))) == {"svg", "png"}
    assert read_scoring_plan(CONFIG).probability == CONFIG["robustness"]["scoring_error"]["probability"]
