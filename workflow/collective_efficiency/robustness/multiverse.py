"""Stage `multiverse`: every combination of what an analyst could have chosen, tested one by one and together."""

from typing import NamedTuple

import pandas as pd

from collective_efficiency.choices import Choices, in_words
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.robustness.data_sets import DataSets
from collective_efficiency.robustness.grid import Multiverse
from collective_efficiency.robustness.multiverse_tables import (
    defined_places,
    factors_frame,
    joint_frame,
    joint_of_curves,
    specifications_frame,
)
from collective_efficiency.robustness.multiverse_words import multiverse_markdown
from collective_efficiency.robustness.specified_tests import asked_specifications


class MultiverseFrames(NamedTuple):
    """Text frames, as results/{dataset}/robustness has them: multiverse.csv, multiverse_factors.csv,
    multiverse_joint.csv."""

    specifications: pd.DataFrame
    factors: pd.DataFrame
    joint: pd.DataFrame


def multiverse_frames(
    clusters: pd.DataFrame, printed: pd.DataFrame, grid: Multiverse, plan: InferencePlan
) -> MultiverseFrames:
    """The multiverse of a dataset. clusters: the text frame of clusters.csv; printed: that of printed/indices.csv.

    Raises BadInputError where a level leaves out clusters that are not there.
    """
    asked = asked_specifications(grid, DataSets(clusters, printed), list(grid.specifications()), plan)
    places = defined_places(asked, grid)
    joint = joint_of_curves(asked, places, grid, plan)
    return MultiverseFrames(
        specifications_frame(asked, places, joint, plan),
        factors_frame(asked, grid, plan),
        joint_frame(joint, places, grid, plan),
    )


def multiverse_pages(
    frames: MultiverseFrames, dataset: str, choices: Choices, grid: Multiverse, plan: InferencePlan
) -> dict[str, bytes]:
    """What people read of it: the sentences, and the figure as svg and png, by these names."""
    from collective_efficiency.robustness.multiverse_figure import drawn_multiverse  # matplotlib

    readings = tuple(map(str, grid.levels["reading"]))
    line = in_words(choices, dataset, *readings)
    sentences = multiverse_markdown(frames.factors, frames.joint, grid, plan.significance, line)
    return {"sentences": sentences.encode("utf-8")} | drawn_multiverse(
        frames.specifications, grid, plan.significance, line
    )
