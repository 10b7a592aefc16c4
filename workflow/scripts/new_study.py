"""data/studies/<name>, a folder that the workflow then leaves alone"""

from pathlib import Path

from _stage import stage, tell

from collective_efficiency.studies.new_study import lay_out_study

with stage(snakemake.log):
    tell(lay_out_study(Path("data/studies"), snakemake.config["name"]))
