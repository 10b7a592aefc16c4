"""{reading}/inference/*.csv -> {reading}/inference/answers.{md,html} and <figure>.{svg,png}, for both readings"""

from pathlib import Path

from _stage import read_frame, read_rows, stage

from collective_efficiency.inference.answers import answers_of_reading
from collective_efficiency.inference.plan import read_plan

with stage(snakemake.log):
    given, plan = snakemake.input, read_plan(snakemake.config)
    sectors = {record["sector"]: record["name"] for record in read_rows(given.sectors)}
    for number, reading in enumerate(snakemake.params.readings):
        frames = {name: read_frame(given[name][number]) for name in snakemake.params.frames}
        for name, content in answers_of_reading(frames, reading, plan, sectors).items():
            (Path(snakemake.output.html[number]).parent / name).write_bytes(content)
