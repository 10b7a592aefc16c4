"""The verdicts: each claim evaluated in every world, with the evidence in one sentence and of every reading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import itemgetter

from collective_efficiency.claims.language.nodes import World
from collective_efficiency.claims.ledger import Claim, Ledger
from collective_efficiency.claims.readings import ReadingOutcome, outcome_of, reading_outcomes, sentence_of
from collective_efficiency.claims.recording import changed_keys, keys_read
from collective_efficiency.claims.verdicts import CONTRADICTED, SUPPORTED, Outcome, ReadingResult, verdict_of
from collective_efficiency.claims.worlds import WAYS, ReportRecords
from collective_efficiency.words import READINGS

CLAIM_COLUMNS = (
    "claim", "line", "topic", "kind", "weight", "paraphrase",
    "printed", "recomputed", "verdict", "under_your_choices", "evidence",
)  # fmt: skip
PAIR_COLUMNS = ("first", "second", "because", "first_verdict", "second_verdict", "state")


@dataclass(frozen=True)
class ClaimVerdict:
    """What becomes of a claim: under each reading of the report, in all, and the evidence in one sentence.

    readings: what each reading of the claim comes to.
    under_your_choices: the verdict in all under the analyst's choices; empty where these are the report's own.
    """

    claim: Claim
    printed: str
    recomputed: str
    verdict: str
    evidence: str
    readings: tuple[ReadingOutcome, ...] = ()
    under_your_choices: str = ""

    @property
    def changes(self) -> bool:
        """Whether the analyst's choices give another verdict."""
        return self.under_your_choices not in ("", self.verdict)

    def record(self) -> dict[str, str]:
        """The verdict as a line of claims.csv."""
        claim = self.claim
        texts = (claim.id, claim.line, claim.topic, claim.kind, str(claim.weight), claim.paraphrase)
        verdicts = (self.printed, self.recomputed, self.verdict, self.under_your_choices, self.evidence)
        return dict(zip(CLAIM_COLUMNS, (*texts, *verdicts), strict=True))


def evaluate(ledger: Ledger, records: ReportRecords, chosen: ReportRecords | None = None) -> tuple[ClaimVerdict, ...]:
    """The verdict of every claim of `ledger` on `records`, in the order of their ids.

    chosen: the records under the analyst's choices; None where these are the report's own.
    """
    worlds = records.worlds()
    verdicts = [_claim_verdict(claim, worlds) for claim in ledger.claims]
    if chosen is not None:
        other = chosen.worlds()
        verdicts = [replace(each, under_your_choices=_verdict_alone(each.claim, other)) for each in verdicts]
    return tuple(verdicts)


def _claim_verdict(claim: Claim, worlds: Sequence[World]) -> ClaimVerdict:
    readings = reading_outcomes(claim, worlds)
    told = [[found.outcome for found in each.by_way.values()] for each in readings]
    printed, recomputed = (_verdict(claim, told, reading) for reading in READINGS)
    verdict = _verdict(claim, told)
    return ClaimVerdict(claim, printed, recomputed, verdict, sentence_of(claim, verdict, readings), readings)


def _verdict(claim: Claim, outcomes: Sequence[Sequence[Outcome]], reading: str = "") -> str:
    """The verdict of the outcomes of each variant in each of WAYS; only of those of `reading`, if one is named."""
    meant = [reading in ("", way.reading) for way in WAYS]
    return verdict_of(
        (
            ReadingResult(variant.role, tuple(compress(of_variant, meant)), variant.is_open)
            for variant, of_variant in zip(claim.variants, outcomes, strict=True)
        ),
        claim.strength,
    )


def claim_reading_records(verdicts: Iterable[ClaimVerdict]) -> list[dict[str, str]]:
    """Every reading of every claim as a line of claim_readings.csv, in the order of the ledger."""
    return [
        reading.record(verdict.claim, number)
        for verdict in verdicts
        for number, reading in enumerate(verdict.readings, start=1)
    ]


def contradictions(ledger: Ledger, verdicts: Iterable[ClaimVerdict]) -> list[dict[str, str]]:
    """The declared pairs as records of contradictions.csv.

    state: `open` where the tables contradict neither (the report says both), `impossible` where both are supported
    (then a predicate is wrong), `settled` where the tables contradict one, `both fall` where they contradict both.
    """
    verdict_by_id = {verdict.claim.id: verdict.verdict for verdict in verdicts}
    records = []
    for pair in ledger.pairs:
        both = (verdict_by_id[pair.first], verdict_by_id[pair.second])
        states = ("open", "settled", "both fall")
        state = "impossible" if both == (SUPPORTED, SUPPORTED) else states[both.count(CONTRADICTED)]
        records.append(dict(zip(PAIR_COLUMNS, (pair.first, pair.second, pair.because, *both, state), strict=True)))
    return sorted(records, key=itemgetter("first", "second"))


class ChangesOfVerdicts:
    """A function from corrected records to the claims whose verdict they change: id, verdict before, verdict after.

    The corrected records must hold the same clusters and cells as `records`. An audit asks once for every finding, and
    a correction touches few cells: so only the claims that read a changed value are evaluated again.
    verdicts: of every claim, before.
    """

    def __init__(self, ledger: Ledger, records: ReportRecords) -> None:
        self._claims, self._worlds = ledger.claims, records.worlds()
        self.verdicts = {claim.id: _verdict_alone(claim, self._worlds) for claim in self._claims}
        self._read = {
            claim.id: set().union(*(keys_read(claim, world) for world in self._worlds)) for claim in self._claims
        }

    def __call__(self, corrected: ReportRecords) -> list[tuple[str, str, str]]:
        after = corrected.worlds()
        keys = set().union(*(changed_keys(*pair) for pair in zip(self._worlds, after, strict=True)))
        touched = [claim for claim in self._claims if not keys.isdisjoint(self._read[claim.id])]
        pairs = [(claim.id, self.verdicts[claim.id], _verdict_alone(claim, after)) for claim in touched]
        return [(claim, old, new) for claim, old, new in pairs if old != new]


def _verdict_alone(claim: Claim, worlds: Sequence[World]) -> str:
    """The verdict in all, without the evidence, which costs as much again."""
    return _verdict(claim, [[outcome_of(variant, world) for world in worlds] for variant in claim.variants])
