"""The relations by name: what holds is no finding, what does not is one; expected values by hand or by Python."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_reports import said, small_audit, small_report

from collective_efficiency.audit.checks.references import reference_problems
from collective_efficiency.numbers.printed import half_up

without_deadline = settings(deadline=None)  # an audit is longer on a busy machine
COUNTS = st.lists(st.integers(1, 999), min_size=4, max_size=4)


def table(columns: dict[str, list[object]], rows: list[str] | None = None) -> dict[str, str]:
    keys = rows or [f"r{number}" for number in range(len(next(iter(columns.values()))))]
    lines = [",".join(["row", *columns])]
    lines += [",".join([key, *(str(each[at]) for each in columns.values())]) for at, key in enumerate(keys)]
    return {"t": "\n".join(lines) + "\n"}


def quotient(above: int, below: int, times: int, decimals: int) -> str:
    return half_up(Fraction(times * above, below), decimals)


RELATIONS = {  # of two columns of whole numbers: the check, and what it gives in each row
    "sum": ({"of": ["a", "b"]}, lambda a, b: [str(x + y) for x, y in zip(a, b, strict=True)]),
    "difference": ({"of": "a", "minus": "b"}, lambda a, b: [str(x - y) for x, y in zip(a, b, strict=True)]),
    "average": ({"of": ["a", "b"]}, lambda a, b: [quotient(x + y, 2, 1, 1) for x, y in zip(a, b, strict=True)]),
    "share": ({"part": "a", "whole": "b"}, lambda a, b: [quotient(x, y, 100, 1) for x, y in zip(a, b, strict=True)]),
    "ratio": (
        {"numerator": "a", "denominator": "b"},
        lambda a, b: [quotient(x, y, 1, 2) for x, y in zip(a, b, strict=True)],
    ),
    "rate": (
        {"numerator": "a", "denominator": "b", "per": 1000},
        lambda a, b: [quotient(x, y, 1000, 1) for x, y in zip(a, b, strict=True)],
    ),
    "growth": (
        {"of": "a", "since": "b"},
        lambda a, b: [quotient(x - y, y, 100, 1) for x, y in zip(a, b, strict=True)],
    ),
    "index_to_base": ({"of": "a", "base": "r0"}, lambda a, b: [quotient(x, a[0], 100, 1) for x in a]),
    "formula": (
        {"formula": "(a + 2 * b) / b ** 2 - across(a, r0) / 3"},
        lambda a, b: [half_up(Fraction(x + 2 * y, y * y) - Fraction(a[0], 3), 2) for x, y in zip(a, b, strict=True)],
    ),
}


@pytest.mark.parametrize("kind", RELATIONS)
@without_deadline
@given(a=COUNTS, b=COUNTS)
def test_a_relation_that_holds_is_no_finding(kind, a, b):
    keys, given_by = RELATIONS[kind]
    check = {"id": "x", "kind": kind, "layouts": ["t"], "target": "c", **keys}
    assert said(small_audit(table({"a": a, "b": b, "c": given_by(a, b)}), check)) == []


@pytest.mark.parametrize("kind", RELATIONS)
@without_deadline
@given(a=COUNTS, b=COUNTS, at=st.integers(0, 3), by=st.integers(2, 60))
def test_a_number_that_is_far_off_is_one_finding_at_its_cell(kind, a, b, at, by):
    keys, given_by = RELATIONS[kind]
    right = given_by(a, b)
    wrong = [half_up(Fraction(text) + by, len(text.partition(".")[2])) if number == at else text
             for number, text in enumerate(right)]  # fmt: skip
    check = {"id": "x", "kind": kind, "layouts": ["t"], "target": "c", **keys}
    (finding,) = small_audit(table({"a": a, "b": b, "c": wrong}), check).findings
    assert (finding.cells, finding.expected) == ((("T1", f"r{at}", "c"),), right[at])


@without_deadline
@given(a=COUNTS, b=COUNTS)
def test_over_rows_is_the_same_of_the_table_turned(a, b):
    sums = [x + y for x, y in zip(a, b, strict=True)]
    columns = {f"c{number}": list(each) for number, each in enumerate(zip(a, b, sums, strict=True))}
    check = {"id": "x", "kind": "sum", "over": "rows", "layouts": ["t"], "target": "s", "of": ["a", "b"]}
    assert said(small_audit(table(columns, ["a", "b", "s"]), check)) == []
    columns["c2"][2] += 3
    (finding,) = small_audit(table(columns, ["a", "b", "s"]), check).findings
    assert finding.cells == (("T1", "s", "c2"),)


@pytest.mark.parametrize(
    ("check", "columns", "expected"),
    [
        # growth on the row before: 110 of 100 is 10 %, 99 of 110 is -10 %
        ({"kind": "growth", "of": "a", "lag": 1}, {"a": [100, 110, 99], "c": ["10.0", "10.0", "-10.0"]}, []),
        ({"kind": "growth", "of": "a", "lag": 1}, {"a": [100, 110, 99], "c": ["", "10.0", "10.0"]}, ["-10.0"]),
        ({"kind": "growth", "of": "a", "lag": -1}, {"a": [99, 110, 100], "c": ["-10.0", "19.0", ""]}, ["10.0"]),
        # a fraction instead of per cent
        ({"kind": "share", "part": "a", "whole": "b", "times": 1}, {"a": [1], "b": [8], "c": ["0.125"]}, []),
        # weights: 2 a - b / 2
        ({"kind": "sum", "of": {"a": 2, "b": "-1/2"}}, {"a": [5], "b": [6], "c": [8]}, ["7"]),
        ({"kind": "formula", "formula": "sum(a)"}, {"a": [1, 2, 3], "c": [6, 6, 7]}, ["6"]),
        ({"kind": "formula", "formula": "sum(a, r0, r2)"}, {"a": [1, 2, 3], "c": [4, 4, 4]}, []),
        ({"kind": "formula", "formula": "a - before(a)"}, {"a": [1, 3, 4], "c": [9, 2, 7]}, ["1"]),
        ({"kind": "formula", "formula": "a - after(a)"}, {"a": [4, 3, 1], "c": [7, 2, 9]}, ["1"]),
        ({"kind": "sum", "of": ["a", "b"], "only": ["r1"]}, {"a": [1, 2], "b": [1, 2], "c": [9, 5]}, ["4"]),
    ],
)  # fmt: skip
def test_by_hand(check, columns, expected):
    done = small_audit(table(columns), {"id": "x", "layouts": ["t"], "target": "c", **check})
    assert [finding.expected for finding in done.findings] == expected


def test_a_formula_of_cells_reads_any_table():
    """12 of 40 is 30 %."""
    tables = {"t": "row,a\nx,12\ny,28\n", "u": "row,p\nx,33\n"}
    check = {"id": "x", "kind": "formula", "target": "cell(T2, x, p)",
             "formula": "100 * cell(T1, x, a) / (cell(T1, x, a) + cell(T1, y, a))"}  # fmt: skip
    (line,) = said(small_audit(tables, check))
    assert line.startswith("T2/x/p: 33, expected 30; ")
    assert line.endswith("; formula: 100 x 12 / (12 + 28) = 30")


@pytest.mark.parametrize(
    ("tables", "check", "expected", "explanation"),
    [
        # 43 of 191 is 22.51 %: a share of the printed total
        ({"t": "row,count,pct\nrarely,43,24\nsometimes,53,28\nfrequently,95,50\ntotal,191,100\n"},
         {"kind": "share", "target": "pct", "part": "count", "total": "total"}, "23", "share: 100 x 43 / 191 = 22.51"),
        # 18 of 24 was printed as 60 %, which is 18 of all 30
        ({"t": "row,success,fail,other,all,pct\na1,18,6,6,30,60\n"},
         {"kind": "formula", "target": "pct", "formula": "100 * success / (success + fail)"}, "75",
         "wrong denominator: 30 for 24, all"),
        ({"t": "row,success,valid,all,pct\na1,18,24,30,60\n"},
         {"kind": "share", "target": "pct", "part": "success", "whole": "valid"}, "75",
         "wrong denominator: 30 for 24, all for valid"),
        # 100 is not 70 + 25, and 70 is 30 + 40
        ({"t": "row,volume\nn01,100\nn011,70\nn0111,30\nn0112,40\nn012,25\n"},
         {"kind": "subtotal", "tree": {"n01": ["n011", "n012"], "n011": ["n0111", "n0112"]}}, "95",
         "subtotal: 70 + 25 = 95"),
    ],
)  # fmt: skip
def test_an_explanation_speaks_the_language_of_its_relation(tables, check, expected, explanation):
    done = small_audit(tables, {"id": "x", "layouts": ["t"], **check})
    (finding,) = (finding for finding in done.findings if finding.check == "x")
    assert (finding.expected, explanation in finding.explanation) == (expected, True)


def test_thousands_and_ones_are_brought_together():
    """1,234 thousand are 1,234,400 rounded; a rate for 1,000 of 1,234 thousand is 24,680 / 1,234,000."""
    tables = {"t": "row,ones\nx,1234400\n", "u": "row,thousands,cases,rate\nx,1234,24680,20\n"}
    columns = {"thousands": {"unit": "thousands"}}
    copy = {"id": "c", "kind": "copy", "layouts": ["u"], "from": ["t"], "columns": {"thousands": "ones"}}
    rate = {"id": "r", "kind": "rate", "layouts": ["u"], "target": "rate", "numerator": "cases",
            "denominator": "thousands", "per": 1000}  # fmt: skip
    assert said(small_audit(tables, copy, rate, columns=columns)) == []
    (line,) = said(small_audit({**tables, "t": "row,ones\nx,1235600\n"}, copy, columns=columns))
    assert line.startswith("T2/x/thousands: 1234, expected 1235.6")


def test_a_ratio_of_rounded_numbers_holds_if_some_values_behind_them_give_it():
    """1.4 / 1.2 is 1.17, but 1.44 / 1.16 is 1.24; 1.45 / 1.15 is 1.26, so 1.27 cannot be."""
    rounded = {"a": {"rounded": True}, "b": {"rounded": True}}
    check = {"id": "x", "kind": "ratio", "layouts": ["t"], "target": "c", "numerator": "a", "denominator": "b"}
    assert said(small_audit(table({"a": ["1.4"], "b": ["1.2"], "c": ["1.24"]}), check, columns=rounded)) == []
    (finding,) = small_audit(table({"a": ["1.4"], "b": ["1.2"], "c": ["1.27"]}), check, columns=rounded).findings
    assert finding.expected == "1.17"


def test_of_measurements_it_is_drafted_that_they_are_rounded():
    """9.7 % is 1.24 to 1.36, printed 1.2 and 1.4 (16.7 %); 10.8 % is 2.04 to 2.26; 60 % is nothing that rounds so."""
    check = {"id": "x", "kind": "growth", "layouts": ["t"], "target": "c", "of": "b", "since": "a"}
    right = {"a": ["1.2", "2.0", "3.0", "4.1"], "b": ["1.4", "2.3", "3.3", "4.3"], "c": ["9.7", "10.8", "10.0", "4.9"]}
    assert said(small_audit(table(right), check)) == []
    (finding,) = small_audit(table(right | {"c": ["9.7", "10.8", "60.0", "4.9"]}), check).findings
    assert (finding.cells, finding.expected) == ((("T1", "r2", "c"),), "10.0")


def test_large_whole_numbers_may_be_rounded_and_small_ones_are_counted():
    """Thousands of jobs that are printed as whole thousands, and persons."""
    check = {"id": "x", "kind": "growth", "layouts": ["t"], "target": "c", "of": "b", "since": "a"}
    large = {"a": [123, 512], "b": [130, 620], "c": ["5.3", "21.1"]}  # 123.4 to 129.9 is 5.27 %; of 123 and 130 5.69
    assert said(small_audit(table(large), check)) == []
    small = {"a": [43, 51], "b": [45, 62], "c": ["4.3", "21.6"]}  # of persons 4.7 % and 21.6 %
    assert [line.split(";")[0] for line in said(small_audit(table(small), check))] == ["T1/r0/c: 4.3, expected 4.7"]


def test_counts_are_exact_whatever_the_shares_say():
    """22.4 % is 43 of 192, and 43.5 of 194 would be, but 43 persons of 191 are 22.5 %."""
    check = {"id": "x", "kind": "share", "layouts": ["t"], "target": "c", "part": "a", "whole": "b"}
    done = small_audit(table({"a": [43, 53], "b": [191, 191], "c": ["22.4", "27.6"]}), check)
    assert [line.split(";")[0] for line in said(done)] == [
        "T1/r0/c: 22.4, expected 22.5", "T1/r1/c: 27.6, expected 27.7"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"kind": "sum", "of": ["a", "bb"]}, "key of.bb: found 'bb'; layout t has no such column; allowed: a, b,"),
        (
            {"kind": "sum", "of": ["r0", "r11"], "target": "r0", "over": "rows"},
            "key of.r11: found 'r11'; layout t has no such row",
        ),
        ({"kind": "share", "part": "a", "total": "tootal"}, "key total: found 'tootal'; layout t has no such row"),
        (
            {"kind": "weighted_average", "target": "r0", "weights": "r1"},
            "key weights: found 'r1'; layout t has no such column",
        ),
        ({"kind": "subtotal", "tree": {"r0": ["r1", "r9"]}}, "key tree.r0.r9: found 'r9'"),
        ({"kind": "formula", "formula": "a + q"}, "key formula: found 'q'; layout t has no such column"),
        ({"kind": "formula", "formula": "cell(T9, r0, a)"}, "key formula: found 'T9'; there is no such table"),
        ({"kind": "formula", "formula": "across(a, r7)"}, "key formula: found 'r7'; layout t has no such row"),
        ({"kind": "sum", "of": ["a"], "only": ["r7"]}, "key only.r7: found 'r7'"),
    ],
)  # fmt: skip
def test_a_name_that_no_table_has_is_refused(keys, says):
    report = small_report(table({"a": [1, 2], "b": [1, 2], "c": [1, 2]}))
    (problem,) = reference_problems([{"id": "x", "layouts": ["t"], "target": "c"} | keys], report)
    assert says in str(problem)
