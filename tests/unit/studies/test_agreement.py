"""Stage `agreement`: kappa against statsmodels and R (psych), limits of agreement against numpy."""

import subprocess
from fractions import Fraction

import numpy as np
import pytest
from conftest import rscript
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from collective_efficiency.studies.agreement import (
    agreement,
    differences,
    kappa,
    limits,
    linear,
    quadratic,
    unweighted,
)
from collective_efficiency.words import GOVERNANCE, INDICES, SCORES

PAIRS = [(0, 1), (1, 1), (2, 3), (3, 3), (3, 2), (2, 2), (0, 0), (1, 2), (3, 1), (2, 2), (1, 0)]
WEIGHTS = {"unweighted": unweighted, "linear": linear, "quadratic": quadratic}
STATSMODELS = {"unweighted": None, "linear": "linear", "quadratic": "quadratic"}


def exact(pairs):
    return [(Fraction(one), Fraction(other)) for one, other in pairs]


@pytest.mark.parametrize("name", WEIGHTS)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_kappa_is_that_of_statsmodels(name, pairs):
    found = kappa(exact(pairs), WEIGHTS[name])
    table = np.zeros((4, 4))
    for one, other in pairs:
        table[one, other] += 1
    if found is not None:
        theirs = cohens_kappa(table, wt=STATSMODELS[name], return_results=False)
        assert float(found) == pytest.approx(theirs, abs=1e-9)


def test_kappa_is_that_of_r():
    columns = [f"c({','.join(map(str, column))})" for column in zip(*PAIRS, strict=True)]
    code = f"k <- psych::cohen.kappa(cbind({', '.join(columns)})); cat(k$kappa, k$weighted.kappa)"
    done = subprocess.run([rscript("psych"), "-e", code], capture_output=True, text=True, check=True)
    plain, weighted = map(float, done.stdout.split())
    assert float(kappa(exact(PAIRS), unweighted)) == pytest.approx(plain, abs=1e-6)
    assert float(kappa(exact(PAIRS), quadratic)) == pytest.approx(weighted, abs=1e-6)


def test_kappa_of_one_value_is_undefined():
    assert kappa(exact([(2, 2)] * 3), linear) is None


def cluster(name, **values):
    return {"cluster": name} | dict.fromkeys((*SCORES, *GOVERNANCE, *INDICES), "") | values


REPORT = [cluster(name, inputs=score, ce=ce) for name, score, ce in (("a", "1.00", "5.0000"), ("b", "2.00", "7.5000"))]
STUDY = [
    cluster("b", inputs="2.50", ce="8.0000"),
    cluster("a", inputs="1.00", ce="4.0000"),
    cluster("new", inputs="3.00", ce="9.0000"),
]


def test_only_clusters_that_both_score_are_compared():
    rows = {row["item"]: row for row in agreement(REPORT, STUDY)}
    assert (rows["inputs"]["n"], rows["inputs"]["equal"], rows["inputs"]["share_equal"]) == ("2", "1", "0.5000")
    assert rows["backward"]["note"] == "no cluster has both"


def test_limits_of_agreement_by_numpy():
    rows = {row["index"]: row for row in limits(REPORT, STUDY)}
    apart = np.array([4.0 - 5.0, 8.0 - 7.5])
    bias, deviation = apart.mean(), apart.std(ddof=1)
    found = [float(rows["ce"][name]) for name in ("bias", "sd", "low", "high")]
    assert found == pytest.approx([bias, deviation, bias - 1.96 * deviation, bias + 1.96 * deviation], abs=5e-5)
    assert rows["eei"]["note"] == "no cluster has both"


def test_differences_are_listed_with_their_sign():
    found = differences(REPORT, STUDY, REPORT, STUDY)
    assert [(row["cluster"], row["column"], row["difference"]) for row in found] == [
        ("a", "ce", "-1.00"),
        ("b", "inputs", "0.50"),
        ("b", "ce", "0.50"),
    ]
