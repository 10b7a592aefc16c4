"""clusters.csv, {reading}/indices.csv, governance.csv, sectors.csv -> figures/<name>.{svg,png,csv,md}"""

from pathlib import Path

from _stage import read_frame, read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.exhibits.figures import drawn_figure, figure_data
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    given, params = snakemake.input, snakemake.params
    indices = {reading: read_frame(path) for reading, path in zip(READINGS, given.indices, strict=True)}
    clusters, governance = read_frame(given.clusters), read_frame(given.governance)
    sectors, choices = read_rows(given.sectors), read_choices(snakemake.config)
    data = figure_data(params.dataset, clusters, indices, governance, sectors, choices)
    for number, name in enumerate(params.figures):
        for ending, content in drawn_figure(name, data).items():
            Path(snakemake.output[ending][number]).write_bytes(content)
