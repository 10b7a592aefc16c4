"""Permutation, adjustment, bootstrap, effect sizes, scales, models and power, each against another way."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.multitest import multipletests

from collective_efficiency.inference.acceleration import accelerating
from collective_efficiency.inference.alpha_omega import cronbach_alpha
from collective_efficiency.inference.bootstrap import acceleration, intervals, weights
from collective_efficiency.inference.concordances import concordance_sums, concordances
from collective_efficiency.inference.effects import (
    Pairs,
    class_means,
    effect_sizes,
    estimate,
    pair_effects,
    rank_correlation,
)
from collective_efficiency.inference.exact import jonckheere_terpstra, linear_by_linear, wilcoxon_signed_rank
from collective_efficiency.inference.multiplicity import benjamini_hochberg, holm, standardised, step_down_max
from collective_efficiency.inference.permutation import (
    PermutationTest,
    group_differences,
    linear_tests,
    permutation_test,
)
from collective_efficiency.inference.power_simulation import simulated_power
from collective_efficiency.inference.shuffles import Shuffles

STRATA = np.repeat([0, 1, 2, 3], [15, 11, 9, 5])
RNG = np.random.default_rng(11)
X, Y = RNG.integers(0, 5, 40), RNG.integers(0, 4, 40)


@pytest.mark.parametrize("kind", ["linear", "concordance"])
@pytest.mark.parametrize("strata", [None, STRATA])
def test_permutation_agrees_with_the_exact_test(kind: str, strata: np.ndarray | None) -> None:
    exact = (linear_by_linear if kind == "linear" else jonckheere_terpstra)(X, Y, strata).p()
    found = permutation_test(X, Y, strata, count=40_000, seed=5, kind=kind)
    low, high = found.interval
    assert low - 0.003 < float(exact) < high + 0.003
    assert found == permutation_test(X, Y, strata, count=40_000, seed=5, kind=kind)
    assert found != permutation_test(X, Y, strata, count=40_000, seed=6, kind=kind)


@pytest.mark.parametrize("strata", [None, STRATA])
def test_compiled_permutation_agrees_with_the_exact_test(strata: np.ndarray | None) -> None:
    pytest.importorskip("numba", reason="the optional extra `fast` is not installed")
    with accelerating():
        found = permutation_test(X, Y, strata, count=100_000, seed=5)
    assert found.p == pytest.approx(float(linear_by_linear(X, Y, strata).p()), abs=0.006)


def test_shuffles_stay_in_their_strata_and_are_uniform() -> None:
    stratum = np.array([1, 0, 1, 0, 0])
    shuffles = Shuffles(stratum, 60_000, 1)
    places = np.concatenate(list(shuffles.batches()))
    assert (np.sort(places, axis=1) == np.arange(5)).all()
    inside = stratum[shuffles.order]
    assert (inside[places] == inside).all()
    _, counts = np.unique(places, axis=0, return_counts=True)
    assert len(counts) == 12
    assert stats.chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize("n", [3, 40, 400])
def test_shuffles_of_any_size(n: int) -> None:
    places = np.concatenate(list(Shuffles(np.arange(n) % 7 % 3, 50, 2).batches()))
    assert places.shape == (50, n)
    assert (np.sort(places, axis=1) == np.arange(n)).all()


def test_p_is_never_zero_and_has_an_interval() -> None:
    test = PermutationTest(9.0, 0, 999)
    assert test.p == 0.001
    assert test.interval == (0.0, pytest.approx(stats.binomtest(0, 999).proportion_ci(method="exact").high))
    other = PermutationTest(9.0, 30, 999)
    known = stats.binomtest(30, 999).proportion_ci(method="exact")
    assert other.interval == (pytest.approx(known.low), pytest.approx(known.high))


def test_kruskal_wallis_is_scipys_statistic() -> None:
    observed, shuffled = group_differences(
        STRATA.tolist(), [Y.tolist(), [None] * 15 + Y[15:].tolist(), [1] * 40], count=200, seed=1
    )
    assert observed[0] == pytest.approx(stats.kruskal(*(Y[s == STRATA] for s in range(4))).statistic)
    assert observed[1] == pytest.approx(stats.kruskal(*(Y[s == STRATA] for s in range(1, 4))).statistic)
    assert np.isnan(observed[2])
    assert shuffled.shape == (200, 3)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_adjustments_are_those_of_statsmodels(thousandths: list[int]) -> None:
    p_values = [Fraction(each, 1000) for each in thousandths]
    floats = [float(p) for p in p_values]
    assert [float(p) for p in holm(p_values)] == pytest.approx(multipletests(floats, method="holm")[1])
    assert [float(p) for p in benjamini_hochberg(p_values)] == pytest.approx(multipletests(floats, method="fdr_bh")[1])


def test_step_down_max_by_its_definition() -> None:
    x, y = RNG.integers(0, 4, (40, 3)).astype(float), RNG.integers(0, 3, (40, 2)).astype(float)
    pairs = [(a, b) for a in range(3) for b in range(2)]
    observed, shuffled = standardised(*concordances(x, y, pairs, Shuffles(STRATA, 500, 3)))
    found = step_down_max(observed, shuffled)
    order, previous = np.argsort(-abs(observed)), 0.0
    for rank, place in enumerate(order):
        worst = abs(shuffled[:, order[rank:]]).max(axis=1)
        previous = max(previous, ((worst >= abs(observed[place]) - 1e-9).sum() + 1) / 501)
        assert found[place] == pytest.approx(previous)


def test_family_wise_error_of_step_down_max_under_the_null() -> None:
    rejected = 0
    x = RNG.integers(0, 4, (40, 4)).astype(float)
    x[:, 1] = x[:, 0]  # dependent hypotheses, as the indices are
    for trial in range(150):
        y = np.random.default_rng(trial).integers(0, 3, (40, 2)).astype(float)
        pairs = [(a, b) for a in range(4) for b in range(2)]
        rejected += step_down_max(*standardised(*concordances(x, y, pairs, Shuffles(STRATA, 199, trial)))).min() <= 0.05
    assert rejected <= stats.binom.ppf(0.9995, 150, 0.05)


def test_linear_tests_count_exactly() -> None:
    """Against the sums of every shuffle in whole numbers: how many are as far from their mean as the observed one."""
    shuffles = Shuffles(STRATA, 300, 4)
    places, order = np.concatenate(list(shuffles.batches())), shuffles.order
    mean = sum(Fraction(int(X[s == STRATA].sum() * Y[s == STRATA].sum()), int((s == STRATA).sum())) for s in range(4))
    far = [abs(int((X[order] * Y[order][row]).sum()) - mean) for row in places]
    extreme = sum(each >= abs(int((X * Y).sum()) - mean) for each in far)
    assert linear_tests(X[:, None], Y, STRATA.tolist(), count=300, seed=4)[0].extreme == extreme


@pytest.mark.parametrize("bits", [20, 40, 61])
def test_scores_of_any_width_are_summed_exactly(bits: int) -> None:
    """The same counts as of the scores themselves: the wide ones are theirs times a power of two, plus a constant."""
    wide = linear_tests((X[:, None] << bits - 3) + 7, Y << bits - 2, STRATA.tolist(), count=200, seed=4)[0]
    plain = linear_tests(X[:, None], Y, STRATA.tolist(), count=200, seed=4)[0]
    assert wide.extreme == plain.extreme
    assert wide.observed == pytest.approx(
        float((((X.astype(object) << bits - 3) + 7) * (Y.astype(object) << bits - 2)).sum())
    )


def test_effect_sizes_are_those_of_scipy() -> None:
    found = {name: value for name, (value, _, _) in estimate(X, Y, count=200, seed=1).items()}
    assert found["tau_b"] == pytest.approx(stats.kendalltau(X, Y).statistic)
    assert found["somers_d"] == pytest.approx(stats.somersd(X, Y).statistic)
    assert found["spearman"] == pytest.approx(stats.spearmanr(X, Y).statistic)


def test_somers_d_of_two_groups_is_cliffs_delta() -> None:
    group = X > 2
    above = np.sign(Y[group][:, None] - Y[~group]).mean()
    assert estimate(group.astype(int), Y, count=200, seed=1)["somers_d"][0] == pytest.approx(above)


def test_weights_are_resampling() -> None:
    """A row of weights gives what the resample itself gives, for every measure, with strata and a missing value."""
    x, y = X.astype(float), Y.astype(float)
    x[3] = np.nan
    rows = weights(STRATA, 5, 2)
    assert (rows[0] == 1).all()
    assert (rows[1:41].sum(axis=1) == 39).all()
    found = effect_sizes(x, y, STRATA, rows)
    for row in (0, 7, 41, 45):
        units = np.repeat(np.arange(40), rows[row].astype(int))
        again = effect_sizes(x[units], y[units], STRATA[units], np.ones((1, len(units)), np.float32))[0]
        assert found[row] == pytest.approx(again, abs=1e-6)
        for s in range(4):
            if row > 40:
                assert rows[row][s == STRATA].sum() == (s == STRATA).sum()
    means = class_means(["a" if each > 2 else "b" for each in X], y, ["a", "b", "c"], rows)
    assert means[0, :2] == pytest.approx([y[X > 2].mean(), y[X <= 2].mean()])
    assert np.isnan(means[0, 2])


def test_bca_is_scipys() -> None:
    skewed = RNG.gamma(2, 1.5, 30)
    theirs = stats.bootstrap(
        (skewed,), np.mean, n_resamples=60_000, rng=np.random.default_rng(1), method="BCa"
    ).confidence_interval
    one = np.zeros(30, dtype=np.int64)
    rows = weights(one, 60_000, 1)
    ours = intervals((rows.astype(float) @ skewed / rows.sum(axis=1))[:, None], one)
    assert (ours.low[0], ours.high[0]) == (pytest.approx(theirs.low, abs=0.02), pytest.approx(theirs.high, abs=0.02))
    without = ours.without[:, 0]
    jackknife = without.mean() - without
    assert acceleration(ours.without, one)[0] == pytest.approx((jackknife**3).sum() / (6 * (jackknife**2).sum() ** 1.5))


def test_an_interval_is_undefined_where_nothing_varies() -> None:
    rows = weights(STRATA, 100, 1)
    found = intervals(np.column_stack([np.ones(len(rows)), np.full(len(rows), np.nan)]), STRATA)
    assert np.isnan(found.low).all()
    assert found.undefined.tolist() == [0, 100]
    assert np.isnan(rank_correlation(np.ones(40), Y.astype(float), STRATA, rows)).all()
    assert np.isnan(pair_effects(np.ones((40, 1)), Y[:, None].astype(float), Pairs(STRATA, rows))).all()


def test_alpha_of_equal_items_is_one() -> None:
    items = np.repeat(RNG.integers(0, 4, (20, 1)), 4, axis=1).astype(float)
    assert cronbach_alpha(items)[0] == pytest.approx(1)
    assert np.isnan(cronbach_alpha(np.ones((20, 4)))[0])


def test_power_rises_from_the_level_of_the_test() -> None:
    with pytest.raises(ValueError, match="simulations -1: a whole number from 1 is needed"):
        simulated_power([0, 1, 1], ["1", "2.5", "2.5"], simulations=-1, seed=1)
    with pytest.raises(ValueError, match="significance 5: a share between 0 and 1 is needed"):
        simulated_power([0, 1, 1], ["1", "2.5", "2.5"], simulations=9, seed=1, significance=5)
    found = simulated_power(X, Y, STRATA, simulations=1500, seed=1, rho=(0.0, 0.4, 0.9))
    assert found.power[0] <= stats.binom.ppf(0.9999, 1500, 0.05) / 1500
    assert abs(found.tau_b[0]) < 0.02
    assert found.power[0] < found.power[1] < found.power[2]
    assert all(a <= b for a, b in zip(found.power, found.mid_power, strict=True))
    assert found.tau_b[0] < found.detectable(0.8) < found.tau_b[2]


def test_known_defects_of_other_packages_on_ties() -> None:
    """Why this module exists. If one of these starts to fail, a peer has been mended: say so in docs/inference.md."""
    x, y = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2], [0, 0, 1, 0, 1, 1, 2, 1, 2, 2]
    exact = float(jonckheere_terpstra(x, y).p())
    assert stats.somersd(x, y).pvalue < exact / 5
    differences = [2, 2, 3, 1, 2, 2, 3, 1, 2, -1, 2, 1, 2, 3, 2]
    assert stats.wilcoxon(differences).pvalue > 2 * float(wilcoxon_signed_rank(differences).p())  # silently asymptotic
    table = Table(np.histogram2d(x, y, bins=3)[0])
    assert table.test_ordinal_association().pvalue > 2 * float(linear_by_linear(x, y).p())


def test_float_ties_change_an_exact_test() -> None:
    """Means of the same scores in another order differ in their last bit: an exact test on floats sees no tie."""
    tenths = [(1, 2), (3, 0), (1, 1), (2, 2), (2, 1), (0, 3), (4, 1), (1, 4)]
    floats = [a / 10 + b / 10 for a, b in tenths]
    fractions = [Fraction(a + b, 10) for a, b in tenths]
    assert len(set(floats)) > len(set(fractions))
    group = [0, 0, 0, 1, 1, 0, 1, 1]
    on_floats = jonckheere_terpstra(group, [sorted(floats).index(value) for value in floats]).p()
    assert on_floats != jonckheere_terpstra(group, fractions).p()
    with pytest.raises(ValueError, match="false ties"):
        jonckheere_terpstra(group, floats)


@pytest.mark.parametrize("kind", ["int64", "compiled"])
def test_many_strata_of_coprime_sizes_are_counted_exactly(kind: str) -> None:
    """30 strata of sizes 13 to 42: their common scale is beyond 64 bits. Against the same shuffles in Python's numbers,
    and, compiled, against the exact test."""
    sizes = range(13, 43)
    strata = np.repeat(np.arange(30), sizes)
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 4, len(strata)), rng.integers(0, 4, len(strata))
    if kind == "compiled":
        pytest.importorskip("numba", reason="the optional extra `fast` is not installed")
        with accelerating():
            test = permutation_test(x, y, strata.tolist(), count=20_000, seed=2)
        assert test.interval[0] <= float(linear_by_linear(x, y, strata.tolist()).p()) <= test.interval[1]
        return
    shuffles = Shuffles(strata, 300, 4)
    mean = sum(Fraction(int(x[strata == s].sum()) * int(y[strata == s].sum()), size) for s, size in enumerate(sizes))
    observed = abs(int(x @ y) - mean)
    extreme = sum(abs(int(x[shuffles.order] @ y[row]) - mean) >= observed for batch in shuffles.batches()
                  for row in shuffles.order[batch])  # fmt: skip
    assert linear_tests(x[:, None], y, strata.tolist(), count=300, seed=4)[0].extreme == extreme


def test_a_count_or_a_level_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="count -5: a whole number from 1"):
        permutation_test(X, Y, count=-5, seed=1)
    with pytest.raises(ValueError, match="level 95: a share between 0 and 1"):
        estimate(X, Y, count=200, seed=1, level=95)


@pytest.mark.parametrize(("levels", "strata"), [((3, 4), None), ((2, 2), STRATA), ((20, 9), STRATA), ((30, 30), None)])
def test_s_by_counts_is_s_by_pairs(levels: tuple[int, int], strata: np.ndarray | None) -> None:
    """One hypothesis under the same shuffles, by digits of one product of matrices and pair by pair."""
    x, y = (np.unique(RNG.integers(0, each, 40), return_inverse=True)[1] for each in levels)
    shuffles = Shuffles(np.zeros(40, np.int64) if strata is None else strata, 300, 9)
    observed, by_pairs = concordances(x[:, None].astype(float), y[:, None].astype(float), [(0, 0)], shuffles)
    found, sums = concordance_sums(x, y, shuffles)
    assert found == observed[0]
    assert sums.tolist() == by_pairs[:, 0].tolist()
