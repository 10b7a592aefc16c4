"""report/clusters.csv, studies/<study>/*.csv -> studies/<study>/{agreement,limits,differences}.csv, bland_altman.*"""

from pathlib import Path

from _stage import read_rows, stage, write_rows

from collective_efficiency.studies import agreement as compare
from collective_efficiency.studies.agreement_figure import draw_agreement

with stage(snakemake.log):
    source, target = snakemake.input, snakemake.output
    report, study = read_rows(source.report), read_rows(source.clusters)
    report_indices = read_rows(source.report_indices)
    study_indices = [row for row in read_rows(source.indices) if row["reading"] == "recomputed"]
    limits = list(compare.limits(report_indices, study_indices))
    differences = compare.differences(report, study, report_indices, study_indices)
    write_rows(target.agreement, compare.AGREEMENT_COLUMNS, compare.agreement(report, study))
    write_rows(target.limits, compare.LIMIT_COLUMNS, limits)
    write_rows(target.differences, compare.DIFFERENCE_COLUMNS, differences)
    Path(target.caption).write_text(snakemake.params.caption, encoding="utf-8", newline="\n")
    for ending, image in draw_agreement(report_indices, study_indices, limits).items():
        Path(target[ending]).write_bytes(image)
