"""The checks: what may be declared in checks.yaml, and what each kind of check does.

`registry` has one record for each kind: its keys, what it asserts and its function. The functions lie by what they look
at: `arithmetic` says how a cell is computed; `scores`, `values`, `typography` and `names` look at what is not computed.
`reading` reads checks.yaml by the registry, `apply` runs what it declares. A new kind is a function and a record.
"""
