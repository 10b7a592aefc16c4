"""The verdicts: each claim evaluated in every world, with the evidence in one sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import itemgetter

from collective_efficiency.claims.language.nodes import Node, Scope, World
from collective_efficiency.claims.ledger import Claim, Ledger
from collective_efficiency.claims.recording import changed_keys, keys_read
from collective_efficiency.claims.verdicts import CONTRADICTED, SUPPORTED, Outcome, ReadingResult, verdict_of
from collective_efficiency.claims.worlds import RECOMPUTED_WAY, ROUNDED_WAY, WAYS, ReportRecords
from collective_efficiency.words import READINGS

CLAIM_COLUMNS = (
    "claim", "line", "topic", "kind", "weight", "paraphrase",
    "printed", "recomputed", "verdict", "under_your_choices", "evidence",
)  # fmt: skip
PAIR_COLUMNS = ("first", "second", "because", "first_verdict", "second_verdict", "state")

MAX_QUANTITIES = 8  # in the evidence of one variant in one world


@dataclass(frozen=True)
class VariantOutcome:
    """What a variant comes to in one world, and its quantities as words."""

    outcome: Outcome
    quantities: tuple[str, ...]


@dataclass(frozen=True)
class ClaimVerdict:
    """What becomes of a claim: under each reading, in all, and the evidence in one sentence.

    under_your_choices: the verdict in all under the analyst's choices; empty where these are the report's own.
    """

    claim: Claim
    printed: str
    recomputed: str
    verdict: str
    evidence: str
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
    outcomes = [[_outcome(variant.predicate, world) for world in worlds] for variant in claim.variants]
    told = [[each.outcome for each in of_variant] for of_variant in outcomes]
    printed, recomputed = (_verdict(claim, told, reading) for reading in READINGS)
    return ClaimVerdict(claim, printed, recomputed, _verdict(claim, told), _evidence(claim, outcomes))


def _verdict(claim: Claim, outcomes: Sequence[Sequence[Outcome]], reading: str = "") -> str:
    """The verdict of the outcomes of each variant in each of WAYS; only of those of `reading`, if one is named."""
    meant = [reading in ("", name) for name, _ in WAYS]
    return verdict_of(
        (
            ReadingResult(variant.role, tuple(compress(of_variant, meant)), variant.is_open)
            for variant, of_variant in zip(claim.variants, outcomes, strict=True)
        ),
        claim.strength,
    )


def _outcome(predicate: Node, world: World) -> VariantOutcome:
    scope = Scope(world)
    quantities = predicate.evidence(scope)
    texts = [f"{quantity.words}: {quantity.show(scope)}" for quantity in quantities[:MAX_QUANTITIES]]
    if len(quantities) > MAX_QUANTITIES:
        texts.append(f"and {len(quantities) - MAX_QUANTITIES} more numbers")
    return VariantOutcome(_told(predicate, world), tuple(texts))


def _told(predicate: Node, world: World) -> Outcome:
    truth = predicate.value(Scope(world))
    return {True: Outcome.HOLDS, False: Outcome.FAILS}[truth] if isinstance(truth, bool) else Outcome.UNDEFINED


def _evidence(claim: Claim, outcomes: Sequence[Sequence[VariantOutcome]]) -> str:
    """One sentence: for each variant whether it holds, where, and the quantities that decide."""
    if claim.not_testable:
        return f"Not testable: {claim.not_testable.strip().rstrip('.')}."
    pairs = zip(claim.variants, outcomes, strict=True)
    sentence = "; ".join(f"{variant.reads}: {_evidence_of_variant(of_variant)}" for variant, of_variant in pairs)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _evidence_of_variant(outcomes: Sequence[VariantOutcome]) -> str:
    """What the variant comes to, said once of all ways that agree."""
    ways_of: dict[VariantOutcome, list[tuple[str, str]]] = {}
    for outcome, way in zip(outcomes, WAYS, strict=True):
        ways_of.setdefault(outcome, []).append(way)
    texts = []
    for outcome, ways in ways_of.items():
        holds = {Outcome.UNDEFINED: "cannot be decided"}.get(outcome.outcome, outcome.outcome)
        where = "" if len(ways_of) == 1 else f" {_joined(ways)}"
        numbers = f" ({'; '.join(outcome.quantities)})" if outcome.quantities else ""
        texts.append(f"{holds}{where}{numbers}")
    return ", ".join(texts)


def _joined(ways: Sequence[tuple[str, str]]) -> str:
    if RECOMPUTED_WAY in ways:  # then "recomputed" speaks of both
        ways = [way for way in ways if way != ROUNDED_WAY]
    return " and ".join(name for _, name in ways)


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
    return _verdict(claim, [[_told(variant.predicate, world) for world in worlds] for variant in claim.variants])
