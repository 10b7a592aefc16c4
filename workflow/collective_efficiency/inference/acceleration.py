"""Optional compiled loops (numba, `pip install .[fast]`). Exact counts are the same numbers with and without.

A kernel is used only inside `with accelerating():`, so that no result depends on what happens to be installed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

Kernel = Callable[..., Any]
_active: ContextVar[bool] = ContextVar("accelerating", default=False)


@contextmanager
def accelerating() -> Iterator[None]:
    """Use the compiled loops within the block. Raises ImportError where numba is not installed."""
    _kernels()
    token = _active.set(True)
    try:
        yield
    finally:
        _active.reset(token)


def accelerated(name: str) -> Kernel | None:
    """The compiled loop `name` inside `accelerating()`, else None."""
    return _kernels()[name] if _active.get() else None


@lru_cache(maxsize=1)
def _kernels() -> dict[str, Kernel]:
    import numpy as np
    from numba import njit, prange

    @njit(cache=False)
    def outer_sums(grid, left, right, left_ways, right_ways, extra):  # type: ignore[no-untyped-def]
        """grid[left + right + extra] += left_ways * right_ways, for all pairs."""
        for i in range(len(left)):
            start, ways = left[i] + extra, left_ways[i]
            for j in range(len(right)):
                grid[start + right[j]] += ways * right_ways[j]

    @njit(parallel=True, cache=False)
    def shuffled_sums(fixed, moved, starts, drawn, seed, chunk, sums):  # type: ignore[no-untyped-def]
        """sums[b] = sum of fixed * shuffled moved; chunk permutations at a time from one state of the generator.

        Within each stratum only the first `drawn` places are drawn (the others have fixed = 0): Fisher and Yates,
        from the front; two 32-bit draws from each output of splitmix64 (Steele, Lea and Flood 2014).
        """
        strata = len(starts) - 1
        for block in prange((len(sums) + chunk - 1) // chunk):
            values = moved.copy()
            word = np.uint64(0)
            have = False
            counter = seed + np.uint64(block) * np.uint64(0xD1B54A32D192ED03)
            for b in range(block * chunk, min((block + 1) * chunk, len(sums))):
                total = np.int64(0)
                for s in range(strata):
                    start, end = starts[s], starts[s + 1]
                    for i in range(start, start + drawn[s]):
                        if have:
                            bits = word >> np.uint64(32)
                            have = False
                        else:
                            counter += np.uint64(0x9E3779B97F4A7C15)
                            word = (counter ^ (counter >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
                            word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
                            word = word ^ (word >> np.uint64(31))
                            bits = word & np.uint64(0xFFFFFFFF)
                            have = True
                        other = i + np.int64((bits * np.uint64(end - i)) >> np.uint64(32))
                        value = values[other]
                        values[other] = values[i]
                        values[i] = value
                        total += fixed[i] * value
                sums[b] = total

    return {"outer_sums": outer_sums, "shuffled_sums": shuffled_sums}
