"""data/report, clusters.csv, recomputed/indices.csv -> tables/<table id>.{csv,html,md}"""

from pathlib import Path

from _stage import read_bytes, read_frame, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.exhibits.tables import regenerated_tables
from collective_efficiency.report.ingest import read_report

with stage(snakemake.log):
    given = snakemake.input
    report = read_report(read_bytes(given.report))
    clusters, indices = read_frame(given.clusters), read_frame(given.indices)
    tables = regenerated_tables(report, snakemake.params.tables, clusters, indices, read_choices(snakemake.config))
    for path in map(Path, snakemake.output):
        path.write_text(tables[path.name], encoding="utf-8", newline="\n")
