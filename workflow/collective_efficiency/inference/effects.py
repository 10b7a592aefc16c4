"""How large an association between ordered variables is: from pairs of units of one stratum, and from ranks within it.

C and D are the concordant and discordant pairs within strata, X and Y the pairs tied on x only and on y only:

    tau_b = (C - D) / sqrt((C + D + X)(C + D + Y))      Kendall (1945)
    somers_d = (C - D) / (C + D + Y)                    Somers (1962): y given x; for two groups Cliff's delta (1993)
    gamma = (C - D) / (C + D)                           Goodman and Kruskal (1954)
    spearman = correlation of midranks, both about their stratum's mean

Every function takes rows of weights (R, n), see `bootstrap.weights`, and gives a value a row; NaN where undefined.
A unit with a missing value (NaN) is drawn like any other and counts nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from collective_efficiency.inference.bootstrap import Intervals, Weights, intervals, weights
from collective_efficiency.inference.samples import Floats, Ints, Labels, Values, codes, observations, pairs_within

FEWEST_RESAMPLES = 100
EFFECT_SIZES = ("tau_b", "somers_d", "gamma", "spearman")


class Pairs:
    """The pairs of units within strata, and how often each is drawn: (R, pairs), whole numbers, exact in float32."""

    def __init__(self, stratum: Ints, rows: Weights) -> None:
        self.first, self.second = pairs_within(stratum)
        self.drawn = rows[:, self.first] * rows[:, self.second]

    def signs(self, values: Floats) -> npt.NDArray[np.float32]:
        """The sign of each pair's difference, (pairs, ...); NaN where a value is missing. values: (n, ...)."""
        return np.asarray(np.sign(values[self.first] - values[self.second]), dtype=np.float32)

    def sums(self, features: npt.NDArray[np.float32]) -> Floats:
        """Sums over the drawn pairs, (R, F), of features (pairs, F) of whole numbers."""
        return (self.drawn @ features).astype(np.float64)


def pair_effects(x: Floats, y: Floats, pairs: Pairs) -> Floats:
    """tau_b, somers_d and gamma of each hypothesis, (R, H, 3). x, y: (n, H), a column a hypothesis."""
    one, two = pairs.signs(x), pairs.signs(y)
    known = ~(np.isnan(one) | np.isnan(two))
    one, two = np.where(known, one, 0), np.where(known, two, 0)
    count = one.shape[1]
    sums = pairs.sums(np.concatenate([one * two, abs(one), abs(two), abs(one * two)], axis=1).astype(np.float32))
    s, differ_x, differ_y, differ = (sums[:, part * count : (part + 1) * count] for part in range(4))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([s / np.sqrt(differ_x * differ_y), s / differ_x, s / differ], axis=2)


def rank_correlation(x: Floats, y: Floats, stratum: Ints, rows: Weights) -> Floats:
    """Spearman's correlation within strata, (R,), of x and y, (n,)."""
    known = ~(np.isnan(x) | np.isnan(y))
    x, y, stratum, rows = x[known], y[known], stratum[known], rows[:, known]
    if not len(x):
        return np.full(len(rows), np.nan)
    together = (stratum[:, None] == stratum).astype(np.float32)
    centre = rows @ together / 2

    def ranks(values: Floats) -> npt.NDArray[np.float32]:
        below = (values[:, None] < values) + 0.5 * (values[:, None] == values)
        return np.asarray(rows @ (below * together).astype(np.float32) - centre, dtype=np.float32)

    one, two = ranks(x), ranks(y)
    cross, own, other = ((rows * a * b).sum(axis=1, dtype=np.float64) for a, b in ((one, two), (one, one), (two, two)))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where((own > 0) & (other > 0), cross / np.sqrt(own * other), np.nan), dtype=np.float64)


def effect_sizes(x: Floats, y: Floats, stratum: Ints, rows: Weights, pairs: Pairs | None = None) -> Floats:
    """The EFFECT_SIZES of one hypothesis, (R, 4); x, y: (n,)."""
    found = pair_effects(x[:, None], y[:, None], pairs or Pairs(stratum, rows))[:, 0]
    return np.column_stack([found, rank_correlation(x, y, stratum, rows)])


def class_means(classes: Labels, y: Floats, names: Sequence[str], rows: Weights) -> Floats:
    """The mean of y, (n,), in each class of `names`, (R, len(names))."""
    labels = np.array(list(classes), dtype=object)
    member = np.stack([(labels == name) & ~np.isnan(y) for name in names], axis=1).astype(np.float64)
    counts = rows.astype(np.float64) @ member
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((rows.astype(np.float64) @ (member * np.nan_to_num(y)[:, None])) / counts)


class Estimate(NamedTuple):
    """An effect size with the bounds of its interval; NaN where undefined."""

    value: float
    low: float
    high: float

    def __repr__(self) -> str:
        return f"{self.value:.4g} ({self.low:.4g} to {self.high:.4g})"


def estimate(
    x: Values, y: Values, strata: Labels | None = None, *, count: int = 10_000, seed: int = 1, level: float = 0.95
) -> dict[str, Estimate]:
    """Each of EFFECT_SIZES with its BCa interval, of x and y as the tests take them: the short way.

    strata: n labels; count: resamples, from 100; level: of the intervals, a share. Bounds are NaN where nothing varies.

    >>> estimate([0, 1, 2, 2, 3], [0, 0, 1, 3, 2], count=200)["tau_b"].value.__round__(3)
    0.667
    """
    if isinstance(count, bool) or not isinstance(count, int | np.integer) or count < FEWEST_RESAMPLES:
        raise ValueError(f"count {count}: a whole number of resamples from {FEWEST_RESAMPLES} is needed")
    data = observations(x, y, strata)
    one, two = (codes(values).astype(np.float64) for values in (data.x, data.y))
    rows = weights(data.stratum, int(count), seed)
    found: Intervals = intervals(effect_sizes(one, two, data.stratum, rows), data.stratum, level)
    bounds = zip(found.estimate.tolist(), found.low.tolist(), found.high.tolist(), strict=True)
    return {name: Estimate(*values) for name, values in zip(EFFECT_SIZES, bounds, strict=True)}
