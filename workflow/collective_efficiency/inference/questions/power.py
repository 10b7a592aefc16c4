"""What could these clusters have shown? Power by the strength of the association, under the observed ties."""

from typing import Any

import numpy as np
import pandas as pd

from collective_efficiency.inference.frames import estimate_text, text_frame
from collective_efficiency.inference.hypotheses import Hypotheses
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.samples import NoVariationError, TooLargeError
from collective_efficiency.words import UPGRADING

POWER_COLUMNS = ("missing", "predictor", "outcome", "rho", "tau_b", "power", "power_mid", "detectable", "note")


def power_by_strength(panel: Panel, hypotheses: Hypotheses, plan: InferencePlan) -> pd.DataFrame:
    """The power of the stratified exact test for each kind of upgrading, and the tau_b it finds with the target."""
    records = []
    for outcome in UPGRADING:
        shared: dict[str, Any] = {"missing": panel.missing, "predictor": plan.power_predictor, "outcome": outcome}
        try:
            found = hypotheses.power(panel.values(plan.power_predictor), panel.values(outcome))
        except NoVariationError as error:
            records.append(shared | {"note": str(error)})
            continue
        except TooLargeError:
            records.append(shared | {"note": "no exact count within reach"})
            continue
        detectable = found.detectable(plan.power)
        shared["detectable"] = estimate_text(detectable)
        shared["note"] = "" if not np.isnan(detectable) else f"no association reaches power {plan.power}"
        for rho, *values in zip(found.rho, found.tau_b, found.power, found.mid_power, strict=True):
            texts = dict(zip(("tau_b", "power", "power_mid"), map(estimate_text, values), strict=True))
            records.append(shared | {"rho": f"{rho:.2f}"} | texts)
    return text_frame(records, POWER_COLUMNS)
