"""Which values a claim rests on: its predicates are evaluated in a world that records what they read."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from collective_efficiency.claims.language.nodes import Scope, World
from collective_efficiency.claims.ledger import Claim

RecordKey = TypeVar("RecordKey")
Item = TypeVar("Item")
ReadKey = tuple[str, ...]  # a cluster and a word of it, or table, row and column of a printed cell


class _Recording(Mapping[RecordKey, Item]):
    """A mapping that adds to `read` each key that is asked for, as `name` tells it."""

    def __init__(
        self, values: Mapping[RecordKey, Item], read: set[ReadKey], name: Callable[[RecordKey], ReadKey]
    ) -> None:
        self._values, self._read, self._name = values, read, name

    def __getitem__(self, key: RecordKey) -> Item:
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
        for quantity in variant.predicate.evidence(scope):
            quantity.show(scope)
    return read


def _recorded(world: World, read: set[ReadKey]) -> World:
    def of(*where: str) -> Callable[[str], ReadKey]:
        return lambda word: (*where, word)

    clusters = tuple(_Recording(subject, read, of(str(subject["cluster"]))) for subject in world.clusters)
    tables = {
        table: {row: _Recording(subject, read, of(table, row)) for row, subject in rows.items()}
        for table, rows in world.tables.items()
    }
    return World(clusters, _Recording(world.cells, read, lambda key: key), tables)


def changed_keys(before: World, after: World) -> set[ReadKey]:
    """The keys of what differs between two worlds of the same clusters and cells."""
    cells: set[ReadKey] = {key for key, cell in before.cells.items() if after.cells[key] != cell}
    pairs = zip(before.clusters, after.clusters, strict=True)
    return cells | {(str(old["cluster"]), word) for old, new in pairs for word in old if old[word] != new[word]}
