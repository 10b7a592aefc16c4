"""The audit as one workbook: each table as printed with its verdicts, then the lists. Every text is only a text."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from collective_efficiency.reviewer.payload import SYMBOLS

COLOURS = {
    "consistent": ("#E6F4EE", "#00432F"),
    "consistent_if": ("#FDF0D9", "#5A2D00"),
    "inconsistent": ("#FBDCD3", "#641500"),
    "not_checkable": ("#EFEAF7", "#35205C"),
    "lost": ("#DBE9F6", "#0B3A66"),
}
CELLS = ("table", "row", "column", "printed", "recomputed", "exact", "interval", "rounding", "verdict", "status")
FINDINGS = (
    "finding", "severity", "table", "row", "column", "printed", "expected", "exact", "explanation", "alternatives",
    "consequence", "adjudication", "reason", "note",
)  # fmt: skip
CLAIMS = ("claim", "line", "topic", "paraphrase", "printed", "recomputed", "verdict", "evidence")
WRITTEN = datetime(2004, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the workbook is the same bytes on every run
LONGEST = 32_767  # characters in a cell of a workbook


def workbook(data: Mapping[str, Any]) -> bytes:
    """The workbook of `data` (as `payload` gives it)."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": "The audit of the printed tables", "created": WRITTEN})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "plain": book.add_format({}),
        **{name: book.add_format({"bg_color": back, "font_color": ink}) for name, (back, ink) in COLOURS.items()},
    }
    _legend(book, data, formats)
    found = [
        {key: _flat(each[key]) for key in FINDINGS} | {"cells": _names(data, each["cells"], each["labels"])}
        for each in data["findings"]
    ]
    _list(book, "Findings", (*FINDINGS, "cells"), found, formats, 20)
    _list(book, "Claims", CLAIMS, data["claims"], formats, 24)
    _list(book, "Cells", CELLS, data["cells"], formats, 16)
    _scenarios(book, data, formats)
    by_place = {(cell["table"], cell["row"], cell["column"]): cell for cell in data["cells"]}
    for table in data["tables"]:
        _facsimile(book, table, by_place, formats)
    book.close()
    return stream.getvalue()


def _flat(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else " | ".join(value)


def _names(data: Mapping[str, Any], numbers: Iterable[int], labels: Iterable[Mapping[str, str]]) -> str:
    cells = (data["cells"][number] for number in numbers)
    named = [f"{cell['table']}/{cell['row']}/{cell['column']}" for cell in cells]
    return "; ".join([*named, *(f"{each['table']}/{each['row']}/label" for each in labels)])


def _legend(book: Any, data: Mapping[str, Any], formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 2, 60, formats["text"])
    lines = [
        ("The audit of the printed tables", ""),
        ("Software", f"collective_efficiency {data['version']}"),
        ("Sheets", "Findings, claims, cells and readings as lists; then each table of the report as printed."),
        ("Verdicts", "The colour and the sign of a cell say its verdict:"),
    ]
    for row, (name, text) in enumerate(lines):
        sheet.write_string(row, 0, name, formats["head"])
        sheet.write_string(row, 1, text)
    for row, (name, meaning) in enumerate(data["meanings"]["verdict"].items(), len(lines)):
        sheet.write_string(row, 0, f"{SYMBOLS[name]} {name}".strip(), formats.get(name, formats["plain"]))
        sheet.write_string(row, 1, f"{meaning}: {data['summary']['verdicts'][name]} cells")


def _list(
    book: Any,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    formats: Mapping[str, Any],
    width: int,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, width, formats["text"])
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, formats["head"])
    last = 0
    for last, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            value = str(row.get(column, ""))[:LONGEST]
            shade = formats.get(value, formats["text"]) if column == "verdict" else formats["text"]
            sheet.write_string(last, place, value, shade)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _scenarios(book: Any, data: Mapping[str, Any], formats: Mapping[str, Any]) -> None:
    names = list(data["scenarios"])
    base = data["scenarios"][names[0]]
    sheet = book.add_worksheet("Readings")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, len(names), 18)
    for place, name in enumerate(("value", *names)):
        sheet.write_string(0, place, name, formats["head"])
    for row, key in enumerate(base, 1):
        sheet.write_string(row, 0, key)
        for place, name in enumerate(names, 1):
            value = data["scenarios"][name][key]
            sheet.write_string(row, place, value, formats["plain" if value == base[key] else "inconsistent"])


def _facsimile(
    book: Any, table: Mapping[str, Any], by_place: Mapping[tuple[str, str, str], Any], formats: Mapping[str, Any]
) -> None:
    sheet = book.add_worksheet(table["id"])
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(table["columns"]), 14)
    sheet.write_string(0, 0, f"{table['name']}. {table['title']}", formats["head"])
    for place, column in enumerate(table["columns"], 1):
        sheet.write_string(1, place, column["label"], formats["head"])
    line = 2
    for row in table["rows"]:
        if row["group"]:
            sheet.write_string(line, 0, row["group"], formats["head"])
            line += 1
        sheet.write_string(line, 0, row["label"])
        for place, column in enumerate(table["columns"], 1):
            cell = by_place.get((table["id"], row["key"], column["key"]))
            if cell:
                text = f"{cell['printed']} {SYMBOLS[cell['verdict']]}".strip()
                sheet.write_string(line, place, text, formats.get(cell["verdict"], formats["plain"]))
        line += 1
    sheet.freeze_panes(2, 1)
