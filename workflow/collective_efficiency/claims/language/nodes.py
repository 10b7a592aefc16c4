"""What a predicate is compiled to: closures over a `World`, with the words by which evidence names them.

Numbers are fractions. What is not known (a lost cell, a mean over no cluster) is None: a cluster of which a condition
is not known is left out, and a predicate that rests on it decides nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from collective_efficiency.claims.language.evidence import number_text
from collective_efficiency.words import GOVERNANCE, INDICES, ITEMS, UPGRADING

Value = Fraction | str | bool | None
Subject = Mapping[str, Value]  # what may be said of a cluster or of a table's row, by word
CellKey = tuple[str, str, str]  # table, row, column

NUMBER, TRUTH, WORD = "number", "truth", "word"
CHAIN_COUNTS = ("kinds", "domestic_kinds", "global_kinds")  # in how many kinds of chain a cluster takes part
CLUSTER_NUMBERS = (*ITEMS, *INDICES, *UPGRADING, "upgrading_sum", *GOVERNANCE, *CHAIN_COUNTS)
CLUSTER_WORDS = ("cluster", "sector", "industry", "country", "degree")


class PredicateError(ValueError):
    """A predicate that is not of the language. found: the part that is not; the message says what is allowed."""

    def __init__(self, found: str, message: str) -> None:
        super().__init__(message)
        self.found = found


@dataclass(frozen=True)
class PrintedCell:
    """A printed cell as predicates see it: its exact value, its word, or None; and how many decimals it shows."""

    value: Value
    decimals: int | None = None


NO_CELL = PrintedCell(None)


@dataclass(frozen=True)
class Fact:
    """What the text states at a line: a number with its decimals, a word, or yes or no."""

    value: Fraction | str | bool
    line: str
    decimals: int = 0


@dataclass(frozen=True)
class Vocabulary:
    """The words that a predicate may use besides those of the language, taken from the data.

    columns: for each table its columns and whether they hold a number or a word; rows: for each table its row keys.
    """

    sectors: tuple[str, ...]
    clusters: tuple[str, ...]
    columns: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class World:
    """The clusters under one reading and one way to set the degree, and all printed cells.

    tables: for each table its rows without total and average. memory: values that many claims ask for, computed once.
    """

    clusters: tuple[Subject, ...]
    cells: Mapping[CellKey, PrintedCell]
    tables: Mapping[str, Mapping[str, Subject]]
    memory: dict[str, Value] = field(default_factory=dict, compare=False)

    @cached_property
    def cluster_scopes(self) -> "tuple[Scope, ...]":
        """A scope for each cluster."""
        return tuple(Scope(self, cluster) for cluster in self.clusters)


@dataclass(frozen=True)
class Scope:
    """Where an expression has its value: a world, and the cluster or table row that it speaks of (none: empty)."""

    world: World
    subject: Subject = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """A compiled expression.

    type: number, truth or word. words: how evidence names it. value: its value in a scope. quantities: the outermost
    measured parts, which evidence lists. shown: the value as evidence shows it. decimals: of a fact or a cell.
    deciding: those of the quantities on which the value rests in a scope (all of them if None).
    """

    type: str
    words: str
    value: Callable[[Scope], Value]
    quantities: "tuple[Node, ...]" = ()
    shown: Callable[[Scope], str] | None = None
    decimals: Callable[[Scope], int | None] | None = None
    deciding: "Callable[[Scope], tuple[Node, ...]] | None" = None

    def evidence(self, scope: Scope) -> "tuple[Node, ...]":
        """The quantities on which the value rests: of a conjunction that fails, those of the parts that fail."""
        return self.deciding(scope) if self.deciding else self.quantities

    def show(self, scope: Scope) -> str:
        """The value with the clusters behind it where that helps."""
        return self.shown(scope) if self.shown else number_text(self.value(scope))


def measured(node: Node) -> Node:
    """The node as a quantity of its own, which evidence lists."""
    return replace(node, quantities=(node,))


def remembered(node: Node, key: str) -> Node:
    """The node, its value computed once in a world; `key` tells it from every other."""

    def value(scope: Scope) -> Value:
        memory = scope.world.memory
        if key not in memory:
            memory[key] = node.value(scope)
        return memory[key]

    return replace(node, value=value)


def all_quantities(parts: Iterable[Node]) -> tuple[Node, ...]:
    """The quantities of all `parts`, each once."""
    return each_once(quantity for part in parts for quantity in part.quantities)


def each_once(quantities: Iterable[Node]) -> tuple[Node, ...]:
    """Those that evidence names alike are one."""
    return tuple({quantity.words: quantity for quantity in quantities}.values())


def numbers_of(values: Iterable[Value]) -> list[Fraction]:
    """The known numbers among `values`."""
    return [value for value in values if isinstance(value, Fraction)]
