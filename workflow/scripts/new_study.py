"""data/studies/_template -> data/studies/<name>, a folder that the workflow then leaves alone"""

from pathlib import Path

from _stage import read_bytes, stage

with stage(snakemake.log):
    folder = Path("data/studies", snakemake.params.name)
    folder.mkdir()
    for name, content in read_bytes(snakemake.input.template).items():
        (folder / name).write_bytes(content)
    print(f"Fill in {folder}/study.yaml and {folder}/clusters.csv; docs/add-a-study.md says how.")
