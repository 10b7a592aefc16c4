"""Are external economies above joint action? The two indices of the same clusters, by sector and in all."""

from typing import Any

import numpy as np
import pandas as pd

from collective_efficiency.inference.bootstrap import intervals
from collective_efficiency.inference.exact import wilcoxon_signed_rank
from collective_efficiency.inference.frames import estimate_text, fraction_text, p_value_text, text_frame
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.samples import NoVariationError
from collective_efficiency.numbers.scores import UNIT

PAIRED_COLUMNS = (
    "missing", "scope", "n", "above", "equal", "below", "mean", "low", "high", "p_greater", "p", "p_mid", "p_exact",
    "note",
)  # fmt: skip


def external_above_joint(panel: Panel, plan: InferencePlan) -> pd.DataFrame:
    """Wilcoxon's signed rank test of eei - jai, zeros by Pratt; their mean difference in points, with its interval."""
    records = []
    for scope, sample in panel.design.samples.items():
        difference = (panel.values("eei") - panel.values("jai"))[sample.member]
        known = difference[~np.isnan(difference)].astype(np.int64)
        weight = (sample.rows * ~np.isnan(difference)).astype(np.float64)
        with np.errstate(invalid="ignore"):
            mean = (weight @ np.nan_to_num(difference) / UNIT / weight.sum(axis=1))[:, None]
        found = intervals(mean, sample.stratum, plan.level)
        record: dict[str, Any] = {
            "missing": panel.missing, "scope": scope, "n": len(known), "above": int((known > 0).sum()),
            "equal": int((known == 0).sum()), "below": int((known < 0).sum()),
            "mean": estimate_text(found.estimate[0]), "low": estimate_text(found.low[0]),
            "high": estimate_text(found.high[0]),
        }  # fmt: skip
        try:
            test = wilcoxon_signed_rank(known)
        except NoVariationError as error:
            record["note"] = str(error)
        else:
            p = test.p("distance")
            record |= {
                "p_greater": p_value_text(test.p("greater")), "p": p_value_text(p), "p_exact": fraction_text(p),
                "p_mid": p_value_text(test.p("distance", mid=True)),
            }  # fmt: skip
        records.append(record)
    return text_frame(records, PAIRED_COLUMNS)
