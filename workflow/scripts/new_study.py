"""data/studies/<name>, a folder that the workflow then leaves alone"""

from pathlib import Path

from _stage import stage, tell

from collective_efficiency.studies.new_study import new_study_files, new_study_name, what_to_fill_in

with stage(snakemake.log):
    studies = Path("data/studies")
    folder = studies / new_study_name(snakemake.config["name"], {path.name for path in studies.iterdir()})
    folder.mkdir()
    for file, text in new_study_files().items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    tell(what_to_fill_in(folder))
