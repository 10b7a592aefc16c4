"""How a table treats missing scores where hardly a cell tells, by what else does. Expected by hand."""

from small_reports import small_audit

MEAN = {"id": "means", "kind": "average", "layouts": ["t"]}
SUM = {"id": "sums", "kind": "sum", "layouts": ["t"], "target": "sum", "of": ["a", "b"]}


def test_two_scores_exchanged_of_columns_with_unknown_ones_that_were_left_out():
    """q was 8, 2: the means of the known scores are (3 + 8 + 7) / 3 and (5 + 2 + 6) / 3; as zero, nothing would fit."""
    table = "row,a,b,sum\np,3,n.a.,3\nq,2,8,10\nr,n.a.,5,5\ns,7,6,13\naverage,6.00,4.33,7.75"
    done = small_audit({"t": table}, SUM, MEAN, columns={"sum": {"kind": "derived"}})
    (finding,) = done.findings
    assert finding.explanation == "cells exchanged: a and b of q in T1"
    assert finding.expected == "8; 2"
    assert done.judge.ways.treatments["T1"].way == "n.a. left out"


def test_a_wrong_class_does_not_make_means_look_as_if_they_had_another_treatment():
    """High: q and s, (4 + 2) / 2; of r, whose class is printed wrong, the score is unknown: left out, not zero."""
    scores = "row,class,a\np,Low,1\nq,High,4\nr,High,n.a.\ns,High,2\nt,Low,3"
    classes = "row,class\np,Low\nq,High\nr,Low\ns,High\nt,Low"
    done = small_audit(
        {"scores": scores, "classes": classes, "means": "row,a\nHigh,3.00\nLow,2.00"},
        {"id": "same", "kind": "copy", "layouts": ["scores"], "from": ["classes"], "columns": ["class"]},
        {"id": "by", "kind": "crosstab", "layouts": ["means"], "from": ["scores"], "class": "class"},
        columns={"class": {"allowed": ["High", "Low"]}},
        notes={"means": {"rows": ["High", "Low"]}},
    )
    assert [(each.cells[0], each.expected) for each in done.findings if each.severity != "lead"] == [
        (("T1", "r", "class"), "Low")
    ]
