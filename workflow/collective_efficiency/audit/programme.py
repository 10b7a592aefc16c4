"""A small mixed-integer programme, put together from named blocks of variables and rows, and all of its optima.

Every variable is a whole number between two bounds; every row says that a weighted sum of variables is at most a bound.
"""

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

CLOSE = 1e-6  # how far a row may be missed, and how much costs may differ and be equal: the solver works in floats
MOST_NODES = 1_000  # of the search: what needs more is not solved, the same on every machine
MOST_OPTIMA = 32  # of equal cost; a page that lists more tells a reader nothing


@dataclass(frozen=True)
class Solution:
    """The values of all variables, by number, and what they cost."""

    cost: float
    values: Sequence[int]


@dataclass
class Programme:
    """The cheapest whole numbers that keep every row.

    >>> programme = Programme()
    >>> apples, pears = programme.block([0, 0], [9, 9], [1.0, 2.0])
    >>> programme.at_most({apples: -1.0, pears: -1.0}, -3.0)  # three fruits at least
    >>> [solution.values for solution in programme.optima(range(0))]
    [[3, 0]]
    """

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    rows: list[tuple[Mapping[int, float], float]] = field(default_factory=list)

    def block(self, low: Sequence[float], high: Sequence[float], cost: Sequence[float]) -> range:
        """Adds variables with these bounds and costs; the answer is their numbers."""
        first = len(self.cost)
        self.low += low
        self.high += high
        self.cost += cost
        return range(first, len(self.cost))

    def at_most(self, weights: Mapping[int, float], bound: float) -> None:
        """Adds a row: the sum of weight * variable is not above `bound`."""
        self.rows.append((weights, bound))

    def optima(self, chosen: range) -> Iterator[Solution]:
        """The cheapest solutions, at most MOST_OPTIMA, that differ in which of the 0-1 variables in `chosen` are 1.

        After each solution a row cuts off all that set the same of them, and more, to 1.
        """
        best: float | None = None
        for _ in range(MOST_OPTIMA):
            solution = self._solve()
            if solution is None or (best is not None and solution.cost > best + CLOSE):
                return
            best = solution.cost if best is None else best
            yield Solution(best, solution.values)
            ones = [number for number in chosen if solution.values[number]]
            if not ones:
                return
            self.at_most(dict.fromkeys(ones, 1.0), len(ones) - 1.0)

    def _solve(self) -> Solution | None:
        import numpy as np  # heavy, and needed only where a score may be wrong
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        starts = np.cumsum([0, *(len(weights) for weights, _ in self.rows)])
        numbers = [number for weights, _ in self.rows for number in weights]
        shares = [share for weights, _ in self.rows for share in weights.values()]
        matrix = csr_array((shares, numbers, starts), shape=(len(self.rows), len(self.cost)))
        with _silence():
            answer = milp(
                np.array(self.cost),
                constraints=LinearConstraint(matrix, -np.inf, np.array([bound for _, bound in self.rows])),
                bounds=Bounds(np.array(self.low), np.array(self.high)),
                integrality=np.ones(len(self.cost)),
                options={"node_limit": MOST_NODES},
            )
        return Solution(float(answer.fun), [round(value) for value in answer.x]) if answer.success else None


@contextmanager
def _silence() -> Iterator[None]:
    """Nothing reaches standard output: HiGHS prints remarks from C, past Python's streams, whatever it is told."""
    try:
        sys.stdout.flush()
        kept = os.dup(1)
    except (OSError, ValueError):  # no standard output that could be written to
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        yield
    finally:
        with suppress(OSError, AttributeError, TypeError):  # of Windows, whose C library has no such handle
            ctypes.CDLL(None).fflush(None)  # what C still holds must not come out later
        os.dup2(kept, 1)
        os.close(kept)
