"""{report,extended}/{reading}/*.csv -> extended/comparison.{csv,md,html}"""

from pathlib import Path

from _stage import read_rows, read_yaml, stage, write_rows

from collective_efficiency.studies.comparison import COLUMNS, associations, compare, markdown, page
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    averages, crosstabs, tested = ([read_rows(path) for path in paths] for paths in (
        given.averages, given.crosstabs, given.tested
    ))  # fmt: skip
    datasets = len(snakemake.params.datasets)
    rows = []
    for place, reading in enumerate(READINGS):
        rows += compare(reading, averages[2 * place : 2 * place + 2], crosstabs[2 * place : 2 * place + 2])
        both = [*tested[datasets * place : datasets * (place + 1)], None]
        rows += associations(reading, both[:2], snakemake.params.missing)
    clusters = read_rows(given.clusters)
    studies = [
        {"study": name, "title": read_yaml(path)["title"], "n": str(sum(row["study"] == name for row in clusters))}
        for path, name in ((path, Path(path).parent.name) for path in given.described)
    ]
    sectors = {row["sector"]: row["name"] for row in read_rows(given.sectors)}
    write_rows(made.csv, COLUMNS, rows)
    template = Path(given.template).read_text(encoding="utf-8")
    Path(made.html).write_text(page(rows, studies, sectors, template), encoding="utf-8", newline="\n")
    Path(made.md).write_text(markdown(rows, studies, sectors), encoding="utf-8", newline="\n")
