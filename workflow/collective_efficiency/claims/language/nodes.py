"""What a predicate is compiled to: closures over a `World`, with the words by which evidence names them.

What their values are, known and not, says `values`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from collective_efficiency.claims.language.evidence import Association, Item, number_text
from collective_efficiency.claims.language.values import Value
from collective_efficiency.words import ALL_SECTORS, GOVERNANCE, INDICES, ITEMS, UPGRADING

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
    """A printed cell as predicates see it: its value, as far as it is known, and how many decimals it shows."""

    value: Value
    decimals: int | None = None


NO_CELL = PrintedCell(None)  # where a table prints no such cell


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
    words: of a table (`T2`) and column, or of `cluster` and a word of the clusters, what it can be. joined: the tables
    of which every row is, or is a part of, a cluster. names: how evidence calls a cluster or row.
    """

    sectors: tuple[str, ...]
    clusters: tuple[str, ...]
    columns: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, tuple[str, ...]]
    words: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    joined: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """The clusters under one reading and one way to set the degree, and all printed cells.

    tables: for each table its rows without total and average, with the words of their clusters. counted_as_zero: the
    scores that are not available and count as 0 here, by cluster and word. associations: by scope (a sector, or `all`),
    predictor and outcome. memory: values that many claims ask for, computed once.
    """

    clusters: tuple[Subject, ...]
    cells: Mapping[CellKey, PrintedCell]
    tables: Mapping[str, Mapping[str, Subject]]
    counted_as_zero: frozenset[tuple[str, str]] = frozenset()
    associations: Mapping[tuple[str, str, str], Association] = field(default_factory=dict)
    memory: dict[str, Value] = field(default_factory=dict, compare=False)

    @cached_property
    def cluster_scopes(self) -> "tuple[Scope, ...]":
        """A scope for each cluster."""
        return tuple(Scope(self, cluster) for cluster in self.clusters)

    @cached_property
    def by_sector(self) -> "Mapping[str, World]":
        """The same with the clusters of one sector only, for each sector."""
        groups: dict[str, list[Subject]] = {}
        for cluster in self.clusters:
            groups.setdefault(str(cluster["sector"]), []).append(cluster)
        return {
            sector: replace(self, clusters=tuple(group), associations=self._tested_in(sector), memory={})
            for sector, group in groups.items()
        }

    def _tested_in(self, sector: str) -> Mapping[tuple[str, str, str], Association]:
        """The tests of a sector, where its clusters are all that there are."""
        own = {key: test for key, test in self.associations.items() if key[0] == sector}
        return own | {(ALL_SECTORS, *key[1:]): test for key, test in own.items()}


@dataclass(frozen=True)
class Scope:
    """Where an expression has its value: a world, and the cluster or table row that it speaks of (none: empty)."""

    world: World
    subject: Subject = field(default_factory=dict)


def no_items(_scope: Scope) -> tuple[Item, ...]:
    """The evidence of what needs none, such as a constant."""
    return ()


@dataclass(frozen=True)
class Node:
    """A compiled expression.

    type: number, truth or word. words: how evidence names it. value: its value in a scope. items: the numbers on which
    the value rests in a scope, for evidence. formula: the value as evidence computes it. decimals: of a fact or a cell.

    binds: how strongly its words hold together, for brackets (4: one thing, 3: a product, 2: a sum, 1: a comparison, 0:
    and, or). modifier: how it qualifies clusters ("of low degree"); adjective: how it does before the noun
    ("traditional"); subjects: the clusters that it names. parts: of a conjunction, its parts.
    columns: the words of a cluster or row that it reads. can_be: of a word, what it can be (no limit if None).
    reads_data: whether anything in it is not a constant. undecided: of a count or a share, of how many clusters or rows
    it is not known whether they add to it, each as much as any other (0: the same cannot be said of each).
    """

    type: str
    words: str
    value: Callable[[Scope], Value]
    items: Callable[[Scope], tuple[Item, ...]] = no_items
    formula: Callable[[Scope], str] | None = None
    decimals: Callable[[Scope], int | None] | None = None
    binds: int = 4
    modifier: str = ""
    adjective: str = ""
    subjects: str = ""
    parts: "tuple[Node, ...]" = ()
    columns: frozenset[str] = frozenset()
    can_be: tuple[str, ...] | None = None
    reads_data: bool = True
    undecided: Callable[[Scope], int] | None = None

    def in_brackets(self, binds: int) -> str:
        """Its words, in brackets where they hold together less strongly than what surrounds them."""
        return self.words if self.binds >= binds else f"({self.words})"

    def calculation(self, scope: Scope) -> str:
        """The value as evidence computes it: the numbers, not the words."""
        return self.formula(scope) if self.formula else number_text(self.value(scope))

    @property
    def qualifies(self) -> str:
        """How it qualifies clusters or rows, as a condition."""
        return self.modifier or f"with {self.words}"


def measured(
    node: Node,
    stem: str,
    of: str = "",
    shown: Callable[[Scope], str] | None = None,
    link: str = "{} of {}",
    noted: Callable[[Scope], tuple[str, ...]] | None = None,
    tested: Callable[[Scope], Association | None] | None = None,
) -> Node:
    """The node as a number of its own, which evidence lists as `stem` of `of`.

    shown: the value with what stands behind it, where that helps. link: how the two are joined. noted: what is to
    be noted of it. tested: of an association, what an exact test says of it; asked where the node has a value, known or
    not.
    """

    def items(scope: Scope) -> tuple[Item, ...]:
        text = shown(scope) if shown else number_text(node.value(scope))
        test = tested(scope) if tested and node.value(scope) is not None else None
        return (Item(stem, of, text, link, noted(scope) if noted else (), test),)

    return replace(node, items=items)


def remembered(node: Node, key: str) -> Node:
    """The node, its value computed once in a world; `key` tells it from every other."""

    def value(scope: Scope) -> Value:
        memory = scope.world.memory
        if key not in memory:
            memory[key] = node.value(scope)
        return memory[key]

    return replace(node, value=value)


def columns_of(parts: Iterable[Node]) -> frozenset[str]:
    """The words of a cluster or row that any of `parts` reads."""
    return frozenset().union(*(part.columns for part in parts))


def items_of(parts: Iterable[Node], scope: Scope) -> tuple[Item, ...]:
    """The numbers on which any of `parts` rests."""
    return each_once(item for part in parts for item in part.items(scope))


def each_once(items: Iterable[Item]) -> tuple[Item, ...]:
    """Those that evidence would say alike are one."""
    return tuple(dict.fromkeys(items))
