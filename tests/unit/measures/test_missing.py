"""Scores that are not available, counted by hand."""

import pandas as pd

from collective_efficiency.measures.missing import missing_line, missing_scores
from collective_efficiency.words import ITEMS, UPGRADING


def cluster(name, **texts):
    return {"cluster": name, "name": name.title()} | dict.fromkeys((*ITEMS, *UPGRADING), "1.00") | texts


def test_what_was_never_asked_for_is_not_missing():
    frame = pd.DataFrame(
        [
            cluster("a", inputs="n.a.", product="n.a."),
            cluster("b", intersectoral=""),
            cluster("c", inputs="n.a.", forward="n.a.", backward="n.a."),
        ]
    )
    assert missing_scores(frame) == [("c", "C", 3, 0), ("a", "A", 1, 1)]
    assert missing_line(missing_scores(frame), 3, "omit") == (
        "n.a.: 5 scores of 2 of 3 clusters are left out of sums and means: c (3), a (2)."
    )


def test_many_are_counted():
    frame = pd.DataFrame([cluster(f"c{number}", inputs="n.a.") for number in range(7)])
    assert missing_line(missing_scores(frame), 7, "zero").endswith("c3 (1), c4 (1), and 2 others.")
    assert missing_line([], 7, "zero") == ""
