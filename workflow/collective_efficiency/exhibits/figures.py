"""Stage `figures`: what the tables say, as pictures. Every cluster is visible where it can be; scales start at zero.

Beside each figure stand what it draws, as CSV, and its caption, both of the run's choices.
"""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from collective_efficiency.choices import OF_THE_REPORT, Choices
from collective_efficiency.exhibits.captions import caption_markdown
from collective_efficiency.exhibits.cluster_figures import ce_by_cluster, eei_jai, item_profiles, printed_recomputed
from collective_efficiency.exhibits.counted_figures import COUNTED_FIGURES, is_counted
from collective_efficiency.exhibits.drawn_text import wrapped_text
from collective_efficiency.exhibits.figure_captions import figure_caption
from collective_efficiency.exhibits.governance_figure import governance_figure
from collective_efficiency.exhibits.marks import marks_csv
from collective_efficiency.exhibits.panels import FigureData
from collective_efficiency.exhibits.style import saved
from collective_efficiency.exhibits.upgrading_figures import crosstabs_figure, degree_upgrading
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.indices import recompute, written

EXHIBIT_FIGURES: Mapping[str, Callable[[FigureData], Figure]] = {
    "ce_by_cluster": ce_by_cluster,
    "eei_jai": eei_jai,
    "item_profiles": item_profiles,
    "degree_upgrading": degree_upgrading,
    "crosstabs": crosstabs_figure,
    "governance": governance_figure,
    "printed_recomputed": printed_recomputed,
}

WIDTH_OF_SECTOR, WIDTH_OF_SHORT = 32, 18  # letters of a name above half of a figure's width, and above a quarter
ROOM_OF_COUNT = 3  # letters of a number of clusters behind a name, beyond what a short line leaves


def figure_data(
    dataset: str,
    clusters: pd.DataFrame,
    indices: Mapping[str, pd.DataFrame],
    governance: pd.DataFrame,
    sectors: Sequence[Record],
    choices: Choices,
) -> FigureData:
    """What the figures of a dataset show.

    clusters, governance: the text frames of clusters.csv and governance.csv; indices: by reading, that of indices.csv;
    sectors: the records of sectors.csv, of which those without a cluster are left out.
    """
    inhabited = set(clusters["sector"])
    sectors = [record for record in sectors if record["sector"] in inhabited]
    by_report = written(recompute(clusters, OF_THE_REPORT))
    printed = indices["printed"]
    return FigureData(
        dataset,
        clusters,
        {reading: cluster_measures(clusters, frame, choices) for reading, frame in indices.items()},
        cluster_measures(clusters, by_report, OF_THE_REPORT),
        frozenset(printed.loc[printed["source"] == "items", "cluster"]),
        governance,
        {record["sector"]: wrapped_text(record["name"], WIDTH_OF_SECTOR, ROOM_OF_COUNT) for record in sectors},
        {record["sector"]: wrapped_text(record["short_name"], WIDTH_OF_SHORT) for record in sectors},
        choices,
    )


def drawn_figure(name: str, data: FigureData) -> dict[str, bytes]:
    """The files of the figure `name` of `EXHIBIT_FIGURES` by their endings, the same bytes on every run.

    svg and png: the picture; csv: what is drawn, a row a mark; md: the caption.
    """
    texts = {"csv": marks_csv(name, data), "md": caption_markdown(figure_caption(name, data))}
    make = COUNTED_FIGURES[name] if is_counted(name, data) else EXHIBIT_FIGURES[name]
    return saved(lambda: make(data)) | {ending: text.encode() for ending, text in texts.items()}
