"""Do the partially pooled slopes hold what they say? Simulation-based calibration (Talts and others 2018).

Slopes, thresholds and effects are drawn from the prior, outcomes from them, and the place of each true slope in its
posterior is found: over all drawn data these are uniform if the posterior is right. Writes
benchmarks/pooling_calibration.md.
Run from the project's folder: PYTHONPATH=workflow python benchmarks/pooling_calibration.py
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two threads wait for each other on a shared machine

import numpy as np
from scipy.special import ndtr
from scipy.stats import chi2

from collective_efficiency.inference.pooled_slopes import COMMON, EFFECTS, slope_grid
from collective_efficiency.inference.samples import NoVariationError

SAMPLES, BINS = 10_000, 20
DESIGNS = (  # sizes of the strata, levels of the outcome, scale of the prior
    ((15, 11, 9, 5), 5, 0.25),
    ((15, 11, 9, 5), 5, 0.5),
    ((15, 11, 9, 5), 5, 1.0),
    ((15, 11, 9, 5), 2, 0.5),
    ((15, 11, 9, 5), 7, 0.5),
    ((6, 6, 6, 6, 6, 6, 6, 6), 4, 0.5),
    ((5, 5, 4, 3, 3), 4, 1.0),
)


def drawn(
    rng: np.random.Generator, stratum: np.ndarray, levels: int, scale: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A predictor, an outcome of the prior's model, and its true slopes: the common one, then those of the strata."""
    x = rng.normal(size=len(stratum))
    x -= (np.bincount(stratum, x) / np.bincount(stratum))[stratum]
    x /= np.sqrt((x**2).mean())
    upto = np.cumsum(rng.dirichlet(np.ones(levels)))[:-1]
    size = int(stratum.max()) + 1
    effects, common = rng.normal(0, EFFECTS, size), rng.normal(0, COMMON)
    slopes = common + abs(rng.normal(0, scale)) * rng.normal(size=size)
    latent = effects[stratum] + slopes[stratum] * x + rng.logistic(size=len(x))
    return x, (latent[:, None] > np.log(upto / (1 - upto))).sum(axis=1), np.append(common, slopes)


def places(sizes: tuple[int, ...], levels: int, scale: float, samples: int, seed: int) -> np.ndarray:
    """The place of each true slope in its posterior, from 0 to 1: (samples, 1 + strata)."""
    rng, stratum, found = np.random.default_rng(seed), np.repeat(np.arange(len(sizes)), sizes), []
    for _ in range(samples):
        x, y, true = drawn(rng, stratum, levels, scale)
        try:
            grid = slope_grid(x, y, stratum, widest=scale)
        except NoVariationError:  # outcomes all alike: nothing is asked of such data
            continue
        found.append(grid.shares(scale) @ ndtr((true * grid.unit - grid.means) / grid.deviations))
    return np.array(found)


def uniform(found: np.ndarray) -> float:
    """The p-value of the chi-square test that places, (n,), are uniform."""
    counts = np.bincount(np.minimum((found * BINS).astype(int), BINS - 1), minlength=BINS)
    return float(chi2.sf(((counts - len(found) / BINS) ** 2).sum() * BINS / len(found), BINS - 1))


def main() -> None:
    lines = []
    for number, (sizes, levels, scale) in enumerate(DESIGNS):
        found = places(sizes, levels, scale, SAMPLES, seed=number)
        tests = [uniform(column) for column in found.T]
        inside = [[float((abs(found[:, k] - 0.5) <= share / 2).mean()) for share in (0.5, 0.95)] for k in (0, -1)]
        shown = " | ".join(f"{half:.3f}, {most:.3f}" for half, most in inside)
        design = f"{', '.join(map(str, sizes))} | {levels} | {scale}"
        lines.append(
            f"| {design} | {len(found):,} | {tests[0]:.2f} | {min(1.0, len(sizes) * min(tests[1:])):.2f} | {shown} |"
        )
        print(lines[-1], flush=True)
    text = [
        "# Calibration of the partially pooled slopes", "",
        f"Made by `benchmarks/pooling_calibration.py`: {SAMPLES:,} data sets a row are drawn from the model and",
        "its prior, and where each true slope falls in its posterior must be uniform (Talts and others 2018). p:",
        f"chi-square tests of {BINS} classes, of the common slope and of those of the strata (the smallest, by",
        "Bonferroni). Then how often the central intervals of 50 and 95 percent hold the true slope, common and of the",
        f"last, smallest stratum (standard errors {np.sqrt(0.25 / SAMPLES):.3f} and {np.sqrt(0.0475 / SAMPLES):.4f}).",
        "Data whose outcomes are all alike are left out.", "",
        "| units a stratum | levels | prior scale | data sets | p, common | p, strata | common | last stratum |",
        "|" + "---|" * 8, *lines, "",
        "Of slopes that are fixed, and not drawn from the prior, nothing is promised: shrinkage gives up coverage of",
        "those far from the common one for shorter intervals of the others.", "",
    ]  # fmt: skip
    Path(sys.argv[1] if len(sys.argv) > 1 else "benchmarks/pooling_calibration.md").write_text(
        "\n".join(text), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
