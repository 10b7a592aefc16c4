"""policy.yaml, claims.csv, cells.csv, clusters.csv -> policy/{policy,lineage}.csv, policy.{html,md}, the figure"""

from pathlib import Path

from _stage import read_bytes, read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.policy.policy import policy_results

with stage(snakemake.log):
    given, choices = snakemake.input, read_choices(snakemake.config)
    results = policy_results(
        read_bytes([given.advice, given.ledger, given.tables]),
        read_rows(given.claims),
        read_rows(given.cells),
        read_rows(given.clusters),
        {sector["sector"]: sector["name"] for sector in read_rows(given.sectors)},
        [record for path in given.get("tests", []) for record in read_rows(path)],
        choices,
    )
    for name, content in results.items():
        Path(snakemake.output[name]).write_bytes(content)
