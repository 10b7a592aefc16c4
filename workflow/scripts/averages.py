"""clusters.csv, {reading}/indices.csv -> {reading}/sector_averages.csv and sector_counts.csv, for both readings"""

from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.measures.averages import measures, sector_averages, sector_counts

with stage(snakemake.log):
    choices = read_choices(snakemake.config)
    clusters = read_frame(snakemake.input.clusters)
    for indices, averages, counts in zip(
        snakemake.input.indices, snakemake.output.averages, snakemake.output.counts, strict=True
    ):
        measured = measures(clusters, read_frame(indices), choices)
        write_frame(averages, sector_averages(measured))
        write_frame(counts, sector_counts(measured))
