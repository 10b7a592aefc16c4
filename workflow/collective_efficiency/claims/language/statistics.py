"""Statistics of exact numbers, each None where no number decides it, and their bounds where numbers are not known."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import floor, inf

from collective_efficiency.claims.language.values import UNKNOWN, Bound, Truth, Value, span_of

Ends = tuple[Bound, Bound]
Statistic = Callable[[Sequence[Bound]], Bound | None]


def exact_mean(numbers: Sequence[Bound]) -> Bound | None:
    """The mean; None of no number."""
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else None


def exact_total(numbers: Sequence[Bound]) -> Bound | None:
    """The sum."""
    return sum(numbers, Fraction(0))


def exact_median(numbers: Sequence[Bound]) -> Bound | None:
    """The middle number, or the mean of the two in the middle.

    >>> exact_median([Fraction(3), Fraction(1)])
    Fraction(2, 1)
    """
    return exact_quantile(numbers, Fraction(1, 2))


def exact_quantile(numbers: Sequence[Bound], part: Fraction) -> Bound | None:
    """The number below which this part of the others lies, interpolated (type 7 of Hyndman and Fan 1996, as in R).

    >>> exact_quantile([Fraction(number) for number in (1, 2, 4, 8)], Fraction(1, 4))
    Fraction(7, 4)
    """
    if not numbers:
        return None
    place = (len(numbers) - 1) * part
    in_order, below = sorted(numbers), floor(place)
    step = place - below
    return (1 - step) * in_order[below] + step * in_order[below + 1] if step else in_order[below]


STATISTICS: Mapping[str, Statistic] = {
    "mean": exact_mean,
    "total": exact_total,
    "median": exact_median,
    "highest": lambda numbers: max(numbers, default=None),
    "lowest": lambda numbers: min(numbers, default=None),
}


def statistic_bounds(statistic: Statistic, sure: Sequence[Ends], maybe: Sequence[Ends]) -> Value:
    """The statistic of numbers that are known within bounds, some of which may not belong to it at all.

    statistic: one that no number lowers by rising. maybe: those of which it is not known whether they are meant. The
    lowest value needs the lowest numbers and, of those that may belong, some count of the lowest; so for the highest.
    UNKNOWN where it may be undefined.
    """
    if maybe and statistic([low for low, _ in sure]) is None:
        return UNKNOWN
    low = [
        statistic([*(each[0] for each in sure), *sorted(each[0] for each in maybe)[:count]])
        for count in range(len(maybe) + 1)
    ]
    high = [
        statistic([*(each[1] for each in sure), *sorted((each[1] for each in maybe), reverse=True)[:count]])
        for count in range(len(maybe) + 1)
    ]
    lows, highs = ([each for each in ends if each is not None] for ends in (low, high))
    return span_of(min(lows), max(highs)) if lows else None


def pair_counts(pairs: Sequence[tuple[Ends, Ends, str]]) -> tuple[int, int, int]:
    """How many pairs of observations agree in order, how many do not, and of how many that is not known.

    pairs: x and y of each observation, and its stratum; observations of different strata are not compared.
    """
    agree = disagree = unknown = 0
    for (x, y, stratum), (other_x, other_y, other) in combinations(pairs, 2):
        if stratum != other:
            continue
        signs = _sign(x, other_x), _sign(y, other_y)
        if 0 in signs:
            continue
        if None in signs:
            unknown += 1
        elif signs[0] == signs[1]:
            agree += 1
        else:
            disagree += 1
    return agree, disagree, unknown


def _sign(left: Ends, right: Ends) -> int | None:
    """-1, 0 or 1 as left is below, at or above right; None where that is not known."""
    if left[1] < right[0]:
        return -1
    if left[0] > right[1]:
        return 1
    return 0 if left[0] == left[1] == right[0] == right[1] else None


def gamma_bounds(agree: int, disagree: int, unknown: int) -> Value:
    """(C - D) / (C + D) over the pairs that agree (C) and disagree (D).

    None where all are tied, UNKNOWN where all may be. Goodman and Kruskal (1954), Measures of association for cross
    classifications.

    >>> gamma_bounds(2, 1, 0)
    Fraction(1, 3)
    """
    pairs = agree + disagree + unknown
    if not agree + disagree:
        return UNKNOWN if unknown else None
    return span_of(Fraction(agree - disagree - unknown, pairs), Fraction(agree + unknown - disagree, pairs))


def step_up(steps: Sequence[Ends], surely: Sequence[bool]) -> Truth:
    """Whether each number is above the one before it; None of fewer than two.

    surely: of each step whether it is known to be there (to have clusters).
    """
    if len(steps) < 2:
        return None
    pairs = list(combinations(range(len(steps)), 2))
    if any(surely[first] and surely[second] and steps[first][0] >= steps[second][1] for first, second in pairs):
        return False
    rising = all(steps[first][1] < steps[second][0] for first, second in pairs)
    return True if rising and sum(surely) > 1 else UNKNOWN


def varies(numbers: Sequence[Ends]) -> Truth:
    """Whether the numbers differ at all.

    >>> varies([(Fraction(1), Fraction(1)), (Fraction(1), Fraction(1))])
    False
    """
    lows, highs = [low for low, _ in numbers], [high for _, high in numbers]
    if max(lows, default=-inf) > min(highs, default=inf):
        return True
    return False if len({*lows, *highs}) < 2 else UNKNOWN
