"""The language in which a claim says when it holds: a small, typed part of Python's expressions, never run as Python.

A predicate is a text such as `count(sector == traditional and degree == Low) == stated`.

| module | holds |
| --- | --- |
| `nodes` | what a predicate is compiled to, and the worlds in which it has a value |
| `statistics` | mean, median, Goodman and Kruskal's gamma: exact numbers in, exact numbers out |
| `evidence` | how values and clusters are worded |
| `operators` | and, or, not, comparisons, arithmetic, of nodes |
| `cluster_functions`, `table_functions`, `number_functions` | how a call of a function becomes a node |
| `registry` | every function: its name, arguments, what it does and its builder |
| `grammar` | the text of a predicate to a node, by way of `ast` |
"""
