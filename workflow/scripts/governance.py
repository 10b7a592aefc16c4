"""clusters.csv -> governance.csv"""

from _stage import read_frame, stage, write_frame
from collective_efficiency.governance import participation

with stage(snakemake.log):
    write_frame(snakemake.output.governance, participation(read_frame(snakemake.input.clusters)))
