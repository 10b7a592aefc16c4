"""notebooks/<name>.ipynb -> results/notebooks/<name>.html, each run in the project's folder"""

from pathlib import Path

from _stage import stage

from collective_efficiency.run.notebooks import notebook_pages

with stage(snakemake.log):
    notebooks = [Path(path).read_text(encoding="utf-8") for path in snakemake.input.notebooks]
    pages = notebook_pages(notebooks, str(Path.cwd()), dict(snakemake.config))
    for path, page in zip(snakemake.output.pages, pages, strict=True):
        Path(path).write_text(page, encoding="utf-8", newline="\n")
