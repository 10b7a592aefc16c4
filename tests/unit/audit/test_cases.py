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
        ("misspelt_of", "row s, column of.yy: found 'yy'; layout l has no such column; allowed: x, y, sum; did you"),
        ("misspelt_target", "row s, column target: found 'summ'; layout l has no such column"),
        ("not_above_missing_col", "row sc, column smaller: found 'q'; no table has this column; allowed: sum, x, y"),
        ("no_layouts", "row s, column layouts: the key is missing"),
        ("no_of", "row s, column of: the key is missing"),
        ("copy_no_from", "row s, column from: the key is missing"),
        ("scale_no_severity", "row sc, column severity: the key is missing"),
        ("weight_text", "row s, column of.x: found 'one'; allowed: columns with weights"),
        ("class_cut_text", "row c, column classes.0.2: found 'high'"),
        ("total_named_Total", "row t: the check matches no cell; no table of its layouts has the row `total`: is"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_check_is_refused_and_named(case, says, capsys):
    """Each would look at nothing and pass; by hand from the files."""
    assert main(["audit", str(CASES / "mistakes" / case)]) == 2
    assert says in capsys.readouterr().err


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
        ("  - - b\n", "  - - bb\n", "row c, column classes.1.0: found 'bb'; the column allows no such class"),
    ],
)
def test_a_layout_and_a_class_that_nothing_has_are_refused(tmp_path, old, new, says):
    folder = edited("mistakes/class_cut_text", tmp_path, "checks.yaml", "- high", "- 1")
    checks = folder / "checks.yaml"
    checks.write_text(checks.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        audit_folder(folder)
    assert says in str(caught.value)
