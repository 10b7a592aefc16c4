"""clusters.csv, {reading}/indices.csv, governance.csv -> figures/<name>.{svg,png}"""

from pathlib import Path

from _stage import read_frame, read_rows, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.exhibits.figures import Data, draw
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    choices = read_choices(snakemake.config)
    clusters = read_frame(snakemake.input.clusters)
    measured = {
        reading: cluster_measures(clusters, read_frame(path), choices)
        for reading, path in zip(READINGS, snakemake.input.indices, strict=True)
    }
    sectors = read_rows(snakemake.input.sectors)
    data = Data(
        clusters,
        measured,
        read_frame(snakemake.input.governance),
        {row["sector"]: row["name"] for row in sectors},
        {row["sector"]: row["short_name"] for row in sectors},
        choices,
        frozenset(clusters.loc[clusters["study"] != "report", "cluster"]),
    )
    folder = Path(snakemake.output.png[0]).parent
    for name in snakemake.params.figures:
        for ending, image in draw(name, data).items():
            Path(folder, f"{name}.{ending}").write_bytes(image)
