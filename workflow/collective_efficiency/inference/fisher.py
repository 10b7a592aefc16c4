"""The exact test of Freeman and Halton (1951) of r x c tables, by the network of Mehta and Patel (1983).

A table stands for prod(columns!) / prod(cells!) arrangements, so it is at most as probable as the observed one where
its prod(cells!) is at least as large. The columns are placed one after another. What is still to come depends on the
room left in the rows alone, whatever their order: paths to one room with one product are one path. A path is let go as
soon as bounds on the rest decide for all of its tables. The last columns are listed once for each room in the middle
and looked up by their product. Strata follow one another: the last one is cut in the middle.

Products are compared by their logarithms, exactly where these are near; equal ones are known by a sum of 64 random bits
for each prime in each cell's factorial, and their logarithms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import comb, factorial, log, prod

import numpy as np
import numpy.typing as npt

from collective_efficiency.inference.additive import margins, multinomial
from collective_efficiency.inference.distributions import Array
from collective_efficiency.inference.samples import Floats, Ints, TooLargeError

PATHS = 300_000  # kept after a column, and
ARCS = 5_000_000  # tried in all, beyond which the test is refused
ARCS_AT_A_TIME = 1_000_000
LARGEST = 5_000  # units of a cell
NEAR_LOGARITHM = 1e-9  # logarithms nearer than this are compared as whole numbers

Marks = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Paths:
    """N partial tables: the room left in each row, (N, K), largest first; the room they began with, by number; the
    mark, logarithm and value of their prod(cells!); and how many there are of each, (N,)."""

    room: Ints
    origin: Ints
    mark: Marks
    logarithm: Floats
    product: Array
    tables: Ints

    def chosen(self, which: Array) -> "Paths":
        """Those of a mask or of places."""
        return Paths(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    def entering(self, groups: Sequence[int]) -> "Paths":
        """The same paths before the first column of a stratum with these rows."""
        room = np.tile(np.sort(np.array(groups, dtype=np.int64))[::-1], (len(self.origin), 1))
        return replace(self, room=room)


def extreme_arrangements(tables: Sequence[Ints]) -> tuple[int, int, int]:
    """Of the arrangements of these tables' margins: all, those at most as probable as these, those exactly so.

    tables: a table (K, L) a stratum, with at least two rows and columns in use. Raises TooLargeError.
    """
    strata = sorted((_sorted_margins(table) for table in tables), key=lambda sizes: multinomial(sizes[0]))
    observed = prod(factorial(cell) for table in tables for cell in table.ravel().tolist())
    largest = max(min(int(table.sum(axis=0).max()), int(table.sum(axis=1).max())) for table in tables)
    if largest > LARGEST:
        raise TooLargeError(f"cells of up to {largest} units")
    search = _Search(strata, observed, largest)
    return search.total, *search.counts()


def _sorted_margins(table: Ints) -> tuple[list[int], list[int]]:
    """The fewer margins as rows, whose room is the state; the larger first in both."""
    shorter, longer = sorted(margins(table), key=len)
    return sorted(shorter, reverse=True), sorted(longer, reverse=True)


class _Search:
    def __init__(self, strata: Sequence[tuple[list[int], list[int]]], observed: int, largest: int) -> None:
        self.strata, self.observed = strata, observed
        self.marks, self.logarithms, self.factorials = _of_factorials(largest)
        self.total = prod(multinomial(groups) for groups, _ in strata)
        self.arcs = 0
        self.extreme = 0
        self.limit = log(observed)

    def counts(self) -> tuple[int, int]:
        """The arrangements at most as probable as the observed ones, and those exactly as probable."""
        paths = Paths(
            np.zeros((1, 0), np.int64), np.zeros(1, np.int64), np.zeros(1, np.uint64), np.zeros(1),
            np.array([1], dtype=object), np.ones(1, np.int64),
        )  # fmt: skip
        ways = 1  # prod(columns!) of what is placed
        for number, (groups, columns) in enumerate(self.strata):
            later = self.strata[number + 1 :]
            last = not later
            middle = (len(columns) + 1) // 2 if last else len(columns)
            paths = paths.entering(groups)
            for place, column in enumerate(columns[:middle]):
                paths = self._placed(paths, column)
                ways *= factorial(column)
                paths = self._undecided(paths, columns[place + 1 :], later, ways)
        return self._joined(paths, self.strata[-1][1][middle:], ways)

    def _placed(self, paths: Paths, column: int) -> Paths:
        """The paths with one column more."""
        width = paths.room.shape[1]
        size = max(1, ARCS_AT_A_TIME // comb(column + width - 1, width - 1))
        parts = [
            self._arcs(paths.chosen(np.arange(start, min(start + size, len(paths.origin)))), column)
            for start in range(0, len(paths.origin), size)
        ]
        together = parts[0] if len(parts) == 1 else _merged_paths(_concatenated(parts))
        if len(together.origin) > PATHS:
            raise TooLargeError(f"{len(together.origin)} paths through a table")
        return together

    def _arcs(self, paths: Paths, column: int) -> Paths:
        parent = np.arange(len(paths.origin))
        left = np.full(len(parent), column, dtype=np.int64)
        room, mark, logarithm = paths.room, paths.mark, paths.logarithm
        after = np.cumsum(room[:, ::-1], axis=1)[:, ::-1] - room  # in the rows behind each row
        for row in range(room.shape[1]):
            least, most = np.maximum(0, left - after[parent, row]), np.minimum(room[:, row], left)
            counts = most - least + 1
            self.arcs += int(counts.sum())
            if self.arcs > ARCS:
                raise TooLargeError(f"more than {ARCS} ways to place a column")
            of = np.repeat(np.arange(len(parent)), counts)
            cells = least[of] + np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
            parent, left, room = parent[of], left[of] - cells, room[of]
            room[:, row] -= cells
            mark, logarithm = mark[of] + self.marks[cells], logarithm[of] + self.logarithms[cells]
        found = Paths(-np.sort(-room, axis=1), paths.origin[parent], mark, logarithm, parent, paths.tables[parent])
        first, tables = _distinct(found)
        cells = paths.room[parent[first]] - room[first]
        product = paths.product[parent[first]] * self.factorials[cells].prod(axis=1)
        return replace(found.chosen(first), product=product, tables=tables)

    def _undecided(
        self, paths: Paths, columns: Sequence[int], later: Sequence[tuple[list[int], list[int]]], ways: int
    ) -> Paths:
        """The paths whose tables are not all extreme, nor all not; the first are counted."""
        low, high = _bounds_of_rest(paths.room, columns, self.logarithms)
        for groups, rest in later:
            bounds = _bounds_of_rest(np.array([groups]), rest, self.logarithms)
            low, high = low + bounds[0], high + bounds[1]
        extreme = paths.logarithm + low > self.limit + NEAR_LOGARITHM
        after = prod(multinomial(groups) for groups, _ in later)
        for room, arrangements in _of_rooms(paths.chosen(extreme), ways):
            self.extreme += arrangements * multinomial(room) * after
        return paths.chosen(~extreme & (paths.logarithm + high > self.limit - NEAR_LOGARITHM))

    def _joined(self, paths: Paths, columns: Sequence[int], ways: int) -> tuple[int, int]:
        """The arrangements of the left paths with all right ones that begin where they end, as `counts`."""
        rooms, origin = np.unique(paths.room, axis=0, return_inverse=True)
        count = len(rooms)
        right = Paths(
            rooms, np.arange(count), np.zeros(count, np.uint64), np.zeros(count),
            np.full(count, 1, dtype=object), np.ones(count, np.int64),
        )  # fmt: skip
        for column in columns if count else ():
            right = self._placed(right, column)
        order = np.lexsort((right.logarithm, right.origin))
        right = right.chosen(order)
        weights = prod(map(factorial, columns)) // right.product * right.tables
        ends = np.searchsorted(right.origin, np.arange(count + 1))
        extreme, equal = self.extreme, 0
        for left, weight in _by_origin(paths, origin.reshape(-1), ways):
            here = slice(*ends[left.number : left.number + 2].tolist())
            logarithms, of_right = right.logarithm[here], weights[here]
            above = np.append(np.add.accumulate(of_right[::-1])[::-1], 0)
            sought = self.limit - left.logarithm
            near, far = (
                np.searchsorted(logarithms, sought - NEAR_LOGARITHM),
                np.searchsorted(logarithms, sought + NEAR_LOGARITHM),
            )
            extreme += int((weight * above[far]).sum())
            for path in np.flatnonzero(near < far).tolist():
                for place in range(int(near[path]), int(far[path])):
                    product = left.product[path] * right.product[here][place]
                    arrangements = int(weight[path] * of_right[place])
                    extreme += arrangements if product >= self.observed else 0
                    equal += arrangements if product == self.observed else 0
        return extreme, equal


def _of_rooms(paths: Paths, ways: int) -> Iterator[tuple[list[int], int]]:
    """Each room in which paths end, and the arrangements of all that do."""
    rooms, of = np.unique(paths.room, axis=0, return_inverse=True)
    arrangements = np.zeros(len(rooms), dtype=object)
    np.add.at(arrangements, of.reshape(-1), ways // paths.product * paths.tables)
    yield from zip(rooms.tolist(), arrangements, strict=True)


@dataclass(frozen=True)
class _Left:
    number: int
    logarithm: Floats
    product: Array


def _by_origin(paths: Paths, origin: Ints, ways: int) -> Iterator[tuple[_Left, Array]]:
    """The left paths that end in each room, and the arrangements of each."""
    order = np.argsort(origin, kind="stable")
    starts = np.searchsorted(origin[order], np.arange(int(origin.max()) + 2)) if len(origin) else np.zeros(1, np.int64)
    for number, (start, end) in enumerate(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)):
        which = order[start:end]
        product = paths.product[which]
        yield _Left(number, paths.logarithm[which], product), ways // product * paths.tables[which]


def _concatenated(parts: Sequence[Paths]) -> Paths:
    return Paths(*(np.concatenate([getattr(part, name) for part in parts]) for name in Paths.__dataclass_fields__))


def _distinct(paths: Paths) -> tuple[Ints, Ints]:
    """The place of the first of each room, origin and product, and the tables of all alike."""
    odd = np.random.SFC64(0).random_raw(paths.room.shape[1] + 1) | np.uint64(1)
    key = paths.mark + (paths.room.astype(np.uint64) * odd[:-1]).sum(axis=1, dtype=np.uint64)
    key += paths.origin.astype(np.uint64) * odd[-1]
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], key[order][1:] != key[order][:-1]]))
    return order[starts], np.add.reduceat(paths.tables[order], starts)


def _merged_paths(paths: Paths) -> Paths:
    first, tables = _distinct(paths)
    return replace(paths.chosen(first), tables=tables)


def _bounds_of_rest(room: Ints, columns: Sequence[int], logarithms: Floats) -> tuple[Floats, Floats]:
    """Bounds, (N,), of the logarithm of prod(cells!) of all tables with rows `room` (N, K) and these columns.

    Below: with t = row * column / n, log(x!) >= x log(t) + min over x of (log(x!) - x log(t)), and the sum of x log(t)
    is the same for all tables. Above: every column, or every row, as unequal as it can be.
    """
    n = int(room[0].sum()) if len(room) else 0
    if not n:
        return np.zeros(len(room)), np.zeros(len(room))
    sizes = np.array(sorted(columns, reverse=True), dtype=np.int64)
    expected = room[:, :, None] * sizes / n
    whole = np.floor(expected).astype(np.int64)
    safe = np.where(expected > 0, expected, 1.0)
    low = (logarithms[whole] - whole * np.log(safe)).sum(axis=(1, 2))
    low += sum((values * np.log(np.maximum(values, 1))).sum(axis=-1) for values in (room, sizes)) - n * log(n)
    by_column = sum((logarithms[_filled(room, size)].sum(axis=1) for size in sizes.tolist()), np.zeros(len(room)))
    by_row = sum(
        (logarithms[_filled(np.broadcast_to(sizes, (len(room), len(sizes))), room[:, row, None])].sum(axis=1)
         for row in range(room.shape[1])), np.zeros(len(room)),
    )  # fmt: skip
    return low, np.minimum(by_column, by_row)


def _filled(places: Ints, units: int | Ints) -> Ints:
    """Places (N, K), largest first, filled with `units` one after the other."""
    before = np.cumsum(places, axis=1) - places
    return np.clip(units - before, 0, places)


@lru_cache(maxsize=4)
def _of_factorials(largest: int) -> tuple[Marks, Floats, Array]:
    """Of 0! to largest!: the mark, a sum of random bits for every prime factor; the logarithm; the number."""
    words, marks, numbers = np.random.SFC64(1).random_raw(largest + 1).tolist(), [0, 0], [1, 1]
    of_number = [0, 0]
    for number in range(2, largest + 1):
        divisor = next(each for each in range(2, number + 1) if number % each == 0)
        of_number.append(words[divisor] + of_number[number // divisor])
        marks.append((marks[-1] + of_number[-1]) % 2**64)
        numbers.append(numbers[-1] * number)
    return np.array(marks, dtype=np.uint64), np.array([log(each) for each in numbers]), np.array(numbers, object)
