"""What a printed cell assumes if it prints a value: the ends of the rule, by hand."""

from fractions import Fraction
from random import Random

import pytest
from audit_sets import CHECKS, Set

from collective_efficiency.audit.engine import audit_report


@pytest.fixture(scope="module")
def judge():
    return audit_report(Set(Random(3), clusters=4, missing=2).report(), CHECKS).judge


def test_what_is_unknown_fits_nothing_not_even_what_is_not_printed(judge):
    missing = next(place for place, cell in judge.model.cells.items() if cell.status == "not_available")
    assert judge.printed(missing) is None
    assert judge.fits(missing, None) is None
    assert judge.fits(missing, Fraction(1)) is None


def test_a_class_fits_its_own_word_and_no_other_and_a_number_no_word(judge):
    degree = ("T3", "c00", "degree")
    printed = judge.printed(degree)
    assert judge.fits(degree, printed) == ""
    assert judge.fits(degree, f"not {printed}") is None
    assert judge.fits(degree, None) is None
    assert judge.fits(("T3", "c00", "ce"), "Low") is None
