"""Means of a table of which as many were rounded in one way as in another: some are wrong, nothing tells which."""

from collections.abc import Iterator

from collective_efficiency.audit.checks.kinds import Observation
from collective_efficiency.audit.explain import explanations
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.modes import DISAGREE, ROUNDING_FAMILIES

WORDS = {"half_up": "rounded to the nearest", "truncation": "truncated", "ceiling": "rounded up"}
MOST_CAUSES = 3  # of each mean, what may have happened to it if it is the wrong one
LIKELY = 1.5  # an explanation that costs less says what happened


def contradicting_means(judge: Judge) -> Iterator[Observation]:
    """A lead for each table whose ways of rounding are undetermined because its means contradict each other."""
    for (table, _), inferred in judge.ways.modes_of_tables.items():
        if not inferred.note.endswith(DISAGREE):
            continue
        told = dict(_told(judge, table))
        ways = "; ".join(f"{place[2]} is {words}" for place, words in told.items())
        causes = "; ".join(f"{place[2]}: {cause}" for place in told if (cause := _causes(judge, place)))
        yield Observation(
            check=judge.model.derivations[next(iter(told))][0].check,
            cells=tuple(told),
            printed="; ".join(judge.model.cells[place].printed for place in told),
            expected="",
            explanation=f"rounding undetermined: {ways}, and as many tell for the one as for the other"
            + (f"; else {causes}" if causes else ""),
            severity="lead",
        )


def _told(judge: Judge, table: str) -> Iterator[tuple[Place, str]]:
    """The means of a table that some way of rounding does not give, with the ways that do, in words."""
    for place, modes in judge.ways.reproduced.items():
        if place[0] == table:
            names = [WORDS[name] for name, family in ROUNDING_FAMILIES if modes & family]
            if len(names) < len(ROUNDING_FAMILIES):
                yield place, " or ".join(names)


def _causes(judge: Judge, place: Place) -> str:
    """What may have happened to a mean if it is the one that is wrong, beside its rounding."""
    likely = (each for each in explanations(judge, place) if each.cost < LIKELY)
    named = [str(each) for each in likely if each.operation not in ("truncated", "rounded up")]
    return " or ".join(named[:MOST_CAUSES])
