"""What is computed of a hypothesis, each once: that an outcome rises with a predictor within sectors.

The plan asks several hundred: families, scopes, both treatments of n.a., both readings. Tests and effect sizes depend
on nothing but the order of the values and on which are missing, and readings and treatments differ in few clusters: of
the report's 560 hypotheses 175 are different.
"""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from collective_efficiency.inference.bootstrap import Intervals, intervals
from collective_efficiency.inference.distributions import HypothesisTest
from collective_efficiency.inference.effects import effect_sizes
from collective_efficiency.inference.enumeration import goodman_kruskal_gamma
from collective_efficiency.inference.exact import jonckheere_terpstra
from collective_efficiency.inference.panels import Design
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.pooled_slopes import SlopeGrid, slope_grid
from collective_efficiency.inference.power_simulation import SimulatedStatistics, simulated_statistics
from collective_efficiency.inference.samples import Floats, Ints, NoVariationError, TooLargeError, strata_codes

NEVER_SCORED = "undefined, never scored"
MOST_FOR_GAMMA = 60  # clusters: enumerating more takes minutes and gigabytes
WORK_OF_A_HYPOTHESIS = 50_000_000  # additions of an exact count: many are asked, and shuffles answer nearly as well
WORK_OF_A_BLOCK = 10_000_000  # the same, of what is asked of blocks: unblocked, counting costs more than shuffles
_Result = TypeVar("_Result")


def ordered(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Both columns, (n,), as places among their distinct values; NaN in both where one of them is missing."""
    known = ~(np.isnan(x) | np.isnan(y))
    one, two = np.full(len(x), np.nan), np.full(len(y), np.nan)
    for places, column in ((one, x), (two, y)):
        places[known] = np.unique(column[known], return_inverse=True)[1].reshape(-1)
    return one, two


class Hypotheses:
    """The tests of the hypotheses of one dataset. x and y are columns of a panel, (n,), NaN where missing."""

    def __init__(self, design: Design, plan: InferencePlan) -> None:
        self.design = design
        self._plan = plan
        self._exact = _once(lambda x, y, strata: jonckheere_terpstra(x, y, strata, work=WORK_OF_A_HYPOTHESIS))
        self._within = _once(self._exact_or_shuffled)
        self._gamma = _once(lambda x, y, strata: goodman_kruskal_gamma(x, y, strata))
        self._power = _once(self._simulated)
        self._slopes = _once(slope_grid)
        self._sizes = {scope: _once(self._resampled(scope)) for scope in design.scopes}

    def exact(self, x: Floats, y: Floats) -> HypothesisTest:
        """The exact Jonckheere-Terpstra test within sectors of the clusters that have both values.

        Raises NoVariationError where the hypothesis is undefined, TooLargeError where no exact count is within reach.
        """
        return self._exact(*_known(x, y, self.design.stratum))

    def within(self, x: Floats, y: Floats, block: Ints) -> HypothesisTest:
        """The test within blocks, (n,): exact where that is in reach, else by shuffles; raises NoVariationError."""
        return self._within(*_known(x, y, block))

    def exact_gamma(self, x: Floats, y: Floats) -> HypothesisTest:
        """The exact test of Goodman and Kruskal's gamma; raises as `exact`."""
        known = _known(x, y, self.design.stratum)
        if len(known[0]) > MOST_FOR_GAMMA:
            raise TooLargeError(f"{len(known[0])} clusters")
        return self._gamma(*known)

    def effect_sizes(self, scope: str, x: Floats, y: Floats) -> Intervals:
        """The EFFECT_SIZES with their intervals, in one sector or within all."""
        member = self.design.samples[scope].member
        return self._sizes[scope](*ordered(x[member], y[member]))

    def power(self, x: Floats, y: Floats) -> SimulatedStatistics:
        """What the exact test would find, if x and y with their ties went together more or less; raises as `exact`."""
        return self._power(*_known(x, y, self.design.stratum))

    def slope_grid(self, x: Floats, y: Floats, widest: float) -> SlopeGrid:
        """What the data say of the slopes in the sectors, for prior scales up to `widest`; strata by their numbers.

        Raises NoVariationError where the hypothesis is undefined, TooLargeError where the clusters are too many.
        """
        known = ~(np.isnan(x) | np.isnan(y))
        if not known.any():
            raise NoVariationError(NEVER_SCORED)
        return self._slopes(x[known], y[known].astype(np.int64), self.design.stratum[known], widest=widest)

    def _resampled(self, scope: str) -> Callable[[Floats, Floats], Intervals]:
        def sizes(x: Floats, y: Floats) -> Intervals:
            sample = self.design.samples[scope]
            values = effect_sizes(x, y, sample.stratum, sample.rows, sample.pairs)
            return intervals(values, sample.stratum, self._plan.level)

        return sizes

    def _exact_or_shuffled(self, x: Ints, y: Ints, block: Ints) -> HypothesisTest:
        plan = self._plan
        return jonckheere_terpstra(
            x, y, block, method="auto", count=plan.shuffles, seed=plan.seed, work=WORK_OF_A_BLOCK
        )

    def _simulated(self, x: Ints, y: Ints, stratum: Ints) -> SimulatedStatistics:
        plan = self._plan
        return simulated_statistics(
            x, y, stratum, simulations=plan.simulations, seed=plan.seed, work=WORK_OF_A_HYPOTHESIS
        )


def _known(x: Floats, y: Floats, stratum: Ints) -> tuple[Ints, Ints, Ints]:
    """Codes of x, y and stratum of the clusters that have both values."""
    one, two = ordered(x, y)
    known = ~np.isnan(one)
    if not known.any():
        raise NoVariationError(NEVER_SCORED)
    within = strata_codes(stratum[known].tolist(), int(known.sum()))
    return one[known].astype(np.int64), two[known].astype(np.int64), within


def _once(function: Callable[..., _Result]) -> Callable[..., _Result]:
    """`function` of arrays (and numbers by name), called once for equal ones."""
    known: dict[tuple[tuple[bytes, ...], tuple[float, ...]], _Result] = {}

    def remembering(*arrays: npt.NDArray[np.generic], **choices: float) -> _Result:
        key = tuple(array.tobytes() for array in arrays), tuple(choices.values())
        if key not in known:
            known[key] = function(*arrays, **choices)
        return known[key]

    return remembering
