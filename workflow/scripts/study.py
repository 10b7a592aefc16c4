"""data/studies/<study> -> results/studies/<study>/{ratings,clusters,indices,notes}.csv"""

from _stage import read_bytes, read_rows, read_yaml, stage, write_columns, write_frame, write_rows

from collective_efficiency.choices import read_choices
from collective_efficiency.studies.results import NOTE_COLUMNS, RATING_COLUMNS, clusters, indices, ratings
from collective_efficiency.studies.study import known_of, read_studies
from collective_efficiency.studies.tabular import read_words

with stage(snakemake.log):
    given, made = snakemake.input, snakemake.output
    choices = read_choices(snakemake.config, read_yaml(given.config_schema))
    known = known_of(read_rows(given.sectors), read_rows(given.master))
    folders = {snakemake.wildcards.study: read_bytes(given.files)}
    raters = snakemake.params.raters
    (study,) = read_studies(folders, read_yaml(given.schema), read_words(read_yaml(given.columns)), known, raters)
    scored = clusters(study, raters)
    write_columns(made.ratings, RATING_COLUMNS, ratings(study))
    write_frame(made.clusters, scored)
    write_frame(made.indices, indices(study, scored, choices))
    write_rows(made.notes, NOTE_COLUMNS, (dict(zip(NOTE_COLUMNS, note, strict=True)) for note in study.notes))
