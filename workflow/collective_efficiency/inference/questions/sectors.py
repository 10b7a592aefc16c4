"""Do the sectors differ? Kruskal and Wallis' H of indices and upgrading, under shuffles of the sectors."""

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from collective_efficiency.inference.frames import estimate_text, p_value_text, text_frame
from collective_efficiency.inference.multiplicity import benjamini_hochberg, holm, step_down_max
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.permutation import group_differences, shuffle_tests
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.samples import Floats, NoVariationError

SECTOR_TEST_COLUMNS = (
    "missing", "without", "outcome", "n", "h", "p", "p_low", "p_high", "holm", "bh", "maxt", "epsilon_squared", "note",
)  # fmt: skip
SLACK = 1e-9  # H is a float: two shuffles with one H may differ in its last bits


def sector_differences(panel: Panel, plan: InferencePlan) -> pd.DataFrame:
    """H of each outcome of the plan between all sectors, and between all but the one with the fewest clusters.

    A few clusters that are alike can make the sectors differ by themselves: the report's five of software are.
    """
    names = panel.design.names
    smallest = min(panel.design.sectors, key=names.count)
    frames = [_differences(panel, plan, "")]
    if len(panel.design.sectors) > 2:
        frames.append(_differences(panel, plan, smallest))
    return pd.concat(frames, ignore_index=True)


def _differences(panel: Panel, plan: InferencePlan, without: str) -> pd.DataFrame:
    """H of each outcome, its p-value under shuffles that all outcomes share, and the adjusted ones.

    epsilon_squared: H / (n - 1), the share of the ranks' variance that lies between the sectors (Kelley 1935).
    """
    sector = np.array(panel.design.names, dtype=object)
    kept = sector != without
    outcomes = plan.sectors_differ
    columns = [[None if np.isnan(value) else int(value) for value in panel.values(name)[kept]] for name in outcomes]
    observed, shuffled = group_differences(sector[kept].tolist(), columns, count=plan.shuffles, seed=plan.seed)
    sizes = [sum(value is not None for value in column) for column in columns]
    records: list[dict[str, Any]] = [
        {"missing": panel.missing, "without": without, "outcome": name, "n": n}
        for name, n in zip(outcomes, sizes, strict=True)
    ]
    for number in np.flatnonzero(np.isnan(observed)).tolist():
        records[number]["note"] = str(NoVariationError())
    defined = np.flatnonzero(~np.isnan(observed))
    tests = shuffle_tests(observed[defined], shuffled[:, defined], tolerance=SLACK)
    p_values = [Fraction(test.extreme + 1, test.count + 1) for test in tests]
    maxt = step_down_max(*_ranked(observed[defined], shuffled[:, defined]))
    adjusted = zip(holm(p_values), benjamini_hochberg(p_values), maxt, strict=True)
    for number, test, values in zip(defined.tolist(), tests, adjusted, strict=True):
        names = ("p", "p_low", "p_high", "holm", "bh", "maxt")
        texts = map(p_value_text, (test.p, *test.interval, *values))
        records[number] |= {"h": estimate_text(observed[number]), **dict(zip(names, texts, strict=True))}
        records[number]["epsilon_squared"] = estimate_text(observed[number] / (sizes[number] - 1))
    return text_frame(records, SECTOR_TEST_COLUMNS)


def _ranked(observed: Floats, shuffled: Floats) -> tuple[Floats, Floats]:
    """H on one scale whatever its degrees of freedom: 1 - p among the outcome's own shuffles (that is minP)."""
    everything = np.round(np.vstack([observed[None, :], shuffled]), 9)
    scaled = np.empty(everything.shape)
    for column in range(everything.shape[1]):
        ascending = np.sort(everything[:, column])
        scaled[:, column] = np.searchsorted(ascending, everything[:, column], side="left") / len(ascending)
    return scaled[0], scaled[1:]
