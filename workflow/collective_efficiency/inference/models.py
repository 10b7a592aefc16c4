"""Stage `models`: ordered logits of upgrading on the indices, for both readings. Only this stage loads statsmodels."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from collective_efficiency.choices import Choices
from collective_efficiency.inference.frames import estimate_text, p_value_text, text_frame
from collective_efficiency.inference.ordered_logit import OrderedLogit, ordered_logit
from collective_efficiency.inference.panels import Panel, panels
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.samples import NoVariationError
from collective_efficiency.numbers.scores import UNIT
from collective_efficiency.words import UPGRADING

MODEL_COLUMNS = (
    "missing", "predictor", "outcome", "n", "slope", "error", "odds_ratio", "low", "high", "ratio", "p", "score",
    "score_df", "score_p", "left_out", "method", "note",
)  # fmt: skip
FEWEST_A_SLOPE = 5  # clusters for each degree of freedom of the score test, below which it is called unreliable


def modelled_readings(
    clusters: pd.DataFrame, printed: pd.DataFrame, choices: Choices, plan: InferencePlan
) -> dict[str, pd.DataFrame]:
    """By reading, the text frame that results/{dataset}/{reading}/inference/models.csv has.

    clusters: the text frame of clusters.csv; printed: that of printed/indices.csv.
    """
    return {
        reading: pd.concat([fitted_models(panel, plan) for panel in of_reading], ignore_index=True)
        for reading, of_reading in panels(clusters, printed, choices, plan).items()
    }


def fitted_models(panel: Panel, plan: InferencePlan) -> pd.DataFrame:
    """The ordered logit of each kind of upgrading on each index with sector effects; slope per point of the index."""
    records = []
    for predictor in ("ce", "eei", "jai"):
        for outcome in UPGRADING:
            x, y = panel.values(predictor) / UNIT, panel.values(outcome)
            known = ~(np.isnan(x) | np.isnan(y))
            record: dict[str, Any] = {"missing": panel.missing, "predictor": predictor, "outcome": outcome, "n": 0}
            try:
                fit = ordered_logit(x[known], y[known].astype(np.int64), panel.design.stratum[known])
            except NoVariationError as error:
                records.append(record | {"note": str(error)})
            else:
                records.append(record | _fit_texts(fit, panel, plan))
    return text_frame(records, MODEL_COLUMNS)


def _fit_texts(fit: OrderedLogit, panel: Panel, plan: InferencePlan) -> dict[str, Any]:
    """What models.csv says of a fit."""
    left_out = "; ".join(panel.design.names[int(np.argmax(panel.design.stratum == one))] for one in fit.left_out)
    notes = [f"no variation in {left_out}: its effect is not identified"] if left_out else []
    if fit.method == "penalised":
        notes.append("the outcomes are separated: slope shrunk, no test; use the exact one")
    if fit.score_df and fit.score_df * FEWEST_A_SLOPE > fit.n:
        notes.append("few clusters a level: score test unreliable")
    wide = float(ndtri((1 + plan.level) / 2))
    numbers = {"slope": fit.slope, "error": fit.error, "ratio": fit.ratio, "score": fit.score}
    for side, name in ((0, "odds_ratio"), (-1, "low"), (1, "high")):
        numbers[name] = float(np.exp(fit.slope + side * wide * fit.error))
    return {
        "n": fit.n,
        **{name: estimate_text(value) for name, value in numbers.items()},
        "p": p_value_text(fit.ratio_p),
        "score_df": fit.score_df,
        "score_p": p_value_text(fit.score_p),
        "left_out": left_out,
        "method": fit.method,
        "note": "; ".join(notes),
    }
