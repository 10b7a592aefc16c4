"""Made-up reports of the report's own shape: nothing is found where nothing is wrong, and what was put in is found."""

from fractions import Fraction
from random import Random

import audit_sets
import pytest
from audit_sets import CHECKS, Set, numeric

from collective_efficiency.audit.counts import audit_counts
from collective_efficiency.audit.engine import audit_report
from collective_efficiency.audit.localise import localise
from collective_efficiency.audit.shares import Shares


@pytest.mark.parametrize("seed", range(60))
def test_consistent_tables_have_no_inconsistent_cell(seed):
    done = audit_report(Set(Random(seed)).report(), CHECKS)
    assert audit_counts(done)["verdicts"]["inconsistent"] == 0
    assert numeric(done) == []


@pytest.mark.parametrize("slip", audit_sets.SLIPS, ids=lambda slip: slip.__name__)
def test_a_slip_is_found_where_it_is(slip):
    tried = first = 0
    for seed in range(25):
        made = Set(Random(seed), clusters=12, missing=0)
        put = slip(made)
        if put is None:
            continue
        tried += 1
        found = numeric(audit_report(made.report(), CHECKS))
        first += bool(found) and put[0] in found[0].cells
    assert tried >= 10
    assert first / tried >= 0.8


def test_a_misprinted_score_is_told_from_its_sum_by_the_total_of_its_column():
    made = Set(Random(5), clusters=8, missing=0)
    truth = made.scores["c03", "inputs"]
    made.put(("A1", "c03", "inputs"), "0" if truth else "3")
    (group,) = [each for each in audit_report(made.report(), CHECKS).optima if any(one.items for one in each)]
    assert [dict(each.items) for each in group] == [{("A1", "c03", "inputs"): truth}]
    finding = numeric(audit_report(made.report(), CHECKS))[0]
    assert finding.cells == (("A1", "c03", "inputs"),)


def test_tied_optima_are_all_reported():
    """A row whose sum is off, in a table without totals: any of its scores, or the sum; the sum is the cheapest."""
    made = Set(Random(6), clusters=6, missing=0)
    table = made.tables["A1"]
    cells = {place: cell for place, cell in table.cells.items() if place[0] not in ("total", "average")}
    made.tables["A1"] = audit_sets.replace(table, cells=cells, rows=tuple(made.units))
    old = Fraction(cells["c02", "eei"].printed)
    made.put(("A1", "c02", "eei"), str(old + 1))
    done = audit_report(made.report(), CHECKS)
    assert [sorted(each.places()) for group in localise(done.judge, Shares(done.judge.ways)) for each in group] == [
        [("A1", "c02", "eei")]
    ]


def test_seven_beside_seven_point_nought_is_quiet():
    made = Set(Random(11), clusters=5, missing=0)
    cell = made.tables["A1"].cells["c01", "eei"]
    made.put(("A1", "c01", "eei"), f"{cell.printed}.0" if "." not in cell.printed else f"{cell.printed}0")
    assert numeric(audit_report(made.report(), CHECKS)) == []


def test_an_index_on_a_cut_off_is_high_and_no_finding():
    made = Set(Random(3), clusters=4, missing=0)
    for item in ("labour_market", "inputs", "information"):
        made.scores["c00", item] = Fraction(3)
    made.scores["c00", "market_access"] = Fraction(1, 2)
    for item, score in zip(
        ("backward", "forward", "bilateral", "multilateral"), (3, 3, 3, Fraction(1, 2)), strict=True
    ):
        made.scores["c00", item] = Fraction(score)
    made._build()
    done = audit_report(made.report(), CHECKS)
    assert done.judge.printed(("T3", "c00", "ce")) == Fraction(19, 2)
    assert done.judge.printed(("T3", "c00", "degree")) == "High"
    assert numeric(done) == []


def test_a_class_on_the_wrong_side_of_a_cut_off_is_explained_by_it():
    made = Set(Random(3), clusters=4, missing=0)
    for item in ("labour_market", "inputs", "information", "market_access"):
        made.scores["c00", item] = Fraction(3, 2)
    for item in ("backward", "forward", "bilateral", "multilateral"):
        made.scores["c00", item] = Fraction(1)
    made._build()
    made.put(("T3", "c00", "degree"), "Medium")
    finding = numeric(audit_report(made.report(), CHECKS))[0]
    assert finding.explanation.startswith("class set on a boundary: the index is 5")
    assert finding.severity == "decision"


def test_equal_rows_by_chance_are_a_lead_at_most(report, project):
    import yaml

    checks = yaml.safe_load((project / "data/report/checks.yaml").read_text(encoding="utf-8"))["checks"]
    copied = [finding for finding in audit_report(report, checks).findings if finding.check == "copied_scores"]
    assert {finding.severity for finding in copied} == {"lead"}
    assert all("by chance" in finding.explanation for finding in copied)
