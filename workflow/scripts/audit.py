"""data/report -> audit/{cells,findings,rounding,checks,missing}.csv, audit/summary.{json,md,txt}"""

import hashlib
import json
from pathlib import Path

import pandas as pd
from _stage import read_bytes, read_yaml, stage, write_rows

from collective_efficiency import __version__
from collective_efficiency.audit.adjudications import adjudicate
from collective_efficiency.audit.audit import (
    CELL_COLUMNS,
    CHECK_COLUMNS,
    MISSING_COLUMNS,
    ROUNDING_COLUMNS,
    audit,
)
from collective_efficiency.audit.claims_changed import claims_changed
from collective_efficiency.audit.findings import COLUMNS
from collective_efficiency.audit.summary import lines, markdown
from collective_efficiency.choices import Choices
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.measures.indices import recompute, written
from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.report.ingest import cell_records, read_report

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    schemas = {Path(path).name.partition(".")[0]: read_yaml(path) for path in given.schemas}
    files = read_bytes(given.report)
    report = read_report(files)
    cells = cell_records(report)
    clusters = pd.DataFrame(cluster_records(report.clusters, cells), dtype="str")
    own = Choices()  # the report's, whatever config.yaml says
    indices = written(recompute(clusters, own)).to_dict("records")
    vocabulary = ReportRecords(cells, clusters.to_dict("records"), {}, own).vocabulary
    ledger = read_ledger("claims.yaml", Path(given.claims).read_bytes(), vocabulary)
    changed = claims_changed(ledger, report.clusters, cells, indices, own)
    done = audit(report, read_yaml(given.checks)["checks"], claims=changed)
    decisions = adjudicate(done.findings, read_yaml(given.adjudications)["adjudications"])
    write_rows(made.cells, CELL_COLUMNS, done.cells())
    write_rows(made.findings, COLUMNS, (each.record(decisions[each.id]) for each in done.findings))
    write_rows(made.rounding, ROUNDING_COLUMNS, done.rounding())
    write_rows(made.checks, CHECK_COLUMNS, done.checks())
    write_rows(made.missing, MISSING_COLUMNS, done.missing())
    files |= read_bytes([given.checks, given.adjudications, given.claims])
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    summary = done.summary() | {"version": __version__, "sha256": digests}
    for path, text in (
        (made.summary, json.dumps(summary, indent=2, ensure_ascii=False) + "\n"),
        (made.page, markdown(done, decisions)),
        (made.lines, lines(done)),
    ):
        Path(path).write_text(text, encoding="utf-8", newline="\n")
