"""Bootstrap by weights, stratified: one matrix of how often each unit is drawn serves every statistic.

A statistic is a function of weights (R, n), one value a row. The rows are the sample itself (all ones), the sample
without each unit in turn, and the resamples, so that the estimate, its leave-one-out values and its interval come from
one call. Intervals are BCa (Efron 1987; for strata Davison and Hinkley 1997, sections 3.2 and 5.3).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from collective_efficiency.inference.samples import Floats, Ints

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Intervals:
    """For H statistics: estimates, lower and upper bounds, (H,) each; values without each unit, (n, H); and how many
    resamples left a statistic undefined, (H,). NaN is undefined."""

    estimate: Floats
    low: Floats
    high: Floats
    without: Floats
    undefined: Ints


def weights(stratum: Ints, count: int, seed: int) -> Weights:
    """Rows of weights, (1 + n + count, n): all ones, each unit left out, then `count` resamples within strata."""
    n = len(stratum)
    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed)))
    rows = np.ones((1 + n + count, n), dtype=np.float32)
    rows[1 : n + 1] -= np.eye(n, dtype=np.float32)
    for number in range(int(stratum.max()) + 1):
        members = np.flatnonzero(stratum == number)
        size = len(members)
        drawn = rng.integers(0, size, (count, size)) + np.arange(count)[:, None] * size
        rows[n + 1 :, members] = np.bincount(drawn.ravel(), minlength=count * size).reshape(count, size)
    return rows


def intervals(values: Floats, stratum: Ints, level: float = 0.95) -> Intervals:
    """BCa intervals of H statistics; values: (1 + n + B, H), for the rows of `weights`.

    The bias correction counts resamples equal to the estimate half. A bound is NaN where the statistic is undefined in
    the sample, or where it is the same in all resamples. Raises ValueError for a level that is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level}: a share between 0 and 1 is needed, as 0.95")
    n = len(stratum)
    estimate, without = values[0], values[1 : n + 1]
    resamples = np.sort(np.ascontiguousarray(values[n + 1 :].T), axis=1)  # NaN at the end
    defined = resamples.shape[1] - np.isnan(resamples).sum(axis=1)
    a = acceleration(without, stratum)
    low, high = np.full(len(estimate), np.nan), np.full(len(estimate), np.nan)
    tails = ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    for number, count in enumerate(defined.tolist()):
        known = resamples[number, :count]
        if count < 2 or np.isnan(estimate[number]) or known[0] == known[-1]:
            continue
        slack = 1e-12 * max(1.0, abs(estimate[number]))  # equal but for rounding
        below = np.searchsorted(known, estimate[number] - slack, side="left")
        upto = np.searchsorted(known, estimate[number] + slack, side="right")
        bias = ndtri(min(max((below + upto) / (2 * count), 0.5 / count), 1 - 0.5 / count))
        shifted = bias + tails
        places = ndtr(bias + shifted / (1 - a[number] * shifted)) * (count + 1) - 1
        low[number], high[number] = np.interp(np.clip(places, 0, count - 1), np.arange(count), known)
    return Intervals(estimate, low, high, without, resamples.shape[1] - defined)


def acceleration(without: Floats, stratum: Ints) -> Floats:
    """The acceleration of BCa from the leave-one-out values (n, H), by strata; values that are NaN count nothing."""
    cubes, squares = np.zeros(without.shape[1]), np.zeros(without.shape[1])
    for number in range(int(stratum.max()) + 1):
        part = without[stratum == number]
        known = ~np.isnan(part)
        size = known.sum(axis=0)
        mean = np.where(known, part, 0.0).sum(axis=0) / np.maximum(size, 1)
        influence = np.where(known, mean - part, 0.0) * np.maximum(size - 1, 0) / np.maximum(size, 1)
        cubes += (influence**3).sum(axis=0)
        squares += (influence**2).sum(axis=0)
    return np.divide(cubes, 6 * squares**1.5, out=np.zeros_like(cubes), where=squares > 0)
