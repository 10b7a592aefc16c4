"""clusters.csv -> governance.csv"""

from _stage import read_rows, stage, write_rows

from collective_efficiency.measures.governance import COLUMNS, participation

with stage(snakemake.log):
    write_rows(snakemake.output.governance, COLUMNS, participation(read_rows(snakemake.input.clusters)))
