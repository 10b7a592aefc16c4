"""data/report and the reader's own copy of the report's text -> results/report/text_check.txt"""

from pathlib import Path

from _stage import read_bytes, read_yaml, stage

from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.ingest import compare_with_text, read_report

with stage(snakemake.log):
    if not snakemake.input.text:
        raise BadInputError([Problem("config.yaml", "", "report_text", "", "name the file that holds the text")])
    files = read_bytes(snakemake.input.report)
    report = read_report(files, read_yaml(snakemake.input.schema))
    text = Path(snakemake.input.text).read_text(encoding="utf-8")
    problems = compare_with_text(report, read_yaml(snakemake.input.tables), text)
    if problems:
        raise BadInputError(problems)
    Path(snakemake.output[0]).write_text("Every transcribed cell stands in the text.\n", encoding="utf-8")
