"""Stage `fragility`: the smallest number of half points of scores that turns a conclusion, and the scores that do it.

A score moves by half points and stays between 0 and 3; what is not available does not move. Both conclusions here are
a linear inequality of the scores: the index of a cluster against a cut-off, the difference of two means of sectors
against zero. Every half point has a gain of its own, so no set of k half points gains more than the k largest gains:
taking the largest first until the inequality turns is the smallest number, and one fewer never does.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.inference.frames import text_frame
from collective_efficiency.measures.indices import recompute
from collective_efficiency.numbers.printed import shortest
from collective_efficiency.numbers.scores import points, sum_of
from collective_efficiency.words import EXTERNAL_ECONOMIES, INDICES, ITEMS, JOINT_ACTIONS, MAX_SCORE, NOT_AVAILABLE

FRAGILITY_COLUMNS = ("what", "key", "baseline", "half_points", "scores", "proof")
PROOF = "no smaller number of half points gains as much"
NEVER = "no scores between 0 and 3 turn it"
HALF = Fraction(1, 2)


class Movable(NamedTuple):
    """A score that may move: what each half point gains, how many it has in the direction (1 up, -1 down)."""

    gain: Fraction
    room: int
    cluster: str
    item: str
    direction: int


def fewest_half_points(needed: Fraction, beyond: bool, movable: Sequence[Movable]) -> list[Movable] | None:
    """A smallest list of half points, each by the score that moves, that together gain `needed` (more, if `beyond`).

    None where all of them gain less.
    """
    taken: list[Movable] = []
    gained = Fraction(0)
    for each in sorted(movable, key=lambda move: (-move.gain, move.cluster, ITEMS.index(move.item))):
        for _ in range(each.room if each.gain > 0 else 0):
            if gained > needed or (gained == needed and not beyond):
                return taken
            taken.append(each)
            gained += each.gain
    return taken if gained > needed or (gained == needed and not beyond) else None


def fragility_frame(clusters: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """The text frame fragility.csv, of the recomputed reading. clusters: the text frame of clusters.csv."""
    clusters = clusters.sort_values("cluster", kind="stable").reset_index(drop=True)
    indices = recompute(clusters, choices)
    records = [*_degrees(clusters, indices, choices), *_sector_orders(clusters, indices, choices)]
    return text_frame(records, FRAGILITY_COLUMNS)


def _degrees(clusters: pd.DataFrame, indices: pd.DataFrame, choices: Choices) -> Iterator[dict[str, str]]:
    """Each cluster's degree: up to the next cut-off or down to it, whichever takes fewer half points."""
    gains = {item: weight * HALF for item, weight in _weights("ce", choices).items()}
    for (_, cluster), value, degree in zip(clusters.iterrows(), indices["ce"], indices["degree"], strict=True):
        ce = points(value)
        if ce is None:
            continue
        ways = []
        if degree != "High":  # to the cut-off of High, or past that of Low
            needed = choices.low - ce if degree == "Low" else choices.high - ce
            ways.append(fewest_half_points(needed, degree == "Low", _movable(cluster, gains, 1)))
        if degree != "Low":
            needed = ce - choices.high if degree == "High" else ce - choices.low
            ways.append(fewest_half_points(needed, degree == "High", _movable(cluster, gains, -1)))
        yield _line("degree", cluster["cluster"], degree, ways)


def _sector_orders(clusters: pd.DataFrame, indices: pd.DataFrame, choices: Choices) -> Iterator[dict[str, str]]:
    """Which of two sectors has the higher mean index: until it has it no more."""
    for index in INDICES:
        known = clusters[indices[index].notna()]
        groups = {str(sector): group for sector, group in known.groupby("sector", sort=True)}
        means = {sector: sum_of(indices.loc[group.index, index]).total / len(group) for sector, group in groups.items()}
        for one, two in combinations(sorted(groups, key=lambda sector: (-means[sector], sector)), 2):
            if means[one] == means[two]:
                continue
            movable = []
            for sector, direction in ((one, -1), (two, 1)):
                gains = {item: weight * HALF / len(groups[sector]) for item, weight in _weights(index, choices).items()}
                for _, cluster in groups[sector].iterrows():
                    movable += _movable(cluster, gains, direction)
            way = fewest_half_points(means[one] - means[two], False, movable)
            yield _line("sector_order", f"{index}: {one} > {two}", "above", [way])


def _weights(index: str, choices: Choices) -> dict[str, Fraction]:
    """What a point of each item adds to an index."""
    eei, jai = {
        "eei": (Fraction(1), Fraction(0)),
        "jai": (Fraction(0), Fraction(1)),
        "ce": (choices.eei_weight, choices.jai_weight),
    }[index]
    return dict.fromkeys(EXTERNAL_ECONOMIES, eei) | dict.fromkeys(JOINT_ACTIONS, jai)


def _movable(cluster: "pd.Series[str]", gains: Mapping[str, Fraction], direction: int) -> list[Movable]:
    scored = {item: Fraction(cluster[item]) for item in ITEMS if cluster[item] not in ("", NOT_AVAILABLE)}
    return [
        Movable(
            gains[item],
            int((MAX_SCORE - score if direction > 0 else score) / HALF),
            cluster["cluster"],
            item,
            direction,
        )
        for item, score in scored.items()
    ]


def _line(what: str, key: str, baseline: str, ways: Sequence[list[Movable] | None]) -> dict[str, str]:
    possible = [way for way in ways if way is not None]
    line = {"what": what, "key": key, "baseline": baseline}
    if not possible:
        return line | {"proof": NEVER}
    way = min(possible, key=len)
    moved = Counter(way)
    scores = "; ".join(
        f"{each.cluster} {each.item} {'+' if each.direction > 0 else '-'}{shortest(count * HALF)}"
        for each, count in moved.items()
    )
    return line | {"half_points": str(len(way)), "scores": scores, "proof": PROOF}
