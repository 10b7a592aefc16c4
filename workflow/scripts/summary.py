"""cells.csv, {reading}/indices.csv -> summary.txt"""

from pathlib import Path

from _stage import read_rows, stage

from collective_efficiency.run.summary import summary

with stage(snakemake.log):
    text = summary(
        read_rows(snakemake.input.cells),
        *(read_rows(path) for path in snakemake.input.indices),
        tables=len(snakemake.params.tables),
        figures=snakemake.params.figures,
    )
    Path(snakemake.output[0]).write_text(text, encoding="utf-8", newline="\n")
