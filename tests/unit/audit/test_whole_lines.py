"""Whole rows and columns in the wrong place where some scores are unknown, on tables worked out by hand."""

import pytest
from small_reports import small_audit

SUM = {"id": "sums", "kind": "sum", "layouts": ["scores"], "target": "sum", "of": ["a", "b", "c"]}
TOTAL = {"id": "totals", "kind": "total", "layouts": ["scores"]}
MEAN = {"id": "means", "kind": "average", "layouts": ["scores"]}
SAME = {"id": "same", "kind": "copy", "layouts": ["index"], "from": ["scores"], "columns": ["sum"]}
DERIVED = {"sum": {"kind": "derived"}}


def found(table: str, *checks, index: str = ""):
    tables = {"scores": table} | ({"index": index} if index else {})
    return small_audit(tables, *checks, columns=DERIVED).findings


def test_a_row_that_was_not_available_and_is_typed_as_the_one_above():
    """q was 4, n.a., 2: the totals are 12, 5, 8, and b has a mean of two; typed as p, but its sum elsewhere is 6."""
    table = "row,a,b,c,sum\np,1,3,5,9\nq,1,3,5,9\nr,7,2,1,10\ntotal,12,5,8,25\naverage,4.00,2.50,2.67,8.33"
    (finding,) = found(table, SUM, TOTAL, MEAN, SAME, index="row,sum\np,9\nq,6\nr,10")
    assert finding.explanation == "row typed twice: q repeats p"
    assert [(place[1:], text) for place, text in zip(finding.cells, finding.expected.split("; "), strict=True)] == [
        (("q", "a"), "4"),
        (("q", "b"), "n.a."),
        (("q", "c"), "2"),
    ]


def test_a_row_typed_as_one_with_an_unknown_score():
    """p was 4, 6, 2, as the totals and its sum elsewhere say; typed as q, of which b is unknown."""
    table = "row,a,b,c,sum\np,1,n.a.,5,6\nq,1,n.a.,5,6\nr,7,2,1,10\ntotal,12,8,8,28"
    (finding,) = found(table, SUM, TOTAL, SAME, index="row,sum\np,12\nq,6\nr,10")
    assert (finding.explanation, finding.expected) == ("row typed twice: p repeats q", "4; 6; 2")


def test_of_two_rows_that_are_alike_either_may_be_the_one_typed_twice():
    """The sums are equal, and no other table has them: p or q was 4, 3, 2."""
    table = "row,a,b,c,sum\np,1,n.a.,8,9\nq,1,n.a.,8,9\nr,7,2,1,10\ntotal,12,5,11,28"
    (finding,) = found(table, SUM, TOTAL)
    assert finding.explanation == "row typed twice: p repeats q"
    assert "row typed twice: q repeats p" in finding.alternatives


@pytest.mark.parametrize("unknown", ["2", "n.a."])
def test_columns_exchanged_where_totals_and_means_say_so(unknown):
    """The totals and means of a and b are those of b and a; c is as it should be."""
    a, b = (34, 10) if unknown == "2" else (32, 10)
    means = f"{b / 3:.2f},{a / 3:.2f},1.00"
    table = f"row,a,b,c\np,5,1,1\nq,27,4,1\nr,{unknown},5,1\ntotal,{b},{a},3\naverage,{means}"
    (finding,) = small_audit({"scores": table}, TOTAL, MEAN).findings
    assert finding.explanation == "columns exchanged: a and b of T1"
    assert {place[1:] for place in finding.cells} == {(row, column) for row in "pqr" for column in "ab"}


def test_totals_alone_do_not_tell_their_exchange_from_that_of_the_columns():
    (finding,) = small_audit({"scores": "row,a,b\np,5,1\nq,7,4\nr,2,5\ntotal,10,14"}, TOTAL).findings
    assert finding.explanation == "cells exchanged: with b"
    assert finding.alternatives[0] == "columns exchanged: a and b above the total"


def test_a_column_of_sums_that_stands_a_row_too_far():
    """The sums are 6, 9, 15, 4, printed a row further down, the last one first."""
    table = "row,a,b,c,sum\np,1,2,3,4\nq,4,1,4,6\nr,5,5,5,9\ns,2,1,1,15\ntotal,12,9,13,34"
    (finding,) = found(table, SUM, TOTAL)
    assert finding.explanation == "shifted: sum of T1 by a row down; sum: 1 + 2 + 3 = 6"
    assert finding.expected == "6; 9; 15; 4"


def test_two_rows_of_which_nothing_is_known_are_not_alike():
    """The totals of a and b are too high, by 3 and 2; that p and q are n.a. throughout does not make one the other."""
    table = "row,a,b,c\np,n.a.,n.a.,n.a.\nq,n.a.,n.a.,n.a.\nr,7,2,1\ns,4,5,2\ntotal,14,9,3\naverage,5.50,3.50,1.50"
    findings = small_audit({"scores": table}, TOTAL, MEAN).findings
    assert [finding.cells for finding in findings] == [(("T1", "total", "a"),), (("T1", "total", "b"),)]
