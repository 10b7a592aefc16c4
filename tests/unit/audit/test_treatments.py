"""How a table treats n.a., counted by hand from what its means tell."""

import pytest

from collective_efficiency.audit.model import OMIT, ZERO
from collective_efficiency.audit.treatments import UNDETERMINED, infer_treatments

A, B, C = (("A1", "average", column) for column in "abc")


@pytest.mark.parametrize(
    ("votes", "way", "told", "tied"),
    [
        ({A: {ZERO, OMIT}, B: set()}, UNDETERMINED, 0, ()),  # both fit, or neither: nothing is told
        ({A: {OMIT}, B: {ZERO, OMIT}}, OMIT, 1, ()),
        ({A: {OMIT}, B: {ZERO}, C: {OMIT}}, OMIT, 3, ()),  # two of three
        ({A: {OMIT}, B: {ZERO}}, ZERO, 2, (B,)),  # one against one: as was chosen, tied with the other
    ],
)
def test_the_way_that_most_means_tell_for(votes, way, told, tied):
    treatment = infer_treatments([(place, frozenset(fitting)) for place, fitting in votes.items()])["A1"]
    assert (treatment.way, treatment.n_informative, treatment.tied) == (way, told, tied)
