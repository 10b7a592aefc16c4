"""audits/parts/*.jsonl -> audits/reports.csv, audits/findings.csv"""

from pathlib import Path

from _stage import stage, tell

from collective_efficiency.audit.audits import outcome_line, tables_of_parts

with stage(snakemake.log):
    given, target = snakemake.input, snakemake.output
    reports, findings, outcomes = tables_of_parts(Path(path).read_text(encoding="utf-8") for path in given.parts)
    Path(target.reports).write_text(reports, encoding="utf-8", newline="")
    Path(target.findings).write_text(findings, encoding="utf-8", newline="")
    tell(f"Other reports: {outcome_line(outcomes)}")
