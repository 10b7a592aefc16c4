"""The rule by which the readings of a claim become its verdict; docs/claims.md says the same in ten lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

CLAIM_VERDICTS = ("supported", "contradicted", "depends", "not_testable")
SUPPORTED, CONTRADICTED, DEPENDS, NOT_TESTABLE = CLAIM_VERDICTS


class Role(StrEnum):
    """What a reading is to its claim."""

    MAIN = "main"  # what the text says
    STRICT = "strict"  # more than it must mean
    GENEROUS = "generous"  # less than it says
    PROXY = "proxy"  # what bears on it without deciding it
    POSSIBLE = "possible"  # what must be so if that which a hedged claim holds possible is possible


class Outcome(StrEnum):
    """What becomes of a reading in one way to read the report."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"  # it turns on what is not known
    UNDEFINED = "undefined"  # there is nothing to compare: no cluster is meant, or nothing varies


class Strength(StrEnum):
    """How strongly a claim is made."""

    PLAIN = "plain"
    HEDGED = "hedged"
    UNIVERSAL = "universal"
    EXAMPLE = "example"


@dataclass(frozen=True)
class ReadingResult:
    """A reading of a claim with what becomes of it in each way to read the report.

    is_open: whether the text leaves open that it is meant so; asked of strict and generous readings only.
    """

    role: Role
    outcomes: tuple[Outcome, ...]
    is_open: bool = False


def verdict_of(readings: Iterable[ReadingResult], strength: Strength = Strength.PLAIN) -> str:
    """The verdict on a claim of this strength.

    >>> main = ReadingResult(Role.MAIN, (Outcome.HOLDS, Outcome.HOLDS))
    >>> strict = ReadingResult(Role.STRICT, (Outcome.FAILS, Outcome.FAILS))
    >>> proxy = ReadingResult(Role.PROXY, (Outcome.FAILS, Outcome.FAILS))
    >>> verdict_of([main, strict, proxy]), verdict_of([proxy]), verdict_of([strict])
    ('supported', 'not_testable', 'not_testable')
    """
    readings = tuple(readings)
    verdict = _agreement(readings, lambda each: each.role is Role.MAIN)
    if verdict in (SUPPORTED, CONTRADICTED):
        verdict = _agreement(readings, lambda each: each.role is Role.MAIN or each.is_open)
    if verdict == CONTRADICTED and strength is Strength.HEDGED:
        possible = _agreement(readings, lambda each: each.role is Role.POSSIBLE)
        return verdict if possible == CONTRADICTED else NOT_TESTABLE
    return verdict


def _agreement(readings: Iterable[ReadingResult], counts: Callable[[ReadingResult], bool]) -> str:
    """What those readings that count say together: what is undefined says nothing, what is open settles nothing."""
    outcomes = {outcome for each in readings if counts(each) for outcome in each.outcomes} - {Outcome.UNDEFINED}
    if len(outcomes) > 1 or Outcome.OPEN in outcomes:
        return DEPENDS
    return {Outcome.HOLDS: SUPPORTED, Outcome.FAILS: CONTRADICTED}[outcomes.pop()] if outcomes else NOT_TESTABLE
