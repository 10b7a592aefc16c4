"""What size of association the design could have shown: simulation under the observed ties and sectors.

Within each stratum the observed outcomes are handed out in the order of a latent variable
rho * normal score of x + sqrt(1 - rho**2) * noise. The margins, and with them the exact null distribution and its
critical value, are those of the data; only the association varies. rho = 0 is the null hypothesis.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from collective_efficiency.inference.additive import WORK
from collective_efficiency.inference.concordances import largest_s
from collective_efficiency.inference.distributions import Distribution
from collective_efficiency.inference.exact import jonckheere_terpstra
from collective_efficiency.inference.samples import (
    Floats,
    Ints,
    Labels,
    Values,
    codes,
    double_ranks,
    observations,
    pairs_within,
)

Codes = npt.NDArray[np.signedinteger[Any]]
RHO = tuple(step / 20 for step in range(20))


@dataclass(frozen=True)
class Power:
    """For each rho: the mean tau_b of the simulated data and the share of them that the exact test rejects."""

    rho: tuple[float, ...]
    tau_b: tuple[float, ...]
    power: tuple[float, ...]
    mid_power: tuple[float, ...]

    def detectable(self, target: float) -> float:
        """The smallest mean tau_b with power `target`, by linear interpolation; NaN where no rho reaches it."""
        for place in range(1, len(self.rho)):
            before, after = self.power[place - 1], self.power[place]
            if before < target <= after:
                share = (target - before) / (after - before)
                return self.tau_b[place - 1] + share * (self.tau_b[place] - self.tau_b[place - 1])
        return float("nan")


@dataclass(frozen=True)
class SimulatedStatistics:
    """The null distribution of S, and for each rho the mean tau_b of the simulated data and their S, (simulations,)."""

    null: Distribution
    rho: tuple[float, ...]
    tau_b: tuple[float, ...]
    s: tuple[Ints, ...]

    def power(self, significance: Fraction) -> Power:
        """The share of the simulated data that the exact two-sided test rejects at `significance`."""
        shares = []
        for mid in (False, True):
            rejected = self.null.rejected(significance, mid)
            shares.append(tuple(float(rejected[np.searchsorted(self.null.values, s)].mean()) for s in self.s))
        return Power(self.rho, self.tau_b, *shares)


def simulated_power(
    x: Values,
    y: Values,
    strata: Labels | None = None,
    *,
    simulations: int,
    seed: int,
    significance: float = 0.05,
    work: int = WORK,
    rho: tuple[float, ...] = RHO,
) -> Power:
    """The power of the exact two-sided stratified Jonckheere-Terpstra test on data shaped like x and y, (n,)."""
    if isinstance(simulations, bool) or not isinstance(simulations, int | np.integer) or simulations < 1:
        raise ValueError(f"simulations {simulations}: a whole number from 1 is needed")
    if not 0 < significance < 1:
        raise ValueError(f"significance {significance}: a share between 0 and 1 is needed, as 0.05")
    data = observations(x, y, strata)
    one, two, stratum = codes(data.x), codes(data.y), data.stratum
    found = simulated_statistics(one, two, stratum, simulations=simulations, seed=seed, work=work, rho=rho)
    return found.power(Fraction(str(significance)))


def simulated_statistics(
    x: Ints, y: Ints, stratum: Ints, *, simulations: int, seed: int, work: int = WORK, rho: tuple[float, ...] = RHO
) -> SimulatedStatistics:
    """Simulated data shaped like x and y, (n,): their S, and its null distribution."""
    null = jonckheere_terpstra(x, y, stratum, work=work).null
    order = np.argsort(stratum, kind="stable")
    x, y, stratum = x[order], y[order], stratum[order]
    first, second = pairs_within(stratum)
    fixed, score, ascending = np.sign(x[first] - x[second]).astype(np.float32), np.zeros(len(x)), codes(y)
    for number in range(int(stratum.max()) + 1):
        here = stratum == number
        score[here] = ndtri(double_ranks(x[here]) / (2 * (here.sum() + 1)))
        ascending[here] = np.sort(ascending[here])
    largest = largest_s(x, y, stratum)
    if len(x) < np.iinfo(np.int8).max:
        ascending = ascending.astype(np.int8)  # a byte each: eight times less to move, and comparing costs a tenth
    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed)))
    taus, statistics = [], []
    for strength in rho:
        latent = strength * score + np.sqrt(1 - strength**2) * rng.standard_normal((simulations, len(x)))
        drawn = np.ascontiguousarray(handed_out(latent, ascending, stratum).T)
        one, two = drawn[first], drawn[second]
        signs = (one > two).view(np.int8) - (one < two).view(np.int8)
        s = (fixed @ signs.astype(np.float32)).astype(np.int64)  # whole numbers: exact in float32 below 2**24
        taus.append(float(s.mean() / largest))
        statistics.append(s)
    return SimulatedStatistics(null, rho, tuple(taus), tuple(statistics))


def handed_out(latent: Floats, ascending: Codes, stratum: Ints) -> Codes:
    """The outcomes of each stratum, handed out in the order of `latent`, (R, n); strata stand together, y ascending."""
    drawn = np.empty(latent.shape, dtype=ascending.dtype)
    for number in np.unique(stratum):
        here = np.flatnonzero(stratum == number)
        members = slice(int(here[0]), int(here[-1]) + 1)
        order = np.argsort(latent[:, members], axis=1)
        np.put_along_axis(drawn[:, members], order, ascending[None, members], axis=1)
    return drawn
