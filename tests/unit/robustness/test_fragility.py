"""The fewest half points: each claimed change applied turns its conclusion, and by brute force no smaller one does."""

from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from robustness_data import toy_clusters

from collective_efficiency.choices import Choices
from collective_efficiency.measures.indices import recompute
from collective_efficiency.robustness.fragility import NEVER, Movable, fewest_half_points, fragility_frame
from collective_efficiency.words import EXTERNAL_ECONOMIES, ITEMS, NOT_AVAILABLE

UNEVEN = Choices(eei_weight=Fraction(2, 5), jai_weight=Fraction(3, 5), high=Fraction(15, 2), low=Fraction(5))


def changed(clusters, scores):
    """The clusters with the changes that a line names."""
    clusters = clusters.copy().set_index("cluster", drop=False)
    for change in scores.split("; "):
        cluster, item, amount = change.split()
        moved = Fraction(clusters.loc[cluster, item]) + Fraction(amount)
        assert 0 <= moved <= 3
        clusters.loc[cluster, item] = f"{float(moved):.2f}"
    return clusters.reset_index(drop=True)


def half_points(scores):
    return sum(abs(Fraction(change.split()[2])) * 2 for change in scores.split("; "))


def turned(line, clusters, choices):
    """Whether the conclusion of a line is another one with these clusters."""
    indices = recompute(clusters, choices).set_index("cluster")
    if line["what"] == "degree":
        return indices.loc[line["key"], "degree"] != line["baseline"]
    index, _, order = line["key"].partition(": ")
    one, two = (indices.loc[indices["sector"] == sector, index].mean() for sector in order.split(" > "))
    return one <= two + 1e-6


@pytest.mark.parametrize("choices", [Choices(), UNEVEN, Choices(missing="omit")])
@pytest.mark.parametrize("of_report", [True, False])
def test_each_claimed_change_turns_its_conclusion(clusters, choices, of_report):
    scored = clusters if of_report else toy_clusters()
    lines = fragility_frame(scored, choices)
    assert len(lines) >= 8
    for _, line in lines[lines["half_points"] != ""].iterrows():
        assert half_points(line["scores"]) == int(line["half_points"])
        assert not turned(line, scored, choices)
        assert turned(line, changed(scored, line["scores"]), choices), line["key"]


def plain_index(cluster, shifts, choices):
    """ce of a cluster with half points on its items, in plain Python; None where a score leaves its scale or is n.a."""
    sums = {True: Fraction(0), False: Fraction(0)}
    for item in ITEMS:
        missing = cluster[item] == NOT_AVAILABLE
        score = Fraction(0) if missing else Fraction(cluster[item])
        moved = score + Fraction(shifts.count((item, 1)) - shifts.count((item, -1)), 2)
        if not 0 <= moved <= 3 or (missing and moved):
            return None
        sums[item in EXTERNAL_ECONOMIES] += moved
    return choices.eei_weight * sums[True] + choices.jai_weight * sums[False]


@pytest.mark.parametrize("choices", [Choices(), UNEVEN])
def test_no_smaller_change_turns_a_degree(choices):
    """All sets of up to four half points on any items, up and down."""
    moves = [(item, direction) for item in ITEMS for direction in (1, -1)]
    lines = fragility_frame(toy_clusters(), choices).query("what == 'degree'").set_index("key")
    for _, cluster in toy_clusters().iterrows():
        smallest = None
        for size in range(1, 5):
            indices = [plain_index(cluster, shifts, choices) for shifts in combinations_with_replacement(moves, size)]
            names = {
                "High" if ce >= choices.high else "Low" if ce <= choices.low else "Medium"
                for ce in indices if ce is not None
            }  # fmt: skip
            if names - {lines.loc[cluster["cluster"], "baseline"]}:
                smallest = size
                break
        claimed = int(lines.loc[cluster["cluster"], "half_points"])
        assert claimed == smallest if smallest else claimed > 4


def test_no_smaller_set_of_gains_reaches_what_is_needed():
    movable = [
        Movable(Fraction(1, 3), 2, "a", "inputs", 1),
        Movable(Fraction(1, 4), 3, "b", "inputs", 1),
        Movable(Fraction(0), 9, "c", "inputs", 1),
    ]
    gains = [Fraction(1, 3)] * 2 + [Fraction(1, 4)] * 3
    for needed in (Fraction(0), Fraction(1, 3), Fraction(7, 12), Fraction(2, 3), Fraction(1), Fraction(17, 12)):
        for beyond in (True, False):
            reached = [
                size
                for size in range(len(gains) + 1)
                if (best := sum(sorted(gains)[len(gains) - size :])) > needed or (best == needed and not beyond)
            ]
            found = fewest_half_points(needed, beyond, movable)
            assert (None if found is None else len(found)) == (min(reached) if reached else None)


def test_what_no_scores_turn_says_so():
    clusters = toy_clusters().assign(**dict.fromkeys(ITEMS, NOT_AVAILABLE))
    lines = fragility_frame(clusters, Choices())
    assert set(lines["proof"]) == {NEVER}
    assert set(lines["half_points"]) == {""}
