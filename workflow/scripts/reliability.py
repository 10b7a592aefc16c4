"""studies/<study>/{ratings,clusters}.csv -> studies/<study>/{reliability,disagreements}.csv"""

from _stage import read_rows, stage, write_rows

from collective_efficiency.studies.reliability import ALPHA_COLUMNS, DISAGREEMENT_COLUMNS, alphas, disagreements

with stage(snakemake.log):
    ratings, clusters = read_rows(snakemake.input.ratings), read_rows(snakemake.input.clusters)
    write_rows(snakemake.output.alphas, ALPHA_COLUMNS, alphas(ratings))
    write_rows(snakemake.output.disagreements, DISAGREEMENT_COLUMNS, disagreements(ratings, clusters))
