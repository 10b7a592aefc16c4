"""Which cells must be wrong, on sets of tables worked out by hand."""

from fractions import Fraction
from random import Random

import audit_sets
import pytest
from audit_sets import CHECKS, Set

from collective_efficiency.audit.engine import audit_report

A1 = "A1"


def printed_set(inputs: dict[str, str], clusters: int, total: bool = True) -> Set:
    """Tables in which every score is 1, but for those of `inputs`; averages are rounded to two decimals."""
    made = Set(Random(1), clusters=clusters, missing=0)
    made.scores = dict.fromkeys(made.scores, Fraction(1))
    made.scores |= {(unit, "inputs"): Fraction(score) for unit, score in inputs.items()}
    made.modes = dict.fromkeys(("A1", "A2", "T3", "T5", "T6"), ("half_up", 2))
    made._build()
    if not total:
        table = made.tables[A1]
        cells = {place: cell for place, cell in table.cells.items() if place[0] != "total"}
        made.tables[A1] = audit_sets.replace(table, cells=cells, rows=(*made.units, "average"))
    return made


def test_slips_that_meet_in_a_third_are_one_group():
    """The sums of two rows and the total of a column: the score in the column is wrong, and the other sum by itself."""
    made = printed_set({}, clusters=5)
    made.put((A1, "c01", "inputs"), "2")  # 1: its sum 4 and the column's total 5 both say so
    made.put((A1, "c03", "eei"), "5")  # 4
    (group,) = audit_report(made.report(), CHECKS).optima
    assert [(dict(each.items), each.slips) for each in group] == [
        ({(A1, "c01", "inputs"): Fraction(1)}, {(A1, "c03", "eei")})
    ]


def test_two_wrong_scores_of_a_column_are_told_together_and_the_other_slip_stays_one():
    """Their sums and the total of their column, 5, say so; the sum of a third row is wrong by itself."""
    made = printed_set({}, clusters=5)
    made.put((A1, "c01", "inputs"), "2")  # 1
    made.put((A1, "c03", "inputs"), "3")  # 1
    made.put((A1, "c04", "eei"), "5")  # 4
    (group,) = audit_report(made.report(), CHECKS).optima
    assert [(dict(each.items), each.slips) for each in group] == [
        ({(A1, "c01", "inputs"): Fraction(1), (A1, "c03", "inputs"): Fraction(1)}, {(A1, "c04", "eei")})
    ]


@pytest.mark.parametrize(
    ("scores", "average"),
    [
        ({"c01": "5/2"}, "1.21"),  # 17/14 = 1.2142..., rounded down: the right value lies above what is printed
        ({"c01": "1/2"}, "0.93"),  # 13/14 = 0.9285..., rounded up: it lies below
    ],
)
def test_a_rounded_average_tells_of_a_wrong_score_from_above_and_from_below(scores, average):
    """Without a total only the row sum and the average speak for the score, and the average only as it was rounded."""
    made = printed_set(scores, clusters=7, total=False)
    assert made.tables[A1].cells["average", "inputs"].printed == average
    made.put((A1, "c00", "inputs"), "2")
    groups = audit_report(made.report(), CHECKS).optima
    assert [[dict(each.items) for each in group] for group in groups] == [[{(A1, "c00", "inputs"): Fraction(1)}]]
