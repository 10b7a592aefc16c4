"""Means that contradict each other, one against one: which of them is wrong no number tells. Expected by hand."""

from small_reports import small_audit

MEANS = {"id": "means", "kind": "average", "layouts": ["t"]}


def findings(averages: str):
    """Of three columns that add up to 5 each: 5/3 is 1.7 to the nearest and rounded up, and 1.6 truncated."""
    return small_audit({"t": f"row,a,b,c\np,1,3,2\nq,2,1,1\nr,2,1,2\naverage,{averages}"}, MEANS).findings


def test_one_against_one_is_a_lead_that_names_both():
    (lead,) = findings("1.6,1.7,[lost]")
    assert lead.severity == "lead"
    assert lead.cells == (("T1", "average", "a"), ("T1", "average", "b"))
    assert lead.explanation.startswith(
        "rounding undetermined: a is truncated; b is rounded to the nearest or rounded up"
    )


def test_one_against_two_is_wrong():
    (finding,) = findings("1.6,1.7,1.7")
    assert finding.cells == (("T1", "average", "a"),)
    assert finding.explanation == "truncated: against the way of its column"


def test_means_that_agree_are_no_lead():
    assert findings("1.7,1.7,1.7") == ()
