"""The stage as a whole: both readings of a dataset, also of one that studies extend."""

import pandas as pd
import pytest

from collective_efficiency.choices import Choices
from collective_efficiency.measures.averages import AVERAGE_COLUMNS
from collective_efficiency.measures.crosstabs import CROSSTAB_COLUMNS
from collective_efficiency.measures.indices import INDEX_COLUMNS
from collective_efficiency.measures.measures import measured_readings
from collective_efficiency.words import READINGS


@pytest.fixture(scope="module")
def readings(clusters, cells):
    return measured_readings(clusters, cells, [], Choices())


def test_both_readings_have_the_columns_of_their_files(readings):
    assert tuple(readings) == READINGS
    for reading in readings.values():
        columns = [tuple(frame.columns) for frame in reading]
        assert columns == [INDEX_COLUMNS, AVERAGE_COLUMNS, AVERAGE_COLUMNS, CROSSTAB_COLUMNS]


def test_the_readings_differ_where_the_report_slips(readings):
    """Table 3 prints 7.00 for Santa Catarina, whose items give 8; Blumenau is High only as printed (table 15)."""
    found = {name: reading.indices.set_index("cluster") for name, reading in readings.items()}
    ce = [found[reading].loc["santa-catarina-tiles", "ce"] for reading in READINGS]
    degree = [found[reading].loc["blumenau-software", "degree"] for reading in READINGS]
    assert (ce, degree) == (["7.0000", "8.0000"], ["High", "Medium"])


def test_a_study_brings_its_own_printed_indices(clusters, cells):
    """By hand: the new cluster's scores are those of Blumenau (9.5 and 9), its study prints 10, 9 and High."""
    own = clusters[clusters["cluster"] == "blumenau-software"].assign(cluster="addis-software", study="ethiopia")
    extended = pd.concat([clusters, own], ignore_index=True)
    line = {"cluster": "addis-software", "sector": "software", "eei": "10.0000", "jai": "9.0000", "ce": "9.5000"}
    indices = own[["cluster"]].assign(**line, degree="High", source="printed", reading="printed")
    again = indices.assign(cluster="leon-footwear")  # of the report: compared elsewhere, not taken here
    readings = measured_readings(extended, cells, [indices, again], Choices())
    added = {name: reading.indices.set_index("cluster").loc["addis-software"] for name, reading in readings.items()}
    assert (added["printed"]["ce"], added["printed"]["source"]) == ("9.5000", "printed")
    assert (added["recomputed"]["ce"], added["recomputed"]["source"]) == ("9.2500", "items")
    for reading in readings.values():
        assert list(reading.indices["cluster"]) == list(extended["cluster"])
        assert reading.sector_averages.set_index("sector").loc["software", "n"] == 6
