"""{report,extended}/{reading}/*.csv -> extended/comparison.{csv,md,html}, extended/changes.csv"""

from pathlib import Path

from _stage import read_frame, read_rows, read_yaml, stage, write_rows

from collective_efficiency.choices import in_words, read_choices
from collective_efficiency.inference.plan import read_plan
from collective_efficiency.measures.missing import missing_line, missing_scores
from collective_efficiency.studies.changes import change_records, changes_by_reading
from collective_efficiency.studies.cluster_changes import CHANGE_COLUMNS
from collective_efficiency.studies.comparison import COMPARISON_COLUMNS, about_words, compare_datasets
from collective_efficiency.studies.comparison_pages import (
    Compared,
    compared_studies,
    comparison_markdown,
    comparison_page,
)
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    source, target = snakemake.input, snakemake.output
    averages, crosstabs, associations = (
        tuple([read_rows(path) for path in paths] for paths in (source[name], source[f"new_{name}"]))
        for name in ("averages", "crosstabs", "associations")
    )
    choices, plan = read_choices(snakemake.config), read_plan(snakemake.config)
    clusters = read_frame(source.clusters)
    rows = compare_datasets(averages, crosstabs, associations, clusters, choices.missing, plan)
    titles = {Path(path).parent.name: read_yaml(path)["title"] for path in source.described}
    sectors = {row["sector"]: row["name"] for row in read_rows(source.sectors)}
    indices = {reading: read_frame(path) for reading, path in zip(READINGS, source.indices, strict=True)}
    changes = changes_by_reading(clusters, indices, associations, sectors, choices, plan)
    added = clusters[clusters["study"] != "report"]
    lacking = missing_scores(added)
    compared = Compared(
        rows,
        changes,
        compared_studies(titles, clusters["study"]),
        sectors,
        about_words(plan),
        in_words(choices, "report and extended", *READINGS),
        lacking,
        missing_line(lacking, len(added), choices.missing),
    )
    write_rows(target.csv, COMPARISON_COLUMNS, rows)
    write_rows(target.changes, CHANGE_COLUMNS, change_records(changes))
    Path(target.html).write_text(comparison_page(compared), encoding="utf-8", newline="\n")
    Path(target.md).write_text(comparison_markdown(compared), encoding="utf-8", newline="\n")
