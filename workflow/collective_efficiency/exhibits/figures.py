"""Stage `figures`: what the tables say, as pictures. Every cluster is visible where it can be; scales start at zero."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.cluster_figures import ce_by_cluster, eei_jai, item_profiles, printed_recomputed
from collective_efficiency.exhibits.governance_figure import governance_figure
from collective_efficiency.exhibits.panels import FigureData
from collective_efficiency.exhibits.style import saved
from collective_efficiency.exhibits.upgrading_figures import crosstabs_figure, degree_upgrading
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.averages import cluster_measures

EXHIBIT_FIGURES: Mapping[str, Callable[[FigureData], Figure]] = {
    "ce_by_cluster": ce_by_cluster,
    "eei_jai": eei_jai,
    "item_profiles": item_profiles,
    "degree_upgrading": degree_upgrading,
    "crosstabs": crosstabs_figure,
    "governance": governance_figure,
    "printed_recomputed": printed_recomputed,
}


def figure_data(
    clusters: pd.DataFrame,
    indices: Mapping[str, pd.DataFrame],
    governance: pd.DataFrame,
    sectors: Sequence[Record],
    choices: Choices,
) -> FigureData:
    """What the figures of a dataset show.

    clusters, governance: the text frames of clusters.csv and governance.csv; indices: by reading, that of indices.csv;
    sectors: the records of sectors.csv.
    """
    return FigureData(
        clusters,
        {reading: cluster_measures(clusters, frame, choices) for reading, frame in indices.items()},
        governance,
        {record["sector"]: record["name"] for record in sectors},
        {record["sector"]: record["short_name"] for record in sectors},
        choices,
    )


def drawn_figure(name: str, data: FigureData) -> dict[str, bytes]:
    """The figure `name` of `EXHIBIT_FIGURES`, by the ending of its file, svg and png: the same bytes on every run."""
    return saved(lambda: EXHIBIT_FIGURES[name](data))
