"""The dataset `extended`: the report's clusters as they are, and the new ones of a study that scores one of them."""

import pandas as pd
from studies_data import ROWS, known, read, table

from collective_efficiency.choices import Choices
from collective_efficiency.measures.indices import INDEX_COLUMNS, with_studies
from collective_efficiency.studies.extended import extended_clusters, extended_sectors
from collective_efficiency.studies.study_results import study_clusters, study_indices
from collective_efficiency.words import CLUSTER_COLUMNS


def test_extended_is_the_report_and_what_is_new():
    report = pd.DataFrame(
        [{name: known().clusters["sinos-footwear"].get(name, "") for name in CLUSTER_COLUMNS}], dtype="str"
    )
    again = ("sinos-footwear", *[""] * 4, *"00000000", *"0000")
    study = read(table([*ROWS, again]))
    frame = extended_clusters(report, [study_clusters(study, "median")])
    assert frame["cluster"].tolist() == ["sinos-footwear", "addis-shoes", "jimma-coffee"]
    assert frame.iloc[0].equals(report.iloc[0])
    own = study_indices(study, study_clusters(study, "median"), Choices())
    both = with_studies(own.iloc[[2]][list(INDEX_COLUMNS)], [own])
    assert both["cluster"].tolist() == ["sinos-footwear", "addis-shoes", "jimma-coffee"]
    of_report, added = [{"sector": "cops"}], [{"sector": "x", "code": "17"}]
    coded = [{"sector": "cops", "code": "1"}, *added]
    assert extended_sectors(of_report, [added, added], ["x"]) == coded
    assert extended_sectors(of_report, [added], ["cops"]) == coded[:1]
