"""cells.csv, {reading}/indices.csv -> summary.txt"""

from pathlib import Path

from _stage import read_rows, stage

from collective_efficiency.run.summary import closing_lines

with stage(snakemake.log):
    printed, recomputed = map(read_rows, snakemake.input.indices)
    made = snakemake.params
    lines = closing_lines(read_rows(snakemake.input.cells), printed, recomputed, made.tables, made.figures)
    Path(snakemake.output.lines).write_text(lines, encoding="utf-8", newline="\n")
