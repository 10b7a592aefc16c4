"""From a score to the advice, and back: which scores and indices the claims read on which advice rests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collective_efficiency.claims.language.nodes import CHAIN_COUNTS
from collective_efficiency.claims.ledger import Ledger
from collective_efficiency.claims.recording import keys_read
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import Record
from collective_efficiency.policy.advice import Policy
from collective_efficiency.words import (
    EXTERNAL_ECONOMIES,
    GOVERNANCE,
    INDICES,
    ITEMS,
    JOINT_ACTIONS,
    SCORES,
    UPGRADING,
)

LINEAGE_COLUMNS = ("cluster", "score", "indices", "claims", "grounds_of", "bears_on")
UPGRADING_SUM = "upgrading_sum"
MEASURES = (*ITEMS, *INDICES, "degree", *UPGRADING, UPGRADING_SUM, *GOVERNANCE)  # what is measured of a cluster
MADE_OF = {  # what an index or the degree is computed from, by the report's own rules
    "eei": EXTERNAL_ECONOMIES,
    "jai": JOINT_ACTIONS,
    "ce": ("eei", "jai"),
    "degree": ("ce",),
    UPGRADING_SUM: UPGRADING,
}


@dataclass(frozen=True)
class ClaimSources:
    """What a claim reads: of which clusters each measure, and from how many printed cells of each table beside them."""

    clusters: Mapping[str, frozenset[str]]
    cells: Mapping[str, int]


@dataclass(frozen=True)
class MeasureLineage:
    """A measure, the indices that are computed from it, and the claims and the advice that rest on either."""

    measure: str
    indices: tuple[str, ...]
    claims: tuple[str, ...]  # that read the measure itself
    through: tuple[str, ...]  # that read one of the indices, and not the measure
    grounds_of: tuple[str, ...]
    bears_on: tuple[str, ...]


def indices_of(measure: str) -> tuple[str, ...]:
    """The indices that a measure enters, nearest first.

    >>> indices_of("market_access"), indices_of("product"), indices_of("market")
    (('eei', 'ce', 'degree'), ('upgrading_sum',), ())
    """
    above = [index for index, parts in MADE_OF.items() if measure in parts]
    return tuple(each for index in above for each in (index, *indices_of(index)))


def sources_of_claims(ledger: Ledger, records: ReportRecords) -> dict[str, ClaimSources]:
    """What each claim reads, in any of the ways to read the report."""
    worlds = records.worlds()
    known = {cluster["cluster"] for cluster in records.clusters}
    sources = {}
    for claim in ledger.claims:
        clusters: dict[str, set[str]] = {}
        cells: dict[str, int] = {}
        for key in sorted(set().union(*(keys_read(claim, world) for world in worlds))):
            row, column = key[-2:]
            if row in known and (column in MEASURES or column in CHAIN_COUNTS):
                for measure in GOVERNANCE if column in CHAIN_COUNTS else (column,):
                    clusters.setdefault(measure, set()).add(row)
            elif len(key) == 3:
                cells[key[0]] = cells.get(key[0], 0) + 1
        in_order = {measure: frozenset(clusters[measure]) for measure in MEASURES if measure in clusters}
        sources[claim.id] = ClaimSources(in_order, cells)
    return sources


def by_measure(policy: Policy, sources: Mapping[str, ClaimSources], cluster: str = "") -> list[MeasureLineage]:
    """The way from each measure to the advice, by the claims that advice names; of one cluster, if one is named."""

    def reads(claim: str, measure: str) -> bool:
        clusters = sources[claim].clusters.get(measure, frozenset())
        return cluster in clusters if cluster else bool(clusters)

    named = sorted({claim for piece in policy.advice for claim in (*piece.grounds, *piece.bears)})
    lineage = []
    for measure in MEASURES:
        indices = indices_of(measure)
        itself = tuple(claim for claim in named if reads(claim, measure))
        through = tuple(
            claim for claim in named if claim not in itself and any(reads(claim, index) for index in indices)
        )
        claims = {*itself, *through}
        grounds_of = tuple(piece.id for piece in policy.advice if not claims.isdisjoint(piece.grounds))
        bears_on = tuple(
            piece.id for piece in policy.advice if piece.id not in grounds_of and not claims.isdisjoint(piece.bears)
        )
        lineage.append(MeasureLineage(measure, indices, itself, through, grounds_of, bears_on))
    return lineage


def lineage_records(policy: Policy, sources: Mapping[str, ClaimSources], clusters: Sequence[Record]) -> list[Record]:
    """Every score and code of every cluster with what rests on it: the records of lineage.csv."""
    return [
        {
            "cluster": cluster["cluster"],
            "score": each.measure,
            "indices": _listed(each.indices),
            "claims": _listed(sorted((*each.claims, *each.through))),
            "grounds_of": _listed(each.grounds_of),
            "bears_on": _listed(each.bears_on),
        }
        for cluster in sorted(clusters, key=lambda record: record["cluster"])
        for each in by_measure(policy, sources, cluster["cluster"])
        if each.measure in (*SCORES, *GOVERNANCE) and cluster[each.measure]
    ]


def _listed(names: Iterable[str]) -> str:
    return "; ".join(names)
