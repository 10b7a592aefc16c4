"""`python -m collective_efficiency.audit TABLES_DIR`: audit any folder of tables in the format of data/report.

The folder holds tables.yaml, checks.yaml, clusters.csv, sectors.csv and a CSV for each table (docs/audit.md). Status 0:
nothing that changes a number; 1: slips were found; 2: the folder is not readable so.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from collective_efficiency.audit.audit import CELL_COLUMNS, CHECK_COLUMNS, ROUNDING_COLUMNS, Audit, audit
from collective_efficiency.audit.findings import COLUMNS
from collective_efficiency.audit.summary import lines, markdown
from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import read_documents
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.ingest import read_report


def main(arguments: list[str] | None = None) -> int:
    """Audit the folder named in `arguments`; print what was found, and write it where --output says."""
    parser = argparse.ArgumentParser(
        prog="python -m collective_efficiency.audit", description="Audit a folder of tables."
    )
    parser.add_argument("tables_dir", type=Path, help="the folder that holds tables.yaml, checks.yaml and the tables")
    parser.add_argument(
        "--output", type=Path, help="write cells, findings, rounding and checks (CSV) and a summary here"
    )
    parser.add_argument("--missing", choices=["zero", "omit"], default="zero", help="what n.a. counts as (zero)")
    options = parser.parse_args(arguments)
    try:
        done = audit_folder(options.tables_dir, options.missing)
    except BadInputError as error:
        print(error, file=sys.stderr)
        return 2
    for finding in done.findings:
        values = f"{finding.printed!r}, expected {finding.expected!r}"
        print(f"{finding.severity:8} {finding.id}: {values}; {finding.explanation}")
    print(lines(done), end="")
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
        write(options.output, done)
        print(f"Written to {options.output}")
    return 1 if any(finding.severity in ("decision", "numeric") for finding in done.findings) else 0


def audit_folder(folder: Path, missing: str) -> Audit:
    """The audit of the tables in `folder`. Raises BadInputError with every problem of its files."""
    if not folder.is_dir():
        raise BadInputError([Problem(str(folder), "", "", "", "there is no such folder")])
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".yaml")}
    if "checks.yaml" not in files:
        raise BadInputError([Problem("checks.yaml", "", "", "", "the file is missing")])
    checks = read_documents({"checks": files["checks.yaml"]}, {"checks": schema("checks.schema")})["checks"]
    tables = {name: content for name, content in files.items() if name.endswith(".csv") or name == "tables.yaml"}
    return audit(read_report(tables), checks["checks"], missing)


def write(folder: Path, done: Audit) -> None:
    """The results of the audit as CSV and Markdown."""
    _write(folder / "cells.csv", CELL_COLUMNS, done.cells())
    _write(folder / "findings.csv", COLUMNS, (finding.record() for finding in done.findings))
    _write(folder / "rounding.csv", ROUNDING_COLUMNS, done.rounding())
    _write(folder / "checks.csv", CHECK_COLUMNS, done.checks())
    (folder / "summary.md").write_text(markdown(done, {}), encoding="utf-8", newline="\n")


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
