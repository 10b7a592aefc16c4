"""cells.csv, clusters.csv, printed/indices.csv, policy.csv -> summary.txt"""

from pathlib import Path

from _stage import read_frame, read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.run.summary import closing_lines

with stage(snakemake.log):
    cells, printed = read_rows(snakemake.input.cells), read_rows(snakemake.input.printed)
    clusters, choices = read_frame(snakemake.input.clusters), read_choices(snakemake.config)
    advice = read_rows(snakemake.input.advice)
    lines = closing_lines(cells, clusters, printed, advice, choices, snakemake.params.tables, snakemake.params.figures)
    Path(snakemake.output.lines).write_text(lines, encoding="utf-8", newline="\n")
