"""Stage `reliability`: how far the raters of a study agree, item by item, by Krippendorff's alpha.

alpha = 1 - observed / expected disagreement, over all pairs of ratings of the same cluster and over all pairs at all
(Krippendorff 2011, Computing Krippendorff's Alpha-Reliability). Ratings may be missing; exact, as a fraction. Scores
are taken as ordered, codes of governance as nominal.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from collective_efficiency.files.csv_files import Record
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.numbers.printed import exact, half_up
from collective_efficiency.studies.alpha_interval import alpha_interval
from collective_efficiency.words import GOVERNANCE, NOT_AVAILABLE, SCORES

ALPHA_COLUMNS = (
    "item", "metric", "n_clusters", "n_ratings", "pairs", "alike", "values", "observed", "expected", "alpha", "exact",
    "low", "high", "draws", "undefined", "note",
)  # fmt: skip
TRUSTED = 0.667  # Krippendorff (2004), Content Analysis, page 241: the lowest for tentative conclusions
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


@dataclass(frozen=True)
class Disagreements:
    """What alpha is made of: the mean distance of two ratings of one thing (observed), and of any two (expected).

    counts: how often each value is among the ratings; pairs: of ratings of one thing; alike: those of them that are
    equal.
    """

    observed: Fraction
    expected: Fraction
    counts: Mapping[Fraction, int]
    pairs: int
    alike: int

    @property
    def alpha(self) -> Fraction | None:
        """Krippendorff's alpha; None where all ratings are the same, or none is paired."""
        return 1 - self.observed / self.expected if self.expected else None


def disagreement_of(units: Iterable[Sequence[Fraction]], metric: Metric) -> Disagreements:
    """How far ratings disagree within `units`, each the ratings of one thing, and at all.

    A unit with a single rating counts for nothing.

    >>> disagreement_of([[Fraction(1), Fraction(1)], [Fraction(0), Fraction(1)]], nominal_distance).alpha
    Fraction(0, 1)
    """
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    counts: Counter[Fraction] = Counter()
    for unit in paired:
        counts.update(unit)
    total = sum(counts.values())
    pairs = sum(unit.total() * (unit.total() - 1) for unit in paired) // 2
    alike = sum(count * (count - 1) for unit in paired for count in unit.values()) // 2
    if not total:
        return Disagreements(Fraction(0), Fraction(0), {}, 0, 0)
    weights = {value: Fraction(count) for value, count in counts.items()}
    distance = {(one, other): metric(one, other, weights) for one in counts for other in counts}
    expected = sum((counts[one] * counts[other] * apart for (one, other), apart in distance.items()), Fraction(0))
    observed = sum(
        (
            Fraction(unit[one] * unit[other], unit.total() - 1) * distance[one, other]
            for unit in paired
            for one in unit
            for other in unit
        ),
        Fraction(0),
    )
    return Disagreements(observed / total, expected / (total * (total - 1)), counts, pairs, alike)


def reliability(ratings: Sequence[Record], plan: InferencePlan) -> Iterator[dict[str, str]]:
    """The rows of reliability.csv, one an item, from the rows of ratings.csv. plan: of the bootstrap."""
    for item in (*SCORES, *GOVERNANCE):
        metric = "nominal" if item in GOVERNANCE else "ordinal"
        units = [list(unit.values()) for unit in ratings_by_cluster(ratings, item).values() if len(unit) > 1]
        found = disagreement_of(units, METRICS[metric])
        interval = None
        if found.alpha is not None:
            interval = alpha_interval(units, metric == "nominal", plan.resamples, plan.seed, plan.level)
        row = {"item": item, "metric": metric, "n_clusters": str(len(units)), "n_ratings": str(sum(map(len, units)))}
        row |= {"pairs": str(found.pairs), "alike": str(found.alike), "values": _values(found.counts)}
        row |= dict.fromkeys(("observed", "expected", "alpha", "exact", "low", "high", "draws", "undefined"), "")
        row["note"] = "" if found.alpha is not None else ALL_THE_SAME if units else NO_PAIRS
        if found.alpha is not None:
            row |= {"observed": signed(found.observed), "expected": signed(found.expected)}
            row |= {"alpha": signed(found.alpha), "exact": str(found.alpha)}
        if interval is not None:
            row |= {"low": f"{interval.low:.4f}", "high": f"{interval.high:.4f}"}
            row |= {"draws": str(plan.resamples), "undefined": str(interval.undefined)}
        yield row


def _values(counts: Mapping[Fraction, int]) -> str:
    """How often each value is among the ratings, from the lowest up."""
    return "; ".join(f"{half_up(value, 2)} ({count})" for value, count in sorted(counts.items()))


def ratings_by_cluster(ratings: Sequence[Record], item: str) -> dict[str, dict[str, Fraction]]:
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
