"""How sure are the means that the report compares? Upgrading by degree, with intervals."""

import numpy as np
import pandas as pd

from collective_efficiency.inference.bootstrap import intervals
from collective_efficiency.inference.effects import class_means
from collective_efficiency.inference.frames import estimate_text, text_frame
from collective_efficiency.inference.panels import DEGREE_ORDER, Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.numbers.scores import UNIT
from collective_efficiency.words import ALL_SECTORS, DEGREES, UPGRADING

MEAN_COLUMNS = ("missing", "scope", "degree", "outcome", "n", "mean", "low", "high", "note")


def means_by_degree(panel: Panel, plan: InferencePlan) -> pd.DataFrame:
    """The mean of each kind of upgrading by degree, in points, with intervals: the report's own comparison."""
    records = []
    degrees = panel.frame["degree"].map(dict(enumerate(DEGREE_ORDER)))
    for scope, sample in panel.design.samples.items():
        classes = np.array(degrees[sample.member].tolist(), dtype=object)
        for outcome in UPGRADING:
            y = panel.values(outcome)[sample.member] / UNIT
            found = intervals(class_means(classes, y, DEGREES, sample.rows), sample.stratum, plan.level)
            for number, degree in enumerate(DEGREES):
                n = int(((classes == degree) & ~np.isnan(y)).sum())
                no_interval = (
                    "no interval within a sector" if scope != ALL_SECTORS else "one value in all clusters: no interval"
                )
                note = "no cluster" if not n else no_interval if np.isnan(found.low[number]) else ""
                bounds = (found.estimate[number], found.low[number], found.high[number])
                records.append(
                    {"missing": panel.missing, "scope": scope, "degree": degree, "outcome": outcome, "n": n}
                    | dict(zip(("mean", "low", "high"), map(estimate_text, bounds), strict=True))
                    | {"note": note}
                )
    return text_frame(records, MEAN_COLUMNS)
