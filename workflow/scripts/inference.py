"""clusters.csv, {reading}/indices.csv -> {reading}/inference/*.csv but the models"""

from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.inference.inference import answers, panels
from collective_efficiency.inference.plan import read_plan

with stage(snakemake.log):
    choices = read_choices(snakemake.config)
    plan = read_plan(snakemake.config)
    printed = read_frame(snakemake.input.indices) if snakemake.params.reading == "printed" else None
    found = dict(answers(panels(read_frame(snakemake.input.clusters), printed, choices, plan), plan))
    for name, path in zip(snakemake.params.frames, snakemake.output, strict=True):
        write_frame(path, found[name])
