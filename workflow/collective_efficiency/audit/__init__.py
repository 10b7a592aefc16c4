"""The audit: a verdict on every printed number, with what explains it and what it changes.

In the order in which it runs: `checks` says which cell follows from which, `model` holds it as a graph, `evaluation`
computes a cell from others; `modes` infers how a column was rounded; `judge` gives the verdicts; `misplaced` says which
scores stand in each other's place, `localise` (by `score_rules` and `programme`) which cells must be wrong, `settled`
which of these are taken so; `explain` (by the `operations` it knows) what most likely happened; `consequences` what it
changes, and `claims_changed` in claims and advice; `findings` puts it together; `engine` runs it all.

`records`, `counts` and `summary` are what is written of it, `adjudications` what people decided. `audit` is the stage
of the workflow, `folder` the same for any folder, `many` for a list of them; `drafts` lays out such a folder.
"""
