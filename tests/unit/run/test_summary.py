"""The closing summary, on scores worked out by hand: 4 + 4 items, of which the last of Beta is not available."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from collective_efficiency.choices import OF_THE_REPORT, Choices
from collective_efficiency.run.summary import closing_lines
from collective_efficiency.words import ITEMS

CELLS = [{"status": status} for status in ("read", "read", "lost", "inferred")]
CLUSTERS = pd.DataFrame(
    [
        ["alpha", "cops", *["3", "3", "3", "1"], *["3", "3", "2", "1"]],  # EEI 10, JAI 9: 9.5, High
        ["beta", "cops", *["1", "2", "1", "1"], *["2", "2", "1", "n.a."]],  # EEI 5, JAI 5 with n.a. as zero: 5, Low
    ],
    columns=["cluster", "sector", *ITEMS],
)
PRINTED = [
    {"cluster": "alpha", "ce": "9.2500", "degree": "Medium"},  # a slip
    {"cluster": "beta", "ce": "5.0000", "degree": "Low"},
]


ADVICE = [{"verdict": "stands"}, {"verdict": "one case"}, {"verdict": "one case"}]


def lines(choices):
    return closing_lines(CELLS, CLUSTERS, PRINTED, ADVICE, choices, tables=3, figures=2).splitlines()


def test_four_lines_under_the_rules_of_the_report():
    said = lines(OF_THE_REPORT)
    assert len(said) == 4
    assert said[2] == "Advice: 3 pieces by verdict: 1 stands, 0 in part, 2 one case, 0 untested, 0 contradicted."
    assert said[0] == (
        "Made: 3 tables and 2 figures from 4 printed cells of 2 clusters, 1 of them lost and 1 placed by inference."
    )
    assert said[1] == (
        "Found: the recomputed index differs from the printed one in 1 of 2 clusters,"
        " the degree in 1 (alpha Medium -> High)."
    )


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        (Choices("omit"), "in 1 of 2 clusters (beta Low -> no degree); 1 cluster has no index."),
        (Choices(high=Fraction(10)), "in 1 of 2 clusters (alpha High -> Medium); 0 clusters have no index."),
        (
            replace(OF_THE_REPORT, eei_weight=Fraction(1, 4), jai_weight=Fraction(3, 4)),  # alpha: 2.5 + 6.75 = 9.25
            "in 1 of 2 clusters (alpha High -> Medium); 0 clusters have no index.",
        ),
        (Choices(high=Fraction(9)), "in 0 of 2 clusters; 0 clusters have no index."),
    ],
)
def test_what_other_choices_change_stands_apart_and_no_printed_index_is_held_against_them(choices, says):
    made, found, advice, chosen, look = lines(choices)
    assert [made, found.replace(", by the report's own rules.", "."), advice, look] == lines(OF_THE_REPORT)
    assert found.endswith(", by the report's own rules.")
    assert chosen.startswith("Under your choices: n.a. ")
    assert chosen.endswith(f" The recomputed degree is another one {says}")


def test_as_many_indices_as_clusters():
    with pytest.raises(ValueError, match="longer"):
        closing_lines(CELLS, CLUSTERS, PRINTED[:1], ADVICE, OF_THE_REPORT, 3, 2)
