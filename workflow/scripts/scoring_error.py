"""clusters.csv -> robustness/scoring_error.csv, its sentences, its figure with a caption"""

from pathlib import Path

from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import in_words, read_choices
from collective_efficiency.inference.plan import read_plan
from collective_efficiency.robustness.scoring_draws import read_scoring_plan
from collective_efficiency.robustness.scoring_error import scoring_error_frame, scoring_error_markdown
from collective_efficiency.robustness.scoring_figure import drawn_scoring_figure

with stage(snakemake.log):
    made, dataset = snakemake.output, snakemake.wildcards.dataset
    choices, scoring = read_choices(snakemake.config), read_scoring_plan(snakemake.config)
    lines = scoring_error_frame(read_frame(snakemake.input.clusters), choices, scoring, read_plan(snakemake.config))
    write_frame(made.lines, lines)
    Path(made.sentences).write_text(
        scoring_error_markdown(lines, dataset, choices, scoring), encoding="utf-8", newline=""
    )
    Path(made.caption).write_text(snakemake.params.caption, encoding="utf-8", newline="")
    for ending, image in drawn_scoring_figure(lines, in_words(choices, dataset, "recomputed")).items():
        Path(made[ending]).write_bytes(image)
