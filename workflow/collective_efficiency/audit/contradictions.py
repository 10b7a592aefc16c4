"""Means of a table of which as many were rounded in one way as in another: some are wrong, nothing tells which."""

from collections.abc import Iterator

from collective_efficiency.audit.checks.kinds import Observation
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.modes import DISAGREE, ROUNDING_FAMILIES

WORDS = {"half_up": "rounded to the nearest", "truncation": "truncated", "ceiling": "rounded up"}


def contradicting_means(judge: Judge) -> Iterator[Observation]:
    """A lead for each table whose ways of rounding are undetermined because its means contradict each other."""
    for (table, _), inferred in judge.ways.modes_of_tables.items():
        if not inferred.note.endswith(DISAGREE):
            continue
        told = {place: words for place, words in _told(judge, table) if words}
        text = "; ".join(f"{place[2]} is {words}" for place, words in told.items())
        yield Observation(
            check=judge.model.derivations[next(iter(told))][0].check,
            cells=tuple(told),
            printed="; ".join(judge.model.cells[place].printed for place in told),
            expected="",
            explanation=f"rounding undetermined: {text}, and as many tell for the one as for the other",
            severity="lead",
        )


def _told(judge: Judge, table: str) -> Iterator[tuple[Place, str]]:
    """The means of a table with the only ways of rounding that give them; no words where all of them do."""
    for place, modes in judge.ways.reproduced.items():
        if place[0] == table:
            names = [WORDS[name] for name, family in ROUNDING_FAMILIES if modes & family]
            yield place, " or ".join(names) if len(names) < len(ROUNDING_FAMILIES) else ""
