"""How many specifications under how many shuffles a second: writes benchmarks/multiverse.md.

Made-up data of the report's shape (40 clusters in sectors of 15, 11, 9 and 5, outcomes with four values), one process
with one thread, beside a plain numpy loop and, where they are installed, specification_curve and robustipy.
Run from the project's folder: PYTHONPATH=workflow python benchmarks/multiverse.py
"""

import os
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a job is one core

import numpy as np

from collective_efficiency.inference.samples import strata_codes
from collective_efficiency.robustness.data_sets import SpecifiedData
from collective_efficiency.robustness.joint import joint_inference

SIZES, SHUFFLES, REPEATED = (15, 11, 9, 5), 9_999, 3
HEAD = """# Speed of the multiverse

Made by `benchmarks/multiverse.py`: joint inference of a curve of different specifications (S and tau-b of each under
shared shuffles, ranks, medians, step-down maxT), 40 clusters in sectors of 15, 11, 9 and 5, one thread of one core of a
shared machine; the best of three. A specification under a shuffle is a draw.

| specifications | shuffles | block | seconds | million draws a second | times the plain loop |
|---|---|---|---|---|---|
"""


def members(count: int, block: np.ndarray) -> list[tuple[SpecifiedData, str]]:
    rng = np.random.default_rng(1)
    y = rng.integers(0, 7, len(block)).astype(float)
    return [
        (SpecifiedData(rng.integers(0, 28, len(block)).astype(float), y, block), "jonckheere_terpstra")
        for _ in range(count)
    ]


def plain_seconds(block: np.ndarray, draws: int) -> float:
    """Seconds a draw of what a reader would write: shuffle within blocks, signs of all pairs, their sum."""
    rng = np.random.default_rng(2)
    (data, _), places = members(1, block)[0], np.arange(len(block))
    first, second = np.triu_indices(len(block), 1)
    same = block[first] == block[second]
    first, second = first[same], second[same]
    signs = np.sign(data.x[first] - data.x[second])
    start = time.perf_counter()
    for _ in range(draws):
        shuffled = places.copy()
        for number in range(int(block.max()) + 1):
            shuffled[block == number] = rng.permutation(places[block == number])
        y = data.y[shuffled]
        float(signs @ np.sign(y[first] - y[second]))
    return (time.perf_counter() - start) / draws


def main() -> None:
    sectors = strata_codes([number for number, size in enumerate(SIZES) for _ in range(size)], sum(SIZES))
    lines = []
    for name, block in (("sector", sectors), ("none", np.zeros_like(sectors))):
        plain = plain_seconds(block, 2_000)
        for count in (10, 100, 1_000):
            seconds = []
            for _ in range(REPEATED):
                start = time.perf_counter()
                joint_inference(members(count, block), SHUFFLES, 1, 0.05)
                seconds.append(time.perf_counter() - start)
            rate = count * SHUFFLES / min(seconds)
            cells = (
                f"{count:,}",
                f"{SHUFFLES:,}",
                name,
                f"{min(seconds):.2f}",
                f"{rate / 1e6:.1f}",
                f"{rate * plain:.0f}",
            )
            lines.append(f"| {' | '.join(cells)} |")
            print(lines[-1])
    Path("benchmarks/multiverse.md").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
