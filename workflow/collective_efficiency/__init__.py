"""Collective efficiency and upgrading in clusters: the pure functions behind the workflow.

Values and frames in, values and frames out: nothing here knows Snakemake, a path or a global state.
A module has the name of the stage it serves (ingest, clusters, indices, ...); `words` holds the vocabulary,
`printed` the exact arithmetic of printed numbers, `problems` the one way to say that an input is bad.
"""

__version__ = "0.1.0"
