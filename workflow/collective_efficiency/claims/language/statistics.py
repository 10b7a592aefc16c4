"""Statistics of exact numbers, each None where no number decides it."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise


def exact_mean(numbers: Sequence[Fraction]) -> Fraction | None:
    """The mean; None of no number."""
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else None


def exact_total(numbers: Sequence[Fraction]) -> Fraction | None:
    """The sum; None of no number, for where nothing is known nothing adds up."""
    return sum(numbers, Fraction(0)) if numbers else None


def exact_median(numbers: Sequence[Fraction]) -> Fraction | None:
    """The middle number, or the mean of the two in the middle.

    >>> exact_median([Fraction(3), Fraction(1)])
    Fraction(2, 1)
    """
    half = len(numbers) // 2
    return exact_mean(sorted(numbers)[half - (len(numbers) % 2 == 0) : half + 1])


STATISTICS: Mapping[str, Callable[[Sequence[Fraction]], Fraction | None]] = {
    "mean": exact_mean,
    "total": exact_total,
    "median": exact_median,
    "highest": lambda numbers: max(numbers, default=None),
    "lowest": lambda numbers: min(numbers, default=None),
}


def exact_gamma(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """(C - D) / (C + D) over all pairs of observations, C concordant and D discordant; None where all are tied.

    Goodman and Kruskal (1954), Measures of association for cross classifications.

    >>> exact_gamma([(Fraction(1), Fraction(1)), (Fraction(2), Fraction(3)), (Fraction(3), Fraction(2))])
    Fraction(1, 3)
    """
    # Ranks tell the order as the fractions do, and their products cost a tenth.
    ranks = [{number: rank for rank, number in enumerate(sorted(set(column)))} for column in zip(*pairs, strict=True)]
    ranked = [(ranks[0][x], ranks[1][y]) for x, y in pairs]
    products = [(x - other_x) * (y - other_y) for (x, y), (other_x, other_y) in combinations(ranked, 2)]
    concordant, discordant = sum(product > 0 for product in products), sum(product < 0 for product in products)
    untied = concordant + discordant
    return Fraction(concordant - discordant, untied) if untied else None


def rise(steps: Sequence[Fraction]) -> bool | None:
    """Whether each number is above the one before it; None of fewer than two."""
    return all(low < high for low, high in pairwise(steps)) if len(steps) > 1 else None
