"""Ordered logits: the score test against numerical derivatives, what is not identified, and the stage's frames."""

import numpy as np
import pytest
from inference_data import MADE_UP, PLAN

from collective_efficiency.choices import Choices
from collective_efficiency.inference.models import MODEL_COLUMNS, modelled_readings
from collective_efficiency.inference.ordered_logit import _cumulative, ordered_logit, proportional_odds
from collective_efficiency.inference.samples import NoVariationError
from collective_efficiency.measures.indices import recompute, written
from collective_efficiency.words import READINGS

STRATA = np.repeat([0, 1, 2, 3], [15, 11, 9, 5])
RNG = np.random.default_rng(11)
X, Y = RNG.integers(0, 5, 40), RNG.integers(0, 4, 40)


def test_both_readings_have_a_line_a_model():
    """By hand: three indices, four kinds of upgrading, two treatments; software is constant, and left out by name."""
    readings = modelled_readings(MADE_UP, written(recompute(MADE_UP, Choices())), Choices(), PLAN)
    assert tuple(readings) == READINGS
    for frame in readings.values():
        assert tuple(frame.columns) == MODEL_COLUMNS
        assert len(frame) == 24
        assert set(frame.query("outcome == 'product'")["left_out"]) == {"software"}


def test_score_of_proportional_odds_is_the_gradient_of_the_likelihood() -> None:
    """The quadratic form with numerical derivatives of the larger model's likelihood, at the smaller one's maximum."""
    x = RNG.normal(size=200)
    y = np.digitize(x + RNG.logistic(size=200), [-1.0, 0.5, 1.5])
    group = np.repeat([0, 1], 100)
    fit = ordered_logit(x, y, group)
    design = np.column_stack([x, group])
    beta, cuts = np.array([fit.slope, *fit.effects]), np.array(fit.thresholds)

    def log_likelihoods(theta: np.ndarray) -> np.ndarray:
        eta = x[:, None] * theta[3:6] + (group * theta[6])[:, None]
        return np.log(np.diff(_cumulative(theta[:3], eta), axis=1)[np.arange(200), y])

    theta, step = np.concatenate([cuts, [beta[0]] * 3, beta[1:]]), 1e-5
    score = np.array(
        [(log_likelihoods(theta + step * e) - log_likelihoods(theta - step * e)).sum() / (2 * step) for e in np.eye(7)]
    )
    assert abs(score[[0, 1, 2, 6]]).max() < 1e-2  # at the maximum of the smaller model
    value, df = proportional_odds(design, y, beta, cuts)
    gradients = np.stack(
        [(log_likelihoods(theta + step * e) - log_likelihoods(theta - step * e)) / (2 * step) for e in np.eye(7)]
    )
    assert df == 2
    assert value == pytest.approx(
        score @ np.linalg.inv(gradients @ gradients.T) @ score, rel=0.25
    )  # another information


def test_a_sector_without_variation_is_left_out_and_named() -> None:
    x, y, s = np.arange(18.0) % 7, (np.arange(18) * 5) % 3, np.repeat([0, 1, 2], 6)
    y[12:] = 2
    fit = ordered_logit(x, y, s)
    assert (fit.left_out, fit.n, fit.method) == ((2,), 12, "maximum likelihood")
    with pytest.raises(NoVariationError):
        ordered_logit(x, np.ones(18, dtype=int), s)


def test_separation_is_penalised_not_believed() -> None:
    x = np.arange(12.0)
    fit = ordered_logit(x, (x > 5).astype(int) + (x > 8), np.zeros(12, dtype=int))
    assert fit.method == "penalised"
    assert 0 < fit.slope < 25
    assert np.isnan(fit.ratio_p)
