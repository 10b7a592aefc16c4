"""Studies: clusters that researchers add as data alone (data/studies/<name>), read strictly and said clearly if bad.

`tabular`: a table as people have it, CSV or Excel, as columns of text. `table`: its cells, checked. `described`:
study.yaml. `study`: all of a study. `raters`: several raters of a cluster as one. `results`: what is written of it.
`study_audit`: the numbers that it prints itself, audited. `extended`: the report's clusters and those of studies.
"""
