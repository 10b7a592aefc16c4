"""{dataset}/clusters.csv, {dataset}/{reading}/indices.csv -> {dataset}/export/{clusters.*,datapackage.json}"""

from pathlib import Path

from _stage import read_frame, read_rows, read_yaml, stage

from collective_efficiency.choices import read_choices
from collective_efficiency.exhibits.exports import ExportOrigin, exported_files
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    given, dataset = snakemake.input, snakemake.wildcards.dataset
    clusters, sectors = read_frame(given.clusters), read_rows(given.sectors)
    indices = {reading: read_frame(path) for reading, path in zip(READINGS, given.indices, strict=True)}
    source = read_yaml(given.tables)["source"]
    studies = {Path(path).parent.name: read_yaml(path) for path in given.described}
    origin = ExportOrigin(source, studies, read_yaml(given.citation))
    files = exported_files(dataset, clusters, indices, sectors, origin, read_choices(snakemake.config))
    for path in map(Path, snakemake.output):
        path.write_bytes(files[path.name])
