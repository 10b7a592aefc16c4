"""Small files that ask for much: each is answered at once, in words, or read.

Verified against what each took before it was bounded: 20 seconds to no end, or over 2 GB.
"""

import io
import time
import zipfile

import pytest
from sheets_data import ods, xlsx

from collective_efficiency.files.csv_files import read_csv
from collective_efficiency.files.sheets.reading import read_grids
from collective_efficiency.files.workbooks import workbook
from collective_efficiency.files.yaml_files import load_yaml

SECONDS = 20  # of computing, on a machine that does other work; most take a tenth
CELLS = "cells in a file of this size"
UNPACKED = "bytes, unpacked, in a file of this size"


def with_part(content, part, change):
    """A packed file in which the text of a part is changed; a part that is not there is put in."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in packed.namelist():
            copy.writestr(name, change(packed.read(name)) if name == part else packed.read(name))
        if part not in packed.namelist():
            copy.writestr(part, change(b""))
    return stream.getvalue()


def book():
    """A workbook with one text, that cells share."""
    stream = io.BytesIO()
    with workbook(stream, "") as empty:
        empty.add_worksheet("Data").write_string(0, 0, "a")
    return stream.getvalue()


def sheet(data, of=None, before=b"", after=b""):
    """A workbook whose sheet has these rows."""
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    text = start + before + b"<sheetData>" + data + b"</sheetData>" + after + b"</worksheet>"
    return with_part(of or xlsx([["a"]]), "xl/worksheets/sheet1.xml", lambda _: text)


def table(rows):
    """A spreadsheet (.ods) whose table has these rows."""

    def change(text):
        start = text.index(b"<table:table-row")
        return text[:start] + rows + text[text.rindex(b"</table:table>") :]

    return with_part(ods([["a"]]), "content.xml", change)


ONE = b'<row r="1"><c r="A1"><v>1</v></c></row>'
TEXT = b'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
ROW = b"<table:table-row><table:table-cell "
FLOODS = {
    "a row far below": ("a.xlsx", lambda: sheet(ONE + b'<row r="99999999999"/>'), CELLS),
    "a cell in the last corner": (
        "a.xlsx",
        lambda: sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        CELLS,
    ),
    "columns without end that are hidden": (
        "a.xlsx",
        lambda: sheet(ONE, before=b'<cols><col min="1" max="9999999999" hidden="1"/></cols>'),
        "",
    ),
    "merged cells upon each other": (
        "a.xlsx",
        lambda: sheet(ONE, after=b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 9 + b"</mergeCells>"),
        "merged cells that do not lie upon each other",
    ),
    "cells without end": ("a.xlsx", lambda: sheet(b"<row>" + b"<c/>" * 5_000_000 + b"</row>"), UNPACKED),
    "one text of many letters in many cells": (
        "a.xlsx",
        lambda: with_part(
            sheet((b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>") * 500, book()),
            "xl/sharedStrings.xml",
            lambda text: text.replace(b"<t>a</t>", b"<t>" + b"x " * 16_000 + b"</t>"),
        ),
        "letters in a file of this size",
    ),
    "styles without end": (
        "a.xlsx",
        lambda: with_part(xlsx([["a"]]), "xl/styles.xml", lambda text: text + b" " * 9_000_000),
        UNPACKED,
    ),
    "a bomb beside the sheet": (
        "a.xlsx",
        lambda: with_part(xlsx([["a"]]), "a.bin", lambda _: bytes(100_000_000)),
        UNPACKED,
    ),
    "a row repeated": (
        "a.ods",
        lambda: table(
            b'<table:table-row table:number-rows-repeated="1000">'
            b'<table:table-cell table:number-columns-repeated="5000" ' + TEXT
        ),
        CELLS,
    ),
    "empty rows repeated": (
        "a.ods",
        lambda: table(
            b'<table:table-row table:number-rows-repeated="99999999"/><table:table-row><table:table-cell ' + TEXT
        ),
        CELLS,
    ),
    "spaces by their number": (
        "a.ods",
        lambda: table(ROW + TEXT.replace(b">x<", b'><text:s text:c="999999999"/><')),
        "letters in a cell",
    ),
    "a cell that spans a thousand, in each of many tables": (
        "a.html",
        lambda: b"<table><td colspan=1000 rowspan=1000>x</table>" * 20_000,
        CELLS,
    ),
    "comments that never end": ("a.html", lambda: b"<table>" + b"<!--" * 200_000, ""),
    "tags that never end": ("a.html", lambda: b"<table>" + b"<a" * 200_000, ""),
    "a wide row above many": ("a.csv", lambda: b"," * 20_000 + b"\n" + b"a,b\n" * 100_000, CELLS),
    "spaces before a rule": ("a.md", lambda: b"a|b\n" + b" " * 200_000 + b"|x\n", ""),
    "spaces in a heading": ("a.md", lambda: b"# a" + b" " * 200_000 + b"b\n", ""),
    "marks upon a letter": ("a.csv", lambda: b"a,b\na" + "\u0301\u0316".encode() * 100_000, "no separator"),
}
BOMB = b"0: &0 x\n" + b"".join(b"%d: &%d [%s]\n" % (n, n, b",".join([b"*%d" % (n - 1)] * 9)) for n in range(1, 9))


@pytest.mark.parametrize("name", FLOODS)
def test_a_small_file_is_read_or_refused_at_once(name):
    file, content, message = FLOODS[name]
    content, problems = content(), []
    assert len(content) < 1_000_000
    start = time.process_time()
    read_grids(file, content, problems)
    assert time.process_time() - start < SECONDS
    assert message in " ".join(map(str, problems))
    assert bool(message) == bool(problems)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: " + b"[" * 45_000, "lists and mappings inside each other"),
        (BOMB, "values, each part counted"),
        (b"a: &a [*a]", "repeats what is not complete"),
        (b"a: " + b"9" * 400, "at most 15 digits"),
        (b"a: 010", "which programs read differently"),
        (b"a: 08", "which programs read differently"),
        (b"a: 1e3", "which programs read differently"),
        (b"a: 0o10", "which programs read differently"),
        (b"a: x" + b"x" * 6_000_000, "bytes; allowed: at most"),
        (b"a: !!timestamp x", "is not read"),
        (b"1: x", "a key must be text"),
    ],
)
def test_a_yaml_that_asks_for_much_or_means_two_things_is_refused(content, message):
    start = time.process_time()
    document, problems = load_yaml("a.yaml", content, {})
    assert time.process_time() - start < SECONDS
    assert document is None
    assert message in str(problems[0])


def test_a_csv_has_bounds_and_its_reading_is_linear():
    problems = []
    assert read_csv("a.csv", b"a,b\n" + b"1,2\n" * 200_000, ["a", "b"], problems) is None
    assert str(problems[0]) == "a.csv, row 100001: allowed: at most 100,000 rows"
