"""Whether a printed standard deviation can be that of n values on a scale with the printed mean, and which n it takes.

GRIMMER (Anaya 2016; the analytic form of Allard 2018) for whole numbers, DEBIT (Heathers and Brown 2019) for zeros and
ones; exact, over all sums that print as the mean. What a sample can have is never refused; of fewer than five values
some that none has pass, too.
"""

import math
from collections.abc import Iterator
from fractions import Fraction

from collective_efficiency.numbers.rounding import Interval

MOST_SUMS = 100_000  # that print as one mean; where there are more, nothing is impossible


def possible_deviation(mean: Interval, deviation: Interval, n: int, step: Fraction, *, binary: bool = False) -> bool:
    """Whether n multiples of `step` (binary: n zeros and ones) have a mean and a standard deviation in these sets.

    The deviation is that of a sample, with n - 1 below. Of one value there is none.

    >>> near = lambda text: Interval(Fraction(text) - Fraction(1, 200), Fraction(text) + Fraction(1, 200))
    >>> possible_deviation(near("2.57"), near("0.53"), 7, Fraction(1)), possible_deviation(
    ...     near("2.57"), near("0.62"), 7, Fraction(1)
    ... )
    (True, False)
    """
    if n < 2 or deviation.high < 0:
        return False
    sums = sums_of(mean, n, step)
    if sums.stop - sums.start > MOST_SUMS:
        return True
    low = max(deviation.low, Fraction(0))
    squares = Interval(low**2, deviation.high**2, deviation.low_closed or deviation.low < 0, deviation.high_closed)
    return any(square in squares for whole in sums for square in _variances(whole, n, step, squares, binary))


def sums_of(mean: Interval, n: int, step: Fraction) -> range:
    """The sums of n values, in steps, whose mean lies in a set.

    >>> list(sums_of(Interval(Fraction("5.205"), Fraction("5.215")), 28, Fraction(1)))
    [146]
    """
    low, high = mean.low * n / step, mean.high * n / step
    first, last = math.ceil(low), math.floor(high)
    first += first == low and not mean.low_closed
    last -= last == high and not mean.high_closed
    return range(first, last + 1)


def _variances(whole: int, n: int, step: Fraction, squares: Interval, binary: bool) -> Iterator[Fraction]:
    """The variances that n values with the sum `whole` may have, as far as `squares` reaches: at most one is needed.

    A whole number and its square are both even or both odd, and so are their sums; the sum of squares is the least
    where the values are as equal as they can be.
    """
    mean_square = Fraction(whole * whole, n)

    def variance(of_squares: int) -> Fraction:
        return (of_squares - mean_square) / (n - 1) * step**2

    if binary:
        if 0 <= whole <= n:
            yield variance(whole)
        return
    below, more = divmod(whole, n)
    least = more * (below + 1) ** 2 + (n - more) * below**2
    wanted = max(least, math.ceil(squares.low / step**2 * (n - 1) + mean_square))
    wanted += (wanted - whole) % 2
    yield variance(wanted)
    yield variance(wanted + 2)  # where the first lies on an end that does not belong to `squares`
