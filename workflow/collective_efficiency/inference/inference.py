"""Stage `inference`: the study's questions, answered as frames for both readings of a dataset."""

from collections.abc import Sequence

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.inference.hypotheses import Hypotheses
from collective_efficiency.inference.panels import panels
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.questions.associations import association_frames
from collective_efficiency.inference.questions.blocks import associations_by_block, associations_without_part
from collective_efficiency.inference.questions.influence import influence_of_clusters
from collective_efficiency.inference.questions.means import means_by_degree
from collective_efficiency.inference.questions.nulls import null_distributions
from collective_efficiency.inference.questions.paired import external_above_joint
from collective_efficiency.inference.questions.pooling import slopes_by_sector
from collective_efficiency.inference.questions.power import power_by_strength
from collective_efficiency.inference.questions.scales import item_scales
from collective_efficiency.inference.questions.sectors import sector_differences


def answered_readings(
    clusters: pd.DataFrame, printed: pd.DataFrame, choices: Choices, plan: InferencePlan
) -> dict[str, dict[str, pd.DataFrame]]:
    """By reading and question, the text frames that results/{dataset}/{reading}/inference/<question>.csv have.

    clusters: the text frame of clusters.csv; printed: that of printed/indices.csv. Both readings are answered at once,
    because most of their hypotheses are the same.
    """
    readings = panels(clusters, printed, choices, plan)
    everything = [panel for of_reading in readings.values() for panel in of_reading]
    hypotheses = Hypotheses(everything[0].design, plan)
    scales = _joined([item_scales(panel, plan) for panel in readings["printed"]])  # the items: no reading changes them
    associations = iter(association_frames(everything, hypotheses, plan))
    return {
        reading: {
            "associations": _joined([next(associations) for _ in of_reading]),
            "blocks": _joined([associations_by_block(panel, hypotheses, plan) for panel in of_reading]),
            "parts": _joined([associations_without_part(panel, hypotheses, plan) for panel in of_reading]),
            "pooling": _joined([slopes_by_sector(panel, hypotheses, plan) for panel in of_reading]),
            "influence": _joined([influence_of_clusters(panel, plan) for panel in of_reading]),
            "nulls": _joined([null_distributions(panel, hypotheses, plan) for panel in of_reading]),
            "means": _joined([means_by_degree(panel, plan) for panel in of_reading]),
            "sectors": _joined([sector_differences(panel, plan) for panel in of_reading]),
            "paired": _joined([external_above_joint(panel, plan) for panel in of_reading]),
            "scales": scales,
            "power": _joined([power_by_strength(panel, hypotheses, plan) for panel in of_reading]),
        }
        for reading, of_reading in readings.items()
    }


def _joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)
