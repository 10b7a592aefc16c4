"""Slopes of strata, shrunk towards a common one: a hierarchical ordered logit (Gelman and Hill 2007, chapter 13).

Of unit i in stratum s, with F the logistic distribution and x in standard deviations about its stratum's mean:

    P(y_i <= j) = F(c_j - a_s - b_s x_i),    b_s ~ N(mu, tau),    a_s ~ N(0, EFFECTS),    mu ~ N(0, COMMON)

tau is half-normal, and all shares F(c_1), F(c_2) - F(c_1), ... of the levels are as likely. There is no sampler. At
each tau of a grid the rest is nearly normal: its mean, variance and evidence are those of Laplace's approximation with
the next terms of the expansion about the mode (Tierney and Kadane 1986; the mode alone lies up to a third of a
standard deviation off, and its intervals are too short by a twentieth). A slope's posterior is the mixture of these
normals over the grid (Rue, Martino and Chopin 2009).
benchmarks/pooling_calibration.md shows that it holds what it says (Talts and others 2018).
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from collective_efficiency.inference.samples import (
    Floats,
    Ints,
    Labels,
    NoVariationError,
    TooLargeError,
    Values,
    codes,
    exact_value,
    observations,
)

COMMON, EFFECTS = 1.0, 1.5  # prior deviations, in log odds
NODES = np.arange(0, 3.75, 0.25)  # of tau, times the prior scale: the evidence is even in tau, so that the trapezoidal
# rule errs by less than 1e-8, and beyond the last node lies less than 0.0005 of the prior
MOST_DIFFERING = 500  # that differ: the expansion takes some 200 megabytes
NEWTON_STEPS, PRECISE = 60, 1e-10  # of Newton's method, and the gain below which it ends
LARGEST_CORRECTION = 0.6  # of a log variance: beyond it the expansion says no more than its sign
HALVINGS = 24  # of the range of an interval's bound


@dataclass(frozen=True)
class PooledSlope:
    """A slope: its posterior mean, the bounds of its central interval, and the probability that it is positive."""

    mean: float
    low: float
    high: float
    positive: float

    def __repr__(self) -> str:
        return f"{self.mean:.3g} ({self.low:.3g} to {self.high:.3g})"


@dataclass(frozen=True, repr=False)
class PooledSlopes:
    """The common slope mu, those of the strata by their labels, and the mean of tau: log odds for 1 of x."""

    common: PooledSlope
    strata: dict[Hashable, PooledSlope]
    spread: float
    n: int
    left_out: int

    def __repr__(self) -> str:
        strata = "; ".join(f"{label} {slope}" for label, slope in self.strata.items())
        missing = f", {self.left_out} left out" if self.left_out else ""
        return f"<pooled slopes: common {self.common}; {strata}; n = {self.n}{missing}>"


@dataclass(frozen=True)
class SlopeGrid:
    """What the data say at each tau, (G,): the log evidence; means and deviations of mu and every slope, (G, 1 + S).

    All in standard deviations of x within strata, of which `unit` is one. labels: of the strata.
    """

    labels: tuple[Hashable, ...]
    unit: float
    tau: Floats
    evidence: Floats
    means: Floats
    deviations: Floats
    n: int
    left_out: int

    def shares(self, prior_scale: float) -> Floats:
        """The posterior of tau, (G,), under a half-normal prior of this scale, no wider than the grid was made for."""
        logarithm = self.evidence - (self.tau / prior_scale) ** 2 / 2
        weight = np.exp(logarithm - logarithm.max())
        weight[0] /= 2  # the trapezoidal rule
        return np.asarray(weight / weight.sum())

    def pooled(self, prior_scale: float, level: float = 0.95) -> PooledSlopes:
        """The posterior of the slopes, a mixture over tau; prior_scale: as `shares` has it."""
        weight = self.shares(prior_scale)
        means, positive = weight @ self.means, weight @ ndtr(self.means / self.deviations)
        low, high = (self._quantiles(weight, share) for share in ((1 - level) / 2, (1 + level) / 2))
        columns = (*(values / self.unit for values in (means, low, high)), positive)
        common, *slopes = (PooledSlope(*values) for values in zip(*(each.tolist() for each in columns), strict=True))
        by_label = dict(zip(self.labels, slopes, strict=True))
        return PooledSlopes(common, by_label, float(weight @ self.tau) / self.unit, self.n, self.left_out)

    def _quantiles(self, weight: Floats, share: float) -> Floats:
        """That quantile of each mixture, (1 + S,), by bisection."""
        low, high = (self.means - 6 * self.deviations).min(axis=0), (self.means + 6 * self.deviations).max(axis=0)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            under = weight @ ndtr((middle - self.means) / self.deviations) < share
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        return np.asarray((low + high) / 2)


def pooled_slopes(
    x: Values, y: Values, strata: Labels, *, prior_scale: float = 0.5, level: float = 0.95
) -> PooledSlopes:
    """The slope of y on x in each stratum, shrunk towards the common one, with central intervals.

    x: numbers; y: ordered values; what is missing is left out. prior_scale: of the half-normal prior of the slopes'
    spread, log odds for a standard deviation of x within strata. Raises NoVariationError where y is constant, or x in
    every stratum; TooLargeError beyond 500 units that differ.

    >>> x, y = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2], [0, 0, 1, 1, 2, 0, 1, 0, 2, 1, 1, 1]
    >>> pooled_slopes(x, y, ["a"] * 5 + ["b"] * 5 + ["c"] * 2).strata["c"]  # all but nothing of its own
    0.978 (-0.312 to 2.14)
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level}: a share between 0 and 1 is needed, as 0.95")
    if not 0 < prior_scale < np.inf:
        raise ValueError(f"prior_scale {prior_scale}: a positive number is needed, as 0.5")
    return slope_grid(x, y, strata, widest=prior_scale).pooled(prior_scale, level)


def slope_grid(x: Values, y: Values, strata: Labels, widest: float) -> SlopeGrid:
    """What the data say at each tau, for prior scales from a quarter of `widest` to that; raises as `pooled_slopes`."""
    data = observations(x, y, strata)
    numbers = np.array([float(value if isinstance(value, float) else exact_value(value)) for value in data.x])
    stratum, places = data.stratum, codes(data.y)
    sizes = np.bincount(stratum)
    centred = numbers - (np.bincount(stratum, numbers) / sizes)[stratum]
    unit = float(np.sqrt((centred**2).mean()))
    if unit <= 1e-12 * float(abs(numbers).max()) or not np.ptp(places):
        raise NoVariationError
    columns, counts = np.unique(np.column_stack([centred / unit, places, stratum]), axis=0, return_counts=True)
    if len(columns) > MOST_DIFFERING:
        raise TooLargeError(f"{len(columns)} units that differ: the expansion takes {MOST_DIFFERING} at most")
    units = _Units(columns[:, 0], columns[:, 1].astype(np.int64), columns[:, 2].astype(np.int64), counts)
    tau = widest * NODES
    terms = _terms(units, tau)
    means, deviations, evidence = _moments(terms, _modes(terms, units))
    return SlopeGrid(data.labels, unit, tau, evidence, means, deviations, len(stratum), data.left_out)


class _Units(NamedTuple):
    """N units that differ: x in standard deviations, the place of y, the stratum, and how many are so, (N,) each."""

    x: Floats
    y: Ints
    stratum: Ints
    alike: Ints


class _Terms(NamedTuple):
    """The log posterior at each of G taus as sums over T terms: weight * log(1 / (1 + sign * exp(-rows @ theta))).

    theta, (P,): thresholds, effects, mu, and z_s = (b_s - mu) / tau. As F(u) - F(l) = F(u) F(-l) (1 - exp(l - u)), the
    terms are logistic (sign 1), but for the gaps between thresholds (sign -1). rows: (G, T, P); slopes: (G, 1 + S, P)
    give mu and b_s; precision: (P,), of the normal priors.
    """

    rows: Floats
    sign: Floats
    weight: Floats
    slopes: Floats
    precision: Floats


def _terms(units: _Units, tau: Floats) -> _Terms:
    cuts, size = int(units.y.max()), int(units.stratum.max()) + 1
    width = cuts + size + 1 + size
    thresholds, slopes = np.eye(cuts, width), np.zeros((len(tau), 1 + size, width))
    slopes[:, :, cuts + size] = 1
    slopes[:, 1:, cuts + size + 1 :] = tau[:, None, None] * np.eye(size)
    effects = np.eye(size, width, cuts)[units.stratum]
    linear = effects + units.x[:, None] * slopes[:, 1 + units.stratum]
    under, above = units.y < cuts, units.y > 0
    shared = np.concatenate([thresholds, -thresholds, np.diff(thresholds, axis=0)])  # uniform shares; gaps
    rows = np.concatenate(
        [
            thresholds[units.y[under]] - linear[:, under],
            linear[:, above] - thresholds[units.y[above] - 1],
            np.broadcast_to(shared, (len(tau), *shared.shape)),
        ],
        axis=1,
    )
    inner = np.bincount(units.y, units.alike)[1:-1]  # units with a threshold on both sides: each has a gap
    ones = np.ones(2 * cuts)
    weight = np.concatenate([units.alike[under], units.alike[above], ones, -inner])
    sign = np.where(weight > 0, 1.0, -1.0)
    precision = np.repeat([0.0, EFFECTS**-2, COMMON**-2, 1.0], [cuts, size, 1, size])
    return _Terms(rows, sign, weight, slopes, precision)


def _log_posterior(terms: _Terms, theta: Floats) -> tuple[Floats, Floats]:
    """Its value at each tau, (G,), minus infinity where thresholds are out of order; rows @ theta, (G, T)."""
    at = (terms.rows @ theta[:, :, None])[:, :, 0]
    with np.errstate(all="ignore"):
        value = -np.log1p(terms.sign * np.exp(-at)) @ terms.weight - theta**2 @ terms.precision / 2
    return np.where(np.isfinite(value), value, -np.inf), at


def _information(terms: _Terms, at: Floats) -> tuple[Floats, Floats, Floats]:
    """The first derivative of each term and minus the second, (G, T), and minus the Hessian, (G, P, P)."""
    rest = 1 / (1 + terms.sign * np.exp(at))
    curvature = terms.weight * rest * (1 - rest)
    hessian = terms.rows.transpose(0, 2, 1) @ (curvature[:, :, None] * terms.rows) + np.diag(terms.precision)
    return rest, curvature, hessian


def _modes(terms: _Terms, units: _Units) -> Floats:
    """Where the posterior, which is concave, is highest at each tau, (G, P)."""
    upto = np.cumsum(np.bincount(units.y, units.alike))
    theta = np.zeros((len(terms.rows), len(terms.precision)))
    theta[:, : len(upto) - 1] = np.log(upto[:-1] / (upto[-1] - upto[:-1]))
    value, at = _log_posterior(terms, theta)
    for _ in range(NEWTON_STEPS):
        rest, _, hessian = _information(terms, at)
        gradient = ((terms.weight * rest)[:, None] @ terms.rows)[:, 0] - terms.precision * theta
        step = np.linalg.solve(hessian, gradient[:, :, None])[:, :, 0]
        if (gradient * step).sum(axis=1).max() < PRECISE:
            break
        share = np.ones(len(theta))
        for _ in range(NEWTON_STEPS):
            tried = theta + share[:, None] * step
            reached, there = _log_posterior(terms, tried)
            worse = reached < value - PRECISE
            if not worse.any():
                break
            share[worse] /= 2
        theta, value, at = tried, reached, there
    return theta


def _moments(terms: _Terms, mode: Floats) -> tuple[Floats, Floats, Floats]:
    """Means and deviations of mu and of the slopes, (G, 1 + S), and the log evidence, (G,), at each tau.

    To the order that follows Laplace's in the expansion about the mode, with the third and fourth derivatives of the
    terms: those of one term are along its row, so that all sums are over pairs of terms.
    """
    value, at = _log_posterior(terms, mode)
    rest, curvature, hessian = _information(terms, at)
    third, fourth = curvature * (1 - 2 * rest), -curvature * (1 - 6 * rest * (1 - rest))
    covariance = np.linalg.inv(hessian)
    spread = terms.rows @ covariance
    between = spread @ terms.rows.transpose(0, 2, 1)  # covariances of the terms' arguments, (G, T, T)
    own = np.einsum("gtt->gt", between)
    pull = third * own
    shift = (pull[:, None] @ spread)[:, 0] / 2
    moved = (terms.rows @ shift[:, :, None])[:, :, 0]
    cubes = third[:, :, None] * between**2 * third[:, None]
    along = terms.slopes @ spread.transpose(0, 2, 1)  # covariances of the slopes with the terms, (G, 1 + S, T)
    plain = np.einsum("gkp,gpq,gkq->gk", terms.slopes, covariance, terms.slopes, optimize=True)
    added = along**2 @ (fourth * own / 2 + third * moved)[:, :, None]
    added = added[:, :, 0] + np.einsum("gkt,gtu,gku->gk", along, cubes, along, optimize=True) / 2
    # As a factor, so that no variance is negative; far from the normal it is bounded.
    variance = plain * np.exp(np.clip(added / plain, -LARGEST_CORRECTION, LARGEST_CORRECTION))
    evidence = value - np.linalg.slogdet(hessian)[1] / 2 + (fourth * own**2).sum(axis=1) / 8
    evidence += (pull[:, None] @ between @ pull[:, :, None])[:, 0, 0] / 8 + (cubes * between).sum(axis=(1, 2)) / 12
    means = (terms.slopes @ (mode + shift)[:, :, None])[:, :, 0]
    return means, np.sqrt(variance), evidence
