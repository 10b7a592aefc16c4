"""clusters.csv -> robustness/fragility.csv"""

from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.robustness.fragility import fragility_frame

with stage(snakemake.log):
    lines = fragility_frame(read_frame(snakemake.input.clusters), read_choices(snakemake.config))
    write_frame(snakemake.output.lines, lines)
