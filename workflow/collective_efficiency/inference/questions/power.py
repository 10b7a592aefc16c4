"""What could these clusters have shown? Power by the strength of the association, under the observed ties."""

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from collective_efficiency.inference.frames import estimate_text, text_frame
from collective_efficiency.inference.hypotheses import Hypotheses
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.questions.associations import main_hypotheses
from collective_efficiency.inference.samples import NoVariationError, TooLargeError
from collective_efficiency.words import UPGRADING

POWER_COLUMNS = (
    "missing", "predictor", "outcome", "level", "significance", "rho", "tau_b", "power", "power_mid", "detectable",
    "note",
)  # fmt: skip
LEVELS = ("unadjusted", "family")


def power_by_strength(panel: Panel, hypotheses: Hypotheses, plan: InferencePlan) -> pd.DataFrame:
    """The power of the stratified exact test for each kind of upgrading, and the tau_b it finds with the target.

    At the significance asked for, as if one hypothesis had been tested; and at what is left of it for the smallest
    p-value of the first family (Holm's first step): its share among the hypotheses that can be tested.
    """
    records = []
    alone = Fraction(str(plan.significance))
    significances = dict(zip(LEVELS, (alone, alone / max(1, _tested(panel, hypotheses, plan))), strict=True))
    for outcome in UPGRADING:
        shared: dict[str, Any] = {"missing": panel.missing, "predictor": plan.power_predictor, "outcome": outcome}
        try:
            simulated = hypotheses.power(panel.values(plan.power_predictor), panel.values(outcome))
        except NoVariationError as error:
            records.append(shared | {"note": str(error)})
            continue
        except TooLargeError:
            records.append(shared | {"note": "no exact count within reach"})
            continue
        for level, significance in significances.items():
            found = simulated.power(significance)
            detectable = found.detectable(plan.power)
            note = "" if not np.isnan(detectable) else f"no association reaches power {plan.power}"
            of_level = shared | {"level": level, "significance": f"{float(significance):.6f}"}
            of_level |= {"detectable": estimate_text(detectable), "note": note}
            for rho, *values in zip(found.rho, found.tau_b, found.power, found.mid_power, strict=True):
                texts = dict(zip(("tau_b", "power", "power_mid"), map(estimate_text, values), strict=True))
                records.append(of_level | {"rho": f"{rho:.2f}"} | texts)
    return text_frame(records, POWER_COLUMNS)


def _tested(panel: Panel, hypotheses: Hypotheses, plan: InferencePlan) -> int:
    """How many hypotheses of the first family can be tested."""
    count = 0
    for _, x, y in main_hypotheses(panel, plan):
        try:
            hypotheses.within(x, y, panel.design.stratum)
        except NoVariationError:
            continue
        count += 1
    return count
