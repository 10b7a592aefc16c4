"""studies/<study>/{ratings,clusters}.csv -> studies/<study>/{reliability,disagreements}.*"""

from pathlib import Path

from _stage import read_rows, stage, write_rows

from collective_efficiency.choices import choices_in_words, read_choices
from collective_efficiency.inference.plan import read_plan
from collective_efficiency.studies.disagreements import DISAGREEMENT_COLUMNS, disagreements
from collective_efficiency.studies.rater_pages import bootstrap_in_words, disagreements_page
from collective_efficiency.studies.reliability import ALPHA_COLUMNS, reliability
from collective_efficiency.studies.reliability_figure import draw_reliability

with stage(snakemake.log):
    source, target, study = snakemake.input, snakemake.output, snakemake.wildcards.study
    ratings, clusters = read_rows(source.ratings), read_rows(source.clusters)
    choices, plan = read_choices(snakemake.config), read_plan(snakemake.config)
    alphas, ranked = list(reliability(ratings, plan)), disagreements(ratings, clusters, choices)
    names = {row["cluster"]: row["name"] for row in clusters}
    basis = f"{choices_in_words(choices)} {bootstrap_in_words(plan)}"
    write_rows(target.alphas, ALPHA_COLUMNS, alphas)
    write_rows(target.disagreements, DISAGREEMENT_COLUMNS, ranked)
    html = disagreements_page(study, alphas, ranked, names, basis)
    Path(target.page).write_text(html, encoding="utf-8", newline="\n")
    Path(target.caption).write_text(snakemake.params.caption, encoding="utf-8", newline="\n")
    for ending, image in draw_reliability(alphas).items():
        Path(target[ending]).write_bytes(image)
