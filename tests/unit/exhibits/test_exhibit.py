"""What an exhibit holds, in the report's own order."""

import pytest
from exhibits_data import every_exhibit

from collective_efficiency.exhibits.exhibit import Entry


@pytest.fixture(scope="module")
def exhibits(report, clusters):
    return every_exhibit(report, clusters)


@pytest.mark.parametrize(
    ("entry", "mark", "shown"),
    [
        (Entry("9"), "", "9"),
        (Entry("9", "8"), "differs", "9 (printed 8)"),
        (Entry("9", "[lost]"), "lost", "9 (lost)"),
    ],
)
def test_an_entry_is_marked_by_how_it_compares(entry, mark, shown):
    assert (entry.mark, entry.shown) == (mark, shown)


def test_lines_are_those_of_table_3(exhibits):
    """Read off the report: five groups of industries, and a row of totals and one of averages at the end."""
    lines = list(exhibits["T3"].lines())
    assert lines[0][0] == "Textiles"
    assert sum(group != "" for group, _, _, _ in lines) == 5
    assert [summary for _, _, summary, _ in lines][-2:] == [True, True]
    assert [label for _, label, _, _ in lines] == list(exhibits["T3"].labels)


def test_numbers_are_the_reports_own(exhibits):
    assert (exhibits["A1"].number, exhibits["T10"].number) == ("A.1", "10")
