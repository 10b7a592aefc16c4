"""studies/<study>/{ratings,clusters}.csv -> studies/<study>/{reliability,disagreements}.csv"""

from _stage import read_rows, stage, write_rows

from collective_efficiency.studies.reliability import ALPHA_COLUMNS, DISAGREEMENT_COLUMNS, disagreements, reliability

with stage(snakemake.log):
    source, target = snakemake.input, snakemake.output
    ratings, clusters = read_rows(source.ratings), read_rows(source.clusters)
    write_rows(target.alphas, ALPHA_COLUMNS, reliability(ratings))
    write_rows(target.disagreements, DISAGREEMENT_COLUMNS, disagreements(ratings, clusters))
