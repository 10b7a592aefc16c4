"""Of what a function speaks: clusters or the rows of a table, of which a condition is known to hold or may hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.evidence import enumerated, spaced, table_name
from collective_efficiency.claims.language.nodes import CHAIN_COUNTS, CLUSTER_WORDS, Node, Scope, columns_of
from collective_efficiency.claims.language.values import as_truth, joined
from collective_efficiency.words import GOVERNANCE

CODES = frozenset((*GOVERNANCE, *CHAIN_COUNTS))


@dataclass(frozen=True)
class Members:
    """The clusters or rows that are meant for sure, and those of which that is not known."""

    sure: tuple[Scope, ...]
    maybe: tuple[Scope, ...]


@dataclass(frozen=True)
class Population:
    """The clusters, or the rows of `table`, that meet all of `conditions`."""

    table: str
    conditions: tuple[Node, ...]
    call: Call

    def members(self, scope: Scope) -> Members:
        """Those that are meant in the world of `scope`."""
        sure, maybe = [], []
        for each in self.everyone(scope):
            truth = joined((as_truth(condition.value(each)) for condition in self.conditions), decisive=False)
            if truth is True:
                sure.append(each)
            elif truth is not False:
                maybe.append(each)
        return Members(tuple(sure), tuple(maybe))

    def everyone(self, scope: Scope) -> Sequence[Scope]:
        """All clusters, or all rows of the table, whatever the conditions."""
        if not self.table:
            return scope.world.cluster_scopes
        return [Scope(scope.world, row) for row in scope.world.tables.get(self.table, {}).values()]

    @property
    def words(self) -> str:
        """How evidence calls them: "traditional clusters of Low degree"."""
        conjuncts = [part for condition in self.conditions for part in condition.parts or (condition,)]
        names = [part.subjects for part in conjuncts if part.subjects]
        noun = f"rows of {table_name(self.table)}" if self.table else "clusters"
        adjectives = [part.adjective for part in conjuncts if part.adjective]
        head = " ".join([*adjectives, names[0] if names else noun])
        rest = [part.qualifies for part in conjuncts if not part.adjective and part.subjects not in names[:1]]
        rest += [f"that are {name}" for name in names[1:]]
        return " ".join([head, *([enumerated(rest)] if rest else [])])

    @property
    def columns(self) -> frozenset[str]:
        """The words that its conditions read."""
        return columns_of(self.conditions)

    def name(self, each: Scope) -> str:
        """How evidence calls a cluster or row of it."""
        key = str(each.subject["row" if self.table else "cluster"])
        return self.call.vocabulary.names.get(key, spaced(key))

    def names(self, scopes: Iterable[Scope]) -> list[str]:
        """How evidence calls them."""
        return [self.name(each) for each in scopes]


def population_of(call: Call, conditions: Sequence[Node]) -> Population:
    """Of what the call speaks: the table that its first argument names, or else the clusters."""
    return Population(call.table, tuple(conditions), call)


def zero_note(measured: Iterable[Scope], columns: frozenset[str], population: Population) -> str:
    """Of which of the clusters a score that is not available counts as 0."""
    names = [
        population.name(each)
        for each in measured
        if any((str(each.subject.get("cluster")), column) in each.world.counted_as_zero for column in columns)
    ]
    return f"n.a. of {enumerated(names)} counted as 0" if names else ""


def is_coded(columns: frozenset[str]) -> bool:
    """Whether what is not known of these words is a code of governance."""
    return not columns.isdisjoint(CODES) and columns <= CODES | set(CLUSTER_WORDS)
