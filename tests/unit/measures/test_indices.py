"""The indices: against the report by hand, against brute force in fractions, and by their properties."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.choices import Choices, read_choices
from collective_efficiency.measures.indices import as_printed, degrees, recompute, written
from collective_efficiency.numbers.scores import UNIT, unit
from collective_efficiency.problems import BadInputError
from collective_efficiency.words import ITEMS

SCORES = st.sampled_from(["0", "0.5", "0.88", "1", "1.50", "2", "2.5", "3.00"])


def frame(*rows):
    items = pd.DataFrame(rows, columns=list(ITEMS), dtype="str")
    return items.assign(cluster=[f"c{number}" for number in range(len(rows))], sector="traditional")


@given(st.lists(st.tuples(*[SCORES] * 8), min_size=1, max_size=5))
def test_indices_equal_brute_force_in_fractions(rows):
    found = recompute(frame(*rows), Choices())
    for row, (_, line) in zip(rows, found.iterrows(), strict=True):
        eei, jai = sum(map(Fraction, row[:4])), sum(map(Fraction, row[4:]))
        ce = (eei + jai) / 2
        assert (line["eei"], line["jai"], line["ce"]) == (eei * UNIT, jai * UNIT, ce * UNIT)
        assert line["degree"] == ("High" if ce >= Fraction("9.5") else "Low" if ce <= 5 else "Medium")
        assert 0 <= line["ce"] <= 12 * UNIT


@given(st.tuples(*[SCORES] * 8), st.permutations(range(4)), st.permutations(range(4)))
def test_the_order_of_the_items_changes_nothing(row, first, second):
    shuffled = [row[place] for place in first] + [row[4 + place] for place in second]
    assert recompute(frame(row), Choices()).equals(recompute(frame(shuffled), Choices()))


@given(st.tuples(*[SCORES] * 8), st.integers(0, 100))
def test_a_weighted_index_is_exact_and_between_its_parts(row, percent):
    weight = Fraction(percent, 100)
    line = recompute(frame(row), Choices(eei_weight=weight, jai_weight=1 - weight)).iloc[0]
    eei, jai = sum(map(Fraction, row[:4])), sum(map(Fraction, row[4:]))
    assert line["ce"] == (weight * eei + (1 - weight) * jai) * UNIT
    assert min(line["eei"], line["jai"]) <= line["ce"] <= max(line["eei"], line["jai"])


@pytest.mark.parametrize(
    ("ce", "degree"),
    [("9.5", "High"), ("9.4999", "Medium"), ("5.0001", "Medium"), ("5.05", "Medium"), ("5", "Low"), ("0", "Low")],
)
def test_the_cut_offs_belong_to_high_and_low(ce, degree):
    assert list(degrees(pd.Series([float(unit(Fraction(ce)))]), Choices())) == [degree]


def test_not_available_is_zero_or_omitted():
    row = ["3", "1", "n.a.", "2", "1", "2", "1", "1"]  # Bucaramanga, annex tables 1 and 2
    assert written(recompute(frame(row), Choices())).iloc[0].tolist()[2:6] == ["6.0000", "5.0000", "5.5000", "Medium"]
    assert written(recompute(frame(row), Choices(missing="omit"))).iloc[0].tolist()[2:6] == ["", "5.0000", "", ""]


def test_the_report_recomputed_by_hand(clusters):
    found = written(recompute(clusters, Choices())).set_index("cluster")
    by_hand = {  # cluster: eei, jai, ce from Annex 1 with pencil and paper
        "guadalajara-footwear": ("9.0000", "7.0000", "8.0000", "Medium"),
        "chipilo-furniture": ("6.0000", "4.0000", "5.0000", "Low"),
        "santa-catarina-tiles": ("9.0000", "7.0000", "8.0000", "Medium"),
        "sao-jose-dos-campos-aeronautics": ("8.0000", "8.0000", "8.0000", "Medium"),
        "campinas-high-tech": ("8.0000", "6.0000", "7.0000", "Medium"),
        "jalisco-electronics": ("6.0000", "3.3800", "4.6900", "Low"),
        "valle-del-cauca-sugar": ("9.0000", "10.0000", "9.5000", "High"),
        "blumenau-software": ("9.5000", "9.0000", "9.2500", "Medium"),
    }
    for cluster, expected in by_hand.items():
        assert tuple(found.loc[cluster, ["eei", "jai", "ce", "degree"]]) == expected, cluster


def test_the_printed_reading_takes_the_body_and_falls_back_on_the_annex(clusters, cells):
    found = written(as_printed(clusters, cells)).set_index("cluster")
    columns = ["eei", "jai", "ce", "degree", "source"]
    assert tuple(found.loc["santa-catarina-tiles", columns]) == ("9.0000", "7.0000", "7.0000", "Medium", "T3")
    assert tuple(found.loc["blumenau-software", columns]) == ("10.0000", "9.0000", "9.5000", "High", "T15")
    # lost in table 7: eei 5 of A3, jai 1.5 of A4, their mean, the degree of table 9
    assert tuple(found.loc["cuajone-toquepala-copper", columns]) == ("5.0000", "1.5000", "3.2500", "Low", "A3+A4+T9")
    counts = found.groupby(["sector", "degree"]).size().to_dict()
    assert (counts["traditional", "High"], counts["traditional", "Medium"], counts["traditional", "Low"]) == (2, 10, 3)
    assert (counts["natural_resource", "High"], counts["natural_resource", "Low"]) == (4, 1)
    assert (counts["cops", "Medium"], counts["cops", "Low"]) == (6, 3)


@pytest.fixture
def config(project):
    import yaml

    return yaml.safe_load((project / "config.yaml").read_text(encoding="utf-8"))


def test_the_choices_of_the_project_are_the_reports_own(config):
    assert read_choices(config) == Choices()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"missing": "drop"}, "config.yaml, key missing: found 'drop'; allowed: zero, omit"),
        (
            {"degre": {}},
            "found 'degre'; unknown key; allowed: missing, degree, index_weights, studies, audits, audits_in_a_job,",
        ),
        ({"degree": {"high": 5, "low": 9.5}}, "key degree.low: found '9.5'; allowed: below degree.high"),
        ({"degree": {"high": 13, "low": 5}}, "key degree.high: found '13'; allowed: at most 12"),
        ({"degree": {"high": 9.5}}, "key degree: 'low' is a required key"),
        ({"degree": {"high": "9.5", "low": 5}}, "found '9.5'; allowed: number"),
        ({"index_weights": {"eei": 0.6, "jai": 0.5}}, "found '0.6 + 0.5'; allowed: weights that sum to 1"),
        ({"index_weights": {"eei": 0.125, "jai": 0.875}}, "found '0.125'; allowed: at most two decimals"),
    ],
)
def test_bad_choices_are_named(config, change, says):
    with pytest.raises(BadInputError) as caught:
        read_choices(config | change)
    assert any(says in str(problem) for problem in caught.value.problems), caught.value
