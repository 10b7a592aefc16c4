"""How sure Krippendorff's alpha is: a percentile interval from a bootstrap over the things that were rated.

Clusters are drawn with replacement, each with all of its ratings, and alpha is computed anew, with the ordinal ranks of
the draw (Zapf and others 2016, BMC Medical Research Methodology 16:93, on resampling units). Clusters rated alike are
drawn together, by a multinomial distribution, which is the same and holds for any number of clusters.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from collective_efficiency.inference.samples import Floats

CELLS_OF_A_BATCH = 4_000_000  # of the largest matrix of a batch of draws


@dataclass(frozen=True)
class AlphaInterval:
    """The ends of an interval of alpha, and in how many of the draws all ratings were the same, so that it has none."""

    low: float
    high: float
    undefined: int


def alpha_interval(
    units: Sequence[Sequence[Fraction]], nominal: bool, draws: int, seed: int, level: float
) -> AlphaInterval | None:
    """The interval of alpha of `units`, each the ratings of one cluster, at least two.

    nominal: whether values are names, else they are ordered; draws, seed, level: of the bootstrap. None where no draw
    has an alpha.
    """
    values = sorted({value for unit in units for value in unit})
    kinds = Counter(tuple(unit.count(value) for value in values) for unit in units)
    counts = np.array(list(kinds), dtype=float).reshape(len(kinds), len(values))
    share = np.array(list(kinds.values())) / len(units)
    generator = np.random.default_rng(seed)
    batch = max(1, CELLS_OF_A_BATCH // max(counts.shape))
    alphas = []
    for start in range(0, draws, batch):
        drawn = generator.multinomial(len(units), share, size=min(batch, draws - start)).astype(float)
        alphas.append(_alphas(drawn, counts, nominal))
    found = np.concatenate(alphas)
    known = found[~np.isnan(found)]
    if not len(known):
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return AlphaInterval(float(low), float(high), len(found) - len(known))


def _alphas(drawn: Floats, counts: Floats, nominal: bool) -> Floats:
    """Alpha of each draw; NaN where all of its ratings are the same.

    drawn: how often each kind of cluster is drawn, (draws, kinds); counts: its ratings by value, (kinds, values). The
    sum of squared differences of ranks over all pairs of m values is 2 m times the sum of squares less twice the square
    of the sum, so that no pair is looked at.
    """
    raters = counts.sum(axis=1)
    totals = drawn @ counts
    n = totals.sum(axis=1)
    if nominal:
        observed = drawn @ ((raters**2 - (counts**2).sum(axis=1)) / (raters - 1))
        expected = n**2 - (totals**2).sum(axis=1)
    else:
        ranks = totals.cumsum(axis=1) - totals / 2
        within = (ranks**2) @ (counts * raters[:, None]).T - (ranks @ counts.T) ** 2
        observed = (drawn * 2 * within / (raters - 1)).sum(axis=1)
        expected = 2 * (n * (totals * ranks**2).sum(axis=1) - ((totals * ranks).sum(axis=1)) ** 2)
    same = (totals > 0).sum(axis=1) < 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(same, np.nan, 1 - (n - 1) * observed / expected)
