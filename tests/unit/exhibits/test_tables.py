"""The stage as a whole: the files of each table, and one computation for tables and results."""

import csv
import io
from fractions import Fraction

import pytest
from exhibits_data import audited

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.tables import regenerated_tables
from collective_efficiency.measures.measures import measured_readings
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import rounded
from collective_efficiency.words import UPGRADING


@pytest.fixture(scope="module")
def measured(clusters, cells):
    return measured_readings(clusters, cells, [], Choices())["recomputed"]


def test_every_table_is_three_files_and_a_caption(report, clusters, measured):
    files = regenerated_tables(report, ["A1", "T10"], clusters, measured.indices, audited(), Choices())
    assert list(files) == [
        "A1.csv", "A1.md", "A1.html", "captions/A1.md", "T10.csv", "T10.md", "T10.html", "captions/T10.md",
    ]  # fmt: skip
    assert files["T10.md"].endswith(files["captions/T10.md"])
    assert files["T10.md"].startswith("**Table 10. ")
    assert files["T10.html"].startswith("<!DOCTYPE html>")


def test_the_tables_show_the_cross_tabulations_of_the_results(report, clusters, measured):
    """Tables 6, 10 and 14 against crosstabs.csv; its four decimals are enough to round to two, or to truncate (14)."""
    files = regenerated_tables(report, ["T6", "T10", "T14"], clusters, measured.indices, audited(), Choices())
    cross = measured.crosstabs.set_index(["sector", "degree", "upgrading"])
    for table, sector in (("T6", "traditional"), ("T10", "natural_resource"), ("T14", "cops")):
        for line in csv.DictReader(io.StringIO(files[f"{table}.csv"])):
            for kind in filter(line.__contains__, UPGRADING):
                mean = cross.loc[(sector, line["row"], kind), "mean"]
                places = len(line[kind].partition(".")[2])
                exact = Fraction(mean or 0)
                if table == "T14":
                    exact = rounded(exact, places, "truncation")
                assert line[kind] == (half_up(exact, places) if mean else "-")
                assert line[f"{kind}_n"] == str(cross.loc[(sector, line["row"], kind), "n_scored"])
