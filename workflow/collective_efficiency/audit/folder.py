"""Any folder of tables in the format of data/report, audited: what `collective-efficiency audit` does.

The folder holds tables.yaml, checks.yaml, clusters.csv, sectors.csv and a CSV for each table (docs/audit.md).
"""

from pathlib import Path

from collective_efficiency.audit.audit import CELL_COLUMNS, CHECK_COLUMNS, ROUNDING_COLUMNS, Audit, audit
from collective_efficiency.audit.findings import COLUMNS
from collective_efficiency.audit.summary import markdown
from collective_efficiency.files.csv_files import csv_text
from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import read_documents
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.ingest import read_report


def audit_folder(folder: Path, missing: str = "zero") -> Audit:
    """The audit of the tables in `folder`; `missing` says what a score that is not available counts as (zero, omit).

    Raises BadInputError with every problem of its files.
    """
    if not folder.is_dir():
        raise BadInputError([Problem(str(folder), "", "", "", "there is no such folder")])
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".yaml")}
    if "checks.yaml" not in files:
        raise BadInputError([Problem("checks.yaml", "", "", "", "the file is missing")])
    checks = read_documents({"checks": files["checks.yaml"]}, {"checks": schema("checks.schema")})["checks"]
    tables = {name: content for name, content in files.items() if name.endswith(".csv") or name == "tables.yaml"}
    return audit(read_report(tables), checks["checks"], missing)


def audit_files(done: Audit) -> dict[str, str]:
    """The results of an audit as the texts of files, by name."""
    return {
        "cells.csv": csv_text(CELL_COLUMNS, done.cells()),
        "findings.csv": csv_text(COLUMNS, (finding.record() for finding in done.findings)),
        "rounding.csv": csv_text(ROUNDING_COLUMNS, done.rounding()),
        "checks.csv": csv_text(CHECK_COLUMNS, done.checks()),
        "summary.md": markdown(done, {}),
    }
