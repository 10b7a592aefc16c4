"""claims.yaml, cells.csv, clusters.csv -> audit/claims.*, contradictions.csv, the figure"""

from pathlib import Path

from _stage import read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.claims.claims import claims_results
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    given, choices = snakemake.input, read_choices(snakemake.config)
    content = Path(given.ledger).read_bytes()
    associations = dict(zip(READINGS, map(read_rows, given.associations), strict=False))  # none: not tested
    results = claims_results(content, read_rows(given.cells), read_rows(given.clusters), choices, associations)
    for name, text in results.items():
        Path(snakemake.output[name]).write_bytes(text)
