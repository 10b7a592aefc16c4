"""data/studies/_template -> data/studies/<name>, a folder that the workflow then leaves alone"""

from pathlib import Path

from _stage import read_bytes, stage, tell

from collective_efficiency.studies.new_study import new_study_name

with stage(snakemake.log):
    studies = Path("data/studies")
    folder = studies / new_study_name(snakemake.config["name"], {path.name for path in studies.iterdir()})
    folder.mkdir()
    for file, content in read_bytes(snakemake.input.template).items():
        (folder / file).write_bytes(content)
    tell(f"Fill in {folder}/study.yaml and {folder}/clusters.csv; docs/add-a-study.md says how.")
