"""Raters combined: by hand, against brute force in fractions, and exact all the way into the indices."""

from fractions import Fraction
from statistics import median as middle

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.choices import Choices
from collective_efficiency.measures.averages import cluster_measures, sector_averages
from collective_efficiency.measures.indices import recompute, written
from collective_efficiency.numbers.scores import UNIT, units
from collective_efficiency.studies.raters import MOST_RATERS, aggregate
from collective_efficiency.words import GOVERNANCE, ITEMS, JOINT_ACTIONS, SCORES

TEXTS = ["0.00", "0.50", "0.88", "1.00", "1.50", "2.00", "2.37", "3.00"]
ROWS = st.lists(st.tuples(*[st.sampled_from(TEXTS)] * 8), min_size=1, max_size=MOST_RATERS)


def ratings(rows, cluster="c"):
    """Columns of ratings.csv: one row a rater, items only."""
    found = {"cluster": [cluster] * len(rows), "rater": [str(number) for number in range(len(rows))]}
    found |= {name: [""] * len(rows) for name in (*SCORES, *GOVERNANCE)}
    return found | {name: [row[place] for row in rows] for place, name in enumerate(ITEMS)}


def with_column(name, texts):
    return ratings([("1.00",) * 8] * len(texts)) | {name: list(texts)}


@pytest.mark.parametrize(
    ("texts", "median", "mean"),
    [
        (["1.00", "2.00", "3.00"], "2.00", "2.00"),
        (["1.00", "1.00", "2.00"], "1.00", "1.33333333"),
        (["1.00", "2.50"], "1.75", "1.75"),
        (["1.00", "n.a.", "3.00"], "2.00", "2.00"),
        (["n.a.", "n.a."], "n.a.", "n.a."),
        (["0.01", "0.02"], "0.01500000", "0.01500000"),
    ],
)
def test_scores_by_hand(texts, median, mean):
    assert aggregate(with_column("inputs", texts), "median")["inputs"] == [median]
    assert aggregate(with_column("inputs", texts), "mean")["inputs"] == [mean]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ("112", "1"),
        ("12", "n.a."),
        ("33", "3"),
        (["1", "n.a."], "1"),
        (["n.a.", ""], "n.a."),
        (["", ""], ""),
        ("0123", "n.a."),
    ],
)
def test_codes_go_by_majority(texts, code):
    for raters in ("median", "mean"):
        assert aggregate(with_column("market", texts), raters)["market"] == [code]


def test_clusters_are_put_together_wherever_their_rows_stand():
    rows = ratings([("1.00",) * 8, ("0.00",) * 8, ("3.00",) * 8]) | {"cluster": ["b", "a", "b"]}
    found = aggregate(rows, "mean")
    assert (found["cluster"], found["inputs"]) == (["b", "a"], ["2.00", "0.00"])


@given(ROWS, st.sampled_from(["median", "mean"]), st.integers(0, 100))
def test_indices_of_combined_raters_are_exact(rows, raters, percent):
    combine = middle if raters == "median" else lambda values: sum(values) / len(values)
    exact = [combine([Fraction(row[place]) for row in rows]) for place in range(8)]
    frame = pd.DataFrame(aggregate(ratings(rows), raters), dtype="str").assign(sector="x")
    weight = Fraction(percent, 100)
    line = recompute(frame, Choices(eei_weight=weight, jai_weight=1 - weight)).iloc[0]
    eei, jai = sum(exact[:4]), sum(exact[4:])
    assert [Fraction(int(line[name]), UNIT) for name in ("eei", "jai", "ce")] == [
        eei, jai, weight * eei + (1 - weight) * jai
    ]  # fmt: skip


@given(ROWS, ROWS)
def test_indices_read_back_are_exact(one, other):
    """From indices.csv into averages: rounded once, when the mean is written."""
    rows = {name: ratings(one, "a")[name] + ratings(other, "b")[name] for name in ratings(one)}
    frame = pd.DataFrame(aggregate(rows, "mean"), dtype="str").assign(sector="x", study="report")
    indices = recompute(frame, Choices())
    text = written(indices.assign(source="items"))
    assert (units(text, ["eei", "jai", "ce"], "omit") == indices[["eei", "jai", "ce"]]).all(axis=None)
    means = sector_averages(cluster_measures(frame, text, Choices())).iloc[0]
    exact = sum(
        Fraction(row[ITEMS.index(name)]) / len(rows) for rows in (one, other) for row in rows for name in JOINT_ACTIONS
    )
    assert abs(Fraction(means["jai"]) - exact / 2) <= Fraction(1, 20_000)
