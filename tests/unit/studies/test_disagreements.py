"""What raters should talk about, ranked. Expected values are by hand."""

from collective_efficiency.choices import Choices
from collective_efficiency.studies.disagreements import DISAGREEMENT_COLUMNS, disagreements
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, ITEMS, SCORES


def rating(cluster, rater, **scores):
    return {"cluster": cluster, "rater": rater} | dict.fromkeys((*SCORES, *GOVERNANCE), "") | scores


def combined(cluster, **scores):
    return dict.fromkeys(CLUSTER_COLUMNS, "") | {"cluster": cluster} | dict.fromkeys(ITEMS, "1.00") | scores


RATINGS = [
    rating("a", "N", inputs="0.00", product="0.00", market="1"),
    rating("a", "S", inputs="2.00", product="3.00", market="2"),
    rating("b", "N", inputs="1.00", forward="1.00"),
    rating("b", "S", inputs="2.00", forward="1.00"),
]
CLUSTERS = [combined("a", product="1.50", market="n.a."), combined("b", inputs="1.50", backward="3.00")]


def test_what_decides_a_degree_comes_first_then_the_widest():
    """a: seven items of 1 and inputs of 0 or 2: 3.5 or 4.5, Low both; b: 6 * 1 + 3 and inputs of 1 or 2: 5 or 5.5."""
    ranked = disagreements(RATINGS, CLUSTERS, Choices())
    assert [(row["rank"], row["cluster"], row["item"], row["range"]) for row in ranked] == [
        ("1", "b", "inputs", "1.00"),
        ("2", "a", "product", "3.00"),
        ("3", "a", "inputs", "2.00"),
        ("4", "a", "market", "1.00"),
    ]
    assert ranked[0] == dict(
        zip(
            DISAGREEMENT_COLUMNS,
            ("1", "b", "inputs", "1.00", "1.50", "N 1.00; S 2.00", "5.0000", "5.5000", "Low", "Medium"),
            strict=True,
        )
    )
    assert [ranked[2][name] for name in ("ce_low", "ce_high", "degree_low")] == ["3.5000", "4.5000", "Low"]
    assert ranked[1]["ce_low"] == ranked[3]["degree_high"] == ""


def test_the_choices_decide_which_degrees_hang_on_it():
    """A cluster whose other items are not available has no index where they are left out."""
    lacking = [combined("a", product="1.50", market="n.a.", forward="n.a."), CLUSTERS[1]]
    (row,) = [
        row
        for row in disagreements(RATINGS, lacking, Choices("omit"))
        if row["cluster"] == "a" and row["item"] == "inputs"
    ]
    assert (row["ce_low"], row["degree_low"], row["degree_high"]) == ("", "", "")


def test_who_agrees_has_nothing_to_talk_about():
    assert disagreements(RATINGS[2:3], CLUSTERS, Choices()) == []
