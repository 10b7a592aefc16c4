"""Which way each column was rounded, inferred from the cells that reproduce.

An exact value that is not itself printable tells against rounding to the nearest, truncation or rounding up. A way is
inferred for a column if no cell tells against it and at least two tell against each of the others; where a column has
too few such cells its table is asked; else the mode is undetermined (five values and one decimal never tell: fifths are
printable). Where no way gives all cells of a table, the way that gives most of them is its way, and the others are
against it; where two give as many, but not the same ones, nothing tells which cells are wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.numbers.rounding import MODES, NEAREST, Mode, stands_for

ENOUGH = 2
DISAGREE = "disagree"  # how a note ends where no way gives more of the cells than another
ALL = frozenset(MODES)
ROUNDING_FAMILIES: tuple[tuple[str, frozenset[Mode]], ...] = (
    ("half_up", NEAREST),
    ("truncation", frozenset({"truncation"})),
    ("ceiling", frozenset({"ceiling"})),
)


@dataclass(frozen=True)
class Inferred:
    """The mode of a column: its name (or `undetermined`), the modes it admits, and what says so."""

    mode: str
    admits: frozenset[Mode]
    n_informative: int
    note: str


def reproducing(exact: Fraction, printed: Fraction, decimals: int) -> frozenset[Mode]:
    """The modes under which `exact` prints as `printed`."""
    return frozenset(mode for mode in MODES if exact in stands_for(printed, decimals, mode))


def infer(
    pairs: Iterable[tuple[str, str, frozenset[Mode]]],
    own: Mapping[tuple[str, str], list[frozenset[Mode]]] | None = None,
) -> dict[tuple[str, str], Inferred]:
    """The mode of each table and column, from (table, column, modes that reproduce a cell).

    own: what the rows of a column tell, of sums and indices; where enough of them tell, the column has a way of its
    own, and says nothing of its table.
    """
    by_column: dict[tuple[str, str], list[frozenset[Mode]]] = defaultdict(list)
    by_table: dict[str, list[frozenset[Mode]]] = defaultdict(list)
    apart = {place for place, rows in (own or {}).items() if tells_alone(rows)}
    for table, column, modes in pairs:
        by_column[table, column].append(modes)
        if (table, column) not in apart:
            by_table[table].append(modes)
    return {
        place: _decide([*modes, *own[place]], [*modes, *own[place]])
        if own and place in apart
        else _decide(modes, by_table[place[0]])
        for place, modes in by_column.items()
    }


def tells_alone(rows: Sequence[frozenset[Mode]]) -> bool:
    """Whether enough of the sums and indices of a column tell how it was rounded."""
    return len(_informative(rows)) >= ENOUGH


def _decide(column: list[frozenset[Mode]], table: list[frozenset[Mode]]) -> Inferred:
    n_informative = len(_informative(column))
    for pairs, where in ((column, "the column"), (table, "the table")):
        informative = _informative(pairs)
        standing = [name for name, family in ROUNDING_FAMILIES if all(modes & family for modes in informative)]
        rivals = [family for name, family in ROUNDING_FAMILIES if name not in standing]
        told = all(sum(not modes & family for modes in informative) >= ENOUGH for family in rivals)
        if not standing:
            most = _by_majority(informative, n_informative, where)
            if most.mode != "undetermined" or where == "the table":
                return most
        if len(standing) == 1 and told:
            name, family = next(each for each in ROUNDING_FAMILIES if each[0] == standing[0])
            shared = frozenset.intersection(family, *pairs) or family
            ties = "; no tie tells half up from half even or half down" if len(shared) > 1 else ""
            return Inferred(name, shared, n_informative, f"{len(informative)} informative cells of {where} agree{ties}")
    pooled = len(_informative(table))
    return Inferred("undetermined", ALL, n_informative, f"{pooled} informative cells in the table do not decide")


def _by_majority(informative: list[frozenset[Mode]], n_informative: int, where: str) -> Inferred:
    """The way that gives most of the cells, of several that give the same the nearest; none where two give others."""
    given = {
        name: frozenset(number for number, modes in enumerate(informative) if modes & family)
        for name, family in ROUNDING_FAMILIES
    }
    most = max(map(len, given.values()))
    if len({cells for cells in given.values() if len(cells) == most}) > 1:
        return Inferred("undetermined", ALL, n_informative, f"the informative cells of {where} {DISAGREE}")
    name, admits = next(pair for pair in ROUNDING_FAMILIES if len(given[pair[0]]) == most)  # the nearest stands first
    note = f"{most} of {len(informative)} informative cells of {where} agree, the others are against it"
    return Inferred(name, admits, n_informative, note)


def _informative(found: Iterable[frozenset[Mode]]) -> list[frozenset[Mode]]:
    return [modes for modes in found if modes and any(not modes & family for _, family in ROUNDING_FAMILIES)]


def assumption(exact: Fraction, printed: Fraction, decimals: int, admits: frozenset[Mode]) -> str | None:
    """What `printed` assumes of the rounding: nothing ("") if nearest, a named mode, or None if no mode admits it."""
    if exact == printed:
        return ""
    modes = reproducing(exact, printed, decimals) & admits
    if modes & NEAREST:
        return ""
    return "truncated" if "truncation" in modes else "rounded up" if modes else None
