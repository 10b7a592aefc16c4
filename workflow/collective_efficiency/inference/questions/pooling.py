"""How do the slopes differ by sector? Those of each family by sector, shrunk towards what the sectors share."""

from typing import Any

import numpy as np
import pandas as pd

from collective_efficiency.inference.frames import estimate_text, text_frame
from collective_efficiency.inference.hypotheses import NEVER_SCORED, Hypotheses
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.pooled_slopes import PooledSlope
from collective_efficiency.inference.samples import NoVariationError, TooLargeError
from collective_efficiency.numbers.scores import UNIT
from collective_efficiency.words import ALL_SECTORS, INDICES

POOLING_COLUMNS = (
    "missing", "family", "predictor", "outcome", "prior_scale", "scope", "n", "slope", "low", "high", "positive",
    "spread", "note",
)  # fmt: skip
PRIOR_SCALES = (0.25, 0.5, 1.0)  # of the slopes' spread between sectors, in log odds a standard deviation: three, so
# that nobody need believe one; the middle one is said
BORROWED = "no variation: what the other sectors say"


def slopes_by_sector(panel: Panel, hypotheses: Hypotheses, plan: InferencePlan) -> pd.DataFrame:
    """The common slope and every sector's of each hypothesis of the families by sector, under three prior scales.

    In log odds of a higher score for a point of an index, a class of the degree, or taking part in a kind of chain.
    """
    records = []
    for family in plan.families:
        if family.scope != "sectors":
            continue
        for predictor in family.predictors:
            for outcome in family.outcomes:
                shared = {"missing": panel.missing, "family": family.name, "predictor": predictor, "outcome": outcome}
                records += [shared | record for record in _pooled(panel, predictor, outcome, hypotheses, plan)]
    return text_frame(records, POOLING_COLUMNS)


def _pooled(
    panel: Panel, predictor: str, outcome: str, hypotheses: Hypotheses, plan: InferencePlan
) -> list[dict[str, Any]]:
    """The lines of one hypothesis; one line, with a note, where nothing varies."""
    x, y = panel.values(predictor) / (UNIT if predictor in INDICES else 1), panel.values(outcome)
    try:
        grid = hypotheses.slope_grid(x, y, max(PRIOR_SCALES))
    except (NoVariationError, TooLargeError) as error:
        return [{"note": str(error)}]
    known, design = ~(np.isnan(x) | np.isnan(y)), panel.design
    records: list[dict[str, Any]] = []
    for prior_scale in PRIOR_SCALES:
        found = grid.pooled(prior_scale, plan.level)
        of_scale = {"prior_scale": f"{prior_scale:.2f}", "spread": estimate_text(found.spread)}
        records.append(of_scale | {"scope": ALL_SECTORS, "n": found.n} | _texts(found.common))
        for sector in design.sectors:
            member = known & design.samples[sector].member
            record = of_scale | {"scope": sector, "n": int(member.sum())}
            if not member.any():
                records.append(record | {"note": NEVER_SCORED})
                continue
            varies = np.ptp(x[member]) and np.ptp(y[member])
            slope = found.strata[design.stratum[member][0].item()]
            records.append(record | _texts(slope) | {"note": "" if varies else BORROWED})
    return records


def _texts(slope: PooledSlope) -> dict[str, str]:
    numbers = {"slope": slope.mean, "low": slope.low, "high": slope.high, "positive": slope.positive}
    return {name: estimate_text(value) for name, value in numbers.items()}
