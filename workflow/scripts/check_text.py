"""data/report and the reader's own copy of the report's text -> results/report/text_check.txt"""

from pathlib import Path

from _stage import read_bytes, stage

from collective_efficiency.report.check_text import check_text

with stage(snakemake.log):
    text = Path(snakemake.input.text).read_bytes() if snakemake.input.text else None
    confirmed = check_text(read_bytes(snakemake.input.report), text)
    Path(snakemake.output.confirmed).write_text(confirmed, encoding="utf-8", newline="\n")
