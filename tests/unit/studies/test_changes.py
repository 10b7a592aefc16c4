"""The five sentences on what new clusters change. Expected values are by hand."""

import numpy as np
import pandas as pd
import pytest
from inference_data import PLAN

from collective_efficiency.numbers.scores import UNIT
from collective_efficiency.studies.changes import (
    association_change,
    conclusion_change,
    five_changes,
    p_words,
)
from collective_efficiency.studies.cluster_changes import (
    ComparedClusters,
    average_change,
    class_change,
    order_change,
)
from collective_efficiency.words import INDICES, ITEMS, UPGRADING

SECTORS = {"cops": "COPS", "software": "Software"}


def compared(*clusters):
    """Clusters as (id, new, sector, degree, what else is known in points)."""
    rows = [
        {"cluster": name, "sector": sector, "degree": degree}
        | dict.fromkeys((*ITEMS, *INDICES, *UPGRADING), np.nan)
        | {key: value * UNIT for key, value in known.items()}
        for name, _, sector, degree, known in clusters
    ]
    return ComparedClusters(pd.DataFrame(rows), pd.Series([new for _, new, *_ in clusters]), SECTORS)


OLD = (
    ("a", False, "cops", "Low", {"ce": 5, "product": 1, "inputs": 1}),
    ("b", False, "software", "High", {"ce": 6, "product": 2, "inputs": 1}),
)


def test_an_order_that_turns_and_on_whom_it_rests():
    """COPS had 5 to 6; with 9, 9 and 2 its mean is 25/4: without a 9 it is 16/3, below 6, without the 2 23/3."""
    new = [(name, True, "cops", "High", {"ce": ce}) for name, ce in (("x", 9), ("y", 9), ("z", 2))]
    change = order_change(compared(*OLD, *new))
    assert change.changed
    assert change.said == (
        "The order of the report's sectors changes: by the collective efficiency index it was Software > COPS and is"
        " COPS > Software; it stays by the external economies index and the joint action index."
    )
    assert change.sure == "not the same without x, y (collective efficiency index)"


def test_an_order_that_stays_whoever_is_left_out():
    change = order_change(compared(*OLD, ("x", True, "cops", "Low", {"ce": 4})))
    assert (change.changed, change.sure) == (False, "the same whichever one new cluster is left out")


def test_a_class_whose_upgrading_no_longer_rises():
    """Low 1, High 2 before; a new Medium of 3 and a new Low of 3: Low 2, Medium 3, High 2. Without either it rises
    and falls (1, 3, 2), or is level (2, 2).
    """
    new = [("x", True, "cops", "Medium", {"product": 3}), ("y", True, "cops", "Low", {"product": 3})]
    change = class_change(compared(*OLD, *new))
    assert change.changed
    assert change.said == (
        "Of the 2 new clusters are 0 of a High, 1 of a Medium, 1 of a Low degree of collective efficiency;"
        " product upgrading rises with the degree before and rises and falls now."
    )
    assert change.sure == "not the same without x (product upgrading)"


def test_the_average_that_moves_most():
    """Inputs of COPS: 1 before, (1 + 3 + 2) / 3 = 2 now; without 3 it is 1.5, without 2 it is 2."""
    new = [("x", True, "cops", "High", {"inputs": 3}), ("y", True, "cops", "High", {"inputs": 2})]
    change = average_change(compared(*OLD, *new))
    assert change.said == (
        "1 of 6 averages of the report's sectors changes in 2 decimals; of the scores most: inputs of COPS,"
        " 1.00 over 1 cluster before, 2.00 over 3 now."
    )
    assert change.sure == "1.50 to 2.00 where any one new cluster is left out"


def association(outcome="product", predictor="ce", scope="all", **values):
    row = {"missing": "zero", "family": "collective_efficiency", "scope": scope, "predictor": predictor}
    row |= {"outcome": outcome, "holm": "0.2", "p": "0.1", "p_exact": "1/10", "tau_b": "0.1"}
    return row | {"tau_b_low": "-0.1", "tau_b_high": "0.3"} | values


def keyed(*rows):
    return {(row["family"], row["scope"], row["predictor"], row["outcome"]): row for row in rows}


def test_conclusions_that_are_gained_and_lost():
    before = keyed(association(), association("process", holm="0.01"), association("functional", holm=""))
    after = keyed(association(holm="0.05"), association("process", holm="0.06"), association("functional", holm="0.01"))
    change = conclusion_change(before, after, PLAN)
    assert change.changed
    assert change.said == (
        "Of 2 hypotheses asked of both datasets, 1 was significant before and 1 is now; new: product upgrading and the"
        " collective efficiency index (adjusted p 0.200, now 0.050); no more: process upgrading and the collective"
        " efficiency index (adjusted p 0.010, now 0.060)."
    )


def test_the_association_that_moves_most():
    before = keyed(association(), association("process", tau_b="0.2"))
    after = keyed(association(tau_b="-0.1", p_exact="", p="0.05"), association("process", tau_b="0.3"))
    change = association_change(before, after, PLAN)
    assert change.said == (
        "Of the 2 associations of the collective efficiency index with upgrading that with product upgrading moves"
        " most: Kendall's tau-b 0.10 (-0.10 to 0.30) before, -0.10 (-0.10 to 0.30) now; the sign turns with product"
        " upgrading."
    )
    assert "before p 0.100, exact, now p 0.050 by" in change.sure


@pytest.mark.parametrize(("p", "ends"), [("0.010000", "0.009 to 0.011"), ("0.000050", "0.000 to 0.000")])
def test_a_p_by_shuffles_has_its_interval(p, ends):
    """binom.test(199, 19999)$conf.int in R: 0.008622 to 0.011425; of 0: 0 to 0.000184."""
    plan = PLAN.__class__(**{**PLAN.__dict__, "shuffles": 19_999})
    said = p_words(association(p=p, p_exact=""), plan)
    assert said == f"p {float(p):.3f} by 19,999 shuffles (95% interval {ends})"


def test_a_dataset_that_is_too_large_to_be_tested():
    changes = five_changes(compared(*OLD), [association()], [], "zero", PLAN)
    assert [change.about for change in changes] == ["conclusions", "orders", "classes", "associations", "averages"]
    assert "too large" in changes[0].said
    assert not any(change.changed for change in changes)
