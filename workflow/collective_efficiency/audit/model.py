"""The tables as a graph: which cell is computed from which, as the declared checks say.

Every derivation is linear: a cell is the sum of its parents, each times a weight. A cell may have several (an average
from the column, from the total, or from the other averages): a printed cell follows if one of them gives it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from collective_efficiency.report.transcription import Cell

Place = tuple[str, str, str]  # table, row, column
ClassCut = tuple[str, str, Fraction]  # a class, ">=" or ">", and its cut-off
ZERO = "n.a. counted as zero"
OMIT = "n.a. left out"


@dataclass(frozen=True)
class Derivation:
    """How `target` is computed: the weighted sum of `parents`.

    assumption: what it assumes of missing scores. copy: the target repeats a single parent. by_class: the parents'
    classes decide which of them count (a cross-tabulation): the mean of the parents whose class is `by_class`.
    of_rounded: the parents are averages, printed rounded; how the target was rounded cannot be read off them.
    """

    check: str
    target: Place
    parents: tuple[tuple[Place, Fraction], ...]
    assumption: str = ""
    copy: bool = False
    by_class: tuple[str, tuple[Place, ...]] | None = None
    of_rounded: bool = False


@dataclass(frozen=True)
class ClassRule:
    """How the class at `target` follows from the index at `index`."""

    check: str
    target: Place
    index: Place
    classes: tuple[ClassCut, ...]


@dataclass(frozen=True)
class Model:
    """Cells by place, what each follows from, and the columns and tables they stand in.

    class_rules: of the cells that hold a class; a Derivation there repeats a class of another table.
    """

    cells: Mapping[Place, Cell]
    derivations: Mapping[Place, tuple[Derivation, ...]]
    class_rules: Mapping[Place, tuple[ClassRule | Derivation, ...]]
    sector_of: Mapping[str, str]
    checks: Mapping[str, Mapping[str, Any]]
    decimals: Mapping[tuple[str, str], int]  # of derived cells: the most that the column prints
    largest: Mapping[tuple[str, str], Fraction]  # of the columns that have a largest value


def class_of(index: Fraction, classes: Sequence[ClassCut]) -> str | None:
    """The first of `classes` whose cut-off the index reaches; None if it reaches none."""
    for name, how, cut in classes:
        if index > cut or (how == ">=" and index == cut):
            return name
    return None


def parents(derivation: Derivation | ClassRule) -> tuple[Place, ...]:
    """The cells that a derivation reads."""
    if isinstance(derivation, ClassRule):
        return (derivation.index,)
    classes = derivation.by_class[1] if derivation.by_class else ()
    return (*(parent for parent, _ in derivation.parents), *classes)


def place_order(place: Place) -> tuple[str, int, str, str, str]:
    """A key that sorts places by the numbers of their tables, then by row and column.

    >>> sorted([("T10", "r", "c"), ("T2", "r", "c")], key=place_order)
    [('T2', 'r', 'c'), ('T10', 'r', 'c')]
    """
    table, row, column = place
    letters, number, rest = re.match(r"(\D*)(\d*)(.*)", table, re.DOTALL).groups()  # type: ignore[union-attr]
    return letters, int(number or 0), rest, row, column


def place_names(places: Iterable[Place]) -> str:
    """Places as text: table/row/column, separated by semicolons."""
    return "; ".join("/".join(place) for place in places)
