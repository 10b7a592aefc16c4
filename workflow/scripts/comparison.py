"""{report,extended}/{reading}/*.csv -> extended/comparison.{csv,md,html}"""

from pathlib import Path

from _stage import read_rows, read_yaml, stage, write_rows

from collective_efficiency.choices import in_words, read_choices
from collective_efficiency.inference.plan import read_plan
from collective_efficiency.studies.comparison import COMPARISON_COLUMNS, about_words, compare_datasets
from collective_efficiency.studies.comparison_pages import compared_studies, comparison_markdown, comparison_page
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    source, target = snakemake.input, snakemake.output
    averages, crosstabs, associations = (
        tuple([read_rows(path) for path in paths] for paths in (source[name], source[f"new_{name}"]))
        for name in ("averages", "crosstabs", "associations")
    )
    choices, plan = read_choices(snakemake.config), read_plan(snakemake.config)
    clusters = read_rows(source.clusters)
    rows = compare_datasets(averages, crosstabs, associations, clusters, choices.missing, plan)
    titles = {Path(path).parent.name: read_yaml(path)["title"] for path in source.described}
    studies = compared_studies(titles, clusters)
    sectors = {row["sector"]: row["name"] for row in read_rows(source.sectors)}
    shown = studies, sectors, about_words(plan), in_words(choices, "report and extended", *READINGS)
    write_rows(target.csv, COMPARISON_COLUMNS, rows)
    Path(target.html).write_text(comparison_page(rows, *shown), encoding="utf-8", newline="\n")
    Path(target.md).write_text(comparison_markdown(rows, *shown), encoding="utf-8", newline="\n")
