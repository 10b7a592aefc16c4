"""The language in which a claim says when it holds: a small, typed part of Python's expressions, never run as Python.

A predicate is a text such as `count(sector == traditional and degree == Low) == stated`.

| module | holds |
| --- | --- |
| `values` | what is known, what is not, and the logic of three values |
| `nodes` | what a predicate is compiled to, and the worlds in which it has a value |
| `populations` | of which clusters or rows a function speaks |
| `statistics` | mean, quantile, Goodman and Kruskal's gamma: exact numbers, or bounds, in and out |
| `evidence` | how values and clusters are worded |
| `calls` | what a declared function is, and what its arguments may be |
| `operators` | and, or, not, comparisons, arithmetic, of nodes |
| `split_functions`, `statistic_functions`, `order_functions` | a call as a node: how many, means, who is first |
| `table_functions`, `number_functions` | the same for printed cells, and for numbers and dates |
| `registry` | every function: its name, arguments, what it does and its builder |
| `checks` | what is wrong with a predicate, and what to write instead |
| `grammar` | the text of a predicate to a node, by way of `ast` |
"""
