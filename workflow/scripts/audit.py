"""data/report -> audit/{cells,findings,put_right,rounding,checks,missing}.csv, audit/summary.{json,md,txt}"""

from pathlib import Path

from _stage import read_bytes, stage

from collective_efficiency.audit.audit import audit_texts

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    texts = audit_texts(
        read_bytes([*given.report, given.checks, given.adjudications, given.claims, given.policy]),
        read_bytes(given.reviews),
    )
    for name in ("cells", "findings", "put_right", "rounding", "checks", "missing", "summary", "page", "lines"):
        Path(made[name]).write_text(texts[name], encoding="utf-8", newline="\n")
