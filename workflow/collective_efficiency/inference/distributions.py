"""A null distribution as counts of equally likely arrangements, and p-values as exact fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from collective_efficiency.inference.samples import TooLargeError

Array: TypeAlias = npt.NDArray[Any]
Alternative: TypeAlias = Literal["greater", "less", "distance", "probability"]
ALTERNATIVES: tuple[Alternative, ...] = ("greater", "less", "distance", "probability")
MACHINE = 2**63
LONGEST_FRACTION = 15  # digits of a fraction that is shown as one
SMALL, DENSE = 1_000_000, 200_000_000  # work up to which distributions are convolved at once, and as dense arrays
SPAN = 30_000_000  # values of a dense array
PAIRS = 10_000_000  # pairs of values beyond which a convolution is refused
SORTED = 60  # how much dearer a sorted pair of values is than an added one,
DEARER = 25  # and Python's whole numbers than the machine's


@dataclass(frozen=True)
class Distribution:
    """Distinct values of a statistic in ascending order, (m,), and how many arrangements have each, (m,).

    Both are whole numbers: int64 where the total fits, else Python's. The statistic itself is value * unit.
    """

    values: Array
    counts: Array
    unit: Fraction = Fraction(1)

    @cached_property
    def total(self) -> int:
        """How many arrangements there are."""
        return sum(self.counts.tolist())

    @cached_property
    def mean(self) -> Fraction:
        """The exact mean, in whole numbers of the unit."""
        pairs = zip(self.values.tolist(), self.counts.tolist(), strict=True)
        return Fraction(sum(value * count for value, count in pairs), self.total)

    @cached_property
    def variance(self) -> Fraction:
        """The exact variance, in squares of the unit."""
        pairs = zip(self.values.tolist(), self.counts.tolist(), strict=True)
        return Fraction(sum(value * value * count for value, count in pairs), self.total) - self.mean**2

    def probabilities(self) -> npt.NDArray[np.float64]:
        """The probability of each value, as floats for a picture."""
        return np.array([count / self.total for count in self.counts.tolist()])

    def p(
        self, observed: int, alternative: Alternative = "distance", mid: bool = False, centre: Fraction | None = None
    ) -> Fraction:
        """The p-value of the whole number `observed`, exact.

        greater, less: one-sided. distance: all values at least as far from `centre` (the mean, unless given).
        probability: all values at most as probable. mid: what is exactly as extreme as observed counts half
        (Lancaster 1961). Raises ValueError where `observed` is not a possible value.
        """
        place = int(np.searchsorted(self.values, observed))
        if place == len(self.values) or self.values[place] != observed:
            raise ValueError(f"{observed} is not a value of this distribution")
        extreme, equal = self._extreme(place, alternative, centre)
        p = self._share(extreme)
        return p - self._share(equal) / 2 if mid else p

    def rejected(self, significance: Fraction, mid: bool = False) -> npt.NDArray[np.bool_]:
        """Whether the two-sided p-value, by distance from the mean, is at most `significance`, for each value, (m,)."""
        distance = self._distance(self.mean)
        order = np.argsort(-distance, kind="stable")
        ends = np.flatnonzero(np.append(distance[order][1:] != distance[order][:-1], True))
        counts = self.counts if 2 * self.total < MACHINE else self.counts.astype(object)
        upto = np.cumsum(counts[order])[ends]
        twice = upto + np.append(0, upto[:-1]) if mid else 2 * upto
        found = np.empty(len(order), dtype=np.bool_)
        found[order] = np.repeat(twice <= int(2 * self.total * significance), np.diff(ends, prepend=-1))
        return found

    def _distance(self, centre: Fraction) -> Array:
        """How far each value is from `centre`, in whole numbers of its denominator."""
        small = 2 * (self._reach + 1) * centre.denominator + 2 * abs(centre.numerator) < MACHINE
        values = self.values if small else self.values.astype(object)
        return np.asarray(abs(values * centre.denominator - centre.numerator))

    def _extreme(self, place: int, alternative: Alternative, centre: Fraction | None) -> tuple[Array, Array]:
        numbers = np.arange(len(self.values))
        match alternative:
            case "greater":
                return numbers >= place, numbers == place
            case "less":
                return numbers <= place, numbers == place
            case "probability":
                return self.counts <= self.counts[place], self.counts == self.counts[place]
            case "distance":
                away = self._distance(self.mean if centre is None else centre)
                return away >= away[place], away == away[place]
        raise ValueError(f"alternative {alternative!r}; allowed: {', '.join(ALTERNATIVES)}")

    def _share(self, chosen: Array) -> Fraction:
        return Fraction(sum(self.counts[chosen].tolist()), self.total)

    def convolve(self, other: "Distribution") -> "Distribution":
        """The distribution of the sum of two independent statistics of one unit; TooLargeError beyond `PAIRS`."""
        if self.unit != other.unit:
            raise ValueError("only distributions in one unit can be added")
        few, many = sorted((self, other), key=lambda each: len(each.values))
        machine = self.total * other.total < MACHINE
        wide = few._reach + many._reach >= MACHINE
        one, two = (each.counts if machine else each.counts.astype(object) for each in (few, many))
        pairs, additions, span = len(one) * len(two), len(one) * many._span, few._span + many._span - 1
        dearer = 1 if machine else DEARER
        if wide or additions + span > SORTED * pairs or additions * dearer > DENSE or span > SPAN:
            if pairs * dearer > PAIRS:
                raise TooLargeError(f"{len(one)} x {len(two)} values")
            values = [each.values.astype(object) if wide else each.values for each in (few, many)]
            sums = (values[0][:, None] + values[1]).ravel()
            return merged(sums, (one[:, None] * two).ravel(), self.unit)
        low, dense = int(few.values[0]), _dense(many.values, two)
        if few._span * many._span <= SMALL:
            counts = np.convolve(_dense(few.values, one), dense)
        else:
            counts = np.zeros(few._span + many._span - 1, dtype=dense.dtype)
            for value, count in zip((few.values - low).tolist(), one, strict=True):
                counts[value : value + len(dense)] += dense * count
        return from_dense(low + int(many.values[0]), counts, self.unit)

    @property
    def _span(self) -> int:
        return int(self.values[-1]) - int(self.values[0]) + 1

    @property
    def _reach(self) -> int:
        return max(abs(int(self.values[0])), abs(int(self.values[-1])))


def _dense(values: Array, counts: Array) -> Array:
    dense = np.zeros(int(values[-1] - values[0]) + 1, dtype=counts.dtype)
    dense[values - values[0]] = counts
    return dense


def from_dense(low: int, counts: Array, unit: Fraction = Fraction(1)) -> Distribution:
    """The distribution with counts[i] arrangements at low + i."""
    places = np.flatnonzero(counts)
    return Distribution(places + low, counts[places], unit)


def merged(values: Array, counts: Array, unit: Fraction = Fraction(1)) -> Distribution:
    """The distribution of `values` that may repeat, with the counts of each added up."""
    order = np.argsort(values, kind="stable")
    values, counts = values[order], counts[order]
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    return Distribution(values[starts], np.add.reduceat(counts, starts), unit)


def together(parts: Sequence[Distribution]) -> Distribution:
    """The distribution of all arrangements of several, in one unit."""
    values, counts = (np.concatenate([getattr(part, name) for part in parts]) for name in ("values", "counts"))
    return merged(values, counts, parts[0].unit)


def point(value: int = 0, total: int = 1, unit: Fraction = Fraction(1)) -> Distribution:
    """The distribution of a constant, in `total` arrangements."""
    machine = total < MACHINE
    return Distribution(np.array([value]), np.array([total], dtype=np.int64 if machine else object), unit)


@dataclass(frozen=True, repr=False)
class HypothesisTest:
    """A statistic, as a whole number of the null distribution's unit, with that distribution.

    usual: the alternative that `p` takes unless told otherwise; centre: what "distance" is from, if not the mean.
    exactly: the statistic itself, where the distribution has another scale (that keeps its order).
    shuffles: 0 where the null distribution is exact; else it is of so many shuffles and the sample itself, so that p is
    (extreme + 1) / (shuffles + 1) (Phipson and Smyth 2010). n: units; left_out: units with a missing value, not in n.
    """

    name: str
    observed: int
    null: Distribution
    usual: Alternative = "distance"
    centre: Fraction | None = None
    shuffles: int = 0
    n: int = 0
    left_out: int = 0
    exactly: Fraction | None = None

    @property
    def statistic(self) -> Fraction:
        """The observed statistic in its own unit."""
        return self.observed * self.null.unit if self.exactly is None else self.exactly

    def p(self, alternative: Alternative | None = None, mid: bool = False) -> Fraction:
        """The p-value: see `Distribution.p`."""
        return self.null.p(self.observed, alternative or self.usual, mid, self.centre)

    def interval(self, alternative: Alternative | None = None) -> tuple[float, float]:
        """Bounds, at 95 percent, of the p-value that all arrangements would give (Clopper and Pearson 1934)."""
        p = self.p(alternative)
        if not self.shuffles:
            return float(p), float(p)
        return clopper_pearson(int(p * (self.shuffles + 1)) - 1, self.shuffles)

    def __repr__(self) -> str:
        p, statistic = self.p(), self.statistic
        if self.shuffles:
            how = "by {:,} shuffles: {:.4g} to {:.4g}".format(self.shuffles, *self.interval())
        else:
            how = f"exact: {p}" if len(str(p)) <= LONGEST_FRACTION else "exact"
        shown = str(statistic) if len(str(statistic)) <= LONGEST_FRACTION else f"{float(statistic):.6g}"
        missing = f", {self.left_out} left out" if self.left_out else ""
        return f"<{self.name}: statistic {shown}, p = {float(p):.4g} ({how}), n = {self.n}{missing}>"


def clopper_pearson(extreme: int, count: int) -> tuple[float, float]:
    """Bounds, at 95 percent, of a probability of which `extreme` of `count` draws are known (1934)."""
    low = float(betaincinv(extreme, count - extreme + 1, 0.025)) if extreme else 0.0
    high = float(betaincinv(extreme + 1, count - extreme, 0.975)) if extreme < count else 1.0
    return low, high
