"""results/report/cells.csv -> results/report/clusters.csv"""

from _stage import read_rows, stage, write_rows

from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.words import CLUSTER_COLUMNS

with stage(snakemake.log):
    clusters = cluster_records(read_rows(snakemake.input.master), read_rows(snakemake.input.cells))
    write_rows(snakemake.output.clusters, CLUSTER_COLUMNS, clusters)
