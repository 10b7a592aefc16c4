"""Scores in units: exact against fractions, also for what raters combined."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.numbers.printed import decimal_text
from collective_efficiency.numbers.scores import UNIT, Sum, points, sum_of, unit, units, units_text

RATINGS = st.lists(st.sampled_from(["0", "0.5", "0.88", "1.5", "2.36", "3"]), min_size=1, max_size=10)


@given(st.lists(RATINGS, min_size=1, max_size=6))
def test_a_mean_of_raters_is_exact_again_once_it_was_written(rated):
    """Up to ten raters: the text of their mean, with at most eight decimals, gives their mean and no other number."""
    means = [sum(map(Fraction, each)) / len(each) for each in rated]
    frame = pd.DataFrame({"inputs": [decimal_text(mean, 2) for mean in means]}, dtype="str")
    values = units(frame, ["inputs"], "zero")["inputs"]
    assert [points(value) for value in values] == means
    assert sum_of(values) == Sum(sum(means), len(means))
    back = units(pd.DataFrame({"inputs": units_text(values)}), ["inputs"], "zero")["inputs"]
    assert back.equals(values)


@pytest.mark.parametrize(("missing", "value"), [("zero", Fraction(0)), ("omit", None)])
def test_not_available_is_zero_or_missing_and_an_empty_text_always_missing(missing, value):
    found = units(pd.DataFrame({"inputs": ["n.a.", "", "2.50"]}, dtype="str"), ["inputs"], missing)["inputs"]
    assert [points(each) for each in found] == [value, None, Fraction(5, 2)]


def test_nothing_known_has_no_mean():
    empty = sum_of(pd.Series([float("nan")]))
    assert (empty, empty.mean, empty.mean_text) == (Sum(Fraction(0), 0), None, "")


def test_a_mean_is_rounded_half_up():
    assert Sum(Fraction(1, 4000), 5).mean_text == "0.0001"  # 0.00005, a tie
    assert Sum(Fraction(4), 3).mean_text == "1.3333"


def test_a_cut_off_in_units():
    assert unit(Fraction("9.4999")) + UNIT // 10_000 == unit(Fraction(19, 2))
