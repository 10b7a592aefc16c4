"""What the tests of the exhibits share: every table of the report, regenerated, and what its figures show."""

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.exhibit import Exhibit
from collective_efficiency.exhibits.figures import figure_data
from collective_efficiency.exhibits.panels import FigureData
from collective_efficiency.exhibits.regenerate import regenerated_exhibits
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.governance import participation
from collective_efficiency.measures.indices import as_printed, recompute, written


def every_exhibit(report, clusters) -> dict[str, Exhibit]:
    ids = [table for table in report.tables if table not in ("T1", "T2", "T20")]
    measured = cluster_measures(clusters, written(recompute(clusters, Choices())), Choices())
    return {exhibit.id: exhibit for exhibit in regenerated_exhibits(report, ids, clusters, measured)}


def drawn_data(report, clusters, cells) -> FigureData:
    indices = {"printed": as_printed(clusters, cells), "recomputed": recompute(clusters, Choices())}
    chains = pd.DataFrame(participation(clusters.to_dict("records")))
    texts = {reading: written(frame) for reading, frame in indices.items()}
    return figure_data(clusters, texts, chains, report.sectors, Choices())
