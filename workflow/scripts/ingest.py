"""data/report -> results/report/cells.csv"""

from _stage import read_bytes, stage, write_rows

from collective_efficiency.report.ingest import cell_records, read_report
from collective_efficiency.words import CELL_COLUMNS

with stage(snakemake.log):
    report = read_report(read_bytes(snakemake.input.report))
    write_rows(snakemake.output.cells, CELL_COLUMNS, cell_records(report))
