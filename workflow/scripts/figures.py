"""clusters.csv, {reading}/indices.csv, governance.csv, sectors.csv -> figures/<name>.{svg,png}"""

from pathlib import Path

from _stage import read_frame, read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.exhibits.figures import drawn_figure, figure_data
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    indices = {reading: read_frame(path) for reading, path in zip(READINGS, given.indices, strict=True)}
    clusters, governance = read_frame(given.clusters), read_frame(given.governance)
    data = figure_data(clusters, indices, governance, read_rows(given.sectors), read_choices(snakemake.config))
    for name, svg, png in zip(snakemake.params.figures, made.svg, made.png, strict=True):
        images = drawn_figure(name, data)
        Path(svg).write_bytes(images["svg"])
        Path(png).write_bytes(images["png"])
