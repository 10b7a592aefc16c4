"""The multiverse against plain loops, against associations.csv, and against itself in another order."""

from fractions import Fraction
from itertools import permutations, product
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from conftest import PROJECT
from robustness_data import CONFIG, PLAN, THREE_FACTORS, multiverse_config, multiverse_of, toy_clusters, toy_multiverse

from collective_efficiency.choices import read_choices
from collective_efficiency.problems import BadInputError
from collective_efficiency.robustness.grid import FACTORS, read_multiverse
from collective_efficiency.robustness.multiverse import multiverse_pages
from collective_efficiency.words import EXTERNAL_ECONOMIES, JOINT_ACTIONS


def plain_values(clusters, missing, predictor, outcome):
    """x, y of each cluster in plain Python: fractions, None where missing."""

    def number(text):
        return (Fraction(0) if missing == "zero" else None) if text == "n.a." else Fraction(text)

    values = []
    for _, cluster in clusters.iterrows():
        sums = []
        for names in (EXTERNAL_ECONOMIES, JOINT_ACTIONS):
            scores = [number(cluster[name]) for name in names]
            sums.append(None if None in scores else sum(scores))
        ce = None if None in sums else (sums[0] + sums[1]) / 2
        degree = None if ce is None else 2 if ce >= Fraction(19, 2) else 0 if ce <= 5 else 1
        x = {"ce": ce, "jai": sums[1], "degree": degree}[predictor]
        values.append((x, number(cluster[outcome]), cluster["sector"]))
    return values


def plain_pairs(values, block):
    known = [each for each in values if None not in each[:2]]
    return known, [
        (one, two)
        for one, two in product(range(len(known)), repeat=2)
        if one < two and (block == "none" or known[one][2] == known[two][2])
    ]


def concordance(x, y, pairs):
    return sum(np.sign(float((x[a] - x[b]) * (y[a] - y[b]))) for a, b in pairs)


def plain_p(x, y, pairs, labels):
    """The share of all arrangements of y within blocks that are at least as far from zero."""
    members = [[place for place, label in enumerate(labels) if label == block] for block in dict.fromkeys(labels)]
    observed, extreme, total = abs(concordance(x, y, pairs)), 0, 0
    for arrangement in product(*(permutations(member) for member in members)):
        moved = list(y)
        for member, taken in zip(members, arrangement, strict=True):
            for place, source in zip(member, taken, strict=True):
                moved[place] = y[source]
        extreme += abs(concordance(x, moved, pairs)) >= observed
        total += 1
    return Fraction(extreme, total)


def test_a_toy_of_three_factors_equals_plain_loops():
    rows = toy_multiverse().specifications
    assert len(rows) == 2 * 2 * 3 * 2
    for _, row in rows.iterrows():
        values = plain_values(toy_clusters(), row["missing"], row["predictor"], row["outcome"])
        known, pairs = plain_pairs(values, row["block"])
        x, y = [each[0] for each in known], [each[1] for each in known]
        s = concordance(x, y, pairs)
        size = sqrt(sum(x[a] != x[b] for a, b in pairs) * sum(y[a] != y[b] for a, b in pairs))
        assert (int(row["n"]), int(row["s"])) == (len(known), s)
        assert float(row["tau_b"]) == pytest.approx(s / size, abs=5e-5)
        if row["block"] == "sector":  # 576 arrangements; unblocked 40,320, once is enough
            labels = [each[2] for each in known]
            assert Fraction(row["p_exact"]) == plain_p(x, y, pairs, labels)


def test_an_unblocked_p_equals_all_arrangements():
    row = toy_multiverse().specifications.query(
        "missing == 'omit' and predictor == 'degree' and block == 'none' and outcome == 'functional'"
    ).iloc[0]  # fmt: skip
    known, pairs = plain_pairs(plain_values(toy_clusters(), "omit", "degree", "functional"), "none")
    x, y = [each[0] for each in known], [each[1] for each in known]
    assert Fraction(row["p_exact"]) == plain_p(x, y, pairs, [0] * len(x))


def test_the_default_row_is_that_of_the_associations(clusters):
    golden = pd.read_csv(
        PROJECT / "tests/expected/report/recomputed/inference/associations.csv", dtype=str, keep_default_na=False
    ).query("family == 'collective_efficiency'")
    kinds = ["product", "process", "functional", "intersectoral"]
    config = multiverse_config(kinds, predictor=["ce", "eei", "jai", "degree"], missing=["zero", "omit"], shuffles=99)
    rows = multiverse_of(clusters, config).specifications.query("weights == '0.5' and cutoffs == '5 to 9.5'")
    columns = ["missing", "predictor", "outcome", "n", "s", "p", "p_exact", "tau_b"]
    both = [frame[columns].sort_values(columns[:3]).reset_index(drop=True) for frame in (rows, golden)]
    pd.testing.assert_frame_equal(*both)
    assert rows["specification"].iloc[0] == read_multiverse(config, read_choices(config)).default.id


def test_equal_data_have_equal_results_and_are_named():
    rows = toy_multiverse().specifications
    first = rows[rows["same_as"] == ""].set_index(["outcome", "specification"])
    same = rows[rows["same_as"] != ""]
    for _, row in same.iterrows():
        for column in ("n", "s", "tau_b", "p", "p_exact"):
            assert row[column] == first.loc[(row["outcome"], row["same_as"]), column]
    complete = rows.query("outcome == 'product' and predictor == 'jai'")  # nothing of either is n.a.
    omitted, zero = (complete[complete["missing"] == missing] for missing in ("omit", "zero"))
    assert set(omitted["same_as"]) == set(zero["specification"])


def test_the_order_of_clusters_and_of_factors_changes_nothing():
    turned = multiverse_config(
        ["product", "functional"],
        block=["sector", "none"], predictor=["ce", "jai", "degree"], missing=["omit", "zero"],
    )  # fmt: skip
    part = turned["robustness"]["multiverse"]
    part["factors"] = {factor: part["factors"][factor] for factor in reversed(FACTORS)}
    for made, again in zip(toy_multiverse(), multiverse_of(toy_clusters().iloc[::-1], turned), strict=True):
        pd.testing.assert_frame_equal(made, again)


def test_shares_are_those_of_the_rows():
    frames = toy_multiverse()
    for _, line in frames.factors.iterrows():
        rows = frames.specifications
        rows = rows if line["outcome"] == "all" else rows[rows["outcome"] == line["outcome"]]
        taus = {level: group["tau_b"].astype(float) for level, group in rows.groupby(line["factor"] or "test")}
        chosen = rows if not line["factor"] else rows[rows[line["factor"]] == line["level"]]
        assert int(line["specifications"]) == len(chosen)
        assert int(line["distinct"]) == (chosen["same_as"] == "").sum()
        assert float(line["share_positive"]) == pytest.approx((chosen["tau_b"].astype(float) > 0).mean(), abs=1e-4)
        assert float(line["share_significant"]) == pytest.approx((chosen["p"].astype(float) <= 0.05).mean(), abs=1e-4)
        if line["factor"]:
            whole = np.concatenate(list(taus.values()))
            within = sum(((each - each.mean()) ** 2).sum() for each in taus.values())
            explained = 1 - within / ((whole - whole.mean()) ** 2).sum()
            assert float(line["explained"]) == pytest.approx(explained, abs=2e-3)


def test_what_cannot_vary_says_so_and_makes_no_curve():
    clusters = toy_clusters().assign(process="2.00")
    config = multiverse_config(["process", "product"], block=["sector", "none"])
    frames = multiverse_of(clusters, config)
    rows = frames.specifications.query("outcome == 'process'")
    assert set(rows["note"]) == {"undefined, no variation"}
    assert set(rows["p"]) == {""}
    assert set(frames.joint["outcome"]) == {"product"}
    choices = read_choices(config)
    pages = multiverse_pages(frames, "report", choices, read_multiverse(config, choices), PLAN)
    assert "No specification says anything of it" in pages["sentences"].decode()
    assert pages["svg"]


def test_clusters_that_are_not_there_cannot_be_left_out():
    config = multiverse_config(["product"], clusters=["all", {"without_country": "Perú"}])
    with pytest.raises(BadInputError) as error:
        multiverse_of(toy_clusters(), config)
    assert "factors.clusters: found 'Perú'; no cluster has this country" in str(error.value)


def test_other_tests_and_parts_of_the_clusters():
    config = multiverse_config(
        ["product"], clusters=["all", {"without_country": "Chile"}], software=["in", "out"],
        test=["jonckheere_terpstra", "linear_by_linear", "spearman"],
    )  # fmt: skip
    rows = multiverse_of(toy_clusters(), config).specifications.query("weights == '0.5' and cutoffs == '5 to 9.5'")
    assert rows.groupby("clusters")["n"].unique().map(list).to_dict() == {"all": ["8"], "without country Chile": ["5"]}
    assert rows.groupby(["clusters", "software"])["tau_b"].nunique().max() == 1  # an effect size is of no test
    assert (rows.query("software == 'out'")["same_as"] != "").all()  # the toy has no software
    assert rows.query("clusters == 'all' and software == 'in'")["statistic"].nunique() == 3


def test_the_page_says_every_question_of_config_yaml():
    choices = read_choices(THREE_FACTORS)
    pages = multiverse_pages(toy_multiverse(), "report", choices, read_multiverse(THREE_FACTORS, choices), PLAN)
    text = pages["sentences"].decode()
    assert "## Product upgrading" in text
    assert "## Functional upgrading" in text
    assert text.count("Jointly, with the outcomes shuffled") == 2 * 3
    assert CONFIG["robustness"]["multiverse"]["outcomes"][0] == "product"
    assert pages == multiverse_pages(toy_multiverse(), "report", choices, read_multiverse(THREE_FACTORS, choices), PLAN)
