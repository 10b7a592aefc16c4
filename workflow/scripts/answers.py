"""{reading}/inference/*.csv -> {reading}/inference/answers.{md,html} and <figure>.{svg,png,md}, for both readings"""

from pathlib import Path

from _stage import read_frame, read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.inference.answers import answers_of_reading
from collective_efficiency.inference.basis import AnswerBasis
from collective_efficiency.inference.plan import read_plan

with stage(snakemake.log):
    choices, plan = read_choices(snakemake.config), read_plan(snakemake.config)
    sectors = {record["sector"]: record["name"] for record in read_rows(snakemake.input.sectors)}
    for reading, html in zip(snakemake.params.readings, snakemake.output.html, strict=True):
        folder = Path(html).parent
        frames = {Path(path).stem: read_frame(path) for path in snakemake.input.frames if Path(path).parent == folder}
        basis = AnswerBasis(snakemake.params.dataset, reading, choices, plan, sectors)
        for name, content in answers_of_reading(frames, basis).items():
            (folder / name).write_bytes(content)
