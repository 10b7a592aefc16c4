"""The columns of the export: described, typed and limited as the scales of the report are (pages 7 to 12)."""

import pytest

from collective_efficiency.exhibits.export_columns import export_columns, sector_codes
from collective_efficiency.words import CLUSTER_COLUMNS

SECTORS = [{"sector": "cops", "name": "Complex"}, {"sector": "leather", "name": "Leather goods", "code": "45473"}]


@pytest.fixture(scope="module")
def columns():
    return {column.name: column for column in export_columns(SECTORS)}


def test_every_column_of_the_clusters_and_four_of_each_reading(columns):
    assert tuple(columns)[: len(CLUSTER_COLUMNS)] == CLUSTER_COLUMNS
    assert len(columns) == len(CLUSTER_COLUMNS) + 2 * 4
    assert all(column.meaning and column.title for column in columns.values())


@pytest.mark.parametrize(
    ("name", "kind", "allowed"),
    [
        ("name", "string", ""),
        ("sector", "string", "cops (1), leather (45473)"),
        ("inputs", "number", "0 to 3 (0 absent, 1 low, 2 medium, 3 high)"),
        ("market", "integer", "0 to 3 (0 absent, 1 domestic chain, 2 global chain, 3 domestic and global chain)"),
        ("ce_printed", "number", "0 to 12"),
        ("degree_recomputed", "string", "Low (0), Medium (1), High (2)"),
    ],
)
def test_types_and_limits(columns, name, kind, allowed):
    assert (columns[name].type, columns[name].allowed) == (kind, allowed)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("inputs", "1.50", 1.5),
        ("inputs", "n.a.", "a"),
        ("intersectoral", "", "b"),
        ("market", "2", 2.0),
        ("ce_printed", "", "a"),
        ("degree_printed", "High", 2),
        ("degree_recomputed", "Low", 0),
        ("degree_recomputed", "", "a"),
        ("sector", "leather", 45473),
        ("country", "NA", "NA"),
        ("country", "", ""),
    ],
)
def test_what_stands_for_a_cell_in_statistics_programs(columns, name, text, value):
    assert columns[name].value(text) == value


def test_values_have_the_words_of_the_report(columns):
    """Annex 1: 3=High; 2=Medium; 1=Low; 0=Absent."""
    assert columns["inputs"].value_labels == {0: "absent", 1: "low", 2: "medium", 3: "high"}
    assert columns["degree_printed"].value_labels == {0: "Low", 1: "Medium", 2: "High"}
    assert columns["sector"].value_labels == {1: "Complex", 45473: "Leather goods"}


def test_the_code_of_a_sector_does_not_depend_on_the_others():
    first, second = {"sector": "leather", "code": "45473"}, {"sector": "toys", "code": "17"}
    assert sector_codes([first, second]) == {"leather": 45473, "toys": 17}
    assert sector_codes([second]) == {"toys": 17}
