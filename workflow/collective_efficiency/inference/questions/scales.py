"""Does each set of items measure one thing? The four external economies, and the four joint actions, as scales."""

import numpy as np
import pandas as pd

from collective_efficiency.inference.alpha_omega import cronbach_alpha, item_rest, mcdonald_omega
from collective_efficiency.inference.bootstrap import intervals
from collective_efficiency.inference.frames import estimate_text, text_frame
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.numbers.scores import UNIT
from collective_efficiency.words import EXTERNAL_ECONOMIES, JOINT_ACTIONS

SCALE_COLUMNS = ("missing", "scale", "n", "alpha", "low", "high", "omega", "item", "item_rest", "note")
ITEM_SETS = {"external_economies": EXTERNAL_ECONOMIES, "joint_action": JOINT_ACTIONS}
HEYWOOD = "omega undefined: Heywood case, an item's unique variance is negative"


def item_scales(panel: Panel, plan: InferencePlan) -> pd.DataFrame:
    """Alpha with its interval, omega and the item-rest correlations of both sets, all clusters together."""
    records = []
    for scale, items in ITEM_SETS.items():
        values = panel.frame[list(items)].to_numpy(dtype=np.float64) / UNIT
        known = np.asarray(~np.isnan(values).any(axis=1))
        sample = panel.design.sample(known)
        found = intervals(cronbach_alpha(values[known], sample.rows)[:, None], sample.stratum, plan.level)
        omega, heywood = mcdonald_omega(values[known])
        shared = {
            "missing": panel.missing, "scale": scale, "n": int(known.sum()),
            "alpha": estimate_text(found.estimate[0]), "low": estimate_text(found.low[0]),
            "high": estimate_text(found.high[0]), "omega": "" if heywood else estimate_text(omega),
            "note": HEYWOOD if heywood else "",
        }  # fmt: skip
        for item, correlation in zip(items, item_rest(values[known]), strict=True):
            records.append(shared | {"item": item, "item_rest": estimate_text(correlation)})
    return text_frame(records, SCALE_COLUMNS)
