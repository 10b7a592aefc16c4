"""clusters.csv, {reading}/indices.csv -> {reading}/crosstabs.csv, for both readings"""

from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.measures.averages import measures
from collective_efficiency.measures.crosstabs import crosstabs

with stage(snakemake.log):
    choices = read_choices(snakemake.config)
    clusters = read_frame(snakemake.input.clusters)
    for indices, output in zip(snakemake.input.indices, snakemake.output.crosstabs, strict=True):
        write_frame(output, crosstabs(measures(clusters, read_frame(indices), choices)))
