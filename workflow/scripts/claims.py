"""claims.yaml, cells.csv, clusters.csv, {reading}/indices.csv -> audit/claims.*, contradictions.csv, the figure"""

from pathlib import Path

from _stage import read_rows, read_yaml, stage, write_rows

from collective_efficiency.choices import read_choices
from collective_efficiency.claims.claims import CLAIM_COLUMNS, PAIR_COLUMNS, Data, contradictions, evaluate, read_ledger
from collective_efficiency.claims.figure import draw_claims
from collective_efficiency.claims.pages import arrange, markdown, page
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    choices = read_choices(snakemake.config)
    indices = {name: read_rows(path) for name, path in zip(READINGS, snakemake.input.indices, strict=True)}
    data = Data(read_rows(snakemake.input.cells), read_rows(snakemake.input.clusters), indices, choices)
    content = Path(snakemake.input.ledger).read_bytes()
    ledger = read_ledger("claims.yaml", content, read_yaml(snakemake.input.schema), data.vocabulary)
    verdicts = evaluate(ledger, data)
    pairs = contradictions(ledger, verdicts)
    write_rows(snakemake.output.csv, CLAIM_COLUMNS, (verdict.record() for verdict in verdicts))
    write_rows(snakemake.output.pairs, PAIR_COLUMNS, pairs)
    shown = arrange(ledger, verdicts, pairs)
    template = Path(snakemake.input.template).read_text(encoding="utf-8")
    Path(snakemake.output.html).write_text(page(shown, template), encoding="utf-8", newline="\n")
    Path(snakemake.output.md).write_text(markdown(shown), encoding="utf-8", newline="\n")
    for ending, image in draw_claims(verdicts, ledger.topics).items():
        Path(snakemake.output[ending]).write_bytes(image)
