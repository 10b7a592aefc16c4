"""Which way each table treats missing scores in its means, inferred from the cells that one way alone gives.

A mean tells for the treatment that gives more of what prints it than the other does: itself and the cells that repeat
it. The way that most means tell for is the table's. Where as many tell for the other, some are wrong for certain, and
nobody knows which: the way is the one that was chosen to count by, and the others are tied with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collective_efficiency.audit.model import OMIT, ZERO, Place

UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class Treatment:
    """How a table treats missing scores: ZERO, OMIT or UNDETERMINED; by how many cells that tell, and what they say.

    tied: the means that tell for this way where as many tell for the other.
    """

    way: str
    n_informative: int
    note: str
    tied: tuple[Place, ...] = ()


def infer_treatments(votes: Iterable[tuple[Place, frozenset[str]]], chosen: str = ZERO) -> dict[str, Treatment]:
    """The treatment of each table, from its means and the treatments that reproduce them.

    >>> infer_treatments([(("A1", "average", "inputs"), frozenset({ZERO}))])["A1"].way
    'n.a. counted as zero'
    """
    by_table: dict[str, dict[str, list[Place]]] = defaultdict(lambda: {ZERO: [], OMIT: []})
    for place, fitting in votes:
        tables = by_table[place[0]]
        for treatment in fitting if len(fitting) == 1 else ():
            tables[treatment].append(place)
    return {table: _decide_treatment(means, chosen) for table, means in by_table.items()}


def _decide_treatment(means: Mapping[str, Sequence[Place]], chosen: str) -> Treatment:
    zero, omit = len(means[ZERO]), len(means[OMIT])
    told = zero + omit
    if not told:
        return Treatment(UNDETERMINED, 0, "no cell tells one way from the other")
    if zero == omit:
        return Treatment(chosen, told, "as many cells tell for the one as for the other", tuple(means[chosen]))
    way, most = (ZERO, zero) if zero > omit else (OMIT, omit)
    against = "" if most == told else ", the others are against it"
    return Treatment(way, told, f"{most} of {told} informative cells agree{against}")
