"""Which way each table treats missing scores in its means, inferred from the cells that one way alone gives.

A mean that only one treatment reproduces, together with the cells that repeat it, tells for that treatment. The way
that most of these tell for is the table's; where as many tell for the other, it is undetermined.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from collective_efficiency.audit.model import OMIT, ZERO, Place

UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class Treatment:
    """How a table treats missing scores: ZERO, OMIT or UNDETERMINED; by how many cells that tell, and what they say."""

    way: str
    n_informative: int
    note: str


def infer_treatments(votes: Iterable[tuple[Place, frozenset[str]]]) -> dict[str, Treatment]:
    """The treatment of each table, from its means and the treatments that reproduce them.

    >>> infer_treatments([(("A1", "average", "inputs"), frozenset({ZERO}))])["A1"].way
    'n.a. counted as zero'
    """
    by_table: dict[str, Counter[str]] = defaultdict(Counter)
    for (table, _, _), fitting in votes:
        by_table[table].update(fitting if len(fitting) == 1 else ())
    return {table: _decide_treatment(count[ZERO], count[OMIT]) for table, count in by_table.items()}


def _decide_treatment(zero: int, omit: int) -> Treatment:
    told = zero + omit
    if not told:
        return Treatment(UNDETERMINED, 0, "no cell tells one way from the other")
    if zero == omit:
        return Treatment(UNDETERMINED, told, "as many cells tell for the one as for the other")
    way, most = (ZERO, zero) if zero > omit else (OMIT, omit)
    against = "" if most == told else ", the others are against it"
    return Treatment(way, told, f"{most} of {told} informative cells agree{against}")
