"""data/report, audit/*.csv, audit/summary.json, the figures -> audit/index.html, audit/audit.xlsx"""

import json
from pathlib import Path

from _stage import read_bytes, read_rows, read_yaml, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.reviewer.payload import AuditResults
from collective_efficiency.reviewer.reviewer_page import reviewer_data, reviewer_page
from collective_efficiency.reviewer.workbook import reviewer_workbook
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    source, target = snakemake.input, snakemake.output
    choices = read_choices(snakemake.config)
    indices = {name: read_rows(path) for name, path in zip(READINGS, source.indices, strict=True)}
    claimed = ReportRecords(read_rows(source.cells), read_rows(source.clusters), indices, choices)
    ledger = read_ledger("claims.yaml", Path(source.ledger).read_bytes(), claimed.vocabulary)
    results = AuditResults(
        **{Path(path).stem: read_rows(path) for path in source.audit},
        adjudications=read_yaml(source.adjudications)["adjudications"],
        summary=json.loads(Path(source.summary).read_text(encoding="utf-8")),
    )
    data = reviewer_data(read_bytes(source.report), Path(source.checks).read_bytes(), results, claimed, ledger, choices)
    html = reviewer_page(data, read_bytes(source.figures))
    Path(target.page).write_text(html, encoding="utf-8", newline="\n")
    Path(target.workbook).write_bytes(reviewer_workbook(data))
