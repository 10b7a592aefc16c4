"""data/report, audit/*.csv, audit/summary.json, the figures -> audit/index.html, audit/audit.xlsx"""

import json
from pathlib import Path

from _stage import read_bytes, read_frame, read_rows, read_yaml, stage

from collective_efficiency.audit.model import build
from collective_efficiency.choices import read_choices
from collective_efficiency.claims.claims import Data, read_ledger
from collective_efficiency.report.ingest import read_report
from collective_efficiency.reviewer.page import page
from collective_efficiency.reviewer.payload import Sources, payload
from collective_efficiency.reviewer.stories import rests_on
from collective_efficiency.reviewer.whatif import scenarios
from collective_efficiency.reviewer.workbook import workbook
from collective_efficiency.words import READINGS

FIGURES = {
    "printed_recomputed": "The collective efficiency index of the 40 clusters, as printed and as recomputed.",
    "claims": "The verdicts on the claims of the report, by topic.",
}

with stage(snakemake.log):
    given = snakemake.input
    schemas = {Path(path).name.partition(".")[0]: read_yaml(path) for path in given.schemas}
    choices = read_choices(snakemake.config)
    report = read_report(read_bytes(given.report))
    described = read_yaml("data/report/tables.yaml")["tables"]
    cells, clusters = read_rows(given.cells), read_frame(given.clusters)
    indices = {name: read_rows(path) for name, path in zip(READINGS, given.indices, strict=True)}
    claimed = Data(cells, clusters.to_dict("records"), indices, choices)
    ledger = read_ledger("claims.yaml", Path(given.ledger).read_bytes(), schemas["claims"], claimed.vocabulary)
    audited = {Path(path).stem: read_rows(path) for path in given.audit}
    decided = read_yaml(given.adjudications)["adjudications"]
    summary = json.loads(Path(given.summary).read_text(encoding="utf-8"))
    data = payload(
        report,
        described,
        build(report, read_yaml(given.checks)["checks"]),
        Sources(adjudications=decided, summary=summary, **audited),
        rests_on(ledger, claimed, {table.id: table.layout for table in report.tables.values()}),
        scenarios(clusters, cells, choices),
    )
    figures = [
        {"name": Path(path).stem, "alt": FIGURES[Path(path).stem], "svg": Path(path).read_bytes()}
        for path in given.figures
    ]
    parts = {name: content.decode("utf-8") for name, content in read_bytes(given.parts).items()}
    Path(snakemake.output.page).write_text(page(data, figures, parts), encoding="utf-8", newline="\n")
    Path(snakemake.output.workbook).write_bytes(workbook(data))
