"""{reading}/inference/*.csv -> {reading}/inference/answers.{md,html} and <figure>.{svg,png}, for both readings"""

from pathlib import Path

from _stage import read_frame, read_rows, stage

from collective_efficiency.inference.answers import answer, markdown, page
from collective_efficiency.inference.figures import draw
from collective_efficiency.inference.plan import read_plan

with stage(snakemake.log):
    plan = read_plan(snakemake.config)
    sectors = {row["sector"]: row["name"] for row in read_rows(snakemake.input.sectors)}
    template = Path(snakemake.input.template).read_text(encoding="utf-8")
    for reading, output in zip(snakemake.params.readings, snakemake.output.html, strict=True):
        folder = Path(output).parent
        frames = {Path(path).stem: read_frame(path) for path in snakemake.input.frames if Path(path).parent == folder}
        found = answer(frames, plan, sectors)
        Path(output).write_text(page(found, frames, reading, template), encoding="utf-8", newline="\n")
        (folder / "answers.md").write_text(markdown(found, reading), encoding="utf-8", newline="\n")
        for name in snakemake.params.figures:
            for ending, image in draw(name, frames, sectors, plan).items():
                (folder / f"{name}.{ending}").write_bytes(image)
