"""The audit as one workbook: each table with its verdicts, then the lists. Numbers are numbers, texts only texts."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from collective_efficiency.claims.evaluation import CLAIM_COLUMNS
from collective_efficiency.files.workbooks import LONGEST, workbook
from collective_efficiency.reviewer.payload import CELL_VERDICT_SYMBOLS, printed_number
from collective_efficiency.words import counted

VERDICT_COLOURS = {
    "consistent": ("#E6F4EE", "#00432F"),
    "consistent_if": ("#FDF0D9", "#5A2D00"),
    "inconsistent": ("#FBDCD3", "#641500"),
    "not_checkable": ("#EFEAF7", "#35205C"),
    "lost": ("#DBE9F6", "#0B3A66"),
}
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")  # what a workbook holds without a loss
_NUMBER_FIELDS = ("value", "recomputed", "expected", "line", "weight")  # the fields of lists that hold numbers
CELL_FIELDS = (
    "table",
    "row",
    "column",
    "printed",
    "value",
    "recomputed",
    "exact",
    "interval",
    "rounding",
    "verdict",
    "status",
)
FINDING_FIELDS = (
    "finding", "severity", "table", "row", "column", "printed", "expected", "exact", "explanation", "alternatives",
    "consequence", "adjudication", "reason", "note",
)  # fmt: skip


def reviewer_workbook(data: Mapping[str, Any]) -> bytes:
    """The workbook of `data` (as `payload` gives it): the same bytes on every run."""
    stream = io.BytesIO()
    with workbook(stream, "The audit of the printed tables") as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "plain": book.add_format({}),
            **{places: book.add_format({"num_format": f"0.{'0' * places}".rstrip(".")}) for places in range(10)},
            **{
                name: book.add_format({"bg_color": back, "font_color": ink})
                for name, (back, ink) in VERDICT_COLOURS.items()
            },
        }
        _legend(book, data, formats)
        findings = [
            {key: _flat(finding[key]) for key in FINDING_FIELDS}
            | {"cells": _names(data, finding["cells"], finding["labels"])}
            for finding in data["findings"]
        ]
        _list(book, "Findings", (*FINDING_FIELDS, "cells"), findings, formats, 20)
        if data["claims"]:
            _list(book, "Claims", CLAIM_COLUMNS, data["claims"], formats, 24)
        cells = [{**cell, "value": printed_number(cell)} for cell in data["cells"]]
        _list(book, "Cells", CELL_FIELDS, cells, formats, 16)
        if any(data["scenarios"].values()):
            _scenarios(book, data, formats)
        by_place = {(cell["table"], cell["row"], cell["column"]): cell for cell in data["cells"]}
        for table in data["tables"]:
            _facsimile(book, table, by_place, formats)
    return stream.getvalue()


def _flat(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else " | ".join(value)


def _names(data: Mapping[str, Any], numbers: Iterable[int], labels: Iterable[Mapping[str, str]]) -> str:
    cells = (data["cells"][number] for number in numbers)
    named = [f"{cell['table']}/{cell['row']}/{cell['column']}" for cell in cells]
    return "; ".join([*named, *(f"{label['table']}/{label['row']}/label" for label in labels)])


def _legend(book: Any, data: Mapping[str, Any], formats: Mapping[Any, Any]) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 2, 60, formats["text"])
    lines = [
        ("The audit of the printed tables", ""),
        ("Software", f"collective_efficiency {data['version']}"),
        ("Sheets", "Findings, claims, cells and readings as lists; then each table of the report as printed."),
        *(("Rules", line) for line in data["rules"]),
        *([("Claims", data["changes"])] if data["changes"] else []),
        ("Verdicts", "The colour and the sign of a cell say its verdict:"),
    ]
    for row, (name, text) in enumerate(lines):
        sheet.write_string(row, 0, name, formats["head"])
        sheet.write_string(row, 1, text)
    for row, (name, meaning) in enumerate(data["meanings"]["verdict"].items(), len(lines)):
        sheet.write_string(row, 0, f"{CELL_VERDICT_SYMBOLS[name]} {name}".strip(), formats.get(name, formats["plain"]))
        sheet.write_string(row, 1, f"{meaning}: {counted(data['summary']['verdicts'][name], 'cell')}")


def _list(
    book: Any,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    formats: Mapping[Any, Any],
    width: int,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, width, formats["text"])
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column, formats["head"])
    last = 0
    for last, row in enumerate(rows, 1):
        for index, column in enumerate(columns):
            value = str(row.get(column, ""))[:LONGEST]
            if column in _NUMBER_FIELDS:
                _write(sheet, last, index, value, formats)
            else:
                shade = formats.get(value, formats["text"]) if column == "verdict" else formats["text"]
                sheet.write_string(last, index, value, shade)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _scenarios(book: Any, data: Mapping[str, Any], formats: Mapping[Any, Any]) -> None:
    names = list(data["scenarios"])
    base = data["scenarios"][names[0]]
    sheet = book.add_worksheet("Readings")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, len(names), 18)
    for index, name in enumerate(("value", *names)):
        sheet.write_string(0, index, name, formats["head"])
    for row, key in enumerate(base, 1):
        sheet.write_string(row, 0, key)
        for index, name in enumerate(names, 1):
            value = data["scenarios"][name][key]
            if value == base[key]:
                _write(sheet, row, index, value, formats)
            elif _NUMBER.fullmatch(value):
                sheet.write_number(row, index, float(value), formats["inconsistent"])
            else:
                sheet.write_string(row, index, value, formats["inconsistent"])


def _facsimile(
    book: Any, table: Mapping[str, Any], by_place: Mapping[tuple[str, str, str], Any], formats: Mapping[Any, Any]
) -> None:
    """One table as printed. Beside a column that was judged, its verdicts have a column of their own."""
    sheet = book.add_worksheet(table["id"])
    judged = {place[2] for place, cell in by_place.items() if place[0] == table["id"] and cell["verdict"] != "input"}
    at: dict[str, int] = {}
    for column in table["columns"]:
        at[column["key"]] = 1 + len(at) + len(judged & at.keys())
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(at) + len(judged), 14)
    sheet.write_string(0, 0, f"{table['name']}. {table['title']}", formats["head"])
    for column in table["columns"]:
        sheet.write_string(1, at[column["key"]], column["label"], formats["head"])
        if column["key"] in judged:
            sheet.write_string(1, at[column["key"]] + 1, "verdict", formats["head"])
    line = 2
    for row in table["rows"]:
        if row["group"]:
            sheet.write_string(line, 0, row["group"], formats["head"])
            line += 1
        sheet.write_string(line, 0, row["label"])
        for column, index in at.items():
            cell = by_place.get((table["id"], row["key"], column))
            if cell:
                _write(sheet, line, index, printed_number(cell), formats)
                if cell["verdict"] != "input":
                    verdict = f"{CELL_VERDICT_SYMBOLS[cell['verdict']]} {cell['verdict'].replace('_', ' ')}"
                    sheet.write_string(line, index + 1, verdict, formats[cell["verdict"]])
        line += 1
    sheet.freeze_panes(2, 1)


def _write(sheet: Any, row: int, column: int, text: str, formats: Mapping[Any, Any]) -> None:
    """A number with its decimals as a number; anything else as it stands, never as a formula or a link."""
    if _NUMBER.fullmatch(text):
        sheet.write_number(row, column, float(text), formats[len(text.partition(".")[2])])
    else:
        sheet.write_string(row, column, text[:LONGEST])
