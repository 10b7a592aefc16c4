"""What the tests of the exhibits share: every table of the report, regenerated."""

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.exhibit import Exhibit
from collective_efficiency.exhibits.regenerate import regenerated_exhibits
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.indices import recompute, written


def every_exhibit(report, clusters) -> dict[str, Exhibit]:
    ids = [table for table in report.tables if table not in ("T1", "T2", "T20")]
    measured = cluster_measures(clusters, written(recompute(clusters, Choices())), Choices())
    return {exhibit.id: exhibit for exhibit in regenerated_exhibits(report, ids, clusters, measured)}
