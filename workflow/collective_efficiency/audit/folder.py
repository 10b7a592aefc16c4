"""Any folder of tables in the format of data/report, audited: what `collective-efficiency audit` does.

The folder holds tables.yaml and a CSV for each table, and checks.yaml with what holds of them (docs/audit.md).
"""

from collections.abc import Mapping
from pathlib import Path

from collective_efficiency.audit.checks.reading import CHECKS_FILE, check_problems, listed_checks
from collective_efficiency.audit.counts import audit_counts
from collective_efficiency.audit.engine import Audit, audit_report, refuse_idle_checks
from collective_efficiency.audit.records import READING_COLUMNS, csv_texts, reading_records
from collective_efficiency.audit.summary import audit_page
from collective_efficiency.files.csv_files import csv_text
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.ingest import read_report

_REPORT_ENDINGS = (".csv", ".yaml")  # of the files of a report that are read


def audit_folder(folder: Path, missing: str = "zero") -> Audit:
    """The audit of the tables in `folder`; `missing` says what a score that is not available counts as (zero, omit).

    Raises BadInputError with the problems of its files.
    """
    return audit_files_of_report(folder_files(folder), missing)


def folder_files(folder: Path) -> dict[str, bytes]:
    """The files of a report by their names. Raises BadInputError where there is no such folder."""
    if not folder.is_dir():
        raise BadInputError([Problem(str(folder), "", "", "", "there is no such folder")])
    return {path.name: path.read_bytes() for path in report_paths(folder)}


def report_paths(folder: Path) -> list[Path]:
    """The files of a folder that belong to a report, by name."""
    return [path for path in sorted(folder.iterdir()) if path.suffix in _REPORT_ENDINGS and path.is_file()]


def audit_files_of_report(files: Mapping[str, bytes], missing: str = "zero") -> Audit:
    """The audit of a report whose files are given by name. Raises BadInputError with the problems of these."""
    problems: list[Problem] = []
    checks = listed_checks(files[CHECKS_FILE], problems) if CHECKS_FILE in files else []
    try:
        report = read_report(files, lenient=True)
    except BadInputError as error:
        raise BadInputError([*error.problems, *problems, *check_problems(checks)]) from None
    if problems:
        raise BadInputError(problems)
    audit = audit_report(report, checks, missing)
    refuse_idle_checks(audit)
    return audit


def rules_of_folder(audit: Audit) -> str:
    """What the verdicts on a folder stand on, in words."""
    counts = {"zero": "counts as zero", "omit": "is left out"}[audit.judge.missing]
    return f"The rules of its {CHECKS_FILE}; where both would do, n.a. {counts}."


def audit_files(audit: Audit) -> dict[str, str]:
    """The results of an audit as the texts of files, by name."""
    texts = csv_texts(audit, {}, {})
    tables = {f"{name}.csv": texts[name] for name in ("cells", "findings", "rounding", "checks")}
    tables["readings.csv"] = csv_text(READING_COLUMNS, reading_records(audit))
    return tables | {"summary.md": audit_page(audit, audit_counts(audit), rules_of_folder(audit), {}, {})}
