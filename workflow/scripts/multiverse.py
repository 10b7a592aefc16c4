"""clusters.csv, printed/indices.csv -> robustness/multiverse*.csv, its sentences, its figure with a caption"""

from pathlib import Path

from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.inference.plan import read_plan
from collective_efficiency.robustness.grid import read_multiverse
from collective_efficiency.robustness.multiverse import multiverse_frames, multiverse_pages

with stage(snakemake.log):
    given, made, choices = snakemake.input, snakemake.output, read_choices(snakemake.config)
    grid, plan = read_multiverse(snakemake.config, choices), read_plan(snakemake.config)
    frames = multiverse_frames(read_frame(given.clusters), read_frame(given.printed), grid, plan)
    for name, frame in frames._asdict().items():
        write_frame(made[name], frame)
    Path(made.caption).write_text(snakemake.params.caption, encoding="utf-8", newline="")
    for name, content in multiverse_pages(frames, snakemake.wildcards.dataset, choices, grid, plan).items():
        Path(made[name]).write_bytes(content)
