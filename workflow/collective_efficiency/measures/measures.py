"""Stage `measures`: all that is measured of a dataset, in both readings."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.averages import cluster_measures, sector_averages, sector_counts
from collective_efficiency.measures.crosstabs import crosstabs
from collective_efficiency.measures.indices import as_printed, recompute, with_studies, written


class MeasuredReading(NamedTuple):
    """What one reading measures: text frames, as results/{dataset}/{reading}/<name>.csv have them."""

    indices: pd.DataFrame
    sector_averages: pd.DataFrame
    sector_counts: pd.DataFrame
    crosstabs: pd.DataFrame


def measured_readings(
    clusters: pd.DataFrame, cells: Sequence[Record], studies: Sequence[pd.DataFrame], choices: Choices
) -> dict[str, MeasuredReading]:
    """By reading, what is measured of a dataset.

    clusters: the text frame of its clusters.csv; cells: the records of the report's cells.csv; studies: the text frames
    of studies/*/indices.csv of the studies that it holds.
    """
    of_report = clusters[clusters["study"] == "report"].reset_index(drop=True)
    indices = {
        "printed": with_studies(written(as_printed(of_report, cells)), studies),
        "recomputed": written(recompute(clusters, choices)),
    }
    return {reading: _measured(clusters, frame, choices) for reading, frame in indices.items()}


def _measured(clusters: pd.DataFrame, indices: pd.DataFrame, choices: Choices) -> MeasuredReading:
    measured = cluster_measures(clusters, indices, choices)
    return MeasuredReading(indices, sector_averages(measured), sector_counts(measured), crosstabs(measured))
