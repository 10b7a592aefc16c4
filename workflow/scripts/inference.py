"""clusters.csv, printed/indices.csv -> {reading}/inference/*.csv but the models, for both readings"""

from _stage import read_frame, stage, write_frame

from collective_efficiency.choices import read_choices
from collective_efficiency.inference.inference import answered_readings
from collective_efficiency.inference.plan import read_plan

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    choices, plan = read_choices(snakemake.config), read_plan(snakemake.config)
    readings = answered_readings(read_frame(given.clusters), read_frame(given.printed), choices, plan)
    for number, frames in enumerate(readings.values()):
        for question, frame in frames.items():
            write_frame(made[question][number], frame)
