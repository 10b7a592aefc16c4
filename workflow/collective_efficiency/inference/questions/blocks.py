"""How far do the associations of the first family rest on the block, and on one country, sector or study?

Within a block only its clusters are compared. An association that holds within sectors and not within countries, or not
without one country, is not an association of clusters.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from collective_efficiency.inference.concordances import largest_s
from collective_efficiency.inference.frames import estimate_text, fraction_text, p_value_text, text_frame
from collective_efficiency.inference.hypotheses import Hypotheses
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.questions.associations import main_hypotheses
from collective_efficiency.inference.samples import Floats, Ints, NoVariationError

BLOCK_COLUMNS = ("missing", "predictor", "outcome", "block", "n", "tau_b", "p", "p_exact", "note")
PART_COLUMNS = ("missing", "predictor", "outcome", "kind", "without", "n", "tau_b", "p", "p_exact", "note")


def associations_by_block(panel: Panel, hypotheses: Hypotheses, plan: InferencePlan) -> pd.DataFrame:
    """Each hypothesis of the first family within sectors, countries, both and neither."""
    records = [
        line | {"block": block} | _tested(x, y, stratum, hypotheses)
        for line, x, y in main_hypotheses(panel, plan)
        for block, stratum in panel.design.blocks.items()
    ]
    return text_frame(records, BLOCK_COLUMNS)


def associations_without_part(panel: Panel, hypotheses: Hypotheses, plan: InferencePlan) -> pd.DataFrame:
    """Each hypothesis of the first family, within sectors, without each country, each sector, each study."""
    records = []
    for line, x, y in main_hypotheses(panel, plan):
        for kind, label, member in _parts(panel):
            tested = _tested(np.where(member, np.nan, x), y, panel.design.stratum, hypotheses)
            records.append(line | {"kind": kind, "without": label} | tested)
    return text_frame(records, PART_COLUMNS)


def _parts(panel: Panel) -> Iterator[tuple[str, str, Any]]:
    """What kind of part of the clusters, its name, and which clusters are of it, (n,); first none at all."""
    design = panel.design
    yield "none", "", np.zeros(len(design.names), dtype=np.bool_)
    for kind, labels in (("country", design.countries), ("sector", design.names), ("study", design.studies)):
        of_clusters = np.array(labels, dtype=object)
        for label in sorted(set(labels)) if len(set(labels)) > 1 else ():
            yield kind, label, of_clusters == label


def _tested(x: Floats, y: Floats, stratum: Ints, hypotheses: Hypotheses) -> dict[str, Any]:
    known = ~(np.isnan(x) | np.isnan(y))
    record: dict[str, Any] = {"n": int(known.sum())}
    try:
        test = hypotheses.within(x, y, stratum)
    except NoVariationError as error:
        return record | {"note": str(error)}
    p = test.p("distance")
    record |= {"tau_b": estimate_text(float(test.statistic) / largest_s(x[known], y[known], stratum[known]))}
    if test.shuffles:
        return record | {"p": p_value_text(p), "note": f"by {test.shuffles:,} shuffles: no exact count within reach"}
    return record | {"p": p_value_text(p), "p_exact": fraction_text(p)}
