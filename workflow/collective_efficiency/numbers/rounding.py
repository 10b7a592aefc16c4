"""What a printed number stands for: the set of exact values that print as it, under each rounding mode.

A printed value v > 0 with d decimals and u = 10**-d stands for [v - u/2, v + u/2) if it was rounded half up, for
(v - u/2, v + u/2] half down, for the interval closed at both ends if its last printed digit is even and open if it is
odd half even, for [v, v + u) truncated and for (v - u, v] rounded up. Signs make no difference: a negative number is
rounded in size, as its opposite (half up is half away from zero, truncation goes towards zero, rounding up away from
it), so that -v stands for the opposites of what v stands for, and 0 for what is too small of either sign.

A number of 15 or more significant digits, more than two of them decimals, was written by a program, whose doubles keep
15 (IEEE 754) and lose some where numbers are added up or nearly cancel: it stands for every value that agrees with it
in 13 digits, whatever the mode.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

Mode = Literal["half_up", "half_even", "half_down", "truncation", "ceiling"]
MODES: Final[tuple[Mode, ...]] = ("half_up", "half_even", "half_down", "truncation", "ceiling")
NEAREST: Final[frozenset[Mode]] = frozenset({"half_up", "half_even", "half_down"})
DOUBLE_DIGITS: Final = 15  # significant digits from which on a number is one that a program wrote
SURE_DIGITS: Final = 13  # those of them that hundreds of additions of doubles leave right
MOST_MEANS: Final = 100_000  # of so many values the share of means that cannot be is no longer counted
MONEY_DECIMALS: Final = 2  # with no more decimals even 15 digits are a sum of money


@dataclass(frozen=True)
class Interval:
    """A set of exact values between two ends, each of which belongs to it or not."""

    low: Fraction
    high: Fraction
    low_closed: bool = True
    high_closed: bool = True

    def __contains__(self, value: Fraction) -> bool:
        above = value > self.low or (self.low_closed and value == self.low)
        return above and (value < self.high or (self.high_closed and value == self.high))

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def times(self, weight: Fraction) -> "Interval":
        """The set of weight * x for x in this set; a single zero if the weight is zero."""
        if weight == 0:
            return Interval(Fraction(0), Fraction(0))
        ends = (self.low * weight, self.low_closed), (self.high * weight, self.high_closed)
        (low, low_closed), (high, high_closed) = ends if weight > 0 else ends[::-1]
        return Interval(low, high, low_closed, high_closed)

    def meets(self, other: "Interval") -> bool:
        """Whether the two sets have a value in common."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and low in self and low in other)

    def not_below(self, least: Fraction) -> "Interval":
        """The part of this set that is not below `least`, which some of it is not.

        >>> print(stands_for(Fraction(0), 1, "half_up").not_below(Fraction(0)))
        [0, 1/20)
        """
        return self if self.low >= least else Interval(least, self.high, True, self.high_closed)

    def __str__(self) -> str:
        return f"{'[' if self.low_closed else '('}{self.low}, {self.high}{']' if self.high_closed else ')'}"


def is_of_program(value: Fraction, decimals: int) -> bool:
    """Whether a number with so many decimals has as many significant digits as only a program writes.

    >>> is_of_program(Fraction("2.3333333333333335"), 16), is_of_program(Fraction("1005.0"), 1)
    (True, False)
    """
    return decimals > MONEY_DECIMALS and abs(value) * 10**decimals >= 10 ** (DOUBLE_DIGITS - 1)


def stands_for(value: Fraction, decimals: int, mode: Mode | None = None) -> Interval:
    """The exact values that print as `value` with `decimals` decimals under `mode`.

    mode: None if it was not rounded; then it stands for itself, but for what a program wrote.

    >>> print(stands_for(Fraction("6.5"), 1, "half_up"), stands_for(Fraction("-6.5"), 1, "truncation"))
    [129/20, 131/20) (-33/5, -13/2]
    >>> print(stands_for(Fraction("6.5"), 1), Fraction(7, 3) in stands_for(Fraction("2.3333333333333335"), 16))
    [13/2, 13/2] True
    """
    if is_of_program(value, decimals):
        digits = len(str(abs(int(value * 10**decimals))))
        noise = Fraction(10) ** (digits - SURE_DIGITS - decimals) / 2
        return Interval(value - noise, value + noise)
    if mode is None:
        return Interval(value, value)
    if value < 0:
        return stands_for(-value, decimals, mode).times(Fraction(-1))
    unit = Fraction(1, 10**decimals)
    match mode:
        case "half_up":
            found = Interval(value - unit / 2, value + unit / 2, True, False)
        case "half_down":
            found = Interval(value - unit / 2, value + unit / 2, False, True)
        case "half_even":
            even = int(value / unit) % 2 == 0
            found = Interval(value - unit / 2, value + unit / 2, even, even)
        case "truncation":
            found = Interval(value, value + unit, True, False)
        case "ceiling":
            found = Interval(value - unit, value, False, True)
    if value > 0:
        return found
    return Interval(-found.high, found.high, found.high_closed, found.high_closed)  # of zero: either sign


def rounded(value: Fraction, decimals: int, mode: Mode) -> Fraction:
    """`value` rounded to `decimals` decimals under `mode`, a negative one as its opposite.

    >>> rounded(Fraction(1, 8), 2, "half_even"), rounded(Fraction(-1, 8), 2, "half_up")
    (Fraction(3, 25), Fraction(-13, 100))
    """
    scaled = abs(value) * 10**decimals
    match mode:
        case "truncation":
            units = math.floor(scaled)
        case "ceiling":
            units = math.ceil(scaled)
        case "half_up":
            units = math.floor(scaled + Fraction(1, 2))
        case "half_down":
            units = math.ceil(scaled - Fraction(1, 2))
        case "half_even":
            units = round(scaled)  # of a Fraction: exact, ties to even
    return Fraction(units if value >= 0 else -units, 10**decimals)


def total(parts: list[tuple[Fraction, Interval]]) -> Interval:
    """The set of weighted sums: sum of weight * x with each x in its set."""
    result = Interval(Fraction(0), Fraction(0))
    for weight, part in parts:
        result = result + part.times(weight)
    return result


@dataclass(frozen=True)
class Grim:
    """Whether a printed mean of n values on a grid can exist, and how often a random one could not."""

    possible: bool
    power: Fraction


def grim(value: Fraction, decimals: int, n: int, step: Fraction, modes: frozenset[Mode]) -> Grim:
    """The granularity test (Brown and Heathers 2017), for values that are multiples of `step`.

    power: the share of printable values that no mean of n such values can print as.
    """
    grain, unit = step / n, Fraction(1, 10**decimals)

    def reachable(each: Fraction) -> bool:
        if grain <= unit:
            return True  # the means lie as close as what can be printed
        below = math.floor(each / grain)  # a mean further away than the two around `each` prints as something else
        return any(rounded(grain * near, decimals, mode) == each for near in (below, below + 1) for mode in modes)

    if grain <= unit or n > MOST_MEANS:
        return Grim(reachable(value), Fraction(0))
    printed = {rounded(grain * number, decimals, mode) % step for number in range(n) for mode in modes}
    return Grim(reachable(value), max(1 - len(printed) / (step / unit), Fraction(0)))
