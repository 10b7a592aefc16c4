"""Standard deviations that can be: against brute force over all samples of whole numbers, and of zeros and ones."""

import math
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest

from collective_efficiency.numbers.deviations import possible_deviation, sums_of
from collective_efficiency.numbers.rounding import Interval


def printed(value: Fraction, decimals: int) -> Interval:
    half = Fraction(1, 2 * 10**decimals)
    return Interval(value - half, value + half)


def variances(n: int, whole: int, values: range) -> set[Fraction]:
    """The variances of all samples of n values with the sum `whole`."""
    return {
        (sum(value**2 for value in sample) - Fraction(whole**2, n)) / (n - 1)
        for sample in combinations_with_replacement(values, n)
        if sum(sample) == whole
    }


@pytest.mark.parametrize(
    ("n", "values", "binary"), [(4, range(-1, 7), False), (5, range(6), False), (9, range(2), True)]
)
def test_every_deviation_that_a_sample_has_is_possible(n, values, binary):
    """Rounded to the nearest in one decimal; a deviation is found by whole square roots."""
    for whole in range(n * min(values), n * max(values) + 1):
        mean = Fraction(round(Fraction(10 * whole, n)), 10)
        for variance in variances(n, whole, values):
            shown = Fraction((math.isqrt(400 * variance.numerator // variance.denominator) + 1) // 2, 10)
            assert possible_deviation(printed(mean, 1), printed(shown, 1), n, Fraction(1), binary=binary)


@pytest.mark.parametrize("whole", range(8, 13))
def test_a_deviation_that_no_sample_has_is_impossible(whole):
    """Of 6 values from -4 to 8, with two decimals: every one up to 2 that brute force does not find is refused."""
    n, mean = 6, Fraction(whole, 6)
    having = variances(n, whole, range(-4, 9))
    for hundredths in range(200):
        deviation = printed(Fraction(hundredths, 100), 2)
        low, high = max(deviation.low, Fraction(0)) ** 2, deviation.high**2
        expected = any(low <= variance <= high for variance in having)
        assert possible_deviation(Interval(mean, mean), deviation, n, Fraction(1)) == expected


def test_of_zeros_and_ones_the_mean_says_the_deviation():
    """0.36 of 25 is 9: the variance is (9 - 81 / 25) / 24 = 0.24."""
    mean = printed(Fraction("0.36"), 2)
    assert possible_deviation(mean, printed(Fraction("0.49"), 2), 25, Fraction(1), binary=True)
    assert not possible_deviation(mean, printed(Fraction("0.11"), 2), 25, Fraction(1), binary=True)


def test_of_one_value_there_is_none_and_of_many_nothing_is_impossible():
    near = printed(Fraction(3), 0)
    assert not possible_deviation(near, near, 1, Fraction(1))
    assert possible_deviation(near, near, 10**7, Fraction(1))
    assert list(sums_of(Interval(Fraction(1), Fraction(2), False, False), 2, Fraction(1))) == [3]
