"""The checks: what may be declared in checks.yaml, and what each kind of check does.

`relation_kinds` and `fact_kinds` have one record for each kind: its keys, what it asserts and its function; `registry`
finds it by name. The functions lie by what they look at: `arithmetic` and `named` say how a cell is computed; `scores`,
`values`, `moments`, `significance`, `typography` and `names` look at what is not computed. `reading` reads checks.yaml
by the registry, `apply` runs what it declares. A new kind is a function and a record.
"""
