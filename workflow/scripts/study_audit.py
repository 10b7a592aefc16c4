"""data/studies/<study> -> results/studies/<study>/audit/: cells, findings, rounding, checks, summary.txt, index.html"""

from pathlib import Path

from _stage import read_study, stage, write_rows

from collective_efficiency.audit.findings import FINDING_COLUMNS
from collective_efficiency.audit.records import AUDITED_CELL_COLUMNS, CHECK_COLUMNS, ROUNDING_COLUMNS
from collective_efficiency.studies.audit_page import study_audit_page
from collective_efficiency.studies.study_audit import study_audit

with stage(snakemake.log):
    target = snakemake.output
    checks = Path(snakemake.input.checks).read_bytes()
    study = read_study(snakemake)
    done = study_audit(study, snakemake.params.raters, snakemake.params.missing, checks)
    write_rows(target.cells, AUDITED_CELL_COLUMNS, done.cells)
    write_rows(target.findings, FINDING_COLUMNS, done.findings)
    write_rows(target.rounding, ROUNDING_COLUMNS, done.rounding)
    write_rows(target.checks, CHECK_COLUMNS, done.checks)
    Path(target.lines).write_text(done.summary, encoding="utf-8", newline="\n")
    Path(target.page).write_text(study_audit_page(study, done), encoding="utf-8", newline="\n")
