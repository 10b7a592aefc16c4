"""clusters.csv, printed/indices.csv -> {reading}/inference/models.csv, for both readings"""

from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.inference.models import modelled_readings
from collective_efficiency.inference.plan import read_plan

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    choices, plan = read_choices(snakemake.config), read_plan(snakemake.config)
    readings = modelled_readings(read_frame(given.clusters), read_frame(given.printed), choices, plan)
    for frame, path in zip(readings.values(), made.models, strict=True):
        write_frame(path, frame)
