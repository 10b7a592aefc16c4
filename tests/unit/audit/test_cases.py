"""Small inputs of other people and tools, and what is right about each (tests/cases/audit)."""

import shutil
from pathlib import Path

import pytest

from collective_efficiency.__main__ import main
from collective_efficiency.audit.folder import audit_folder
from collective_efficiency.problems import BadInputError

CASES = Path(__file__).resolve().parents[2] / "cases" / "audit"


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("misspelt_of", "entry s, key of.yy: found 'yy'; layout l has no such column; allowed: x, y, sum; did you"),
        ("misspelt_target", "entry s, key target: found 'summ'; layout l has no such column"),
        ("not_above_missing_col", "entry sc, key smaller: found 'q'; no table has this column; allowed: sum, x, y"),
        ("no_layouts", "entry s, key layouts: the key is missing"),
        ("no_of", "entry s, key of: the key is missing"),
        ("copy_no_from", "entry s, key from: the key is missing"),
        ("scale_no_severity", "entry sc, key severity: the key is missing"),
        ("weight_text", "entry s, key of.x: found 'one'; allowed: columns with weights"),
        ("class_cut_text", "entry c, key classes.0.2: found 'high'"),
        ("total_named_Total", "entry t: the check matches no cell; no table of its layouts has the row `total`: is"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_check_is_refused_and_named(case, says, capsys):
    """Each would look at nothing and pass; by hand from the files."""
    assert main(["audit", str(CASES / "mistakes" / case)]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("case", ["peers/el_issue34", "counts_no_max", "peers/scholtus_4.2"])
def test_an_audit_prints_its_lines_and_nothing_of_the_solver(case, capfd):
    """Each has slips for which a mixed-integer programme may be solved; HiGHS prints from C, which capfd sees."""
    assert main(["audit", str(CASES / case)]) == 1
    printed = capfd.readouterr()
    assert "HiGHS" not in printed.out + printed.err
    assert all(line[:1].isalpha() for line in printed.out.splitlines() if line)


def edited(case: str, folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of a case with one text replaced in one of its files."""
    copy = Path(shutil.copytree(CASES / case, folder / "case"))
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return copy


def test_a_row_called_total_that_no_check_holds_is_a_lead(tmp_path):
    kind_total = "- asserts: t\n  source: x\n  id: t\n  kind: total\n  layouts:\n  - l\n"
    done = audit_folder(edited("mistakes/total_named_Total", tmp_path, "checks.yaml", kind_total, ""))
    leads = [finding for finding in done.findings if finding.check == "held_against_nothing"]
    assert [(finding.severity, finding.cells) for finding in leads] == [
        ("lead", (("T1", "Total", "x"), ("T1", "Total", "y")))  # its sum is held by the row
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  layouts:\n  - l\n  target", "  layouts:\n  - ll\n  target", "found 'll'; no table has this layout"),
        ("  - - b\n", "  - - bb\n", "entry c, key classes.1.0: found 'bb'; the column allows no such class"),
    ],
)
def test_a_layout_and_a_class_that_nothing_has_are_refused(tmp_path, old, new, says):
    folder = edited("mistakes/class_cut_text", tmp_path, "checks.yaml", "- high", "- 1")
    checks = folder / "checks.yaml"
    checks.write_text(checks.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        audit_folder(folder)
    assert says in str(caught.value)


def verdicts(case: str) -> dict[str, tuple[str, str]]:
    """The verdict on each computed cell of a case, with what it assumes, where it is not simply consistent."""
    done = audit_folder(CASES / case)
    judged = {"/".join(place): done.judge.judge(place) for place in done.model.derivations}
    return {name: (each.verdict, each.assumption) for name, each in judged.items() if each.verdict != "consistent"}


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # 4 of 8 known is 0.5 in one table and 0.50 in another; 4 of 9 would be 0.44
        ("na_left_out_copy", {"T1/average/v": "n.a. left out", "T2/s/v": "n.a. left out"}),
        # 33.3 + 33.3 + 33.4 + 12.3 = 112.3, printed 112.4
        ("rounded_parts", {"T1/total/v": "rounded parts"}),
        # thirds cut to one decimal in each of four rows, one of them exact
        ("truncated_index", {"T1/r0/idx": "truncated", "T1/r2/idx": "truncated", "T1/r3/idx": "truncated"}),
        ("public/05", {"T1/q2/overall": "rounded parts"}),  # weighted counts: 225 printed 224
        ("peers/pct_ok1", {"T1/total/p": "rounded parts"}),  # 33.3 three times, 100.0
        ("peers/xb_round_ok", {"T1/r0/sum": "rounded parts"}),  # 1.2 + 2.3 printed 3.4
        ("peers/xb_negweight", {}),  # 500 - 300 = 200
        # 12 + 4 printed 15, 3 + 1 + 8 printed 11, and 15 + 11 printed 27, of which -41 leave -13, below zero
        ("peers/scholtus_round", dict.fromkeys(("T1/r0/x3", "T1/r0/x8", "T1/r0/x9"), "rounded parts")),
        ("peers/va_profit_neg", {}),  # 100 - 120 = -20
        ("peers/paren_neg", {}),  # 120 and (20) are 100
        ("peers/percent_sign", {}),  # 40% + 60% = 100%
        ("peers/footnote", {}),  # 12.3* + 4.5a = 16.8
        ("peers/n_pct_cell", {}),  # 43 (22.5%) + 53 (27.7%) = 96, by the first numbers
        ("peers/space_thousands", {}),  # 1 200 + 20 = 1 220
    ],
)
def test_what_holds_under_an_assumption_is_no_slip(case, expected):
    assert verdicts(case) == {name: ("consistent_if", assumed) for name, assumed in expected.items()}


@pytest.mark.parametrize("case", ["total_with_na", "peers/va_part_na"])
def test_a_total_over_an_unknown_cell_cannot_be_checked(case):
    """12 and 30 and an unknown number may be 47; NA and 2, 3, 4 may be 10."""
    assert verdicts(case) == {"T1/total/v": ("not_checkable", "")}


def test_a_total_below_its_known_parts_is_wrong(tmp_path):
    done = audit_folder(edited("total_with_na", tmp_path, "T1.csv", "total,total,47", "total,total,41"))
    assert [finding.cells for finding in done.findings] == [(("T1", "total", "v"),)]


def found_slips(case: str) -> list[tuple[str, str, str]]:
    """Of each finding that changes a number: its cell, what should stand there, and the explanation's first words."""
    return [
        ("/".join(finding.cells[0]), finding.expected, finding.explanation.partition(":")[0])
        for finding in audit_folder(CASES / case).findings
        if finding.severity in ("decision", "numeric")
    ]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # 1 + 2 printed 9, which another table repeats: a repetition does not excuse a sum
        ("or_semantics", [("T1/r0/z", "3", "replaced digit")]),
        # 9/7 and 13/7 rounded to 1.29 and 1.86; 13/7 cut to 1.85
        ("one_column_truncated", [("T1/average/c", "1.86", "truncated")]),
        # 1.5 + 2 + 3 in half points
        ("total_off_by_half", [("T1/total/a", "6.5", "replaced digit")]),
        ("peers/va_part_bad", [("T1/total/v", "11", "replaced digit")]),  # 2 + 2 + 3 + 4 printed 10
        ("peers/xb_round_bad", [("T1/r0/sum", "3.5", "replaced digit")]),  # 1.2 + 2.3 printed 3.7
        ("public/03", [("T1/total/under", "1036", "replaced digit")]),  # 17 counts, printed 1038
        ("public/06", [("T1/rarely/pct", "23", "replaced digit")]),  # 43 of 191 is 22.51
        # a score that row and total deny; no largest value, steps of 1 and of 1/10
        ("counts_no_max", [("T1/r1/b", "60", "replaced digit")]),
        ("tenths_no_max", [("T1/r1/b", "6.0", "replaced digit")]),
        # two totals off by 1, up and down: only in r3 is the first score larger by 1 than the second
        ("row_cells_exchanged", [("T1/r3/a", "1; 2", "cells exchanged")]),
        ("public/01", [("T1/ballots/votes", "2587; 2004; 1951; 1943; 55", "systematic offset")]),
        ("public/08", [("T1/a1/pct", "75", "wrong denominator")]),  # 18 of 30 for 18 of 24
        ("public/11", [("T1/total/deaths", "8", "shifted")]),  # 6 is the total of the column beside it
        ("public/12", [("T1/total/wp1", "24; 15; 17", "total counts itself")]),
        ("peers/el_issue34", [("T1/r0/yD", "25", "replaced digit"), ("T1/r0/yE", "20", "dropped digit")]),
        ("peers/scholtus_4.1", [("T1/r0/x4", "116", "transposition")]),  # equal to x2, which x3 confirms
        ("peers/scholtus_4.2", [("T1/r0/x4", "116", "transposition"), ("T1/r0/x9", "1979", "inserted digit")]),
    ],
)
def test_a_slip_is_found_with_what_should_stand_there(case, expected):
    assert found_slips(case) == expected


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("peers/el_na", "part misprinted: x 10 for 5"),  # 10 + NA = 5, nothing below zero: x or the sum
        ("peers/va_hierarchy_T", "part misprinted: n012 25 for 30"),  # 70 + 25 printed 100
        ("peers/pct_bad", "part misprinted, the whole is certain: 33.4 by the 100.0 of total of p"),
    ],
)
def test_what_the_numbers_cannot_tell_apart_is_said(case, says):
    (finding,) = audit_folder(CASES / case).findings
    assert says in (finding.explanation, *finding.alternatives)


def test_two_numbers_in_a_cell_are_said_and_read_as_two_columns_where_tables_yaml_says_so(tmp_path):
    """0.09 (0.21), a mean with its deviation."""
    (finding,) = audit_folder(CASES / "peers/mean_sd_cell").findings
    assert (finding.severity, finding.printed) == ("format", "0.09 (0.21)")
    second = "      format: n\n      second: {column: sd, kind: fact, format: n}\n"
    folder = edited("peers/mean_sd_cell", tmp_path, "tables.yaml", "      format: n\n", second)
    done = audit_folder(folder)
    assert done.findings == ()
    assert {place[2]: str(cell.value) for place, cell in done.model.cells.items()} == {"n": "9/100", "sd": "21/100"}


@pytest.mark.parametrize(("case", "possible"), [("peers/grim_519_28", False), ("peers/grim_521_28", True)])
def test_a_mean_of_28_whole_numbers_is_possible_or_not(case, possible):
    """145 / 28 = 5.179 and 146 / 28 = 5.214, as GRIM says; 5.19 is neither."""
    assert [finding.check for finding in audit_folder(CASES / case).findings] == ([] if possible else ["g"])


def test_an_exchange_that_fits_in_two_rows_names_both(tmp_path):
    """With r1 as 2, 1, 3 its scores differ by 1, too: r1 or r3."""
    folder = edited("row_cells_exchanged", tmp_path, "T1.csv", "r1,r1,1,2,3,6", "r1,r1,2,1,3,6")
    csv = folder / "T1.csv"
    csv.write_text(csv.read_text(encoding="utf-8").replace("total,total,5,10,5", "total,total,6,9,5"), encoding="utf-8")
    (finding,) = audit_folder(folder).findings
    assert finding.cells == (("T1", "r1", "a"), ("T1", "r1", "b"))
    assert finding.explanation.startswith("cells exchanged")
    assert "cells exchanged: a and b of r3 in T1" in finding.alternatives


def test_a_row_typed_twice_is_one_finding(tmp_path):
    """r2 is typed as r1: by the totals it was 0, 3, 1."""
    typed = "r1,r1,1,2,3,6\nr2,r2,1,2,3,6\nr3,r3,2,1,0,3\nr4,r4,3,3,1,7\ntotal,total,6,9,5,20"
    right = (CASES / "row_cells_exchanged" / "T1.csv").read_text(encoding="utf-8").split("\n", 1)[1].rstrip()
    (finding,) = audit_folder(edited("row_cells_exchanged", tmp_path, "T1.csv", right, typed)).findings
    assert finding.explanation.startswith("row typed twice")
    assert {place[1] for place in finding.cells} <= {"r1", "r2"}


def test_a_column_that_says_so_is_exact_and_one_that_says_so_is_rounded(tmp_path):
    declared = "v:\n      kind: item\n      format: n\n      rounded: false"
    folder = edited("rounded_parts", tmp_path, "tables.yaml", "v:\n      kind: item\n      format: n", declared)
    assert [finding.expected for finding in audit_folder(folder).findings] == ["112.3"]
    (folder / "tables.yaml").write_text(
        (folder / "tables.yaml").read_text(encoding="utf-8").replace("false", "true"), encoding="utf-8"
    )
    assert audit_folder(folder).findings == ()


def test_an_alternative_is_one_more_way_and_no_condition(tmp_path):
    done = audit_folder(
        edited("or_semantics", tmp_path, "checks.yaml", "  kind: copy\n", "  kind: copy\n  alternative: true\n")
    )
    assert done.findings == ()


def test_a_mean_of_the_known_parts_speaks_for_their_total(tmp_path):
    """12, n.a. and 30 have the mean 21 and the total 42, so 47 is wrong; without a mean it could not be told."""
    folder = edited("total_with_na", tmp_path, "T1.csv", "total,total,47", "total,total,47\naverage,average,21")
    for file, old, new in (
        ("tables.yaml", "summary:\n    - total", "summary:\n    - total\n    - average"),
        ("checks.yaml", "checks:\n", "checks:\n- {id: m, kind: average, asserts: m, source: x, layouts: [l]}\n"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    (finding,) = audit_folder(folder).findings
    assert (finding.cells, finding.expected) == ((("T1", "total", "v"),), "42")
