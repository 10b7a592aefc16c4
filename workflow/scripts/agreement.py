"""report/clusters.csv, studies/<study>/*.csv -> studies/<study>/{agreement,limits,differences}.csv, bland_altman.*"""

from pathlib import Path

from _stage import read_rows, stage, write_rows

from collective_efficiency.studies.agreement import (
    AGREEMENT_COLUMNS,
    DIFFERENCE_COLUMNS,
    LIMIT_COLUMNS,
    agreement,
    differences,
    limits,
)
from collective_efficiency.studies.agreement_figure import draw_agreement

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    report, study = read_rows(given.report), read_rows(given.clusters)
    indices = read_rows(given.report_indices)
    own = [row for row in read_rows(given.indices) if row["reading"] == "recomputed"]
    found = list(limits(indices, own))
    write_rows(made.agreement, AGREEMENT_COLUMNS, agreement(report, study))
    write_rows(made.limits, LIMIT_COLUMNS, found)
    write_rows(made.differences, DIFFERENCE_COLUMNS, differences(report, study, indices, own))
    for ending, image in draw_agreement(indices, own, found).items():
        Path(made[ending]).write_bytes(image)
