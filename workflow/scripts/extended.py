"""report/clusters.csv, studies/*/clusters.csv, data/studies/*/study.yaml -> extended/{clusters,sectors}.csv"""

from _stage import read_bytes, read_frame, read_rows, read_yaml, stage, write_frame, write_rows

from collective_efficiency.studies.described import declared_sectors
from collective_efficiency.studies.extended import SECTOR_COLUMNS, extended, sectors

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    report = read_frame(given.clusters)
    write_frame(made.clusters, extended(report, [read_frame(path) for path in given.studies]))
    described = [read_bytes([path])["study.yaml"] for path in given.described]
    added = [declared_sectors(content, read_yaml(given.schema)) for content in described]
    write_rows(made.sectors, SECTOR_COLUMNS, sectors(read_rows(given.sectors), added))
