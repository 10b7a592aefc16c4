"""The bootstrap of alpha, against the exact alpha of every possible draw, computed by brute force."""

from collections import Counter
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from collective_efficiency.studies.alpha_interval import alpha_interval
from collective_efficiency.studies.reliability import METRICS, disagreement_of

UNITS = [[Fraction(value) for value in unit] for unit in ((0, 1), (2, 2, 3), (3, 3), (1, 1))]
DRAWS = 40_000


@pytest.mark.parametrize("metric", ["ordinal", "nominal"])
def test_the_ends_are_those_of_all_possible_draws(metric):
    """All 4 to the 4 draws, each equally likely: the quantiles of their alphas, but for the error of so many draws."""
    all_alphas = [disagreement_of(draw, METRICS[metric]).alpha for draw in product(UNITS, repeat=len(UNITS))]
    known = sorted(float(alpha) for alpha in all_alphas if alpha is not None)
    found = alpha_interval(UNITS, metric == "nominal", DRAWS, 1, 0.8)
    for end, share in ((found.low, 0.1), (found.high, 0.9)):
        place = share * (len(known) - 1)
        around = known[max(0, int(place) - 4)], known[min(len(known) - 1, int(place) + 5)]
        assert around[0] - 1e-9 <= end <= around[1] + 1e-9
    undefined = sum(alpha is None for alpha in all_alphas) / len(all_alphas)
    assert abs(found.undefined / DRAWS - undefined) < 0.005


def test_a_draw_of_everything_once_has_the_alpha_of_all():
    """A study of clusters that are all rated alike in kind has one possible draw."""
    alike = [[Fraction(0), Fraction(1)]] * 5
    for metric in ("ordinal", "nominal"):
        found = alpha_interval(alike, metric == "nominal", 10, 1, 0.95)
        alpha = float(disagreement_of(alike, METRICS[metric]).alpha)
        assert (found.low, found.high) == pytest.approx((alpha, alpha))


def test_the_same_seed_gives_the_same_interval():
    assert alpha_interval(UNITS, False, 500, 7, 0.95) == alpha_interval(UNITS, False, 500, 7, 0.95)
    assert alpha_interval(UNITS, False, 500, 7, 0.95) != alpha_interval(UNITS, False, 500, 8, 0.95)


def test_where_all_agree_on_one_value_there_is_none():
    assert alpha_interval([[Fraction(1)] * 2] * 3, False, 50, 1, 0.95) is None


def test_many_clusters_are_drawn_by_kind():
    """50,000 clusters: the standard error of alpha falls with the root of their number."""
    draw = np.random.default_rng(3)
    units = [[Fraction(int(value)) for value in pair] for pair in draw.integers(0, 4, (50_000, 2))]
    found = alpha_interval(units, False, 200, 1, 0.95)
    assert -0.02 < found.low < float(disagreement_of(units, METRICS["ordinal"]).alpha) < found.high < 0.02
    assert len(Counter(map(tuple, units))) == 16
