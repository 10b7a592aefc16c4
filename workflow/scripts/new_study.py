"""data/studies/_template -> data/studies/<name>, a folder that the workflow then leaves alone"""

from pathlib import Path

from _stage import read_bytes, stage, tell

from collective_efficiency.studies.study import check_new

with stage(snakemake.log):
    studies, name = Path("data/studies"), snakemake.config["name"]
    check_new(name, {path.name for path in studies.iterdir()})
    folder = studies / str(name)
    folder.mkdir()
    for file, content in read_bytes(snakemake.input.template).items():
        (folder / file).write_bytes(content)
    tell(f"Fill in {folder}/study.yaml and {folder}/clusters.csv; docs/add-a-study.md says how.")
