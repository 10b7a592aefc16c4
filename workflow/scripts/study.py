"""data/studies/<study> -> results/studies/<study>/{ratings,clusters,indices,notes}.csv"""

from _stage import read_study, stage, write_columns, write_frame, write_rows

from collective_efficiency.choices import read_choices
from collective_efficiency.studies import study_results as results

with stage(snakemake.log):
    target = snakemake.output
    choices = read_choices(snakemake.config)
    study = read_study(snakemake)
    clusters = results.study_clusters(study, snakemake.params.raters)
    write_columns(target.ratings, results.RATING_COLUMNS, results.study_ratings(study))
    write_frame(target.clusters, clusters)
    write_frame(target.indices, results.study_indices(study, clusters, choices))
    write_rows(target.notes, results.NOTE_COLUMNS, results.study_notes(study))
