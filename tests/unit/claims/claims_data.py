"""The report's data for the tests of the claims, built by the library without the workflow."""

import csv
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import yaml

from collective_efficiency.choices import Choices
from collective_efficiency.claims.ledger import Ledger, read_ledger
from collective_efficiency.claims.records import records_under
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import Record
from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.report.ingest import cell_records, read_report
from collective_efficiency.words import READINGS

ROOT = Path(__file__).parents[3]


@cache
def report_rows() -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """The rows of data/report/clusters.csv and of cells.csv."""
    paths = [*(ROOT / "data/report").glob("*.csv"), ROOT / "data/report/tables.yaml"]
    report = read_report({path.name: path.read_bytes() for path in paths})
    return tuple(report.clusters), tuple(cell_records(report))


@cache
def associations() -> dict[str, list[Record]]:
    """What the inference stage says of the report's clusters, by reading."""
    return {reading: golden_records(f"report/{reading}/inference/associations.csv") for reading in READINGS}


def golden_records(name: str) -> list[Record]:
    """The records of a CSV below tests/expected."""
    with (ROOT / "tests/expected" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def build(cells: Sequence[Record], choices: Choices | None = None) -> ReportRecords:
    """The data that follow from these cells."""
    return records_under(choices or Choices(), cells, cluster_records(report_rows()[0], cells), associations())


@cache
def data() -> ReportRecords:
    return build(report_rows()[1])


def changed_data(change: Callable[[Record], str | None]) -> ReportRecords:
    """The data after `change` gave some cells another value (None: leave the cell)."""
    cells = []
    for cell in report_rows()[1]:
        value = change(cell)
        cells.append(cell if value is None else {**cell, "printed": value, "value": value})
    return build(cells)


@cache
def content() -> bytes:
    return (ROOT / "data/report/claims.yaml").read_bytes()


@cache
def ledger() -> Ledger:
    return read_ledger("claims.yaml", content(), data().vocabulary)


def small_ledger(text: str) -> Ledger:
    """A ledger with the claims of this YAML (indented by nothing; numbers, where it does not say) and no pair."""
    claims = {name: {"kind": "number"} | claim for name, claim in yaml.safe_load(text).items()}
    document = {"topics": list(ledger().topics), "kinds": list(ledger().kinds), "claims": claims, "pairs": []}
    raw = yaml.safe_dump(document, allow_unicode=True).encode()
    return read_ledger("claims.yaml", raw, data().vocabulary)
