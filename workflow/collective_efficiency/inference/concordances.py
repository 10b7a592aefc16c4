"""S = concordant - discordant pairs under shuffles: by pairs for many hypotheses together, by counts for one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from collective_efficiency.inference.distributions import Array
from collective_efficiency.inference.samples import Floats, Ints, pairs_within
from collective_efficiency.inference.shuffles import Shuffles

ROOM = 10_000_000  # signs of pairs at a time
COUNTED = 2  # levels times units and groups, for a pair: up to which S by counts is sooner than S by pairs


class DistinctColumns:
    """Columns of x or of y of many hypotheses, (n,) each, equal ones once."""

    def __init__(self) -> None:
        self._columns: list[Floats] = []
        self._numbers: dict[bytes, int] = {}

    def number(self, column: Floats) -> int:
        """The number of a column among the distinct ones."""
        key = column.tobytes()
        if key not in self._numbers:
            self._numbers[key] = len(self._columns)
            self._columns.append(column)
        return self._numbers[key]

    def stacked(self) -> Floats:
        """The distinct ones side by side, (n, D)."""
        return np.stack(self._columns, axis=1)


def concordances(
    x: Floats, y: Floats, pairs: Sequence[tuple[int, int]], shuffles: Shuffles, block: Ints | None = None
) -> tuple[Floats, npt.NDArray[np.float32]]:
    """S of each hypothesis, (H,), and of each shuffle, (count, H); pairs of units within blocks only.

    x: (n, P) and y: (n, Q), NaN where missing (a pair with a missing value counts nothing); a hypothesis is the number
    of a column of x and of one of y. block: (n,), the strata of the shuffles where not given. Exact: S is at most
    n * (n - 1) / 2.
    """
    order = shuffles.order
    first, second = pairs_within((shuffles.stratum if block is None else block)[order])
    fixed = np.stack([_signs(*_bounds_of_codes(column[:, None]), first, second)[:, 0] for column in x[order].T])
    fixed = fixed.astype(np.float32)
    by_column: dict[int, list[int]] = {}
    for number, (_, column) in enumerate(pairs):
        by_column.setdefault(column, []).append(number)
    bounds = {column: _bounds_of_codes(y[order, column]) for column in by_column}
    together = {column: fixed[[pairs[number][0] for number in numbers]] for column, numbers in by_column.items()}
    observed, shuffled = np.empty(len(pairs)), np.empty((shuffles.count, len(pairs)), dtype=np.float32)
    for column, numbers in by_column.items():
        low, high = bounds[column]
        observed[numbers] = (together[column] @ _signs(low[:, None], high[:, None], first, second))[:, 0]
    done = 0
    for part in shuffles.parts(max(1, ROOM // max(1, len(first)))):
        places = part.T  # a line a pair, so that the values of one unit are copied as they lie
        for column, numbers in by_column.items():
            low, high = bounds[column]
            moved = low[places]
            signs = _signs(moved, moved if high is low else high[places], first, second)
            shuffled[done : done + len(part), numbers] = (together[column] @ signs.astype(np.float32)).T
        done += len(part)
    return observed, shuffled


def concordance_sums(x: Ints, y: Ints, shuffles: Shuffles) -> tuple[int, Ints]:
    """S of one hypothesis, codes (n,) each, and of each shuffle, (count,): pairs of units within strata.

    Where y has few levels, ten times sooner by counts than by pairs: one product of matrices counts the units of each
    group of x and stratum at many levels at once, as the digits of one number.
    """
    order = shuffles.order
    stratum, one, two = shuffles.stratum[order], x[order], y[order]
    groups, group = np.unique(np.stack([stratum, one]), axis=1, return_inverse=True)
    levels = int(y.max()) + 1
    pairs = sum(size * (size - 1) // 2 for size in np.bincount(stratum).tolist())
    if levels * (len(one) + groups.shape[1]) > COUNTED * pairs:
        columns = (x[:, None].astype(float), y[:, None].astype(float))
        of_sample, of_shuffles = concordances(*columns, [(0, 0)], shuffles)
        return int(of_sample[0]), of_shuffles[:, 0].astype(np.int64)
    member = (group.reshape(-1)[:, None] == np.arange(groups.shape[1])).astype(np.float64)
    bits = int(member.sum(axis=0).max()).bit_length()
    together = 53 // bits  # levels whose counts one float holds, side by side
    parts = [
        np.where((two >= low) & (two < low + together), 2.0 ** (bits * np.clip(two - low, 0, together - 1)), 0.0)
        for low in range(0, levels, together)
    ]
    higher = np.sign(groups[1][:, None] - groups[1]) * (groups[0][:, None] == groups[0])  # than the second group
    kind: Any = np.float32 if len(one) ** 2 < 2**24 else np.float64

    def statistic(places: Ints) -> Ints:
        below, total = np.zeros((len(higher), len(places)), dtype=kind), np.zeros(len(places), dtype=kind)
        for number, part in enumerate(parts):
            counts = (member.T @ part[places].T).astype(np.int64)
            for level in range(number * together, min(levels, (number + 1) * together)):
                at = (counts >> bits * (level % together) & (1 << bits) - 1).astype(kind)
                total += ((higher.astype(kind) @ below) * at).sum(axis=0)
                below += at
        return total.astype(np.int64)

    observed = int(statistic(np.arange(len(one))[None])[0])
    return observed, np.concatenate([statistic(batch) for batch in shuffles.batches()])


def _bounds_of_codes(values: Floats) -> tuple[Array, Array]:
    """Codes of values twice, a missing one below all others and above them: neither is ever the larger of a pair."""
    known = ~np.isnan(values)
    levels, places = np.unique(values[known], return_inverse=True)
    kind: Any = np.int8 if len(levels) < np.iinfo(np.int8).max else np.int32  # a byte: eight times less to move
    low = np.full(values.shape, -1, dtype=kind)
    low[known] = places.reshape(-1)
    return low, low if known.all() else np.where(known, low, kind(len(levels)))


def _signs(low: Array, high: Array, first: Ints, second: Ints) -> npt.NDArray[np.int8]:
    """The sign of each pair's difference, 0 where a value is missing: (pairs, R) from codes (n, R)."""
    above: npt.NDArray[np.bool_] = low[first] > high[second]
    below: npt.NDArray[np.bool_] = low[second] > high[first]
    return above.view(np.int8) - below.view(np.int8)


def pairs_of_tables(tables: Ints) -> tuple[Ints, Ints]:
    """Concordant and discordant pairs of a table x by y, or of each of several: (...) each of (..., K, L)."""
    counts = []
    for each in (tables, tables[..., ::-1, :]):
        below = np.cumsum(np.cumsum(each, axis=-2), axis=-1)
        counts.append((each[..., 1:, 1:] * below[..., :-1, :-1]).sum(axis=(-2, -1)))
    return counts[0], counts[1]


def largest_s(x: Floats | Ints, y: Floats | Ints, stratum: Ints) -> float:
    """What S is divided by in tau_b: the root of the pairs that differ in x times those that differ in y."""
    first, second = pairs_within(stratum)
    differ = [int((values[first] != values[second]).sum()) for values in (x, y)]
    return float(np.sqrt(float(differ[0]) * float(differ[1])))
