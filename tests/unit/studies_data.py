"""What the tests of studies share: a good study as bytes, and what is said of it when one thing is changed."""

from functools import cache
from pathlib import Path

import openpyxl
import pytest
from sheets_data import saved

from collective_efficiency.problems import BadInputError
from collective_efficiency.report.ingest import read_report
from collective_efficiency.studies.study import Known, Study, known_of, read_studies
from collective_efficiency.words import ITEMS, UPGRADING

PROJECT = Path(__file__).resolve().parents[2]
YAML = "title: A study\nsource: Field work\nscorer: A scorer\ndate: 2024\nscale: 0 to 3\n"
HEADER = ("cluster", "name", "sector", "industry", "country", *ITEMS, *UPGRADING)
ROWS = (
    ("addis-shoes", "Addis", "traditional", "footwear", "Ethiopia", *"32211121", *"2210"),
    (
        "jimma-coffee",
        "Jimma",
        "natural_resource",
        "wine",
        "Ethiopia",
        *["1.5", "2", "0", "1", "1", "0.5", "1", "2"],
        *"1100",
    ),
)


@cache
def known() -> Known:
    folder = PROJECT / "data/report"
    files = {path.name: path.read_bytes() for path in [*folder.glob("*.csv"), folder / "tables.yaml"]}
    report = read_report(files)
    return known_of(report.sectors, report.clusters)


def table(rows=ROWS, header=HEADER, separator=",") -> str:
    return "\n".join(separator.join(row) for row in (header, *rows)) + "\n"


def changed(place, column, text, rows=ROWS, header=HEADER):
    """The rows with one cell changed."""
    cells = [list(row) for row in rows]
    cells[place][header.index(column)] = text
    return [tuple(row) for row in cells]


def workbook(*sheets) -> bytes:
    """A workbook of sheets: each a name and its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def files(content=None, described=YAML, name="clusters.csv") -> dict[str, bytes]:
    content = table() if content is None else content
    encode = lambda each: each if isinstance(each, bytes) else each.encode()  # noqa: E731
    return {"study.yaml": encode(described), name: encode(content)}


def read(content=None, described=YAML, name="clusters.csv", raters="median") -> Study:
    (study,) = read_studies({"ethiopia": files(content, described, name)}, known(), raters)
    return study


def problems(content=None, described=YAML, name="clusters.csv", raters="median") -> list[str]:
    """What is said of the study, one text a problem."""
    with pytest.raises(BadInputError) as caught:
        read(content, described, name, raters)
    return [str(problem).removeprefix("data/studies/ethiopia/") for problem in caught.value.problems]


def notes(study: Study) -> dict[str, str]:
    return {about: found for about, found, _ in study.notes}
