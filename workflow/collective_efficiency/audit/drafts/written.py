"""The files of a draft as texts: YAML with comments for people, CSV as printed."""

from collections.abc import Sequence
from typing import Any

import yaml

from collective_efficiency.audit.drafts.drafted import DraftedColumn, DraftedTable
from collective_efficiency.audit.drafts.proposals import Proposal
from collective_efficiency.files.csv_files import csv_text
from collective_efficiency.numbers.printed import NumberFormat
from collective_efficiency.problems import visible

_TABLES_HEAD = """\
# Drafted from {file}. The tables stand beside this file as printed; here is how they were taken to be read.
# Of a table that you have looked through and put right, take the line `guessed: true` out.
"""
_CHECKS_HEAD = """\
# Relations that the numbers of {file} seem to keep. Delete what is chance; keep the rest, without `guessed: true`.
# docs/checks.md of the project lists the kinds of checks, for what no draft finds.
"""
_DOUBTFUL = 6  # texts that are listed


def table_text(table: DraftedTable) -> str:
    """A table as its CSV: the names of rows, the labels and the cells as printed."""
    columns = ["row", *table.labels, *(column.name for column in table.columns)]
    cells = [line[table.region.labels :] for line in table.region.body]
    records = []
    for number, row in enumerate(table.rows):
        labels = {name: texts[number] for name, texts in table.labels.items()}
        printed = {column.name: text for column, text in zip(table.columns, cells[number], strict=True)}
        records.append({"row": row, **labels, **printed})
    return csv_text(columns, records)


def tables_text(file: str, tables: Sequence[DraftedTable], notes: Sequence[str]) -> str:
    """tables.yaml: the marks of numbers, the columns of each table, and its title, labels and notes."""
    forms = list(dict.fromkeys(column.form for table in tables for column in table.number_columns if column.form))
    names = {form: _form_name(form) for form in forms}
    parts = [_TABLES_HEAD.format(file=visible(file)), *(f"# {visible(note)}\n" for note in notes)]
    parts.append(_entry("source", {"title": file}))
    parts += ["formats:\n", *(_entry(names[form], _marks(form), 2) for form in forms)]
    parts.append("layouts:\n")
    for table in tables:
        parts.append(f"  {table.layout}:\n")
        for column in table.columns:
            parts += [f"    # {line}\n" for line in _doubts(column)]
            parts.append(_entry(column.name, _column(column, names), 4))
    parts.append("tables:\n")
    for table in tables:
        parts += [f"  # {visible(table.region.place)}\n", f"  {table.id}:\n"]
        parts += [_entry(key, value, 4) for key, value in _table(table).items()]
    return "".join(parts)


def checks_text(file: str, found: Sequence[Proposal]) -> str:
    """checks.yaml: a record for each relation, with what speaks for and against it above."""
    parts = [_CHECKS_HEAD.format(file=visible(file))]
    if not found:
        return "".join([*parts, "checks: []\n"])
    parts.append("checks:\n")
    for proposal in found:
        parts.append(f"# {visible(proposal.comment())}\n")
        record = "".join(_entry(key, value, 2) for key, value in proposal.check.items())
        parts.append(f"- {record.lstrip()}")
    return "".join(parts)


def _entry(name: str, value: Any, indent: int = 0) -> str:
    """A key with its value in one line, however long."""
    text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, default_flow_style=True, width=float("inf"))
    return f"{' ' * indent}{_word(name)}: {text.removesuffix('...' + chr(10)).rstrip()}\n"


def _word(name: str) -> str:
    """A name as a key of YAML, quoted where YAML would read it otherwise (no, on)."""
    return yaml.safe_dump({name: 0}).partition(":")[0]


def _form_name(form: NumberFormat) -> str:
    words = {".": "point", ",": "comma", " ": "space", "'": "apostrophe"}
    name = words.get(form.decimal, "whole")
    return name + (f"_{words.get(form.thousands, 'other')}_thousands" if form.thousands else "")


def _marks(form: NumberFormat) -> dict[str, str]:
    return {"decimal": form.decimal} | ({"thousands": form.thousands} if form.thousands else {})


def _column(column: DraftedColumn, names: dict[NumberFormat, str]) -> dict[str, Any]:
    if column.form is None:
        return {"kind": "fact"}
    said: dict[str, Any] = {"kind": "item", "format": names[column.form]}
    second = column.second
    if second:
        said["second"] = {"column": second.name, **_column(second, names)}
    return said


def _doubts(column: DraftedColumn) -> list[str]:
    """What a person should know of a column: its heading, and what could be read otherwise."""
    lines = [visible(column.head)] if column.head and column.head != column.name else []
    if column.doubtful:
        listed = ", ".join(column.doubtful[:_DOUBTFUL])
        lines.append(visible(f"could be read otherwise (a mark before decimals, or between thousands): {listed}"))
    return lines


def _table(table: DraftedTable) -> dict[str, Any]:
    region = table.region
    said: dict[str, Any] = {"title": region.title or region.place, "layout": table.layout, "guessed": True}
    if list(table.labels) != ["label"]:
        said["labels"] = list(table.labels)
    if table.missing:
        said["missing"] = dict.fromkeys(table.missing, "not available")
    if region.groups:
        said["groups"] = {table.rows[line]: text for line, text in region.groups.items()}
    if region.notes:
        said["notes"] = list(region.notes)
    return said
