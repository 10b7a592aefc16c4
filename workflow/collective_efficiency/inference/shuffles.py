"""Shuffles within strata, the same for all hypotheses of a family.

Batches have generators of their own, spawned from one seed: a result depends on the seed and on nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from collective_efficiency.inference.distributions import Array
from collective_efficiency.inference.samples import Ints

BATCH = 5_000  # shuffles at a time: what fits the cache; fewer where
KEYS = 10_000_000  # keys at a time are fewer
RANDOM_BITS = 20  # of a sorting key, at least


@dataclass(frozen=True)
class Shuffles:
    """`count` shuffles of n units within strata. order: the units by stratum; a batch is of places in that order."""

    stratum: Ints
    count: int
    seed: int

    def __post_init__(self) -> None:
        if isinstance(self.count, bool) or not isinstance(self.count, int | np.integer) or self.count < 1:
            raise ValueError(f"count {self.count}: a whole number from 1 is needed")
        if isinstance(self.seed, bool) or not isinstance(self.seed, int | np.integer) or self.seed < 0:
            raise ValueError(f"seed {self.seed}: a whole number from 0 is needed")

    @property
    def order(self) -> Ints:
        """The units in the order of their strata, (n,)."""
        return np.argsort(self.stratum, kind="stable").astype(np.int64)

    def batches(self) -> Iterator[Ints]:
        """Arrays (some, n): the place that each place takes its y from.

        A row of random keys with the stratum in the first bits and the place in the last ones is sorted: a uniform
        shuffle but for equal keys, of which there are less than one in 2**RANDOM_BITS pairs.
        """
        n = len(self.stratum)
        place_bits, stratum_bits = max(1, (n - 1).bit_length()), int(self.stratum.max()).bit_length()
        bits = 32 if place_bits + stratum_bits + RANDOM_BITS <= 32 else 64
        kind: Any = np.uint32 if bits == 32 else np.uint64
        low: Array = np.arange(n, dtype=kind)
        if stratum_bits:
            low |= np.sort(self.stratum).astype(kind) << kind(bits - stratum_bits)
        mask = kind((1 << place_bits) - 1)
        keep = kind(((1 << (bits - stratum_bits)) - 1) ^ int(mask))
        size = min(BATCH, max(1, KEYS // n))
        seeds = np.random.SeedSequence(self.seed).spawn(-(-self.count // size))
        for number, seed in enumerate(seeds):
            rows = min(size, self.count - number * size)
            words: Array = np.random.SFC64(seed).random_raw(-(-rows * n * bits // 64)).view(kind)
            keys = words[: rows * n].reshape(rows, n)
            keys &= keep
            keys |= low
            keys.sort(axis=1)
            keys &= mask
            yield keys.astype(np.int64)

    def parts(self, rows: int) -> Iterator[Ints]:
        """The batches, cut into arrays of at most so many rows."""
        return (batch[start : start + rows] for batch in self.batches() for start in range(0, len(batch), rows))
