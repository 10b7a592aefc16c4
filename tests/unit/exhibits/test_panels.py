"""What the figures share: ties are spread, and clusters of studies are new."""

import numpy as np
import pandas as pd
from exhibits_data import drawn_data

from collective_efficiency.exhibits.panels import sector_panels, spread


def test_ties_are_spread_and_never_cover_each_other():
    points = pd.DataFrame({"x": [1, 1, 1, 2], "y": [0, 0, 0, 0]})
    assert np.allclose(spread(points, ["x", "y"], 0.5), [-0.5, 0, 0.5, 0])


def test_clusters_that_studies_add_are_new(report, clusters, cells):
    extended = clusters.assign(study=["ethiopia", *clusters["study"][1:]])
    data = drawn_data(report, extended, cells)
    assert data.new == {clusters["cluster"][0]}
    points = data.points()
    assert list(points.loc[points["new"], "cluster"]) == [clusters["cluster"][0]]
    assert points.loc[points["cluster"] == "valle-del-cauca-sugar", "ce"].tolist() == [9.5]


def test_an_odd_number_of_sectors_leaves_an_empty_panel(report, clusters, cells):
    data = drawn_data(report, clusters, cells)
    three = type(data)(**{**vars(data), "sectors": dict(list(data.sectors.items())[:3])})
    _, axes = sector_panels(three, height=1)
    assert [ax.get_visible() for ax in axes] == [True, True, True, False]
