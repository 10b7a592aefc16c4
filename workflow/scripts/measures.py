"""clusters.csv, cells.csv, studies/*/indices.csv -> {reading}/*.csv for both readings, governance.csv"""

from _stage import read_frame, read_rows, stage, write_frame, write_rows

from collective_efficiency.choices import read_choices
from collective_efficiency.measures.governance import CHAIN_COLUMNS, participation
from collective_efficiency.measures.measures import measured_readings

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    choices = read_choices(snakemake.config)
    studies = [read_frame(path) for path in given.studies]
    readings = measured_readings(read_frame(given.clusters), read_rows(given.cells), studies, choices)
    for number, reading in enumerate(readings.values()):
        for name, frame in reading._asdict().items():
            write_frame(made[name][number], frame)
    write_rows(made.governance, CHAIN_COLUMNS, participation(read_rows(given.clusters)))
