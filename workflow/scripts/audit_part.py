"""data/audits/<name>/* of some reports -> audits/parts/{part}.jsonl"""

from pathlib import Path

from _stage import stage

from collective_efficiency.audit.audit_part import files_of_reports, part_text

with stage(snakemake.log):
    given, params = snakemake.input, snakemake.params
    files = [(path.parent.name, path.name, path.read_bytes()) for path in map(Path, given.files)]
    text = part_text(files_of_reports(params.reports, files), params.missing)
    Path(snakemake.output.lines).write_text(text, encoding="utf-8", newline="\n")
