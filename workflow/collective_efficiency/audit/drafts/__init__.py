"""Drafts: a folder to audit, laid out from a spreadsheet, with the relations that its numbers seem to keep.

`lines` holds a table as numbers to search; `sums`, `products`, `scaled` and `backwards` look for relations, `evidence`
says how improbable by chance each is, `simplest` keeps the fewest that say everything, `orientation` tells which of
three lines is computed, and `called` adds what only a name says; `discover` runs them.
"""
