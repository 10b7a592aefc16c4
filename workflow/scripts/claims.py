"""claims.yaml, cells.csv, clusters.csv, {reading}/indices.csv -> audit/claims.*, contradictions.csv, the figure"""

from pathlib import Path

from _stage import read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.claims.claims import claims_results
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    given = snakemake.input
    indices = {reading: read_rows(path) for reading, path in zip(READINGS, given.indices, strict=True)}
    choices = read_choices(snakemake.config)
    records = ReportRecords(read_rows(given.cells), read_rows(given.clusters), indices, choices)
    for name, content in claims_results(Path(given.ledger).read_bytes(), records).items():
        Path(snakemake.output[name]).write_bytes(content)
