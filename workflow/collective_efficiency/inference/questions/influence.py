"""Does one cluster decide? The associations of the first family without each cluster in turn."""

import pandas as pd

from collective_efficiency.inference.effects import EFFECT_SIZES, Pairs, effect_sizes
from collective_efficiency.inference.frames import estimate_text, text_frame
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.questions.associations import main_hypotheses

INFLUENCE_COLUMNS = (
    "missing", "predictor", "outcome", "cluster", "tau_b", "without", "change",
    *(f"{name}_without" for name in EFFECT_SIZES[1:]),
)  # fmt: skip


def influence_of_clusters(panel: Panel, plan: InferencePlan) -> pd.DataFrame:
    """tau_b (and the other effect sizes) of each hypothesis of the first family, without each cluster in turn."""
    stratum, rows = panel.design.stratum, panel.design.rows[: len(panel.frame) + 1]
    pairs = Pairs(stratum, rows)
    records = []
    for line, x, y in main_hypotheses(panel, plan):
        values = effect_sizes(x, y, stratum, rows, pairs)
        tau_b = values[0, 0]
        for cluster, without in zip(panel.frame["cluster"], values[1:], strict=True):
            numbers = {"tau_b": tau_b, "without": without[0], "change": without[0] - tau_b}
            others = zip(EFFECT_SIZES[1:], without[1:], strict=True)
            numbers |= {f"{name}_without": value for name, value in others}
            texts = {name: estimate_text(value) for name, value in numbers.items()}
            records.append(line | {"cluster": cluster} | texts)
    return text_frame(records, INFLUENCE_COLUMNS)
