"""data/report, clusters.csv, recomputed/indices.csv, audit/*.csv -> tables/<table id>.{csv,html,md}, captions/*.md"""

from pathlib import Path

from _stage import read_bytes, read_frame, read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.exhibits.audited import verdicts_of_cells
from collective_efficiency.exhibits.tables import regenerated_tables
from collective_efficiency.report.ingest import read_report

with stage(snakemake.log):
    given, choices = snakemake.input, read_choices(snakemake.config)
    report = read_report(read_bytes(given.report))
    clusters, indices = read_frame(given.clusters), read_frame(given.indices)
    audited = verdicts_of_cells(read_rows(given.verdicts), read_rows(given.rounding))
    tables = regenerated_tables(report, snakemake.params.tables, clusters, indices, audited, choices)
    folder = Path(snakemake.output.csv[0]).parent
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
