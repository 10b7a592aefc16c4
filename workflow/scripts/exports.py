"""{dataset}/clusters.csv, {dataset}/{reading}/indices.csv -> {dataset}/export/{clusters.*,datapackage.json}"""

from pathlib import Path

from _stage import read_frame, read_rows, read_yaml, stage, write_frame

from collective_efficiency.exhibits.exports import fields, numbers, package, stata, tidy, workbook
from collective_efficiency.words import READINGS

LICENCE = "facts published in 2004, reproduced for research and criticism; see data/report/README.md"

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    described = read_yaml(given.meanings)
    meanings = {
        name: meaning
        for page in ("{dataset}/{reading}/indices.csv", "{dataset}/clusters.csv")
        for name, meaning in described[page]["columns"].items()
    }
    columns = fields([row["sector"] for row in read_rows(given.sectors)], meanings)
    indices = {name: read_frame(path) for name, path in zip(READINGS, given.indices, strict=True)}
    frame = tidy(read_frame(given.clusters), indices)
    source = read_yaml(given.tables)["source"]
    printed_by = f"{' and '.join(source['authors'])} ({source['year']}), {source['publisher']}"
    sources = [{"title": source["title"], "description": printed_by}]
    licences = [{"name": "notspecified", "title": f"Report: {LICENCE}"}]
    for path in given.described:
        study = read_yaml(path)
        sources.append({"title": study["title"], "description": study["source"]})
        licences.append(
            {"name": "notspecified", "title": f"{Path(path).parent.name}: {study.get('licence', 'none stated')}"}
        )
    write_frame(made.csv, frame)
    known = numbers(frame, columns)
    text = package(snakemake.wildcards.dataset, Path(made.csv).read_bytes(), columns, sources, licences)
    Path(made.package).write_text(text, encoding="utf-8", newline="\n")
    Path(made.stata).write_bytes(stata(known, columns))
    Path(made.workbook).write_bytes(workbook(known, columns, sources))
