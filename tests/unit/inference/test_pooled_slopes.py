"""Partially pooled slopes: against quadrature of the whole model, what must not change them, and calibration."""

import numpy as np
import pytest
from inference_data import SECTORS, frames_of_made_up
from scipy.special import expit
from scipy.stats import chi2, norm

from collective_efficiency.inference.pooled_slopes import COMMON, EFFECTS, pooled_slopes, slope_grid
from collective_efficiency.inference.samples import NoVariationError, TooLargeError

STRATUM = np.repeat(range(4), [15, 11, 9, 5])
X = np.random.default_rng(8).normal(size=40).round(2)
LATENT = np.array([1.5, 0.2, 0.9, -0.5])[STRATUM] * X + np.random.default_rng(9).logistic(size=40)
Y = (LATENT[:, None] > np.array([-0.8, 0.9])).sum(axis=1)


def by_quadrature(x, y, stratum, scale):
    """Mean and deviation of mu and of each slope, (2, 1 + S), by sums over a grid of every parameter; three levels."""
    x = x - (np.bincount(stratum, x) / np.bincount(stratum))[stratum]
    x = x / np.sqrt((x**2).mean())
    cut, effect, slope, tau = (
        np.linspace(-5, 5, 31), np.linspace(-4.5, 4.5, 19), np.linspace(-3.5, 3.5, 57), np.linspace(0, 4 * scale, 17),
    )  # fmt: skip
    first, second = (values.ravel() for values in np.meshgrid(cut, cut))
    first, second = first[second > first], second[second > first]
    prior = expit(first) * expit(-first) * expit(second) * expit(-second)  # the three shares are uniform
    of_effect, of_mu = norm.pdf(effect, scale=EFFECTS), norm.pdf(slope, scale=COMMON)
    width = np.where(tau > 0, tau, 1e-9)
    scattered = np.exp(-(((slope[:, None] - slope)[:, :, None] / width) ** 2) / 2)  # b, mu, tau
    scattered /= scattered.sum(axis=0)
    of_tau = np.exp(-((tau / scale) ** 2) / 2) * np.where(tau > 0, 1, 0.5)
    likelihoods = []  # of each stratum, effects summed out: (cuts, b)
    for number in range(stratum.max() + 1):
        of_pair = np.ones((len(first), len(slope), len(effect)))
        for unit in np.flatnonzero(stratum == number):
            eta = slope[:, None] * x[unit] + effect
            upto = [0.0, expit(first[:, None, None] - eta), expit(second[:, None, None] - eta), 1.0]
            of_pair *= upto[y[unit] + 1] - upto[y[unit]]
        likelihoods.append(of_pair @ of_effect)
    given = [np.tensordot(likelihood, scattered, 1) for likelihood in likelihoods]  # (cuts, mu, tau)
    joint = prior[:, None, None] * of_mu[:, None] * of_tau * np.prod(given, axis=0)
    densities = [joint.sum(axis=(0, 2))]
    for likelihood, own in zip(likelihoods, given, strict=True):
        rest = np.divide(joint, own, out=np.zeros_like(joint), where=own > 0)
        densities.append(np.einsum("cb,bmt,cmt->b", likelihood, scattered, rest, optimize=True))
    shares = np.array([density / density.sum() for density in densities])
    mean = shares @ slope
    return mean, np.sqrt(shares @ slope**2 - mean**2)


def test_means_and_deviations_are_those_of_quadrature():
    """The mode of Laplace's method alone would be 0.05 to 0.3 deviations off, and a twentieth too sure."""
    scale = 0.5
    mean, deviation = by_quadrature(X, Y, STRATUM, scale)
    grid = slope_grid(X, Y, STRATUM, widest=scale)
    logarithm = grid.evidence - (grid.tau / scale) ** 2 / 2
    weight = np.exp(logarithm - logarithm.max()) * np.where(grid.tau == 0, 0.5, 1)
    weight /= weight.sum()
    ours = weight @ grid.means
    assert (abs(ours - mean) < 0.04 * deviation).all()
    assert np.sqrt(weight @ (grid.means**2 + grid.deviations**2) - ours**2) == pytest.approx(deviation, rel=0.04)


def test_a_narrow_prior_pools_wholly_and_a_wide_one_hardly():
    narrow, wide = (pooled_slopes(X, Y, STRATUM, prior_scale=scale) for scale in (0.001, 3.0))
    assert all(slope.mean == pytest.approx(narrow.common.mean, abs=1e-3) for slope in narrow.strata.values())
    means = [[slope.mean for slope in found.strata.values()] for found in (narrow, wide)]
    assert np.ptp(means[1]) > 1 > 100 * np.ptp(means[0])
    assert wide.common.high - wide.common.low > narrow.common.high - narrow.common.low


def test_what_must_not_change_the_slopes():
    found = pooled_slopes(X, Y, STRATUM)
    order = np.random.default_rng(1).permutation(40)
    shuffled = pooled_slopes(X[order], Y[order], STRATUM[order])
    moved = pooled_slopes(X + 7 * STRATUM, 10 + 5 * Y, [f"s{number}" for number in STRATUM])
    halved, turned = pooled_slopes(2 * X, Y, STRATUM), pooled_slopes(X, -Y, STRATUM)
    for number, slope in found.strata.items():
        assert shuffled.strata[number].mean == pytest.approx(slope.mean, abs=1e-7)
        assert moved.strata[f"s{number}"].low == pytest.approx(slope.low, abs=1e-6)
        assert 2 * halved.strata[number].high == pytest.approx(slope.high, abs=1e-6)
        assert turned.strata[number].mean == pytest.approx(-slope.mean, abs=1e-6)
        assert turned.strata[number].positive == pytest.approx(1 - slope.positive, abs=1e-6)


def test_units_that_are_alike_count_once_each():
    near = X + np.linspace(0, 1e-9, 40)
    twice = pooled_slopes(np.tile(X, 2), np.tile(Y, 2), np.tile(STRATUM, 2))
    apart = pooled_slopes(np.concatenate([X, near]), np.tile(Y, 2), np.tile(STRATUM, 2))
    assert twice.common.mean == pytest.approx(apart.common.mean, abs=1e-6)
    assert twice.n == apart.n == 80


def test_missing_values_are_left_out_and_a_stratum_without_variation_borrows():
    x, y = [*X, None, 1.0], [*Y, 1, None]
    found = pooled_slopes(x, y, [*STRATUM, 0, 9])
    assert found.left_out == 2
    assert set(found.strata) == {0, 1, 2, 3}
    alike = pooled_slopes(X, np.where(STRATUM == 2, 2, Y), STRATUM)
    own, common = alike.strata[2], alike.common
    assert common.low - 1 < own.low < own.mean < own.high < common.high + 1
    assert own.high - own.low > common.high - common.low


@pytest.mark.parametrize(
    ("arguments", "choices", "error"),
    [
        (([1, 2], [1, 1], [0, 0]), {}, NoVariationError),
        (([1, 1, 2, 2], [1, 0, 1, 0], [0, 0, 1, 1]), {}, NoVariationError),
        ((range(501), range(501), [0] * 501), {}, TooLargeError),
        (([1, 2], [1, 2], [0, 0]), {"level": 95}, ValueError),
        (([1, 2], [1, 2], [0, 0]), {"prior_scale": 0}, ValueError),
        ((["low", "high"], [1, 2], [0, 0]), {}, ValueError),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments, choices, error):
    with pytest.raises(error):
        pooled_slopes(*arguments, **choices)


def test_separated_outcomes_have_a_finite_slope():
    found = pooled_slopes(range(20), [0] * 10 + [1] * 10, [0, 1] * 10)
    assert 0 < found.common.low < found.common.high < 2
    assert np.isfinite([slope.high for slope in found.strata.values()]).all()


def test_true_slopes_fall_uniformly_into_their_posteriors():
    """Simulation-based calibration (Talts and others 2018); benchmarks/pooling_calibration.py does more of it."""
    rng, stratum, scale, places = np.random.default_rng(12), np.repeat(range(3), [12, 8, 6]), 0.5, []
    for _ in range(500):
        x = rng.normal(size=26)
        x -= (np.bincount(stratum, x) / np.bincount(stratum))[stratum]
        x /= np.sqrt((x**2).mean())
        upto = np.cumsum(rng.dirichlet(np.ones(4)))[:-1]
        mu = rng.normal(0, COMMON)
        true = np.append(mu, mu + abs(rng.normal(0, scale)) * rng.normal(size=3))
        latent = rng.normal(0, EFFECTS, 3)[stratum] + true[1:][stratum] * x + rng.logistic(size=26)
        y = (latent[:, None] > np.log(upto / (1 - upto))).sum(axis=1)
        if not np.ptp(y):
            continue
        grid = slope_grid(x, y, stratum, widest=scale)
        logarithm = grid.evidence - (grid.tau / scale) ** 2 / 2
        weight = np.exp(logarithm - logarithm.max()) * np.where(grid.tau == 0, 0.5, 1)
        places.append(weight @ norm.cdf((true - grid.means) / grid.deviations) / weight.sum())
    counts = np.array([np.bincount((column * 10).astype(int), minlength=10) for column in np.array(places).T])
    expected = len(places) / 10
    assert (chi2.sf(((counts - expected) ** 2 / expected).sum(axis=1), 9) > 0.005).all()


def test_the_frame_has_every_sector_under_three_priors():
    lines = frames_of_made_up()["pooling"]
    assert set(lines["family"]) == {"collective_efficiency_by_sector", "governance_by_sector"}
    chosen = lines[(lines["missing"] == "zero") & (lines["predictor"] == "ce") & (lines["outcome"] == "product")]
    assert chosen.groupby("prior_scale")["scope"].agg(list).tolist() == [["all", *SECTORS]] * 3
    software = chosen[chosen["scope"] == "software"]
    assert set(software["note"]) == {"no variation: what the other sectors say"}
    never = lines[(lines["outcome"] == "intersectoral") & (lines["scope"] == "software") & (lines["prior_scale"] != "")]
    assert set(never["note"]) == {"undefined, never scored"}
    assert set(never["slope"]) == {""}
    widths = chosen.assign(width=chosen["high"].astype(float) - chosen["low"].astype(float))
    by_scale = widths[widths["scope"] == "all"].sort_values("prior_scale")["width"]
    assert by_scale.is_monotonic_increasing
