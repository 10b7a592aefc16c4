"""Collective efficiency and upgrading in clusters: the pure functions behind the workflow.

Values and frames in, values and frames out: nothing here knows Snakemake, a path or a global state. A room (a folder)
is a group of stages; a stage has a module of its name. docs/architecture.md lists the rooms, and which imports which.
"""

__version__ = "0.1.0"
