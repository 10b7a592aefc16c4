"""Sums and means: lines that are the sum or the mean of others, whatever these are.

Windows that end or begin beside their target are tried in tables of any length, on several levels: totals that were
found stand for their parts, or step aside for them. In a table of few lines all windows, also of every second or third
line, all pairs and all sets of up to four are tried.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from math import comb, log10

import numpy as np

from collective_efficiency.audit.drafts.evidence import (
    BELIEVED,
    Candidates,
    Relation,
    believed,
    cost_of_near,
    passing,
    sampled_cells,
)
from collective_efficiency.audit.drafts.lines import FEW_LINES, NumberLines, Numbers, Reals
from collective_efficiency.audit.line_names import is_summary_name

_BELIEVED_OF_NAMED = 0.0  # of a line that is called a total or a mean, over what it would be over: it says so itself
_BELIEVED_OF_OUTMOST = -2.0  # of the first or last line, over all others: totals and means stand there
_FEWER_LINES = 40  # so many have sets of four
_MOST_SETS = 3_000  # of three or of four lines, that are all tried, as means, too
_MOST_STRIDES = 6
_DRAWS = 10  # of three cells by which sets of four are sought: one of them meets no misprint
_WINDOW_COST = log10(4)  # of a window that ends where another line does: before or after, a sum or a mean


@dataclass(frozen=True)
class _Sets:
    """Sets of lines: their sums, how many of each are not printed, the sum of their units, by cell; their sizes."""

    sums: Reals
    missing: Reals
    units: Reals
    sizes: Numbers

    @staticmethod
    def summed(lines: NumberLines, how: Callable[[Reals], Reals], sizes: Numbers) -> "_Sets":
        """The sets whose numbers `how` adds up from those of the lines."""
        return _Sets(how(np.nan_to_num(lines.values)), how((~lines.known).astype(float)), how(lines.units), sizes)

    def of(self, chosen: Numbers) -> "_Sets":
        return _Sets(self.sums[chosen], self.missing[chosen], self.units[chosen], self.sizes[chosen])


def adjacent_sums(
    lines: NumberLines, order: Sequence[int], natural: Iterable[int], known: Collection[int] = ()
) -> Iterator[Relation]:
    """Each line against the windows of `order` that end or begin beside it, two lines and longer.

    natural: lines beside which a window may well end: totals that are known. known: lines of whose names no more is to
    be made, for it is known what they are.
    """
    ends, whole_order = set(natural), np.asarray(order)
    for target in range(len(lines)):
        split = int(np.searchsorted(whole_order, target))
        after = split + (split < len(order) and order[split] == target)
        named = is_summary_name(lines.names[target]) and target not in known
        before, behind = whole_order[:split][::-1], whole_order[after:]
        for side, outmost in ((before, not len(behind)), (behind, not len(before))):
            if len(side) < 2:
                continue
            sizes = np.arange(2, len(side) + 1)
            sets = _Sets.summed(lines, partial(_cumulated, side), sizes)
            all_of_them = sizes == len(side)
            whole = all_of_them | np.array([size < len(side) and int(side[size]) in ends for size in sizes])
            likely = all_of_them & outmost
            of_target = np.where(named, 0, np.where(likely, log10(2), log10(len(lines))))
            costs = np.where(whole, _WINDOW_COST, log10(2 * len(side))) + of_target
            limits = np.where(whole & named, _BELIEVED_OF_NAMED, np.where(likely, _BELIEVED_OF_OUTMOST, BELIEVED))
            parts = _Heads(side)
            yield from _sums_and_means(lines, target, sets, parts, costs, limits)


def _cumulated(side: Numbers, numbers: Reals) -> Reals:
    """What the first two, three, four, ... of some lines add up to."""
    return numbers[side].cumsum(0)[1:]


class _Heads(Sequence[tuple[int, ...]]):
    """The first two, three, four, ... of some lines, each made when it is asked for."""

    def __init__(self, lines: Numbers) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines) - 1

    def __getitem__(self, number: int) -> tuple[int, ...]:  # type: ignore[override]
        return tuple(sorted(self._lines[: number + 2].tolist()))


def all_sums(lines: NumberLines) -> Iterator[Relation]:
    """Each line against all windows and pairs of other lines, in a table of few lines."""
    n = len(lines)
    if not 2 < n <= FEW_LINES:
        return
    chosen = list(dict.fromkeys(_windows(n)))
    members = _members(chosen, n)
    sizes = members.sum(1).astype(int)
    cost = log10(n) + log10(n * n * _MOST_STRIDES)
    cells = sampled_cells(lines)
    sampled = _Sets.summed(lines, lambda numbers: members @ numbers[:, cells], sizes)
    for target in range(n):
        able = np.array([way for way in _able(lines, target, sampled, cells) if not members[way, target]], dtype=int)
        if able.size:
            sets = _Sets.summed(lines, partial(np.matmul, members[able]), sizes[able])
            ways = [chosen[way] for way in able.tolist()]
            costs = [min(cost_of_near(n, target, way), cost if _evenly(way) else np.inf) for way in ways]
            yield from _sums_and_means(lines, target, sets, ways, np.array(costs), BELIEVED)


def _members(ways: Sequence[tuple[int, ...]], lines: int) -> Reals:
    """Which lines each way adds up: 1 where it does, a way a row."""
    members = np.zeros((len(ways), lines))
    for number, parts in enumerate(ways):
        members[number, list(parts)] = 1
    return members


def sets_of_four(lines: NumberLines) -> Iterator[Relation]:
    """Each line as the sum of any three or four others, in a table of fewer lines still.

    Two sets of one or two lines meet a target where their keys add up to its key (Horowitz and Sahni 1974); a key is
    linear in three cells, so that it adds up where each of these does.
    """
    n, m = lines.values.shape
    if not 4 <= n <= _FEWER_LINES or m < 3:
        return
    random = np.random.default_rng(0)
    values = np.nan_to_num(lines.values).astype(np.int64).astype(np.uint64)  # whole numbers modulo 2**64, as the keys
    pairs = [(one, other) for one in range(n) for other in range(one + 1, n)]
    heads = [*pairs, *((one,) for one in range(n))]
    met: dict[int, dict[tuple[int, ...], None]] = {}
    for _ in range(_DRAWS):
        cells = random.choice(m, 3, replace=False)
        keys = (values[:, cells] * random.integers(1, 2**63, 3, dtype=np.uint64)).sum(1, dtype=np.uint64)
        of_heads = np.concatenate([keys[np.array(pairs)].sum(1, dtype=np.uint64), keys])
        order = np.argsort(of_heads[: len(pairs)])
        in_order = of_heads[: len(pairs)][order]
        for target in range(n):
            wanted = keys[target] - of_heads
            first, last = (np.searchsorted(in_order, wanted, side) for side in ("left", "right"))
            for head in np.flatnonzero(last > first):
                parts = tuple(sorted({*heads[head], *pairs[order[first[head]]]}))
                if target not in parts and len(parts) > 2:
                    met.setdefault(target, {})[parts] = None
    for target, chosen in met.items():
        ways = list(chosen)
        members = _members(ways, n)
        sets = _Sets.summed(lines, partial(np.matmul, members), members.sum(1).astype(int))
        costs = np.array([cost_of_near(n, target, way) for way in ways])
        yield from _sums_and_means(lines, target, sets, ways, costs, BELIEVED)


def _windows(lines: int) -> Iterator[tuple[int, ...]]:
    """Runs of lines, of every line, every second, ...; then all pairs."""
    for stride in range(1, min(_MOST_STRIDES, max(lines // 2, 1)) + 1):
        for start in range(lines):
            for stop in range(start + 2 * stride, lines, stride):
                yield tuple(range(start, stop + 1, stride))
    for size in (2, 3, 4):
        if size == 2 or comb(lines, size) <= _MOST_SETS:
            yield from combinations(range(lines), size)


def _evenly(parts: tuple[int, ...]) -> bool:
    """Whether lines are a run of every first, second, ... line."""
    return len({later - line for line, later in pairwise(parts)}) == 1


def _able(lines: NumberLines, target: int, sets: _Sets, cells: Numbers | slice) -> Numbers:
    """The sets of which the target may be the sum or the mean."""
    value, unit = lines.values[target][cells], lines.units[target][cells]
    with np.errstate(divide="ignore", invalid="ignore"):
        means = sets.sums / (sets.sizes[:, None] - sets.missing)
    as_sums = passing(value, sets.sums, (unit + sets.units) / 2)
    return np.union1d(as_sums, passing(value, means, np.broadcast_to(unit, means.shape)))


def _sums_and_means(
    lines: NumberLines, target: int, sets: _Sets, parts: Sequence[tuple[int, ...]], costs: Reals, limits: Reals | float
) -> Iterator[Relation]:
    """The sets of which the target is believed to be the sum, or the mean of what is printed."""
    able = _able(lines, target, sets, slice(None))
    if not able.size:
        return
    sets, unit = sets.of(able), lines.units[target]
    chosen = [parts[way] for way in able]
    limits = np.broadcast_to(limits, costs.shape)[able]
    counts = sets.sizes[:, None] - sets.missing
    unsure = sets.missing > 0
    finest = sets.units / sets.sizes[:, None]
    sums = np.where(counts > 1, sets.sums, np.nan)
    exact = np.maximum(unit - finest, 0) / 2  # a sum that prints as many decimals as its parts is exact
    yield from believed(
        lines,
        target,
        Candidates("sum", chosen, sums, exact, (unit + sets.units) / 2 - exact, costs[able], limits, unsure),
    )
    means, half = sums / np.where(counts > 1, counts, np.nan), np.broadcast_to(unit / 2, sums.shape)
    yield from believed(lines, target, Candidates("mean", chosen, means, half, finest / 2, costs[able], limits, unsure))
