"""What the readings of a claim come to, and how evidence says it: a row for each reading, a sentence for the claim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from collective_efficiency.claims.language.evidence import (
    Item,
    enumerated,
    exact_tests_text,
    items_text,
)
from collective_efficiency.claims.language.nodes import Scope, World
from collective_efficiency.claims.language.values import UNKNOWN
from collective_efficiency.claims.ledger import Claim, Variant
from collective_efficiency.claims.settling import truth_in
from collective_efficiency.claims.verdicts import (
    CONTRADICTED,
    DEPENDS,
    SUPPORTED,
    Outcome,
    Role,
    Strength,
)
from collective_efficiency.claims.worlds import (
    PRINTED_LEFT_OUT_WAY,
    PRINTED_WAY,
    RECOMPUTED_LEFT_OUT_WAY,
    RECOMPUTED_WAY,
    ROUNDED_WAY,
    WAYS,
    Way,
)
from collective_efficiency.words import READINGS

CLAIM_READING_COLUMNS = ("claim", "reading", "role", "open", "reads", "printed", "recomputed", "numbers")
MAX_WORDS_OF_SENTENCE = 40
MAX_WORDS_OF_STEM = 12
OUTCOMES_IN_WORDS = {
    Outcome.HOLDS: "holds",
    Outcome.FAILS: "fails",
    Outcome.OPEN: "turns on what is not known",
    Outcome.UNDEFINED: "has nothing to compare",
}
WHATEVER_IS_UNKNOWN = Item("", "", "the same whatever is not known")  # though bounds alone leave it open
# A way is told apart only where it comes to something else than the one that it varies.
VARIED: Mapping[Way, Way] = {
    ROUNDED_WAY: RECOMPUTED_WAY,
    PRINTED_LEFT_OUT_WAY: PRINTED_WAY,
    RECOMPUTED_LEFT_OUT_WAY: RECOMPUTED_WAY,
}


@dataclass(frozen=True)
class WayOutcome:
    """What a reading comes to in one way to read the report, with the numbers that decide, if it is told apart."""

    outcome: Outcome
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ReadingOutcome:
    """A reading of a claim, with what it comes to in each of WAYS."""

    variant: Variant
    by_way: Mapping[Way, WayOutcome]

    @property
    def as_printed(self) -> WayOutcome:
        """What it comes to as printed."""
        return self.by_way[PRINTED_WAY]

    @property
    def told_apart(self) -> dict[WayOutcome, list[Way]]:
        """The ways that come to the same, under what they come to."""
        groups: dict[WayOutcome, list[Way]] = {}
        for way, found in self.by_way.items():
            if way not in VARIED or found.outcome is not self.by_way[VARIED[way]].outcome:
                groups.setdefault(found, []).append(way)
        return groups

    @property
    def outcomes(self) -> set[Outcome]:
        """All that it comes to."""
        return {found.outcome for found in self.by_way.values()}

    @property
    def numbers(self) -> str:
        """The numbers of all ways that are told apart."""
        groups = {_with_tests(found.items): ways for found, ways in self.told_apart.items()}
        if len(groups) == 1:
            return next(iter(groups))
        return "; ".join(f"{self.named(ways)}: {text}" for text, ways in groups.items() if text)

    def named(self, ways: Sequence[Way]) -> str:
        """The ways by name; what a way varies speaks for both."""
        others = {way for group in self.told_apart.values() for way in group}.difference(ways)
        for left_out in (True, False):
            if all(way.leaves_out is left_out for way in ways) and all(
                way.leaves_out is not left_out for way in others
            ):
                return "with n.a. left out" if left_out else "with n.a. counted as 0"
        return enumerated([way.name for way in ways if VARIED.get(way) not in ways])

    def record(self, claim: Claim, number: int) -> dict[str, str]:
        """The reading as a line of claim_readings.csv."""
        told = (
            enumerated([OUTCOMES_IN_WORDS[each] for each in Outcome if each in self._outcomes_of(reading)], "or")
            for reading in READINGS
        )
        is_open = "yes" if self.variant.is_open else ""
        texts = (claim.id, str(number), self.variant.role.value, is_open, self.variant.reads, *told, self.numbers)
        return dict(zip(CLAIM_READING_COLUMNS, texts, strict=True))

    def _outcomes_of(self, reading: str) -> set[Outcome]:
        return {found.outcome for way, found in self.by_way.items() if way.reading == reading}


def _with_tests(items: Sequence[Item]) -> str:
    """The numbers, each association with what an exact test says of it."""
    return items_text(replace(item, notes=(*item.notes, exact_tests_text([item]))) for item in items)


def outcome_of(variant: Variant, world: World) -> Outcome:
    """What a reading comes to in a world."""
    truth = truth_in(variant.predicate, world) if variant.may_decide else variant.predicate.value(Scope(world))
    if truth is UNKNOWN:
        return Outcome.OPEN
    return {True: Outcome.HOLDS, False: Outcome.FAILS}[truth] if isinstance(truth, bool) else Outcome.UNDEFINED


def reading_outcomes(claim: Claim, worlds: Sequence[World]) -> tuple[ReadingOutcome, ...]:
    """What each reading of the claim comes to in each of the worlds of WAYS."""
    return tuple(_reading_outcome(variant, dict(zip(WAYS, worlds, strict=True))) for variant in claim.variants)


def _reading_outcome(variant: Variant, worlds: Mapping[Way, World]) -> ReadingOutcome:
    outcomes = {way: outcome_of(variant, world) for way, world in worlds.items()}

    def items(way: Way) -> tuple[Item, ...]:
        if way in VARIED and outcomes[way] is outcomes[VARIED[way]]:
            return ()
        scope = Scope(worlds[way])
        is_settled = outcomes[way] is not Outcome.OPEN and variant.predicate.value(scope) is UNKNOWN
        return (*variant.predicate.items(scope), *([WHATEVER_IS_UNKNOWN] if is_settled else []))

    return ReadingOutcome(variant, {way: WayOutcome(outcome, items(way)) for way, outcome in outcomes.items()})


def sentence_of(claim: Claim, verdict: str, outcomes: Sequence[ReadingOutcome]) -> str:
    """The evidence in one sentence of at most MAX_WORDS_OF_SENTENCE words: which reading decides, by which numbers."""
    if claim.not_testable:
        return _sentence([f"Not testable: {' '.join(claim.not_testable.split())}"])
    return _sentence(_candidates(claim, verdict, outcomes), _tests_of(outcomes))


def _tests_of(outcomes: Sequence[ReadingOutcome]) -> str:
    """What exact tests say of all associations of the readings."""
    return exact_tests_text(item for each in outcomes for item in each.as_printed.items)


def _candidates(claim: Claim, verdict: str, outcomes: Sequence[ReadingOutcome]) -> Iterable[str]:
    """What may be said, the fullest first."""
    main = [each for each in outcomes if each.variant.role is Role.MAIN]
    if verdict in (SUPPORTED, CONTRADICTED):
        return _of_one(_telling(main, {SUPPORTED: Outcome.HOLDS, CONTRADICTED: Outcome.FAILS}[verdict]))
    if verdict == DEPENDS:
        return _of_differing(main, [each for each in outcomes if each.variant.is_open])
    if claim.strength is Strength.HEDGED and main:
        return (f"the text only says that it may be so; {text}" for text in _of_one(_telling(main, Outcome.FAILS)))
    if main:
        return _of_one(main[0])
    return (f"bears on it without deciding it: {text}" for text in _of_one(outcomes[0]))


def _telling(main: Sequence[ReadingOutcome], outcome: Outcome) -> ReadingOutcome:
    """The first reading that comes to this, and not to nothing."""
    return next((each for each in main if outcome in each.outcomes), main[0])


def _of_one(reading: ReadingOutcome) -> Iterable[str]:
    """Of one reading: how it is meant, what it comes to, and its numbers, as many as fit."""
    found = reading.as_printed
    outcome = OUTCOMES_IN_WORDS[found.outcome]
    bare = _without_notes(found.items)
    for items in (found.items, _without_stems(found.items), bare):
        counts = range(len(items), 0, -1)
        yield from (f"{reading.variant.reads}: {outcome} ({items_text(items[:count])})" for count in counts)
    for items in (found.items, bare):
        yield from (f"it {outcome}: {items_text(items[:count])}" for count in range(len(items), 0, -1))
    yield f"{reading.variant.reads}: {outcome}"
    yield f"it {outcome}"


def _without_stems(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, those of which it takes many words to say what is measured by their numbers alone."""
    return tuple(
        replace(item, stem="", of="") if len(item.words.split()) > MAX_WORDS_OF_STEM else item for item in items
    )


def _without_notes(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(replace(item, notes=()) for item in items)


def _of_differing(main: Sequence[ReadingOutcome], left_open: Sequence[ReadingOutcome]) -> Iterable[str]:
    """Of readings, or of ways, that come to different things."""
    by_way = next((each for each in main if len(each.outcomes - {Outcome.UNDEFINED}) > 1), None)
    by_reading = {next(iter(each.outcomes)): each for each in reversed([*main, *left_open]) if len(each.outcomes) == 1}
    turning = next((each for each in main if Outcome.OPEN in each.outcomes), None)
    pair = [by_reading[each] for each in (Outcome.HOLDS, Outcome.FAILS) if each in by_reading]
    if by_way is not None and (turning is None or turning is by_way):
        yield from _of_ways(by_way)
    elif len(pair) > 1:
        yield from _of_pair(*pair)
    if turning is not None:
        yield from _of_one(turning)


def _of_ways(reading: ReadingOutcome) -> Iterable[str]:
    groups = list(reading.told_apart.items())
    differing = [groups[0], next(group for group in groups if group[0].outcome is not groups[0][0].outcome)]
    for lead in (f"{reading.variant.reads}: ", ""):
        for count in range(max(len(found.items) for found, _ in differing), -1, -1):
            parts = [
                f"{OUTCOMES_IN_WORDS[found.outcome]} {reading.named(ways)}"
                + (f" ({items_text(found.items[:count])})" if count and found.items else "")
                for found, ways in differing
            ]
            yield f"{lead}{', '.join(parts)}"


def _of_pair(holds: ReadingOutcome, fails: ReadingOutcome) -> Iterable[str]:
    first, second = (_without_stems(each.as_printed.items) for each in (holds, fails))
    named = (f'it holds read as "{holds.variant.reads}"', f'fails read as "{fails.variant.reads}"')
    for leads in (named, ("one reading holds", "another fails")):
        for count in range(max(len(first), len(second)), 0, -1):
            numbers = [f" ({items_text(items[:count])})" if items[:count] else "" for items in (first, second)]
            yield f"{leads[0]}{numbers[0]}; {leads[1]}{numbers[1]}"
        yield "; ".join(leads)


def _sentence(candidates: Iterable[str], added: str = "") -> str:
    """The first that is short enough, with what is `added`, as a sentence."""
    text = ""
    for text in candidates:
        if len(f"{text} {added}".split()) <= MAX_WORDS_OF_SENTENCE:
            break
    text = "; ".join(filter(None, [text.strip().rstrip("."), added]))
    return f"{text[:1].upper()}{text[1:]}."
