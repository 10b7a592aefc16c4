"""The weights of scores in what is computed from them, against the audit's own recomputation with a score changed."""

from fractions import Fraction
from random import Random

import pytest
from audit_sets import CHECKS, Set

from collective_efficiency.audit.engine import audit_report
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.shares import Shares


@pytest.fixture(scope="module")
def judge() -> Judge:
    return audit_report(Set(Random(3), clusters=6, missing=0.1).report(), CHECKS).judge


def scores_of(judge: Judge) -> list[tuple[str, str, str]]:
    return [at for at, cell in judge.model.cells.items() if cell.kind == "item" and isinstance(cell.value, Fraction)]


def test_a_score_changes_what_rests_on_it_by_its_weight_and_nothing_else(judge):
    shares = Shares(judge.ways)
    for score in scores_of(judge)[::3]:
        changed = judge.with_corrected({score: judge.printed(score) + 1})
        weights = shares.above(score)
        for place in judge.model.derivations:
            before, after = judge.truth(place), changed.truth(place)
            if isinstance(before, Fraction) and shares.is_sum(place):
                assert after - before == weights.get(place, 0), (score, place)


def test_below_and_above_are_the_same_relation_seen_from_either_end(judge):
    shares = Shares(judge.ways)
    up = {(place, score) for score in scores_of(judge) for place in shares.above(score)}
    down = {
        (place, score)
        for place in judge.model.derivations
        for score in shares.below(place)
        if score != place and judge.model.cells[score].kind == "item"
    }
    assert up == down


def test_the_kinds_of_weights_in_a_cell_are_those_of_its_scores(judge):
    shares = Shares(judge.ways)
    for place in judge.model.derivations:
        if shares.is_sum(place):
            weights = {(shares.above(score)[place], score[0]) for score in shares.below(place) if score != place}
            assert weights <= shares.kinds(place)
