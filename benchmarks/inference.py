"""Speed of the inference against its peers, in one run on the same work, as ratios: writes benchmarks/inference.md.

Work: n = 40, a 3 x 7 table with margins 8/24/8 and 2/3/5/6/8/4/12 (about those of the report's degrees and scores) and
one with even margins, strata of 15/11/9/5. Times are the least of several; R times itself, without its start.
Run from the project's folder: PYTHONPATH=workflow python benchmarks/inference.py
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two threads wait for each other on a shared machine

import numpy as np
from scipy import stats

from collective_efficiency.inference.acceleration import accelerating
from collective_efficiency.inference.bootstrap import intervals, weights
from collective_efficiency.inference.effects import Pairs
from collective_efficiency.inference.enumeration import fisher_freeman_halton, goodman_kruskal_gamma, kruskal_wallis
from collective_efficiency.inference.exact import jonckheere_terpstra, linear_by_linear
from collective_efficiency.inference.permutation import linear_tests, permutation_test

RNG = np.random.default_rng(1)
STRATA = RNG.permutation(np.repeat(range(4), [15, 11, 9, 5]))
TABLES = {
    "uneven": (np.repeat(range(3), [8, 24, 8]), RNG.permutation(np.repeat(range(7), [2, 3, 5, 6, 8, 4, 12]))),
    "even": (np.repeat(range(3), [13, 13, 14]), RNG.permutation(np.repeat(range(7), [6, 6, 6, 6, 6, 5, 5]))),
}
SHUFFLES, FEW, HYPOTHESES, RESAMPLES, STATISTICS = 100_000, 10_000, 1_000, 10_000, 500


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The least time of `repeats` runs, after one that is not timed."""
    work()
    least = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - start)
    return least


def coin(x: np.ndarray, y: np.ndarray, strata: np.ndarray) -> dict[str, float]:
    """Seconds of coin's resampling, the least of five runs: 100,000 of one statistic, and 10,000 of one hypothesis."""
    script = f"""
    suppressMessages(library(coin))
    x <- c({",".join(map(str, x))}); y <- c({",".join(map(str, y))}); b <- factor(c({",".join(map(str, strata))}))
    least <- function(f) {{ f(); min(sapply(1:5, function(i) system.time(f(), gcFirst=FALSE)[["elapsed"]])) }}
    one <- function(n) function() pvalue(independence_test(y~x|b, distribution=approximate(nresample=n)))
    plain <- function(n) function() pvalue(independence_test(y~x, distribution=approximate(nresample=n)))
    many <- function() for (i in 1:20) one({FEW})()
    cat(least(one({SHUFFLES})), least(plain({SHUFFLES})), least(many) / 20, as.character(packageVersion("coin")))
    """
    found = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True).stdout.split()
    return dict(zip(("stratified", "plain", "hypothesis"), map(float, found[:3]), strict=True)) | {"version": found[3]}


def scipy_permutation(x: np.ndarray, y: np.ndarray, count: int) -> float:
    """Seconds of scipy.stats.permutation_test of one linear statistic, vectorised; it knows no strata."""

    def statistic(moved: np.ndarray, axis: int) -> np.ndarray:
        return (moved * x).sum(axis=axis)

    return seconds(
        lambda: stats.permutation_test(
            (y,), statistic, permutation_type="pairings", vectorized=True, n_resamples=count, batch=5_000, rng=1
        ),
        repeats=2,
    )


def main() -> None:
    load = os.getloadavg()[0]
    rows: list[tuple[str, str, str]] = []

    def exact_row(name: str, function: Callable[..., object], allowed: tuple[float, float], numba: bool) -> None:
        for table, (x, y) in TABLES.items():
            for by, strata, limit in (("unstratified", None, allowed[0]), ("stratified", STRATA, allowed[1])):
                if function is kruskal_wallis and strata is not None:
                    continue  # the sum of H over strata is a statistic of its own, see docs/inference.md
                plain = seconds(lambda x=x, y=y, s=strata: function(x, y, s), 15)
                text, ratio = f"{plain * 1e3:.1f} ms", f"{plain / limit:.2f}"
                if numba:
                    with accelerating():
                        fast = seconds(lambda x=x, y=y, s=strata: function(x, y, s), 7)
                    text, ratio = f"{text}; numba {fast * 1e3:.1f} ms", f"{ratio}; {fast / 0.2:.2f}"
                rows.append((f"exact {name}, {table}, {by}", text, f"{ratio} of what is allowed"))

    exact_row("Jonckheere-Terpstra", jonckheere_terpstra, (0.05, 0.005), False)
    exact_row("linear-by-linear", linear_by_linear, (0.05, 0.005), False)
    exact_row("gamma", goodman_kruskal_gamma, (3, 3), True)
    exact_row("Kruskal-Wallis", kruskal_wallis, (3, 3), True)
    exact_row("Fisher-Freeman-Halton", fisher_freeman_halton, (3, 3), True)

    x, y = TABLES["uneven"]
    r = coin(x, y, STRATA)
    scipy_one = scipy_permutation(x, y, FEW)
    for by, strata in (("plain", None), ("stratified", STRATA)):
        own = seconds(lambda s=strata: permutation_test(x, y, s, count=SHUFFLES, seed=1))
        with accelerating():
            fast = seconds(lambda s=strata: permutation_test(x, y, s, count=SHUFFLES, seed=1), 9)
        peers = f"coin {r[by] / own:.1f}; numba: coin {r[by] / fast:.1f}"
        if strata is None:
            peers += f"; scipy {scipy_one * SHUFFLES / FEW / own:.0f}"
        rows.append(
            (
                f"{SHUFFLES:,} permutations of one linear statistic, {by}",
                f"{own * 1e3:.0f} ms; numba {fast * 1e3:.1f} ms",
                f"times faster than {peers}",
            )
        )
    many = RNG.integers(0, 4, (40, HYPOTHESES))

    def shared() -> None:
        linear_tests(many, y, STRATA, count=FEW, seed=1)

    own = seconds(shared, 5)
    peers = f"coin {r['hypothesis'] * HYPOTHESES / own:.0f}; scipy {scipy_one * HYPOTHESES / own:.0f}"
    name = f"{FEW:,} permutations shared by {HYPOTHESES:,} linear hypotheses, with their p-values"
    rows.append((name, f"{own * 1e3:.0f} ms", f"times faster than {peers}"))

    stratum = np.sort(STRATA)
    values, marks = (
        RNG.integers(0, 7, (40, STATISTICS)).astype(float),
        RNG.integers(0, 4, (40, STATISTICS)).astype(float),
    )

    def means() -> None:
        drawn = weights(stratum, RESAMPLES, 1).astype(float)
        intervals(drawn @ values / drawn.sum(axis=1, keepdims=True), stratum)

    def taus() -> None:
        pairs = Pairs(stratum, weights(stratum, RESAMPLES, 1))
        one, two = pairs.signs(marks[:, :1]), pairs.signs(values)
        s, differ = pairs.sums(one * two), pairs.sums(abs(two))
        intervals(s / np.sqrt(differ * pairs.sums(abs(one))), stratum)

    for name, work in (("means", means), ("tau-b of one index within strata", taus)):
        own = seconds(work, 3)
        rows.append(
            (
                f"BCa, {RESAMPLES:,} resamples of {STATISTICS} {name}",
                f"{own * 1e3:.0f} ms",
                f"{own / 0.5:.2f} of what is allowed",
            )
        )

    versions = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "numba"))
    lines = [
        "# Speed of the inference", "",
        "Made by `benchmarks/inference.py`: one run, all peers on the same work (n = 40, 3 x 7, strata 15/11/9/5). A",
        "shared machine with two cores: the ratios between peers carry over, the times do not. Others worked on it: a",
        f"load of {load:.1f} when the run began.", "",
        f"Python {platform.python_version()}, {versions}; coin {r['version']}. Scipy's time of {FEW:,} permutations is",
        "scaled up where more are compared; coin's of 1,000 hypotheses is 1,000 times that of one.", "",
        "| work | time | ratio |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows), "",
    ]  # fmt: skip
    Path(sys.argv[1] if len(sys.argv) > 1 else "benchmarks/inference.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
