"""What tells how a table rounds and counts, beside its own means. Expected by hand."""

from small_reports import small_audit

MEAN = {"id": "means", "kind": "average", "layouts": ["t"]}
AGAIN = {
    "id": "again",
    "kind": "copy",
    "layouts": ["again"],
    "from": ["t"],
    "rows": ["average"],
    "columns": ["a", "b", "c"],
}


def wrong(done):
    """The cells of the findings that change a number, each with its explanation."""
    told = [each for each in done.findings if each.severity in ("decision", "numeric")]
    return [("/".join(each.cells[0]), each.explanation) for each in told]


def test_a_table_that_repeats_means_with_more_decimals_tells_its_own_rounding():
    """5/3, 8/3 and 7/3: the first two are cut to 1.66 and 2.66, the third is rounded up to 2.34."""
    tables = {
        "t": "row,a,b,c\np,1,3,2\nq,2,3,3\nr,2,2,2\naverage,1.7,2.7,2.3",
        "again": "row,a,b,c\naverage,1.66,2.66,2.34",
    }
    assert wrong(small_audit(tables, MEAN, AGAIN)) == [("T2/average/c", "rounded up: against the way of its column")]


def test_one_wrong_divisor_is_told_by_what_repeats_the_means():
    """8, 10 and, of two known, 6: divided by 4, 4 and 3 instead of 3, 3 and 2; the other table has them right."""
    tables = {
        "t": "row,a,b,c\np,1,3,2\nq,5,3,4\nr,2,4,n.a.\naverage,2.00,2.50,2.00",
        "again": "row,a,b,c\naverage,2.667,3.333,3.000",
    }
    done = small_audit(tables, MEAN, AGAIN)
    (finding,) = done.findings
    assert finding.cells == tuple(("T1", "average", column) for column in "abc")
    assert finding.explanation.startswith("wrong divisor")
    assert finding.expected == "2.67; 3.33; 3.00"


def test_sums_of_half_points_are_not_rounded_to_whole_ones():
    """Every sum is half a point too high; that 3.5 alone has a decimal does not make the others whole numbers."""
    table = "row,a,b,sum\np,0.5,1,2\nq,1,2,3.5\nr,2.5,1,4\ns,0.5,2,3"
    check = {"id": "sums", "kind": "sum", "layouts": ["t"], "target": "sum", "of": ["a", "b"]}
    (finding,) = small_audit({"t": table}, check, columns={"sum": {"kind": "derived"}}).findings
    assert finding.explanation.startswith("systematic offset: sum is 1/2 above what follows in 4 rows")


def test_what_was_computed_from_a_wrong_cell_before_it_was_rounded_follows():
    """9 typed for 6: the index was 9 / 4 = 2.25, printed 2.2, and the mean of 2.25, 1.25 and 1.75 is 1.75, not 1.7."""
    tables = {
        "t": "row,a\np,6\nq,5\nr,7",
        "index": "row,a,index\np,9,2.2\nq,5,1.2\nr,7,1.7\naverage,7.0,1.75",
    }
    checks = (
        {"id": "same", "kind": "copy", "layouts": ["index"], "from": ["t"], "columns": ["a"]},
        {"id": "index", "kind": "sum", "layouts": ["index"], "target": "index", "of": {"a": "1/4"}},
        {"id": "means", "kind": "average", "layouts": ["index"]},
    )
    done = small_audit(tables, *checks, columns={"index": {"kind": "derived"}})
    assert [cell for cell, _ in wrong(done)] == ["T2/p/a"]
    assert ("T2", "average", "index") in done.findings[0].follows
