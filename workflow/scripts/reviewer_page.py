"""data/report, audit/*.csv, audit/summary.json, the figures -> audit/index.html, audit/audit.xlsx"""

import json
from pathlib import Path

from _stage import read_bytes, read_rows, read_yaml, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.reviewer.payload import AuditResults
from collective_efficiency.reviewer.reviewer_page import reviewer_data, reviewer_page
from collective_efficiency.reviewer.workbook import reviewer_workbook

with stage(snakemake.log):
    source, target = snakemake.input, snakemake.output
    results = AuditResults(
        **{Path(path).stem: read_rows(path) for path in source.audit},
        reviews=read_bytes(source.reviews),
        adjudications=read_yaml(source.adjudications)["adjudications"],
        advice=read_rows(source.advice),
        summary=json.loads(Path(source.summary).read_text(encoding="utf-8")),
    )
    checks, claims = (Path(path).read_bytes() for path in (source.checks, source.ledger))
    records = (read_rows(source.cells), read_rows(source.clusters))
    data = reviewer_data(read_bytes(source.report), checks, claims, results, *records, read_choices(snakemake.config))
    html = reviewer_page(data, read_bytes(source.figures))
    Path(target.page).write_text(html, encoding="utf-8", newline="\n")
    Path(target.workbook).write_bytes(reviewer_workbook(data))
