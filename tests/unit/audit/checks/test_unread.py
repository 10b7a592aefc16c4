"""Tables as people print them, in a folder with nothing but tables.yaml and the tables: by hand."""

import pytest

from collective_efficiency.audit.folder import audit_files, audit_folder

TABLES = """\
formats: {{n: {{decimal: ".", thousands: ","}}}}
layouts: {{l: {{{columns}}}}}
tables: {{T1: {{title: printed so, layout: l}}}}
"""
SUM = "checks: [{id: s, kind: sum, layouts: [l], target: sum, of: [a, b]}]\n"
NUMBERS = "a: {kind: item, format: n}, b: {kind: item, format: n}, sum: {kind: derived, format: n}"


def folder(where, table: str, columns: str = NUMBERS, checks: str = SUM):
    (where / "tables.yaml").write_text(TABLES.format(columns=columns), encoding="utf-8")
    (where / "T1.csv").write_text(table, encoding="utf-8")
    if checks:
        (where / "checks.yaml").write_text(checks, encoding="utf-8")
    return where


def found(done) -> list[tuple[str, str, str]]:
    return [(finding.id, finding.printed, finding.severity) for finding in done.findings]


@pytest.mark.parametrize(
    "row", ['120,(20),100', '40%,60%,100%', '12.3*,4.5a,16.8', '"$1,200",20,"1,220"', '-5,+7,2', ' 1,2 ,3']
)  # fmt: skip
def test_marks_are_read_and_the_sum_is_held(tmp_path, row):
    done = audit_folder(folder(tmp_path, f"row,a,b,sum\nx,{row}\n"))
    assert (found(done), done.judge.judge(("T1", "x", "sum")).verdict) == ([], "consistent")


def test_a_wrong_sum_among_marks_is_one_finding(tmp_path):
    done = audit_folder(folder(tmp_path, "row,a,b,sum\nx,120,(20),110\n"))
    assert [(finding.printed, finding.expected) for finding in done.findings] == [("110", "100")]


def test_what_was_read_is_said(tmp_path):
    done = audit_folder(folder(tmp_path, "row,a,b,sum\nx,120%,(20),100*\n"))
    assert audit_files(done)["readings.csv"].splitlines()[1:] == [
        "T1,x,a,120%,120,%", "T1,x,b,(20),-20,in brackets: negative", "T1,x,sum,100*,100,footnote mark *"
    ]  # fmt: skip


def test_what_cannot_be_a_number_is_a_finding_and_the_rest_is_audited(tmp_path):
    """In x the sum is wrong; in y a part is unreadable, in z the sum is a word, whose number would be 7."""
    done = audit_folder(folder(tmp_path, "row,a,b,sum\nx,1,2,4\ny,3.5.1,2,6\nz,3,4,seven\n"))
    assert found(done) == [
        ("s.T1.x.sum", "4", "numeric"),
        ("unreadable.T1.y.a", "3.5.1", "format"),
        ("unreadable.T1.z.sum", "seven", "format"),
    ]
    assert [finding.expected for finding in done.findings] == ["3", "", "7"]
    assert done.judge.judge(("T1", "y", "sum")).verdict == "not_checkable"


def test_what_may_be_missing_is_said(tmp_path):
    (finding,) = audit_folder(folder(tmp_path, "row,a,b,sum\nx,1,n.a.,3\n")).findings
    assert "belongs under `missing`" in finding.explanation


@pytest.mark.parametrize(("text", "says"), [("<5", "a bound, below 5"), ("2-4", "a range, from 2 to 4")])
def test_a_bound_and_a_range_are_read_and_make_nothing_wrong(tmp_path, text, says):
    done = audit_folder(folder(tmp_path, f"row,a,b,sum\nx,1,{text},3\n"))
    assert (done.findings, done.judge.judge(("T1", "x", "sum")).verdict) == ((), "not_checkable")
    assert f"T1,x,b,{text},,{says}".replace(f"{says}", f'"{says}"') in audit_files(done)["readings.csv"]


def test_out_of_scale_and_another_form_are_said_and_read(tmp_path):
    columns = NUMBERS.replace("format: n}", "format: n, max: 5}", 1)
    done = audit_folder(folder(tmp_path, "row,a,b,sum\nx,6,1 000,1006\ny,1,2 000,2001\n", columns))
    assert [(finding.id, finding.printed) for finding in done.findings] == [
        ("another_form.T1.x.a", "6"), ("another_form.T1.x.b", "1 000; 2 000")
    ]  # fmt: skip
    assert "allowed: 0 to 5" in done.findings[0].explanation


def test_two_numbers_of_a_cell_are_two_columns(tmp_path):
    """43 and 53 of 96 are 44.8 and 55.2 %; 27.7 is of another whole."""
    columns = "a: {kind: item, format: n, second: {column: percent, kind: item, format: n}}"
    share = "checks: [{id: p, kind: share, layouts: [l], target: percent, part: a, total: total}]\n"
    done = audit_folder(folder(tmp_path, "row,a\nx,43 (44.8%)\ny,53 (27.7%)\ntotal,96\n", columns, share))
    (wrong,) = (finding for finding in done.findings if finding.severity == "numeric")
    assert (wrong.cells, wrong.printed, wrong.expected) == ((("T1", "y", "percent"),), "27.7%", "55.2")
    assert "T1,x,percent,44.8%,44.8,of 43 (44.8%); %" in audit_files(done)["readings.csv"]


def test_a_mean_and_its_deviation_in_one_cell_are_two_columns(tmp_path):
    """0.09 (0.21) of 28 zeros and ones cannot be: 2 or 3 of 28 are 0.07 or 0.11."""
    columns = "a: {kind: item, format: n, second: {column: sd, kind: item, format: n}}"
    grim = "checks: [{id: g, kind: possible_mean, layouts: [l], mean: a, n: 28}]\n"
    done = audit_folder(folder(tmp_path, "row,a\nx,0.09 (0.21)\n", columns, grim))
    assert [(finding.id, finding.printed, finding.expected) for finding in done.findings] == [
        ("g.T1.x.a", "0.09", "0.07 or 0.11")
    ]
    assert done.model.cells["T1", "x", "sd"].value is not None


def test_a_class_that_is_not_allowed_is_a_finding(tmp_path):
    columns = "a: {kind: class, allowed: [low, high]}"
    done = audit_folder(folder(tmp_path, "row,a\nx,hihg\n", columns, ""))
    assert found(done) == [("unreadable.T1.x.a", "hihg", "format")]
    assert "did you mean high?" in done.findings[0].explanation


def test_tables_alone_are_enough(tmp_path):
    """No lists of clusters and sectors, no checks, no labels: what looks like a total is said."""
    done = audit_folder(folder(tmp_path, "row,a,b,sum\nx,1,2,3\ntotal,1,2,3\n", checks=""))
    assert [finding.check for finding in done.findings] == ["held_against_nothing"] * len(done.findings)
