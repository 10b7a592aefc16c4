"""data/studies/<study> -> results/studies/<study>/{ratings,clusters,indices,notes}.csv"""

from _stage import read_study, stage, write_columns, write_frame, write_rows

from collective_efficiency.choices import read_choices
from collective_efficiency.studies.results import NOTE_COLUMNS, RATING_COLUMNS, clusters, indices, ratings

with stage(snakemake.log):
    made = snakemake.output
    choices = read_choices(snakemake.config)
    study = read_study(snakemake)
    scored = clusters(study, snakemake.params.raters)
    write_columns(made.ratings, RATING_COLUMNS, ratings(study))
    write_frame(made.clusters, scored)
    write_frame(made.indices, indices(study, scored, choices))
    write_rows(made.notes, NOTE_COLUMNS, (dict(zip(NOTE_COLUMNS, note, strict=True)) for note in study.notes))
