"""Exhibits as files: the printed value beside each that differs, and nothing of the data taken for markup."""

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from exhibits_data import every_exhibit

from collective_efficiency.exhibits.written_exhibit import exhibit_csv, exhibit_markdown, exhibit_page


@pytest.fixture(scope="module")
def exhibits(report, clusters):
    return every_exhibit(report, clusters)


def test_the_csv_has_the_printed_value_beside_each_that_differs(exhibits):
    lines = {line["row"]: line for line in csv.DictReader(io.StringIO(exhibit_csv(exhibits["A2"])))}
    chipilo = lines["chipilo-furniture"]
    assert list(chipilo)[-2:] == ["jai", "jai_printed"]
    assert (chipilo["jai"], chipilo["jai_printed"]) == ("4", "5")
    assert lines["leon-footwear"]["jai_printed"] == ""
    assert "backward_printed" not in chipilo


def test_groups_stand_as_rows_of_their_own(exhibits):
    exhibit = exhibits["T3"]
    lines = [line for line in exhibit_markdown(exhibit).splitlines() if line.startswith("|")]
    assert len(lines) == 2 + len(exhibit.rows) + 5
    assert lines[2].split("|")[1].strip() == "Textiles"
    assert len({line.count("|") for line in lines}) == 1


class Grid(HTMLParser):
    """The texts of a page's table, row by row, with the class of each."""

    def __init__(self):
        super().__init__()
        self.rows, self.mark = [], ""

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append(["", dict(attributes).get("class", "")])

    def handle_data(self, data):
        if self.rows and self.rows[-1] and data.strip():
            self.rows[-1][-1][0] += data.strip()

    def handle_endtag(self, tag):
        if tag == "table":
            self.rows.append([])


def test_the_page_holds_the_same_table_as_the_exhibit(exhibits):
    exhibit = exhibits["T6"]
    grid = Grid()
    grid.feed(exhibit_page(exhibit))
    heads, *lines = [row for row in grid.rows if row]
    assert [text for text, _ in heads] == ["", *exhibit.heads]
    shown = [
        [label, *(text for entry in entries for text in (entry.shown, entry.n))]
        for _, label, _, entries in exhibit.lines()
    ]
    assert [[text for text, _ in line] for line in lines[: len(shown)]] == shown
    assert [mark for _, mark in lines[0][1:]] == ["lost", ""] * 3


NASTY = "<script>alert(1)</script> | *b* `c` [d](javascript:e)"


@pytest.fixture
def nasty(exhibits):
    exhibit = exhibits["A1"]
    return replace(exhibit, title=NASTY, caption=NASTY, labels=(NASTY, *exhibit.labels[1:]))


def test_nothing_becomes_html(nasty):
    text = exhibit_page(nasty)
    assert "<script>" not in text
    assert text.count("&lt;script&gt;") == 4  # page title, heading, label, caption


def test_nothing_becomes_markdown(nasty):
    line = next(line for line in exhibit_markdown(nasty).splitlines() if line.startswith("|") and "script" in line)
    assert line.count("|") - line.count("\\|") == len(nasty.columns) + 2
    assert "\\<script>" in line
    assert "\\[d]" in line


def test_pages_load_nothing(exhibits):
    for exhibit in exhibits.values():
        text = exhibit_page(exhibit)
        assert "http" not in text.replace("http-equiv", "")  # that is how the page says its policy
        assert "src=" not in text
