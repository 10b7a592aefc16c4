"""P-values adjusted for a family of hypotheses: Holm, Benjamini-Hochberg, and step-down maxT.

Holm and Benjamini-Hochberg take exact fractions and give exact fractions (statsmodels' `multipletests` gives the same
in floats; a test compares the two). What is undefined is no member of the family: leave it out and say so.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from collective_efficiency.inference.distributions import Array
from collective_efficiency.inference.samples import Floats


def holm(p_values: Sequence[Fraction]) -> list[Fraction]:
    """The step-down adjustment of Holm (1979), which holds the family-wise error under any dependence.

    >>> holm([Fraction(1, 100), Fraction(4, 100)])
    [Fraction(1, 50), Fraction(1, 25)]
    """
    adjusted, largest = [Fraction(0)] * len(p_values), Fraction(0)
    for rank, place in enumerate(_ascending(p_values)):
        largest = max(largest, min(Fraction(1), p_values[place] * (len(p_values) - rank)))
        adjusted[place] = largest
    return adjusted


def benjamini_hochberg(p_values: Sequence[Fraction]) -> list[Fraction]:
    """The step-up adjustment of Benjamini and Hochberg (1995), which holds the false discovery rate."""
    adjusted, smallest = [Fraction(0)] * len(p_values), Fraction(1)
    for rank, place in reversed(list(enumerate(_ascending(p_values), start=1))):
        smallest = min(smallest, p_values[place] * len(p_values) / rank)
        adjusted[place] = smallest
    return adjusted


def _ascending(p_values: Sequence[Fraction]) -> list[int]:
    return sorted(range(len(p_values)), key=p_values.__getitem__)


def standardised(observed: Floats, shuffled: Array) -> tuple[Floats, Array]:
    """Both in standard deviations of the shuffles and the observed together, about their mean; (H,) and (count, H)."""
    everything = np.vstack([observed[None, :], shuffled])
    mean, spread = everything.mean(axis=0, dtype=np.float64), everything.std(axis=0, dtype=np.float64)
    return (observed - mean) / spread, (shuffled - mean) / spread


def step_down_max(observed: Floats, shuffled: Array) -> Floats:
    """Adjusted p-values by step-down maxT (Westfall and Young 1993, algorithm 4.1), two-sided, (b + 1) / (B + 1).

    observed: (H,) statistics that may be compared (see `standardised`); shuffled: (B, H), under the same shuffles.
    """
    order = np.argsort(-abs(observed), kind="stable")
    largest = np.maximum.accumulate(abs(shuffled[:, order[::-1]]), axis=1)[:, ::-1]
    exceed = (largest >= abs(observed[order]) * (1 - 1e-9)).sum(axis=0)
    adjusted = np.empty(len(observed))
    adjusted[order] = np.maximum.accumulate((exceed + 1) / (len(shuffled) + 1))
    return adjusted
