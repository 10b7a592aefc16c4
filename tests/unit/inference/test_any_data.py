"""The tests as a stranger calls them: any kind of input, missing values, tables, errors in one line, and wide numbers.

Verified against enumeration of permutations in Python's whole numbers, R, and the same data in another form.
"""

import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import comb

import numpy as np
import pandas as pd
import pytest
from conftest import PROJECT
from hypothesis import given, settings
from hypothesis import strategies as st

from collective_efficiency import inference
from collective_efficiency.inference import (
    estimate,
    fisher_freeman_halton,
    from_table,
    goodman_kruskal_gamma,
    jonckheere_terpstra,
    kruskal_wallis,
    linear_by_linear,
    permutation_test,
    shuffled,
    spearman,
)
from collective_efficiency.inference.distributions import Distribution
from collective_efficiency.inference.samples import NoVariationError, TooLargeError

TESTS = (jonckheere_terpstra, linear_by_linear, spearman, goodman_kruskal_gamma, kruskal_wallis, fisher_freeman_halton)
X, Y, STRATA = [0, 1, 2, 2, 1, 0, 2, 1, 0, 2], [1, 2, 3, 3, 1, 1, 2, 3, 2, 1], list("aabbabbaab")
JOB = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]


def test_every_exported_name_is_there_and_an_import_loads_no_more_than_it_needs() -> None:
    for name in inference.__all__:
        assert getattr(inference, name).__doc__, name
    assert set(inference.__all__) <= set(dir(inference))
    with pytest.raises(AttributeError, match="has no attribute 'jonkheere'"):
        inference.jonkheere  # noqa: B018
    code = "import sys, collective_efficiency.inference; print([m for m in ('numpy', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT / "workflow", capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("test", TESTS)
def test_input_of_any_kind_gives_the_same(test) -> None:
    plain = test(X, Y, STRATA)
    words = pd.Categorical.from_codes(np.array(Y) - 1, ["low", "middle", "high"], ordered=True)
    for x, y, strata in (
        (pd.Series(X, index=range(10, 0, -1)), pd.Series(words), pd.Series(STRATA, dtype="category")),
        (np.array(X), words, np.array(STRATA)),
        (pd.array(X, dtype="Int64"), [str(each) for each in Y], tuple(STRATA)),
        ([float(each) for each in X], [Decimal(each) for each in Y], np.unique(STRATA, return_inverse=True)[1]),
    ):
        other = test(x, y, strata)
        assert (other.statistic, other.p()) == (plain.statistic, plain.p())


@pytest.mark.parametrize("test", TESTS)
def test_missing_values_are_left_out_counted_and_said(test) -> None:
    plain = test(X, Y, STRATA)
    for nothing in (None, float("nan"), pd.NA, np.nan):
        other = test([*X, nothing, 1, 1], [*Y, 1, nothing, 1], [*STRATA, "a", "a", nothing])
        assert (other.p(), other.n, other.left_out) == (plain.p(), 10, 3)
        assert "n = 10, 3 left out>" in repr(other)
    missing = pd.Categorical.from_codes([-1, *np.array(Y) - 1], ["low", "middle", "high"], ordered=True)
    assert test([1, *X], missing, ["a", *STRATA]).left_out == 1


def test_a_table_is_its_units() -> None:
    stacked = [[[1, 0, 2], [0, 1, 1]], [[0, 2, 0], [1, 1, 0]]]
    units = [(s, r, c) for s in (0, 1) for r in (0, 1) for c in (0, 1, 2) for _ in range(stacked[s][r][c])]
    strata, x, y = (list(column) for column in zip(*units, strict=True))
    for test in TESTS:
        assert test(*from_table(stacked)).p() == test(x, y, strata).p()
    assert from_table(pd.DataFrame(JOB, index=list("abcd"))) == from_table(JOB)
    scored = linear_by_linear(*from_table(stacked, column_scores=["0.5", 1, "7.25"], strata=["u", "v"]))
    assert scored.p() == linear_by_linear(x, [[Fraction(1, 2), 1, Fraction(29, 4)][c] for c in y], strata).p()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: jonckheere_terpstra(X, Y, method="exactly"), "method 'exactly'; allowed: exact, shuffles, auto"),
        (lambda: jonckheere_terpstra(X, Y, method="shuffles", count=-5), "count -5: a whole number from 1 is needed"),
        (lambda: jonckheere_terpstra(X, Y, method="shuffles", count=9.5), "count 9.5: a whole number from 1"),
        (lambda: jonckheere_terpstra(X, Y, method="shuffles", seed=-1), "seed -1: a whole number from 0 is needed"),
        (lambda: permutation_test(X, Y, count=0, seed=1), "count 0: a whole number from 1 is needed"),
        (lambda: permutation_test(X, Y, seed=1, kind="quadratic"), "kind 'quadratic'; allowed: linear, concordance"),
        (lambda: estimate(X, Y, level=95), "level 95: a share between 0 and 1 is needed, as 0.95"),
        (lambda: estimate(X, Y, count=-5), "count -5: a whole number of resamples from 100 is needed"),
        (lambda: estimate([0.1 + 0.2, 0.3], [1, 2]), "floats make false ties"),
        (lambda: jonckheere_terpstra(["low", "high"], [1, 2]), "'low' has no place in an order"),
        (lambda: jonckheere_terpstra(X, Y[:9]), "columns of one length are needed: 10 and 9 values given"),
        (lambda: jonckheere_terpstra(X, Y, STRATA[:9]), "of one length are needed: 10 and 10 and 9 values given"),
        (lambda: jonckheere_terpstra([None], [1]), "no unit has a value in every column"),
        (lambda: from_table([1, 2]), "a table (rows, columns) or (strata, rows, columns) is needed"),
        (lambda: from_table([[1, -2]]), "-2 is no count: whole numbers from 0 are needed"),
        (lambda: from_table([[1, 2.5]]), "floats make false ties"),
        (lambda: from_table([[1, 2]], column_scores=[1, 2, 3]), "column_scores: 3 for 2 of the table"),
        (lambda: jonckheere_terpstra(X, Y).p("smaller"), "alternative 'smaller'; allowed: greater, less"),
    ],
)
def test_a_wrong_argument_is_said_in_one_line(call, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        call()
    assert "\n" not in str(error.value)


def test_a_categorical_without_order_is_refused() -> None:
    with pytest.raises(TypeError, match="a Categorical without order"):
        jonckheere_terpstra(X, pd.Categorical(["b", "a"] * 5))


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("strata", [None, STRATA])
def test_shuffles_answer_as_the_exact_count_does(test, strata) -> None:
    exact, found = test(X, Y, strata), test(X, Y, strata, method="shuffles", count=20_000)
    assert found.statistic == exact.statistic
    assert found.shuffles == 20_000
    low, high = found.interval()
    assert low - 0.004 < float(exact.p()) < high + 0.004
    assert exact.interval() == (float(exact.p()), float(exact.p()))
    assert f"by 20,000 shuffles: {low:.4g} to {high:.4g}" in repr(found)
    assert found.p() == test(X, Y, strata, method="shuffles", count=20_000).p()
    assert test(X, Y, strata, method="auto").p() == exact.p()
    with pytest.raises(NoVariationError):
        test([1] * 10, Y, strata, method="auto")


@pytest.mark.parametrize("test", TESTS)
def test_what_is_out_of_reach_has_a_way_out(test) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.integers(0, 30, 120), rng.integers(0, 30, 120)
    with pytest.raises(TooLargeError, match=r'out of reach; method="auto" takes shuffles there'):
        test(x, y)
    found = test(x, y, method="auto", count=999)
    assert found.shuffles == 999
    assert 0 < float(found.p()) < 1


def test_a_table_refused_before_is_answered() -> None:
    """Agresti (2002, page 57), job satisfaction: R 4.2.2's fisher.test gives 0.7826849389663913 (workspace 2e7)."""
    assert float(fisher_freeman_halton(*from_table(JOB)).p()) == pytest.approx(0.7826849389663913, abs=1e-13)


def test_an_endless_number_of_steps_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shuffled, "STEPS", 60_000)  # of each shuffle of 10 units at 3 levels: 30
    assert jonckheere_terpstra(X, Y, method="shuffles", count=10**9).shuffles == 2_000
    monkeypatch.setattr(shuffled, "STEPS", 1)
    assert kruskal_wallis(X, Y, method="shuffles", count=10**9).shuffles == shuffled.FEWEST_SHUFFLES


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(2, 60), min_size=2, max_size=14), st.integers(0, 2**32), st.integers(1, 40))
def test_strata_of_any_sizes_give_exact_means_and_variances(sizes: list[int], seed: int, bits: int) -> None:
    """Of many co-prime strata and wide scores; against the moments of a permuted sum, in fractions (Mantel 1963)."""
    rng = np.random.default_rng(seed)
    strata = np.repeat(range(len(sizes)), sizes)
    x = rng.integers(0, 2, len(strata))
    levels = [0, 1, 1 + 2**bits]
    y = [levels[each] for each in rng.integers(0, 3, len(strata))]
    try:
        test = linear_by_linear(x, y, strata)
    except (NoVariationError, TooLargeError):
        return
    mean, variance = Fraction(0), Fraction(0)
    for number, size in enumerate(sizes):
        one = [int(a) for a, s in zip(x, strata, strict=True) if s == number]
        two = [b for b, s in zip(y, strata, strict=True) if s == number]
        mean += Fraction(sum(one) * sum(two), size)
        squares = [sum(v * v for v in each) - Fraction(sum(each) ** 2, size) for each in (one, two)]
        variance += squares[0] * squares[1] / (size - 1)
    step = np.gcd.reduce(np.diff(sorted(set(y)))) if len(set(y)) > 1 else 1
    low = min(y)
    assert test.null.mean == (mean - low * int(x.sum())) / int(step)
    assert test.null.variance == variance / int(step) ** 2


def test_doses_over_six_orders_of_magnitude() -> None:
    """Eight observations, by all 8! permutations: refused before, for the range of the sums."""
    dose, response = ["0.01", "0.1", "1", "10", "100", "1234.5", "12345.67", "3"], [0, 1, 1, 0, 2, 1, 2, 2]
    exact = [Fraction(each) for each in dose]
    sums = Counter(sum(a * b for a, b in zip(exact, order, strict=True)) for order in permutations(response))
    mean = sum(exact) * sum(response) / 8
    observed = sum(a * b for a, b in zip(exact, response, strict=True))
    extreme = sum(count for value, count in sums.items() if abs(value - mean) >= abs(observed - mean))
    assert linear_by_linear(dose, response).p() == Fraction(extreme, 40320)


def test_gamma_of_eight_thousand_units() -> None:
    """With 2 x 2 margins gamma rises with one cell, whose distribution is hypergeometric."""
    table = [[3, 3997], [9, 3991]]
    found = goodman_kruskal_gamma(*from_table(table))
    ways = [comb(4000, a) * comb(4000, 12 - a) for a in range(13)]
    gammas = [
        Fraction(a * (3988 + a) - (12 - a) * (4000 - a), a * (3988 + a) + (12 - a) * (4000 - a)) for a in range(13)
    ]
    extreme = sum(count for count, gamma in zip(ways, gammas, strict=True) if abs(gamma) >= abs(gammas[3]))
    assert found.statistic == gammas[3]
    assert found.p() == Fraction(extreme, sum(ways))


@pytest.mark.parametrize("shift", [0, 2**61, -(2**62)])
def test_sums_beyond_64_bits_are_exact(shift: int) -> None:
    """Convolved with and without an offset: the same counts at shifted values."""
    one = Distribution(np.array([0, 3, 2**40]), np.array([1, 2, 1]))
    far = Distribution(one.values + shift, one.counts)
    plain, moved = one.convolve(one).convolve(one), far.convolve(far).convolve(far)
    assert [value - 3 * shift for value in moved.values.tolist()] == plain.values.tolist()
    assert moved.counts.tolist() == plain.counts.tolist()
