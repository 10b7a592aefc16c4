"""Stage `comparison`: what the new clusters change in orders, classes and averages, a sentence each.

How sure: whether the same holds whichever one of the new clusters is left out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import pandas as pd

from collective_efficiency.inference.basis import in_sentence
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.scores import Sum, points, sum_of
from collective_efficiency.words import DEGREES, INDICES, ITEMS, UPGRADING, counted

MOST_DOUBTS = 3  # clusters in a sentence, of those without which it would not be so
REPORT_PLACES = 2  # decimals of a mean, as the report prints it
CHANGE_COLUMNS = ("reading", "about", "changed", "sentence", "sure")
Means = Mapping[str, Sum]


@dataclass(frozen=True)
class Change:
    """A sentence on what the new clusters change. about: of which kind; sure: how sure it is, in words."""

    about: str
    changed: bool
    said: str
    sure: str

    def record(self, reading: str) -> dict[str, str]:
        """A row of changes.csv."""
        values = (reading, self.about, "yes" if self.changed else "", self.said, self.sure)
        return dict(zip(CHANGE_COLUMNS, values, strict=True))


@dataclass(frozen=True)
class ComparedClusters:
    """The clusters of the extended dataset in one reading.

    measured: as `averages.cluster_measures` gives it; new: which rows are new clusters; sectors: names by key.
    """

    measured: pd.DataFrame
    new: "pd.Series[bool]"
    sectors: Mapping[str, str]

    @cached_property
    def before(self) -> pd.DataFrame:
        """The report's clusters."""
        return self.measured[~self.new]

    @cached_property
    def added(self) -> pd.DataFrame:
        """The new ones."""
        return self.measured[self.new]

    @property
    def sectors_before(self) -> list[str]:
        """The sectors of the report's clusters, in the order of all."""
        inhabited = set(self.before["sector"])
        return [sector for sector in self.sectors if sector in inhabited]


def order_change(compared: ComparedClusters) -> Change:
    """Whether the order of the report's sectors by each index changes."""
    changed, parts = [], []
    doubts: list[tuple[str, str]] = []
    for index in INDICES:
        before, now, doubted = _concluded(
            compared, "sector", index, compared.sectors_before, lambda sums: _order(sums, compared.sectors)
        )
        if before != now:
            changed.append(index)
            parts.append(f"by the {in_sentence(index)} it was {before} and is {now}")
        doubts += doubted
    same = [in_sentence(index) for index in INDICES if index not in changed]
    said = "The order of the report's sectors "
    said += f"changes: {'; '.join(parts)}" if parts else "stays as it was, by all three indices"
    said += f"; it stays by the {' and the '.join(same)}" if parts and same else ""
    return Change("orders", bool(changed), f"{said}.", _surety(doubts))


def class_change(compared: ComparedClusters) -> Change:
    """Whether upgrading goes on rising with the degree of collective efficiency, kind by kind."""
    patterns: dict[str, tuple[str, str]] = {}
    doubts: list[tuple[str, str]] = []
    for kind in UPGRADING:
        before, now, doubted = _concluded(compared, "degree", kind, DEGREES, _pattern)
        patterns[kind] = before, now
        doubts += doubted
    moved = [kind for kind, (before, after) in patterns.items() if before != after]
    counts = compared.added["degree"].value_counts()
    new = ", ".join(f"{counts.get(degree, 0):,} of a {degree}" for degree in DEGREES)
    said = f"Of the {counted(len(compared.added), 'new cluster')} are {new} degree of collective efficiency; "
    if moved:
        said += "; ".join(
            f"{in_sentence(kind)} {patterns[kind][0]} before and {patterns[kind][1]} now" for kind in moved
        )
    else:
        said += "no kind of upgrading goes with the degree otherwise than before"
    return Change("classes", bool(moved), f"{said}.", _surety(doubts))


def average_change(compared: ComparedClusters) -> Change:
    """The average of a sector that moves most, of items, indices and kinds of upgrading, in points of its scale."""
    about = "averages"
    moves: dict[tuple[str, str], tuple[Sum, Sum]] = {}
    sectors = compared.sectors_before
    for measure in (*ITEMS, *INDICES, *UPGRADING):
        own, all_of_them = (_sums(frame, "sector", measure, sectors) for frame in (compared.before, compared.measured))
        moves |= {(measure, sector): (own[sector], all_of_them[sector]) for sector in sectors if own[sector].count}
    changed = [key for key, (before, after) in moves.items() if _shown(before) != _shown(after)]
    of_all = f"of {counted(len(moves), 'average')} of the report's sectors"
    head = f"{len(changed):,} {of_all} {'changes' if len(changed) == 1 else 'change'} in {REPORT_PLACES} decimals"
    if not changed:
        return Change(about, False, f"{head}.", "")
    of_items = [key for key in changed if key[0] not in INDICES] or changed
    most = max(of_items, key=lambda key: _distance(*moves[key]))
    before, after = moves[most]
    of_sector = compared.added.loc[compared.added["sector"] == most[1], most[0]].dropna()
    without = [Sum(after.total - (points(value) or 0), after.count - 1).mean or Fraction(0) for value in set(of_sector)]
    said = (
        f"{head}; of the scores most: {in_sentence(most[0])} of {compared.sectors[most[1]]}, {_shown(before)} over"
        f" {counted(before.count, 'cluster')} before, {_shown(after)} over {after.count:,} now"
    )
    ends = f"{half_up(min(without), REPORT_PLACES)} to {half_up(max(without), REPORT_PLACES)}"
    return Change(about, True, f"{said}.", f"{ends} where any one new cluster is left out")


def _distance(before: Sum, after: Sum) -> Fraction:
    return abs((after.mean or Fraction(0)) - (before.mean or Fraction(0)))


def _shown(mean: Sum) -> str:
    return "" if mean.mean is None else half_up(mean.mean, REPORT_PLACES)


def _sums(frame: pd.DataFrame, by: str, measure: str, groups: Sequence[str]) -> dict[str, Sum]:
    return {group: sum_of(frame.loc[frame[by] == group, measure]) for group in groups}


def _order(sums: Means, names: Mapping[str, str]) -> str:
    """The groups from the highest mean down; equal ones with = between them."""
    return ranked_text((each.mean, names[group]) for group, each in sums.items() if each.mean is not None)


def ranked_text(means: Iterable[tuple[Fraction, str]]) -> str:
    """Names from the highest mean down; equal ones with = between them, in the order in which they come.

    >>> ranked_text([(Fraction(5), "COPS"), (Fraction(6), "software"), (Fraction(5), "leather")])
    'software > COPS = leather'
    """
    ranked = sorted(means, key=lambda pair: -pair[0])
    text = ""
    for rank, (mean, name) in enumerate(ranked):
        sign = "" if not rank else " = " if ranked[rank - 1][0] == mean else " > "
        text += sign + name
    return text


def _pattern(sums: Means) -> str:
    """How means go with the degree, from Low to High, of the degrees that any cluster has."""
    means = [mean for mean in (sums[degree].mean for degree in reversed(DEGREES)) if mean is not None]
    steps = [after - before for before, after in pairwise(means)]
    if not any(steps):
        return "is level"
    if min(steps) >= 0:
        return "rises with the degree"
    return "falls with the degree" if max(steps) <= 0 else "rises and falls"


def _concluded(
    compared: ComparedClusters, by: str, measure: str, groups: Sequence[str], said: Callable[[Means], str]
) -> tuple[str, str, list[tuple[str, str]]]:
    """What is concluded before and now, and the new clusters without which it would not be so: the id, and what of.

    said: what is concluded from the sums of `measure` in each of `groups`. New clusters of one group with one value are
    tried once.
    """
    sums = _sums(compared.measured, by, measure, groups)
    before, now = said(_sums(compared.before, by, measure, groups)), said(sums)
    doubts: list[tuple[str, str]] = []
    added = compared.added
    known = added[added[by].isin(list(groups)) & added[measure].notna()]
    for _, alike in known.groupby([by, measure], sort=False):
        group, value = str(alike[by].iloc[0]), points(float(alike[measure].iloc[0])) or 0
        less = Sum(sums[group].total - value, sums[group].count - 1)
        if said({**sums, group: less}) != now:
            doubts += ((cluster, in_sentence(measure)) for cluster in alike["cluster"])
    return before, now, doubts


def _surety(doubts: Sequence[tuple[str, str]]) -> str:
    if not doubts:
        return "the same whichever one new cluster is left out"
    clusters = sorted({cluster for cluster, _ in doubts})
    names = list(dict.fromkeys(name for _, name in doubts))
    named = ", ".join(clusters[:MOST_DOUBTS])
    more = f" or any of {len(clusters) - MOST_DOUBTS:,} others" if len(clusters) > MOST_DOUBTS else ""
    return f"not the same without {named}{more} ({', '.join(names)})"
