"""Stage `reliability`, against the worked example of Krippendorff (2011) and a count over all pairs by brute force."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inference_data import PLAN

from collective_efficiency.studies.reliability import METRICS, disagreement_of, reliability, signed
from collective_efficiency.words import GOVERNANCE, SCORES

# Krippendorff (2011), example C: four observers, twelve units, some ratings missing (0 here)
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
)
EXAMPLE = [[Fraction(value) for value in unit if value] for unit in zip(*OBSERVERS, strict=True)]


@pytest.mark.parametrize(("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example(metric, published):
    assert round(float(disagreement_of(EXAMPLE, METRICS[metric]).alpha), 3) == published


UNITS = st.lists(st.lists(st.integers(0, 3).map(Fraction), max_size=4), max_size=6)


@given(UNITS)
def test_the_interval_alpha_by_all_pairs(units):
    """Disagreement within units over disagreement of any two ratings, each ordered pair counted once."""
    paired = [unit for unit in units if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    anywhere = [(one - other) ** 2 for one, other in permutations(values, 2)]
    if not sum(anywhere):
        assert disagreement_of(units, METRICS["interval"]).alpha is None
        return
    within = sum(
        sum((one - other) ** 2 for one, other in permutations(unit, 2)) / Fraction(len(unit) - 1) for unit in paired
    )
    expected = 1 - (within / len(values)) / (sum(anywhere) / Fraction(len(anywhere)))
    assert disagreement_of(units, METRICS["interval"]).alpha == expected


@given(UNITS)
def test_perfect_agreement_is_one_and_order_does_not_matter(units):
    alike = [[unit[0]] * 2 for unit in units if unit]
    for metric in METRICS.values():
        assert disagreement_of(alike, metric).alpha in (None, 1)
        assert (
            disagreement_of(units, metric).alpha
            == disagreement_of([unit[::-1] for unit in reversed(units)], metric).alpha
        )


def rating(cluster, rater, **scores):
    return {"cluster": cluster, "rater": rater} | dict.fromkeys((*SCORES, *GOVERNANCE), "") | scores


RATINGS = [
    rating("a", "N", inputs="1.00", product="2.00", market="1"),
    rating("a", "S", inputs="2.00", product="2.00", market="1"),
    rating("b", "N", inputs="3.00", product="2.00", market="n.a."),
    rating("b", "S", inputs="n.a.", product="2.00", market="2"),
]


def test_a_row_for_every_item_and_what_is_undefined_says_why():
    rows = {row["item"]: row for row in reliability(RATINGS, PLAN)}
    assert list(rows) == [*SCORES, *GOVERNANCE]
    assert (rows["inputs"]["alpha"], rows["inputs"]["n_clusters"], rows["inputs"]["n_ratings"]) == ("0.0000", "1", "2")
    assert rows["product"]["note"] == "undefined: all ratings are the same"
    assert rows["backward"]["note"] == "undefined: no cluster has two ratings"
    assert rows["market"]["metric"] == "nominal"


def test_the_numbers_behind_the_published_example():
    """By hand: 40 pairable ratings of 11 units, 8 of four observers, 2 of three, 1 of two: 8 * 6 + 2 * 3 + 1."""
    found = disagreement_of(EXAMPLE, METRICS["nominal"])
    assert sum(found.counts.values()) == 40
    assert (found.pairs, found.alike) == (55, 43)
    assert round(float(1 - found.observed / found.expected), 3) == 0.743


def test_the_numbers_behind_an_alpha_are_written():
    """inputs: 1 and 2 of one cluster: two ratings one rank apart, within and at all."""
    (row,) = [row for row in reliability(RATINGS, PLAN) if row["item"] == "inputs"]
    assert (row["pairs"], row["alike"], row["values"]) == ("1", "0", "1.00 (1); 2.00 (1)")
    assert (row["observed"], row["expected"], row["draws"]) == ("1.0000", "1.0000", str(PLAN.resamples))


def test_a_negative_number_is_rounded_away_from_zero():
    assert [signed(Fraction(value), 2) for value in ("-1/8", "1/8", "-1/1000")] == ["-0.13", "0.13", "0.00"]
