"""report/clusters.csv, studies/*/clusters.csv, data/studies/*/study.yaml -> extended/{clusters,sectors}.csv"""

from pathlib import Path

from _stage import read_frame, read_rows, stage, write_frame, write_rows

from collective_efficiency.studies.described import declared_sectors
from collective_efficiency.studies.extended import SECTOR_COLUMNS, extended_clusters, extended_sectors

with stage(snakemake.log):
    source, target = snakemake.input, snakemake.output
    clusters = extended_clusters(read_frame(source.clusters), [read_frame(path) for path in source.studies])
    added = [declared_sectors(Path(path).read_bytes()) for path in source.described]
    sectors = extended_sectors(read_rows(source.sectors), added, clusters["sector"])
    write_frame(target.clusters, clusters)
    write_rows(target.sectors, SECTOR_COLUMNS, sectors)
