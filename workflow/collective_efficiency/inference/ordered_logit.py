"""Ordered logit of an outcome on an index with sector effects (McCullagh 1980), and what it cannot identify.

A sector whose outcomes are all alike says nothing of the slope, and its effect runs off to infinity (or takes any
value, if it has no cluster beside it): it is left out, and named. Where the slope itself separates the outcomes, its
likelihood has no maximum: the fit is shrunk by a ridge penalty, and the exact test is what counts.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from scipy.special import chdtrc, expit

from collective_efficiency.inference.samples import Floats, Ints, NoVariationError

LARGE = 25.0  # a coefficient beyond which a likelihood is taken to have no maximum
RIDGE = 0.5  # the penalty: half a normal prior of variance 1 / (2 * RIDGE) on standardised predictors


class _Logistic(stats.rv_continuous):  # type: ignore[misc]
    """The logistic distribution without the checks of arguments, which take most of the time of a fit."""

    def cdf(self, x: Floats) -> Floats:
        return np.asarray(expit(x))

    def pdf(self, x: Floats) -> Floats:
        return np.asarray(expit(x) * expit(-np.asarray(x)))


LOGISTIC = _Logistic(name="logistic")


@dataclass(frozen=True)
class OrderedLogit:
    """An ordered logit: slope of the first predictor with its error, likelihood ratio test, score test of proportional
    odds for that slope, all NaN where not identified; the clusters used; the strata left out; how it was fitted."""

    slope: float
    error: float
    ratio: float
    ratio_p: float
    score: float
    score_df: int
    score_p: float
    n: int
    left_out: tuple[int, ...]
    method: str
    effects: tuple[float, ...]
    thresholds: tuple[float, ...]


def ordered_logit(x: Floats, y: Ints, stratum: Ints) -> OrderedLogit:
    """The ordered logit of y on x with an effect for each stratum; x, y, stratum: (n,), nothing missing.

    Raises NoVariationError where no stratum has both outcomes and predictor that vary.
    """
    left_out = tuple(int(s) for s in np.unique(stratum) if not np.ptp(y[stratum == s]))
    kept = ~np.isin(stratum, left_out)
    x, y, stratum = x[kept], np.unique(y[kept], return_inverse=True)[1].reshape(-1), stratum[kept]
    if not any(np.ptp(x[stratum == s]) for s in np.unique(stratum)):
        raise NoVariationError
    strata = np.unique(stratum)
    dummies = (
        np.stack([(stratum == s).astype(float) for s in strata[1:]], axis=1)
        if len(strata) > 1
        else np.zeros((len(x), 0))
    )
    design = np.column_stack([x, dummies])
    levels = int(y.max()) + 1
    beta, cuts, likelihood, error, converged = _likelihood_fit(design, y)
    if not converged or abs(beta).max() > LARGE:
        scale = x.std()
        beta, cuts = _penalised(np.column_stack([x / scale, dummies]), y, levels)
        nan = float("nan")
        return OrderedLogit(
            float(beta[0] / scale),
            nan,
            nan,
            nan,
            nan,
            0,
            nan,
            len(x),
            left_out,
            "penalised",
            tuple(beta[1:].tolist()),
            tuple(cuts.tolist()),
        )
    null = _likelihood_fit(dummies, y)[2] if dummies.shape[1] else _thresholds_only(y)
    ratio = max(0.0, 2 * (likelihood - null))
    score, df = proportional_odds(design, y, beta, cuts)
    score_p = float(chdtrc(df, score)) if df else float("nan")
    return OrderedLogit(
        float(beta[0]), float(error), ratio, float(chdtrc(1, ratio)), score, df, score_p, len(x), left_out,
        "maximum likelihood", tuple(beta[1:].tolist()), tuple(cuts.tolist()),
    )  # fmt: skip


def _likelihood_fit(design: Floats, y: Ints) -> tuple[Floats, Floats, float, float, bool]:
    """Slopes, thresholds, log-likelihood, standard error of the first slope, and whether a maximum was found."""
    import warnings

    from statsmodels.miscmodels.ordinal_model import OrderedModel

    model: Any = OrderedModel(y, design, distr=LOGISTIC)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # what they say is checked: see `converged`
        fit = model.fit(method="bfgs", maxiter=2000, gtol=1e-7, disp=False)
        count = design.shape[1]
        cuts = model.transform_threshold_params(fit.params[count:])[1:-1]
        errors = np.sqrt(np.diag(fit.cov_params()))
    beta = np.asarray(fit.params[:count], dtype=np.float64)
    found = bool(np.isfinite(errors[:count]).all() and abs(model.score(fit.params)).max() < 1e-3)
    return beta, np.asarray(cuts, dtype=np.float64), float(fit.llf), float(errors[0]), found


def _thresholds_only(y: Ints) -> float:
    counts = np.bincount(y)
    return float((counts * np.log(counts / len(y))).sum())


def _cumulative(cuts: Floats, eta: Floats) -> Floats:
    """P(y <= j), (n, J + 1), with 0 before the first and 1 after the last threshold. eta: (n,) or (n, J - 1)."""
    inner = expit(cuts - (eta[:, None] if eta.ndim == 1 else eta))
    return np.column_stack([np.zeros(len(eta)), inner, np.ones(len(eta))])


def _penalised(design: Floats, y: Ints, levels: int) -> tuple[Floats, Floats]:
    from scipy.optimize import minimize

    k = design.shape[1]

    def loss(theta: Floats) -> float:
        cuts = np.cumsum(np.concatenate([theta[k : k + 1], np.exp(theta[k + 1 :])]))
        cumulative = _cumulative(cuts, design @ theta[:k])
        probability = np.diff(cumulative, axis=1)[np.arange(len(y)), y]
        return float(-np.log(np.maximum(probability, 1e-300)).sum() + RIDGE * (theta[:k] ** 2).sum())

    start = np.concatenate([np.zeros(k), [-1.0], np.zeros(levels - 2)])
    theta = minimize(loss, start, method="BFGS", options={"gtol": 1e-6, "maxiter": 2000}).x
    return theta[:k], np.cumsum(np.concatenate([theta[k : k + 1], np.exp(theta[k + 1 :])]))


def proportional_odds(design: Floats, y: Ints, beta: Floats, cuts: Floats) -> tuple[float, int]:
    """The score test that the first predictor has one slope for all thresholds (Peterson and Harrell 1990), and its df.

    The larger model gives that predictor a slope for each threshold; score and expected information are taken where
    these are equal, at the maximum of the smaller model. df 0 where the outcome has two levels.
    """
    n, levels = len(y), len(cuts) + 1
    if levels < 3:
        return float("nan"), 0
    inner = expit(cuts - (design @ beta)[:, None])
    density = inner * (1 - inner)
    cumulative = np.column_stack([np.zeros(n), inner, np.ones(n)])
    probability = np.maximum(np.diff(cumulative, axis=1), 1e-300)
    # Derivative of each P(y <= j) by each parameter: thresholds, own slopes by threshold, common slopes of the others.
    width = 2 * (levels - 1) + design.shape[1] - 1
    slopes = np.zeros((n, levels + 1, width))
    for j in range(levels - 1):
        slopes[:, j + 1, j] = density[:, j]
        slopes[:, j + 1, levels - 1 + j] = -density[:, j] * design[:, 0]
        slopes[:, j + 1, 2 * (levels - 1) :] = -density[:, j, None] * design[:, 1:]
    by_cell = np.diff(slopes, axis=1)
    score = (by_cell[np.arange(n), y] / probability[np.arange(n), y][:, None]).sum(axis=0)
    information = np.einsum("njp,njq,nj->pq", by_cell, by_cell, 1 / probability)
    return float(score @ np.linalg.pinv(information, hermitian=True) @ score), levels - 2
