"""clusters.csv, cells.csv, studies/*/indices.csv -> {printed,recomputed}/indices.csv"""

from _stage import read_frame, read_rows, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.measures.indices import as_printed, recompute, written
from collective_efficiency.studies.extended import printed as with_studies

with stage(snakemake.log):
    choices = read_choices(snakemake.config)
    clusters = read_frame(snakemake.input.clusters)
    of_report = clusters[clusters["study"] == "report"].reset_index(drop=True)
    printed = written(as_printed(of_report, read_rows(snakemake.input.cells)))
    own = [read_frame(path) for path in snakemake.input.studies]
    write_frame(snakemake.output.printed, with_studies(printed, own))
    write_frame(snakemake.output.recomputed, written(recompute(clusters, choices)))
