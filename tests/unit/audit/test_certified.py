"""What someone vouches for, and the 100 that shares add up to: others are called wrong before it. Expected by hand."""

import shutil
from pathlib import Path

import pytest
from small_reports import small_audit, small_report

from collective_efficiency.audit.checks.apply import build_model
from collective_efficiency.audit.constants import constants
from collective_efficiency.audit.engine import Audit
from collective_efficiency.audit.folder import audit_folder
from collective_efficiency.problems import BadInputError

CASES = Path(__file__).resolve().parents[2] / "cases" / "audit"
TOTAL = {"id": "t", "kind": "total", "layouts": ["t"]}
SUM = {"id": "s", "kind": "sum", "layouts": ["t"], "target": "z", "of": ["x", "y"]}


def blamed(done: Audit) -> list[str]:
    """The first cells of the findings that change a number, with what should stand there."""
    return [
        f"{'/'.join(each.cells[0])} {each.printed} for {each.expected}"
        for each in done.findings
        if each.severity in ("decision", "numeric")
    ]


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("x", "38.3 33.3 33.3 100.0", True),  # measured: on no step
        ("pct", "38 33 33 100", True),  # by its name
        ("Anteil", "38 33 33 100", True),
        ("x", "0.38 0.33 0.33 1.00", True),
        ("x", "38 33 33 100", False),  # 104 firms, misprinted
        ("x", "38.5 33.0 33.0 100.0", False),  # half points
        ("pct", "38 33 33 104", False),
        ("x", "1 0 0 1", False),
        ("pct", "120 130 -10 100", False),  # shares of what?
    ],
)
def test_a_whole_is_told_by_what_its_parts_are(column, values, expected):
    a, b, c, total = values.split()
    report = small_report({"t": f"row,{column}\na,{a}\nb,{b}\nc,{c}\ntotal,{total}"})
    found = constants(build_model(report, [TOTAL]))
    assert found == ({("T1", "total", column)} if expected else set())


def test_several_columns_that_add_up_to_100_hold_shares():
    table = {"t": "row,x,y\na,40,30\nb,60,75\ntotal,100,100"}
    done = small_audit(table, TOTAL)
    assert blamed(done) == ["T1/b/y 75 for 70"]  # by one digit; or a, a tie
    assert done.findings[0].alternatives[0] == "misprinted score: T1/a/y 30 for 25"


def test_exact_columns_have_no_constants():
    done = small_audit({"t": "row,pct\na,38\nb,66\ntotal,100"}, TOTAL, columns={"pct": {"rounded": False}})
    assert blamed(done) == ["T1/total/pct 100 for 104"]


def test_of_the_parts_of_a_certain_whole_the_one_that_a_typist_explains_comes_first():
    """3.0 too many: 18.3 for 21.3, 35.2 for 38.2 or 40.5 for 43.5; only the second is one digit."""
    done = small_audit({"t": "row,x\na,21.3\nb,38.2\nc,43.5\ntotal,100.0"}, TOTAL)
    assert blamed(done) == ["T1/b/x 38.2 for 35.2"]
    assert done.findings[0].explanation.startswith("replaced digit: 35.2 printed 38.2")


def test_the_parts_of_a_certain_whole_are_not_below_zero():
    """17 too many, more than b is; 64 printed 81 or 10 printed 27."""
    (finding,) = small_audit({"t": "row,pct\na,81\nb,9\nc,27\ntotal,100"}, TOTAL).findings
    assert finding.cells[0][1] in "ac"
    assert not any("/b/" in text for text in finding.alternatives)


NEITHER = "T1/r0/z 5 for 12"  # what is wrong of 6 + 6 = 5 if nobody vouches for anything (el_weights of errorlocate)


def edited(case: str, folder: Path, old: str, new: str) -> Audit:
    """The audit of a case with a text of its tables.yaml replaced."""
    copy = Path(shutil.copytree(CASES / case, folder / "case"))
    text = (copy / "tables.yaml").read_text(encoding="utf-8")
    assert old in text
    (copy / "tables.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return audit_folder(copy)


def test_a_certified_sum_is_not_called_wrong_but_one_of_its_parts(tmp_path):
    done = audit_folder(CASES / "peers/el_weights")
    assert blamed(done) == ["T1/r0/x 6 for -1"]
    assert "misprinted score: T1/r0/y 6 for -1" in done.findings[0].alternatives
    assert blamed(edited("peers/el_weights", tmp_path, "certified: true", "certified: false")) == [NEITHER]


@pytest.mark.parametrize(
    ("trust", "expected"),
    [
        ("cells: [{row: r0, column: z, certified: true}]", "T1/r0/x 6 for -1"),
        ("cells: [{column: z, certified: true}]", "T1/r0/x 6 for -1"),
        ("cells: [{column: z, certified: true}, {row: r0, column: x, certified: true}]", "T1/r0/y 6 for -1"),
        ("cells: [{row: r0, certified: true}]", NEITHER),  # nothing else is left
        ("certified: true", NEITHER),
        ("certified: true\n    cells: [{row: r0, column: y, certified: false}]", "T1/r0/y 6 for -1"),
    ],
)
def test_cells_rows_columns_and_tables_are_certified(tmp_path, trust, expected):
    text = (CASES / "peers/el_weights/tables.yaml").read_text(encoding="utf-8")
    new = text.replace("      certified: true\n", "").replace("    layout: l\n", f"    layout: l\n    {trust}\n")
    assert blamed(edited("peers/el_weights", tmp_path, text, new)) == [expected]


def test_a_certified_score_is_not_called_wrong(tmp_path):
    """63 for 60, as row and column say, unless someone vouches for it: then both sums are wrong."""
    trust = "    layout: l\n    cells: [{row: r1, column: b, certified: true}]\n"
    done = edited("counts_no_max", tmp_path, "    layout: l\n", trust)
    assert blamed(done) == ["T1/r1/sum 161 for 164", "T1/total/b 151 for 154"]


def test_trust_in_a_cell_that_no_table_has_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="this note means no cell of the table"):
        edited("counts_no_max", tmp_path, "    layout: l\n", "    layout: l\n    cells: [{row: r9, certified: true}]\n")


SHARE = {"id": "p", "kind": "share", "layouts": ["t"], "target": "pct", "part": "n", "whole": "all"}


def test_a_certified_share_is_not_called_wrong_but_its_part_or_its_whole():
    """18 of 30 is no 75 %: 22.5 are no firms and 23 of 30 are 77 %, but 18 of 24 are 75 %."""
    trusted = {"t": {"cells": [{"row": "a", "column": "pct", "certified": True}]}}
    done = small_audit({"t": "row,n,all,pct\na,18,30,75\nb,5,20,25"}, SHARE, notes=trusted)
    assert blamed(done) == ["T1/a/all 30 for 24"]
    assert blamed(small_audit({"t": "row,n,all,pct\na,18,30,75\nb,5,20,25"}, SHARE)) == ["T1/a/pct 75 for 60"]


def test_of_a_certified_share_that_either_part_explains_both_are_named():
    """5 of 20 or 10 of 40 are 25 %; 40 is 20 but for a digit."""
    trusted = {"t": {"cells": [{"row": "b", "column": "pct", "certified": True}]}}
    done = small_audit({"t": "row,n,all,pct\na,18,24,75\nb,10,20,25"}, SHARE, notes=trusted)
    assert blamed(done) == ["T1/b/all 20 for 40"]
    assert "misprinted score: T1/b/n 10 for 5" in done.findings[0].alternatives
