"""data/studies/<study> -> results/studies/<study>/audit/{cells,findings,rounding,checks}.csv and summary.txt"""

from pathlib import Path

from _stage import read_study, read_yaml, stage, write_rows

from collective_efficiency.audit.audit import CELL_COLUMNS, CHECK_COLUMNS, ROUNDING_COLUMNS
from collective_efficiency.audit.findings import COLUMNS
from collective_efficiency.files.yaml_files import read_documents
from collective_efficiency.studies.results import clusters
from collective_efficiency.studies.study_audit import audit_study, cell_records, prints_numbers, summary

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    schemas = {"checks": read_yaml(given.checks_schema)}
    checks = read_documents({"checks": Path(given.checks).read_bytes()}, schemas)["checks"]["checks"]
    study = read_study(snakemake)
    done = None
    if prints_numbers(study):
        scored = clusters(study, snakemake.params.raters).to_dict("records")
        done = audit_study(study, scored, checks)
    write_rows(made.cells, CELL_COLUMNS, cell_records(done) if done else ())
    write_rows(made.findings, COLUMNS, (each.record("open") for each in done.findings) if done else ())
    write_rows(made.rounding, ROUNDING_COLUMNS, done.rounding() if done else ())
    write_rows(made.checks, CHECK_COLUMNS, done.checks() if done else ())
    Path(made.lines).write_text(summary(study, done), encoding="utf-8", newline="\n")
