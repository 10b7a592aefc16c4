"""clusters.csv, cells.csv -> {printed,recomputed}/indices.csv"""

from _stage import read_frame, read_rows, read_yaml, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.indices import as_printed, recompute, written

with stage(snakemake.log):
    choices = read_choices(snakemake.config, read_yaml(snakemake.input.schema))
    clusters = read_frame(snakemake.input.clusters)
    write_frame(snakemake.output.printed, written(as_printed(clusters, read_rows(snakemake.input.cells))))
    write_frame(snakemake.output.recomputed, written(recompute(clusters, choices)))
