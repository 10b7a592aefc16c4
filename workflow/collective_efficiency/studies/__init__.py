"""Studies: clusters that researchers add as data alone (data/studies/<name>), read strictly and said clearly if bad.

`tabular`: a table as people have it, CSV or Excel, as columns of text. `study`: the checked study. `raters`: several
raters of a cluster as one. `results`: what is written of a study, and the dataset `extended`.
"""
