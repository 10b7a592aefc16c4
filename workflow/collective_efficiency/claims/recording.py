"""Which values a claim rests on: its predicates are evaluated in a world that records what they read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from collective_efficiency.claims.language.nodes import Node, Scope, World
from collective_efficiency.claims.ledger import Claim

RecordKey = TypeVar("RecordKey")
Recorded = TypeVar("Recorded")
ReadKey = tuple[str, ...]  # a cluster and a word of it, or table, row and column of a printed cell


class _Recording(Mapping[RecordKey, Recorded]):
    """A mapping that adds to `read` each key that is asked for, as `name` tells it."""

    def __init__(
        self, values: Mapping[RecordKey, Recorded], read: set[ReadKey], name: Callable[[RecordKey], ReadKey]
    ) -> None:
        self._values, self._read, self._name = values, read, name

    def __getitem__(self, key: RecordKey) -> Recorded:
        self._read.add(self._name(key))
        return self._values[key]

    def __iter__(self) -> Iterator[RecordKey]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def keys_read(claim: Claim, world: World) -> set[ReadKey]:
    """What the predicates of `claim` and their evidence read in `world`."""
    read: set[ReadKey] = set()
    recorded = _recorded(world, read)  # with a memory of its own: what is remembered is not read again
    for variant in claim.variants:
        scope = Scope(recorded)
        variant.predicate.value(scope)
        variant.predicate.items(scope)
    return read


def keys_of_predicate(predicate: Node, world: World) -> set[ReadKey]:
    """What a predicate alone reads in `world`."""
    read: set[ReadKey] = set()
    predicate.value(Scope(_recorded(world, read)))
    return read


def _recorded(world: World, read: set[ReadKey]) -> World:
    def of(*where: str) -> Callable[[str], ReadKey]:
        return lambda word: (*where, word)

    clusters = tuple(_Recording(subject, read, of(str(subject["cluster"]))) for subject in world.clusters)
    tables = {
        table: {row: _Recording(subject, read, of(table, row)) for row, subject in rows.items()}
        for table, rows in world.tables.items()
    }
    cells = _Recording(world.cells, read, lambda key: key)
    return replace(world, clusters=clusters, cells=cells, tables=tables, memory={})


def changed_keys(before: World, after: World) -> set[ReadKey]:
    """The keys of what differs between two worlds of the same clusters and cells."""
    keys: set[ReadKey] = {key for key, cell in before.cells.items() if after.cells[key] != cell}
    pairs = zip(before.clusters, after.clusters, strict=True)
    keys |= {(str(old["cluster"]), word) for old, new in pairs for word in old if old[word] != new[word]}
    for table, rows in before.tables.items():
        pairs_of_rows = ((row, old, after.tables[table][row]) for row, old in rows.items())
        keys |= {(table, row, word) for row, old, new in pairs_of_rows for word in old if old[word] != new[word]}
    return keys
