"""Several raters of a cluster as one: the exact median or mean of their scores, and the code that most of them give.

Raters who have no score for an item are left out of it; where none has one, it is `n.a.`, or empty if none was asked.
A code of governance has no middle: it is the one that more than half of the raters with a code give, else `n.a.`.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from collective_efficiency.numbers.printed import decimal_text
from collective_efficiency.report.clusters import SCORE_PLACES
from collective_efficiency.words import GOVERNANCE, ITEMS, NOT_AVAILABLE, SCORES

MOST_RATERS = 10  # of whom a mean is exact: scores.UNIT is a multiple of every number up to it
Texts = Sequence[str]


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two in the middle."""
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def mean(values: Sequence[Fraction]) -> Fraction:
    """The exact mean."""
    return sum(values, Fraction(0)) / len(values)


RATERS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {"median": median, "mean": mean}


def sparse_clusters(ratings: Mapping[str, list[str]]) -> dict[str, int]:
    """The clusters of which no rater scores more than half of the items, and how many these are.

    >>> one = {name: ["1.00"] for name in ITEMS} | {name: ["n.a."] for name in ITEMS[:5]}
    >>> sparse_clusters(one | {"cluster": ["gamarra"]})
    {'gamarra': 5}
    """
    blank: Counter[str] = Counter()
    for name in ITEMS:
        if NOT_AVAILABLE in ratings[name]:
            both = list(zip(ratings["cluster"], ratings[name], strict=True))
            scored = {cluster for cluster, text in both if text != NOT_AVAILABLE}
            blank.update({cluster for cluster, _ in both} - scored)
    return {cluster: count for cluster, count in blank.items() if 2 * count > len(ITEMS)}


def aggregate(ratings: Mapping[str, list[str]], raters: str) -> dict[str, list[str]]:
    """One row a cluster, in the order in which they first stand, from the columns of ratings.csv: scores and codes.

    raters: median or mean. A score has two decimals where they hold it exactly, else eight, from which `scores.units`
    finds the exact value again.
    """
    combined = {"cluster": list(dict.fromkeys(ratings["cluster"]))}
    if len(combined["cluster"]) == len(ratings["cluster"]):
        return combined | {name: ratings[name] for name in (*SCORES, *GOVERNANCE)}
    groups: dict[str, list[int]] = {cluster: [] for cluster in combined["cluster"]}
    for place, cluster in enumerate(ratings["cluster"]):
        groups[cluster].append(place)
    for columns, one in ((SCORES, _scores(RATERS[raters])), (GOVERNANCE, _codes)):
        for name in columns:
            column = ratings[name]
            cells = [tuple([column[place] for place in group]) for group in groups.values()]
            known = {texts: texts[0] if len(texts) == 1 else one(texts) for texts in set(cells)}
            combined[name] = list(map(known.__getitem__, cells))
    return combined


def _scores(combine: Callable[[Sequence[Fraction]], Fraction]) -> Callable[[Texts], str]:
    def one(texts: Texts) -> str:
        known = [Fraction(text) for text in texts if text not in ("", NOT_AVAILABLE)]
        return decimal_text(combine(known), SCORE_PLACES) if known else _none(texts)

    return one


def _codes(texts: Texts) -> str:
    known = [text for text in texts if text not in ("", NOT_AVAILABLE)]
    if not known:
        return _none(texts)
    code, count = Counter(known).most_common(1)[0]
    return code if 2 * count > len(known) else NOT_AVAILABLE


def _none(texts: Texts) -> str:
    return NOT_AVAILABLE if NOT_AVAILABLE in texts else ""
