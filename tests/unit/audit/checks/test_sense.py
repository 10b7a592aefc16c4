"""Declarations that would look at nothing, or lie: each is refused with the check, the key and the nearest word."""

from pathlib import Path

import pytest
import yaml
from small_reports import said, small_audit, small_report

from collective_efficiency.__main__ import main
from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.engine import audit_report, refuse_idle_checks
from collective_efficiency.audit.refused import refused_checks
from collective_efficiency.problems import BadInputError
from collective_efficiency.studies.study_audit import checks_of_studies

PROJECT = Path(__file__).resolve().parents[4]
TABLES = {
    "t": "row,a,b,c,d,k\nr1,1,2,3,0,Low\nr2,4,5,9,9,High\nr3,4,5,9,9,High\ntotal,9,12,21,18,\n",
    "u": "row,a,b,e,w\nr1,1,2,3,x\nr2,4,5,9,y\n",
}
OF_T = {"layouts": ["t"]}
SUM = {"kind": "sum", "target": "c", "of": ["a", "b"], **OF_T}
WEIGHTED = {"kind": "row_sum", "target": "c", "of": {"a": 1, "b": 1}, **OF_T}
CLASS = {"kind": "class", "target": "k", "index": "c", "classes": [["High", ">=", 5], ["Low", ">=", 0]], **OF_T}
COPY = {"kind": "copy", "columns": ["a"], "from": ["u"], **OF_T}
SHARE = {"kind": "share", "target": "c", "part": "a", "whole": "b", **OF_T}
TREE = {"kind": "subtotal", "tree": {"total": ["r1", "r2", "r3"]}, **OF_T}
FORMULA = {"kind": "formula", "target": "c", "formula": "a + b", **OF_T}
LEAD = {"severity": "lead"}
NOT_ABOVE = {"kind": "not_above", "smaller": "a", "larger": "b", **LEAD}
RIGHT = (SUM, WEIGHTED, CLASS, COPY, TREE, FORMULA, NOT_ABOVE, {"kind": "total", **OF_T})
NOTHING = "the check matches no cell"

WRONG = [
    ({**SUM, "layouts": ["tt"]}, "key layouts: found 'tt'; no table has this layout; allowed: t, u; did you mean t?"),
    ({**SUM, "layouts": []}, "key layouts: the list is empty"),
    ({**SUM, "layouts": "t"}, "key layouts: found 't'; allowed: a list of layouts"),
    ({**SUM, "target": "cc"}, "key target: found 'cc'; layout t has no such column; allowed: a, b, c, d, k; did you"),
    ({**SUM, "target": "C"}, "key target: found 'C'; layout t has no such column"),
    ({**SUM, "target": 3}, "key target: found '3'; allowed: a column"),
    ({**SUM, "target": None}, "key target: allowed: a column"),
    ({**SUM, "of": ["a", "bb"]}, "key of.bb: found 'bb'; layout t has no such column"),
    ({**SUM, "of": ["a", "a"]}, "key of: found 'a'; it stands twice"),
    ({**SUM, "of": ["a", "c"]}, "key of: found 'c'; the target stands among what it is computed from"),
    ({**SUM, "of": ["a", "k"]}, "key of.k: found 'k'; the column holds words, not numbers; allowed: a, b, c, d"),
    ({**SUM, "of": []}, "key of: allowed: a list of columns"),
    ({**SUM, "only": ["r11"]}, "key only.r11: found 'r11'; layout t has no such row; allowed: r1, r2, r3"),
    ({**SUM, "over": "lines"}, "key over: found 'lines'; allowed: `columns` or `rows`"),
    ({**SUM, "targt": "c"}, "key targt: found 'targt'; unknown key of a check of kind sum; allowed: id, kind"),
    ({**SUM, "layouts": ["t", "u"]}, "key target: found 'c'; layout u has no such column"),
    ({**SUM, "over": "rows", "target": "r3", "of": ["r1", "r22"]}, "key of.r22: found 'r22'; layout t has no such row"),
    ({**WEIGHTED, "of": {}}, "key of: the list is empty"),
    ({**WEIGHTED, "of": {"a": 0, "b": 1}}, "key of.a: found '0'; a weight of 0 counts nothing"),
    ({**WEIGHTED, "of": {"a": "one", "b": 1}}, "key of.a: found 'one'; allowed: columns with weights"),
    ({**WEIGHTED, "target": "k"}, "key target: found 'k'; the column holds words, not numbers"),
    ({"kind": "row_sum", "target": "c", **OF_T}, "key of: the key is missing"),
    ({**SUM, "kind": "sums"}, "key kind: found 'sums'; unknown kind; allowed"),
    ({"kind": "total", "layouts": ["u"]}, f"{NOTHING}; no table of its layouts has the row `total`"),
    ({"kind": "average", **OF_T}, f"{NOTHING}; no table of its layouts has the row `average`"),
    ({"kind": "average", "target": "c", **OF_T}, "key of: the key is missing; target needs it"),
    ({**CLASS, "target": "a"}, "key target: found 'a'; the column holds numbers, not words; allowed: k"),
    ({**CLASS, "index": "k"}, "key index: found 'k'; the target stands among what it is computed from"),
    ({**CLASS, "classes": []}, "key classes: the list is empty"),
    ({**CLASS, "classes": [["Low", ">=", 0], ["High", ">=", 5]]}, "key classes.1.2: found '5'; not below 0"),
    ({**CLASS, "classes": [["High", ">", 5], ["High", ">=", 0]]}, "key classes.1.0: found 'High'; the class stands"),
    ({**CLASS, "classes": [["Hihg", ">=", 5], ["Low", ">=", 0]]}, "found 'Hihg'; layout t prints no such class"),
    ({**COPY, "from": ["v"]}, "key from: found 'v'; no table has this layout"),
    ({**COPY, "columns": []}, "key columns: the list is empty"),
    ({**COPY, "columns": ["e"]}, "key columns.e: found 'e'; no layout of `layouts` has this column"),
    ({**COPY, "columns": {"a": "w"}}, "key columns.a: found 'w'; one of a and w holds words, the other numbers"),
    ({**COPY, "from": ["t"]}, NOTHING),
    ({"kind": "copy", "columns": ["a"], **OF_T}, "key from: the key is missing"),
    ({**SHARE, "whole": "a"}, "key whole: found 'a'; the same stands under part"),
    ({**SHARE, "part": "c"}, "key part: found 'c'; the target stands among"),
    ({**SHARE, "total": "total"}, "key whole: a check of kind share has exactly one of whole and total"),
    ({**TREE, "tree": {"r1": ["r2"], "r2": ["r1"]}}, "key tree.r1: found 'r1'; it is a part of itself"),
    ({**TREE, "tree": {"total": ["r1", "r9"]}}, "key tree.total.r9: found 'r9'; layout t has no such row"),
    ({**FORMULA, "formula": "a + bb"}, "key formula: found 'bb'; layout t has no such column"),
    ({**FORMULA, "formula": "a + c"}, "key formula: found 'c'; the target stands among"),
    ({**FORMULA, "formula": "a +"}, "key formula: found 'a +'; not readable as a formula"),
    ({**FORMULA, "formula": "a / 0"}, "key formula: found 'a / 0'; nothing can be divided by 0"),
    ({**FORMULA, "formula": "max(a, b)"}, "unknown function max; allowed: cell, across, before, after, sum"),
    ({**FORMULA, "formula": "cell(T9, r1, a)"}, "found 'T9'; there is no such table; allowed: T1, T2"),
    ({**FORMULA, "formula": "-" * 500 + "a"}, "signs or brackets within each other"),
    ({**FORMULA, "formula": "3"}, NOTHING),
    ({**NOT_ABOVE, "larger": "a"}, "key larger: found 'a'; the same stands under smaller"),
    ({**NOT_ABOVE, "larger": "bb"}, "key larger: found 'bb'; no table has this column; allowed"),
    ({**NOT_ABOVE, "noted": ["r8"]}, "key noted: found 'r8'; no table has this row"),
    ({**NOT_ABOVE, "severity": "bad"}, "key severity: found 'bad'; allowed: `format` or `lead`"),
    ({"kind": "scale", "step": 0, **LEAD}, "key step: found '0'; allowed: a number or ratio"),
    ({"kind": "codes", **LEAD}, NOTHING),
    ({"kind": "granularity", "step": 1, **LEAD}, NOTHING),
    ({"kind": "copied_scores", **LEAD}, NOTHING),
    ({"kind": "growth", "target": "c", "of": "a", "lag": 99, **OF_T}, NOTHING),
]  # fmt: skip


def problems(*checks: Check) -> list[str]:
    numbered = [{"id": f"x{number}", **check} for number, check in enumerate(checks)]
    return [str(problem) for problem in refused_checks(numbered, small_report(TABLES))]


def test_the_same_declarations_without_a_mistake_are_not_refused():
    assert problems(*RIGHT) == []
    assert problems({**SHARE, "target": "d"}) == []  # wrong in each row, but that is for the audit to say


@pytest.mark.parametrize(("check", "says"), WRONG)
def test_a_check_that_would_see_nothing_or_lie_is_refused(check, says):
    (problem, *_) = problems(check)
    assert "entry x0" in problem
    assert says in problem
    with pytest.raises(BadInputError, match="x0"):
        refuse_idle_checks(audit_report(small_report(TABLES), [{"id": "x0", **check}]))


def test_every_mistake_of_every_check_is_said_at_once():
    """Of a key, of a name, of what matches nothing, one each; a check that is right is not named."""
    wrong = [check for check, _ in WRONG]
    found = problems(*wrong, *RIGHT)
    named = {text.partition("entry ")[2].split(",")[0].split(":")[0] for text in found}
    assert named == {f"x{number}" for number in range(len(wrong))}


def test_a_folder_says_the_mistakes_of_its_tables_and_its_checks_at_once(tmp_path, capsys):
    tables = {"formats": {"n": {"decimal": "."}}, "layouts": {"t": {"a": {"kind": "itm", "format": "n"}}}, "tables": {}}
    (tmp_path / "tables.yaml").write_text(yaml.safe_dump(tables), encoding="utf-8")
    checks = {"checks": [{"id": "x", "kind": "totals", "layouts": ["t"]}]}
    (tmp_path / "checks.yaml").write_text(yaml.safe_dump(checks), encoding="utf-8")
    assert main(["audit", str(tmp_path)]) == 2
    said_of = capsys.readouterr().err
    assert "found 'itm'" in said_of
    assert "found 'totals'; unknown kind" in said_of


def test_relations_that_go_round_are_refused_with_the_checks_that_do():
    circle = [
        {"kind": "sum", "target": "c", "of": ["a", "d"], **OF_T},
        {"kind": "difference", "target": "d", "of": "c", "minus": "a", **OF_T},
    ]
    (problem,) = problems(*circle)
    assert "x0 and x1 go round in a circle: T1/r1/c from T1/r1/d from T1/r1/c; leave one out" in problem


@pytest.mark.parametrize("sides", [(["t"], ["u"]), (["t", "u"], ["t", "u"]), (["t", "u", "v"], ["t", "u", "v"])])
def test_tables_that_repeat_each_other_may_say_so_both_ways(sides):
    """4 for 5 in the first of two or three tables that repeat each other: one finding, and no circle."""
    tables = {"t": "row,a\nr1,1\nr2,4\n", "u": "row,a\nr1,1\nr2,5\n", "v": "row,a\nr1,1\nr2,5\n"}
    here, there = sides
    checks = [
        {"id": f"c{number}", "kind": "copy", "columns": ["a"], "layouts": one, "from": other}
        for number, (one, other) in enumerate([(here, there), (there, here)])
    ]
    assert said(small_audit(tables, *checks)) == ["T1/r2/a: 4, expected 5; replaced digit: 5 printed 4"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("target: eei\n", "target: eii\n", "entry eei_sum, key target: found 'eii'; layout study has no such column"),
        (
            "layouts: [study]\n",
            "layouts: [studies]\n",
            "found 'studies'; no table has this layout; allowed: study, whole",
        ),
        ("kind: total\n", "kind: totals\n", "entry column_total, key kind: found 'totals'"),
        ("{labour_market: 1, ", "{labor_market: 1, ", "key of.labor_market: found 'labor_market'"),
        ("[High, ", "[Hihg, ", "entry degree_rule, key classes.0.0: found 'Hihg'; the column allows no such class"),
    ],
)
def test_the_checks_of_all_studies_are_held_against_all_that_a_study_may_print(old, new, says):
    text = (PROJECT / "data/studies/_checks.yaml").read_text(encoding="utf-8")
    assert len(checks_of_studies(text.encode())) > 5
    with pytest.raises(BadInputError) as caught:
        checks_of_studies(text.replace(old, new, 1).encode())
    assert says in str(caught.value)


def test_what_looks_at_a_whole_report_may_see_nothing():
    idle = [name for name, kind in CHECK_KINDS.items() if kind.idle]
    assert problems(*({"kind": name, **LEAD} for name in idle)) == []
