"""Workbooks (.xlsx): the same bytes on every run, and every text only a text, never a formula or a link."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

WRITTEN = datetime(2004, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # no file holds the time at which it was made
LONGEST = 32_767  # characters in a cell of a workbook: what Excel takes


@contextmanager
def workbook(stream: io.BytesIO, title: str) -> Iterator[Any]:
    """An xlsxwriter workbook that is written to `stream` at the end of the block.

    >>> stream = io.BytesIO()
    >>> with workbook(stream, "A title") as book:
    ...     status = book.add_worksheet("Cells").write_string(0, 0, "=1+1")
    >>> stream.getvalue()[:2]
    b'PK'
    """
    import xlsxwriter  # few jobs make a workbook, and it takes long to import

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": title, "created": WRITTEN})
    yield book
    book.close()
