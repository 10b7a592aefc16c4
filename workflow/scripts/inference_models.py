"""clusters.csv, {reading}/indices.csv -> {reading}/inference/models.csv, for both readings"""

import pandas as pd
from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.inference.inference import models, panels
from collective_efficiency.inference.plan import read_plan

with stage(snakemake.log):
    choices = read_choices(snakemake.config)
    plan = read_plan(snakemake.config)
    clusters = read_frame(snakemake.input.clusters)
    for reading, indices, path in zip(
        snakemake.params.readings, snakemake.input.indices, snakemake.output.models, strict=True
    ):
        printed = read_frame(indices) if reading == "printed" else None
        found = panels(clusters, printed, choices, plan)
        write_frame(path, pd.concat([models(panel, plan) for panel in found], ignore_index=True))
