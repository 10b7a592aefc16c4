"""The two independent readings of the report, compared as strings, cell by cell.

The second reading was made from the end of the report to its beginning, without sight of the first.
"""

import csv

import pytest

TABLES = [f"T{number}" for number in range(1, 21)] + [f"A{number}" for number in range(1, 9)]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["row"], column): value for row in rows for column, value in row.items()}


@pytest.mark.parametrize("table", TABLES)
def test_both_readings_agree(project, table):
    first = read(project / f"data/report/{table}.csv")
    second = read(project / f"data/report/second_reading/{table}.csv")
    differ = {place: (value, second.get(place)) for place, value in first.items() if second.get(place) != value}
    assert differ == {}
    assert first.keys() == second.keys()
