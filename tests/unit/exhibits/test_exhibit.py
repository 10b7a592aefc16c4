"""What an exhibit holds, in the report's own order."""

import pytest
from exhibits_data import every_exhibit

from collective_efficiency.choices import OF_THE_REPORT, in_words
from collective_efficiency.exhibits.exhibit import Entry


@pytest.fixture(scope="module")
def exhibits(report, clusters):
    return every_exhibit(report, clusters)


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        (Entry("9"), "9"),
        (Entry("9", "differs", "8"), "9 (printed 8)"),
        (Entry("7.6", "differs", "7.6"), "7.6 (printed 7.6, from a slip)"),
        (Entry("9", "lost", "[lost]"), "9 (lost)"),
        (Entry("2.66", "assumed", assumed="truncated"), "2.66 (truncated)"),
        (Entry("1.87", "assumed", "1,86", "truncated"), "1.87 (printed 1,86, truncated)"),
        (Entry("no score", "unchecked", "0"), "no score (printed 0, not checkable)"),
        (Entry("6.13", "chosen", by_report="6.25"), "6.13 (by the report's rules 6.25)"),
        (Entry("8", "differs", "7", by_report="9"), "8 (by the report's rules 9, printed 7)"),
        (Entry("7.7", "differs", "7.6", by_report="7.6"), "7.7 (by the report's rules 7.6, printed 7.6, from a slip)"),
    ],
)
def test_an_entry_says_how_it_compares(entry, shown):
    assert entry.shown == shown


def test_a_legend_names_the_marks_of_its_table_and_no_other(exhibits):
    assert list(exhibits["A1"].legend) == ["differs", "assumed"]
    assert exhibits["A1"].legend["assumed"].startswith("n.a. counted as zero or truncated: ")
    assert exhibits["T4"].legend == {}
    assert list(exhibits["T19"].legend) == ["assumed", "unchecked"]
    assert list(exhibits["T6"].legend) == ["lost"]


def test_the_choices_are_the_last_paragraph(exhibits):
    for exhibit in exhibits.values():
        reading = [] if exhibit.id in ("T4", "T8", "T12") else ["recomputed"]  # nothing is computed of governance
        assert exhibit.paragraphs[-1] == in_words(OF_THE_REPORT, "report", *reading)


def test_lines_are_those_of_table_3(exhibits):
    """Read off the report: five groups of industries, and a row of totals and one of averages at the end."""
    lines = list(exhibits["T3"].lines())
    assert lines[0][0] == "Textiles"
    assert sum(group != "" for group, _, _, _ in lines) == 5
    assert [summary for _, _, summary, _ in lines][-2:] == [True, True]
    assert [label for _, label, _, _ in lines] == list(exhibits["T3"].labels)


def test_numbers_are_the_reports_own(exhibits):
    assert (exhibits["A1"].number, exhibits["T10"].number) == ("A.1", "10")
