"""The stage as a whole: three files of each table, and one computation for tables and results."""

import csv
import io
from fractions import Fraction

import pytest

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.tables import regenerated_tables
from collective_efficiency.measures.measures import measured_readings
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import UPGRADING


@pytest.fixture(scope="module")
def measured(clusters, cells):
    return measured_readings(clusters, cells, [], Choices())["recomputed"]


def test_every_table_is_three_files(report, clusters, measured):
    files = regenerated_tables(report, ["A1", "T10"], clusters, measured.indices, Choices())
    assert list(files) == ["A1.csv", "A1.md", "A1.html", "T10.csv", "T10.md", "T10.html"]
    assert files["T10.md"].startswith("**Table 10. ")
    assert files["T10.html"].startswith("<!DOCTYPE html>")


def test_the_tables_show_the_cross_tabulations_of_the_results(report, clusters, measured):
    """Tables 6, 10 and 14 against crosstabs.csv; its four decimals are enough to round to two."""
    files = regenerated_tables(report, ["T6", "T10", "T14"], clusters, measured.indices, Choices())
    cross = measured.crosstabs.set_index(["sector", "degree", "upgrading"])
    for table, sector in (("T6", "traditional"), ("T10", "natural_resource"), ("T14", "cops")):
        for line in csv.DictReader(io.StringIO(files[f"{table}.csv"])):
            for kind in filter(line.__contains__, UPGRADING):
                mean = cross.loc[(sector, line["row"], kind), "mean"]
                assert line[kind] == (half_up(Fraction(mean), len(line[kind].partition(".")[2])) if mean else "-")
