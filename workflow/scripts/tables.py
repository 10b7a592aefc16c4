"""data/report, clusters.csv, recomputed/indices.csv -> tables/<table id>.{csv,html,md}"""

from pathlib import Path

from _stage import read_bytes, read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.exhibits.exhibit import exhibits
from collective_efficiency.exhibits.tables import markdown, page
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.report.ingest import read_report

with stage(snakemake.log):
    report = read_report(read_bytes(snakemake.input.report))
    choices = read_choices(snakemake.config)
    clusters = read_frame(snakemake.input.clusters)
    measured = cluster_measures(clusters, read_frame(snakemake.input.indices), choices)
    captions = {Path(path).stem: Path(path).read_text(encoding="utf-8").strip() for path in snakemake.input.captions}
    template = Path(snakemake.input.template).read_text(encoding="utf-8")
    folder = Path(snakemake.output.csv[0]).parent
    for exhibit in exhibits(report, snakemake.params.tables, clusters, measured, captions):
        write_frame(folder / f"{exhibit.id}.csv", exhibit.data())
        Path(folder, f"{exhibit.id}.html").write_text(page(exhibit, template), encoding="utf-8", newline="\n")
        Path(folder, f"{exhibit.id}.md").write_text(markdown(exhibit), encoding="utf-8", newline="\n")
