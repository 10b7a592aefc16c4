"""The clusters as panels of ordered numbers: one for each reading of the indices and each treatment of `n.a.`."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.inference.bootstrap import Weights, weights
from collective_efficiency.inference.effects import Pairs
from collective_efficiency.inference.plan import TREATMENTS_OF_MISSING, InferencePlan
from collective_efficiency.inference.samples import Floats, Ints, strata_codes
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.indices import recompute, written
from collective_efficiency.numbers.scores import units
from collective_efficiency.words import ALL_SECTORS, DEGREES, GOVERNANCE, ITEMS, NOT_AVAILABLE

DEGREE_ORDER = tuple(reversed(DEGREES))  # Low is 0, Medium 1, High 2


@dataclass(frozen=True)
class Sample:
    """Some m clusters of a design: which of its n, (n,), their strata, (m,), and weights, (1 + m + resamples, m)."""

    member: npt.NDArray[np.bool_]
    stratum: Ints
    rows: Weights

    @cached_property
    def pairs(self) -> Pairs:
        """The pairs of the sample and how often each is drawn: the dear part of an effect size, made once."""
        return Pairs(self.stratum, self.rows)


@dataclass(frozen=True)
class Design:
    """What every panel of a dataset shares: names of the sectors, each cluster's sector (n,), and the resamples; each
    cluster's sector by name, and the country and study of each."""

    sectors: tuple[str, ...]
    stratum: Ints
    rows: Weights
    names: tuple[str, ...]
    countries: tuple[str, ...]
    studies: tuple[str, ...]

    def sample(self, member: npt.NDArray[np.bool_], resampled: bool = True) -> Sample:
        """The clusters for which `member`, (n,), is true; their rows leave out one of these, and no other."""
        n = len(member)
        resamples = self.rows[n + 1 :] if resampled else self.rows[:0]
        rows = np.concatenate([self.rows[:1], self.rows[1 : n + 1][member], resamples])[:, member]
        return Sample(member, strata_codes(self.stratum[member].tolist(), int(member.sum())), rows)

    @cached_property
    def samples(self) -> dict[str, Sample]:
        """The clusters of each sector, and those of all. Only the last are resampled: of the intervals of five to
        fifteen clusters nobody knows how often they hold what they say."""
        sector = np.array(self.names, dtype=object)
        parts = {name: self.sample(sector == name, resampled=False) for name in self.sectors}
        return parts | {ALL_SECTORS: self.sample(np.ones(len(sector), dtype=np.bool_))}

    @cached_property
    def blocks(self) -> dict[str, Ints]:
        """As `block_numbers`."""
        return block_numbers(self.names, self.countries)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The sectors, then all."""
        return (*self.sectors, ALL_SECTORS)


def block_numbers(sectors: Sequence[str], countries: Sequence[str]) -> dict[str, Ints]:
    """The number of the block of each cluster, (n,), by block: what only clusters of one block are compared within."""
    labels: dict[str, Sequence[Hashable]] = {
        "none": [""] * len(sectors),
        "sector": sectors,
        "country": countries,
        "sector_country": list(zip(sectors, countries, strict=True)),
    }
    return {block: strata_codes(of_clusters, len(sectors)) for block, of_clusters in labels.items()}


@dataclass(frozen=True)
class Panel:
    """The clusters under one treatment of n.a.: units (degree 0 to 2, chains 0 or 1), NaN missing."""

    missing: str
    frame: pd.DataFrame
    design: Design

    def values(self, column: str) -> Floats:
        """A column, (n,)."""
        return self.frame[column].to_numpy(dtype=np.float64)


def panels(
    clusters: pd.DataFrame, printed: pd.DataFrame, choices: Choices, plan: InferencePlan
) -> dict[str, list[Panel]]:
    """By reading, the clusters under both treatments of n.a.

    clusters: the text frame of clusters.csv; printed: that of printed/indices.csv, which stay as printed whatever the
    treatment. Clusters stand in the order of their ids, so that a result does not depend on the order of the input.
    """
    sectors = tuple(dict.fromkeys(clusters["sector"]))
    clusters = clusters.sort_values("cluster", kind="stable").reset_index(drop=True)
    names = tuple(clusters["sector"])
    stratum = strata_codes(names, len(names))
    rows = weights(stratum, plan.resamples, plan.seed)
    design = Design(sectors, stratum, rows, names, tuple(clusters["country"]), tuple(clusters["study"]))
    found: dict[str, list[Panel]] = {"printed": [], "recomputed": []}
    for missing in TREATMENTS_OF_MISSING:
        chosen = replace(choices, missing=missing)
        for reading, indices in (("printed", printed), ("recomputed", written(recompute(clusters, chosen)))):
            found[reading].append(Panel(missing, _numbers(clusters, indices, chosen), design))
    return found


def _numbers(clusters: pd.DataFrame, indices: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Everything that is asked about, one row a cluster."""
    frame = cluster_measures(clusters, indices, choices)
    order = {name: place for place, name in enumerate(DEGREE_ORDER)}
    frame["degree"] = frame["degree"].map(order).astype(float)
    codes = clusters[list(GOVERNANCE)]
    coded = ~codes.isin(["", NOT_AVAILABLE])  # each kind by itself: who is not coded for one may be for another
    takes_part = (codes.where(coded, "0").astype("int64") > 0).astype(float).where(coded, np.nan)
    frame = frame.join(takes_part)
    frame[list(ITEMS)] = units(clusters, ITEMS, choices.missing)
    return frame
