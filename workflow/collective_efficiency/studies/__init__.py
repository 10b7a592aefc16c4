"""Studies: clusters that researchers add as data alone (data/studies/<name>), read strictly and said clearly if bad.

Reading one, in order: `described` (study.yaml) and its `mapping`; `source` takes the table from its file: `titled`
finds its `headings`, `cell_rules` judge cells that are more than text, `labels` and `facts` say what texts mean,
`arrangement` makes rows of clusters and raters, and the `sheet` is what comes of it. `study_table` checks its cells
(`cell_texts`) and asks about `lookalikes`; `raters` makes one of several raters. What the steps share is their
`context`.

The stages: `new_study` lays one out, from a template or a table (`guessed_study`: `guessing` tells its columns,
`guessed_values` its texts), `study` reads one (`study_results` is what is written of it), `study_audit` audits the
numbers that it prints itself, `reliability` compares its raters, `agreement` compares it with the report where it
scores the report's clusters again, `extended` joins its new clusters with the report's, and `comparison` says what
these change.
"""
