"""Studies: clusters that researchers add as data alone (data/studies/<name>), read strictly and said clearly if bad.

Reading one: `described` (study.yaml), `csv_sheet` and `workbook_sheet` (its table as people have it, as a `sheet` of
text under known `headings`), `study_table` (its cells, checked by `cell_texts`), `raters` (several raters of a cluster
as one).

The stages: `new_study` lays one out, `study` reads one (`study_results` is what is written of it), `study_audit` audits
the numbers that it prints itself, `reliability` compares its raters, `agreement` compares it with the report where it
scores the report's clusters again, `extended` joins its new clusters with the report's, and `comparison` says what
these change.
"""
