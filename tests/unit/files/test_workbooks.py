"""Workbooks, read back with another library: the same bytes every time, and a text only a text."""

import io

import openpyxl

from collective_efficiency.files.package import schema
from collective_efficiency.files.workbooks import workbook


def written() -> bytes:
    stream = io.BytesIO()
    with workbook(stream, "A title") as book:
        book.add_worksheet("Cells").write_row(0, 0, ["=1+1", "https://example.org", "0012"])
    return stream.getvalue()


def test_the_bytes_are_the_same_and_a_text_is_a_text():
    content = written()
    assert content == written()
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = book["Cells"][1]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        ("=1+1", "s", None), ("https://example.org", "s", None), ("0012", "s", None)
    ]  # fmt: skip
    assert book.properties.title == "A title"


def test_a_schema_is_read_once():
    assert schema("tables.schema") is schema("tables.schema")
