"""The columns of the export: described, typed and limited as the scales of the report are (pages 7 to 12)."""

import pytest

from collective_efficiency.exhibits.export_columns import export_columns
from collective_efficiency.words import CLUSTER_COLUMNS


@pytest.fixture(scope="module")
def columns():
    return {column.name: column for column in export_columns(["cops", "software"])}


def test_every_column_of_the_clusters_and_four_of_each_reading(columns):
    assert tuple(columns)[: len(CLUSTER_COLUMNS)] == CLUSTER_COLUMNS
    assert len(columns) == len(CLUSTER_COLUMNS) + 2 * 4
    assert all(column.meaning and column.title for column in columns.values())


@pytest.mark.parametrize(
    ("name", "kind", "allowed"),
    [
        ("name", "string", ""),
        ("sector", "string", "cops, software"),
        ("inputs", "number", "0 to 3 (0 absent, 3 high)"),
        ("market", "integer", "0 to 3 (0 absent, 1 domestic chain, 2 global chain, 3 domestic and global chain)"),
        ("ce_printed", "number", "0 to 12"),
        ("degree_recomputed", "string", "High, Medium, Low"),
    ],
)
def test_types_and_limits(columns, name, kind, allowed):
    assert (columns[name].type, columns[name].allowed) == (kind, allowed)
