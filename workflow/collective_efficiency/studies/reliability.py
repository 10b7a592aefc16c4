"""Stage `reliability`: how far the raters of a study agree, item by item, by Krippendorff's alpha.

alpha = 1 - observed / expected disagreement, over all pairs of ratings of the same cluster and over all pairs at all
(Krippendorff 2011, Computing Krippendorff's Alpha-Reliability). Ratings may be missing; exact, as a fraction. Scores
are taken as ordered, codes of governance as nominal.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import exact, half_up
from collective_efficiency.words import GOVERNANCE, NOT_AVAILABLE, SCORES

ALPHA_COLUMNS = ("item", "metric", "n_clusters", "n_ratings", "alpha", "exact", "note")
DISAGREEMENT_COLUMNS = ("cluster", "item", "range", "combined", "ratings")
ALL_THE_SAME, NO_PAIRS = "undefined: all ratings are the same", "undefined: no cluster has two ratings"
COEFFICIENT_PLACES = 4
Counts = Mapping[Fraction, Fraction]  # how often each value is among the ratings
Metric = Callable[[Fraction, Fraction, Counts], Fraction]


def nominal_distance(one: Fraction, other: Fraction, counts: Counts) -> Fraction:
    """The squared difference of two names."""
    return Fraction(one != other)


def ordinal_distance(one: Fraction, other: Fraction, counts: Counts) -> Fraction:
    """The squared difference of two ranks: how many ratings lie between them, each end by half."""
    low, high = sorted((one, other))
    between = sum((count for value, count in counts.items() if low <= value <= high), Fraction(0))
    return (between - (counts[low] + counts[high]) / 2) ** 2


def interval_distance(one: Fraction, other: Fraction, counts: Counts) -> Fraction:
    """The squared difference of two numbers."""
    return (one - other) ** 2


METRICS: Mapping[str, Metric] = {
    "nominal": nominal_distance,
    "ordinal": ordinal_distance,
    "interval": interval_distance,
}


def krippendorff_alpha(units: Iterable[Sequence[Fraction]], metric: Metric) -> Fraction | None:
    """Krippendorff's alpha of `units`, each the ratings of one thing; None where all are the same, or none is paired.

    A unit with a single rating counts for nothing.

    >>> krippendorff_alpha([[Fraction(1), Fraction(1)], [Fraction(0), Fraction(1)]], nominal_distance)
    Fraction(0, 1)
    """
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    counts: Counter[Fraction] = Counter()
    for unit in paired:
        counts.update(unit)
    total = sum(counts.values())
    weights = {value: Fraction(count) for value, count in counts.items()}
    distance = {(one, other): metric(one, other, weights) for one in counts for other in counts}
    expected = sum((counts[one] * counts[other] * apart for (one, other), apart in distance.items()), Fraction(0))
    if not expected:
        return None
    observed = sum(
        (
            Fraction(unit[one] * unit[other], unit.total() - 1) * distance[one, other]
            for unit in paired
            for one in unit
            for other in unit
        ),
        Fraction(0),
    )
    return 1 - (total - 1) * observed / expected


def reliability(ratings: Sequence[Record]) -> Iterator[dict[str, str]]:
    """The rows of reliability.csv, one an item, from the rows of ratings.csv."""
    for item in (*SCORES, *GOVERNANCE):
        metric = "nominal" if item in GOVERNANCE else "ordinal"
        units = [unit for unit in _by_cluster(ratings, item).values() if len(unit) > 1]
        alpha = krippendorff_alpha((list(unit.values()) for unit in units), METRICS[metric])
        note = "" if alpha is not None else ALL_THE_SAME if units else NO_PAIRS
        texts = ("", "") if alpha is None else (signed(alpha), str(alpha))
        counts = (str(len(units)), str(sum(map(len, units))))
        yield dict(zip(ALPHA_COLUMNS, (item, metric, *counts, *texts, note), strict=True))


def disagreements(ratings: Sequence[Record], combined: Sequence[Record]) -> list[dict[str, str]]:
    """The rows of disagreements.csv: every item of a cluster that its raters score differently, the widest first.

    combined: the rows of the study's clusters.csv, what was made of the ratings.
    """
    by_cluster = {row["cluster"]: row for row in combined}
    rows = []
    for item in (*SCORES, *GOVERNANCE):
        for cluster, unit in _by_cluster(ratings, item).items():
            if len(set(unit.values())) > 1:
                width = max(unit.values()) - min(unit.values())
                ratings_text = "; ".join(f"{rater} {half_up(value, 2)}" for rater, value in unit.items())
                rows.append((width, (cluster, item, half_up(width, 2), by_cluster[cluster][item], ratings_text)))
    rows.sort(key=lambda row: (-row[0], row[1][0]))  # then in the order of the items: the sort is stable
    return [dict(zip(DISAGREEMENT_COLUMNS, texts, strict=True)) for _, texts in rows]


def _by_cluster(ratings: Sequence[Record], item: str) -> dict[str, dict[str, Fraction]]:
    """The known ratings of an item by cluster and rater."""
    known = [row for row in ratings if row[item] not in ("", NOT_AVAILABLE)]
    return {
        cluster: {row["rater"]: exact(row[item]) for row in rows}
        for cluster, rows in groupby(known, key=lambda row: row["cluster"])
    }


def signed(value: Fraction, places: int = COEFFICIENT_PLACES) -> str:
    """A number that may be negative, rounded half away from zero.

    >>> signed(Fraction(-1, 8), 2)
    '-0.13'
    """
    text = half_up(abs(value), places)
    return f"-{text}" if value < 0 and exact(text) else text
