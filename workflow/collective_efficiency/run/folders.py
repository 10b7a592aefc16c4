"""Folders and disks that no run can use, told before it begins: Snakemake would end in a traceback, or see no fault.

And what a path is called below its folder, wherever that lies.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from collective_efficiency.problems import BadInputError, Problem

NEEDED_BYTES = 60_000_000  # results (10 MB), with studies several times as much, logs, and what Snakemake notes


def check_folders(project: Path, written: Iterable[str]) -> None:
    """Raise BadInputError where a run in `project` cannot write to one of the folders `written`, or has no room to.

    A folder that is not there yet is made in `project`, which must then be one that can be written to.
    """
    problems = []
    for name in written:
        folder = project / name
        if folder.exists() and not folder.is_dir():
            problems.append(Problem(name, "", "", "", "is a file; a run writes a folder there: move it away"))
        elif not os.access(folder if folder.exists() else project, os.W_OK | os.X_OK):
            problems.append(Problem(name, "", "", "", "may not be written to; allow it, or copy the project elsewhere"))
    free = shutil.disk_usage(project).free
    if free < NEEDED_BYTES:
        needed = f"{free / 1e6:.0f} MB are free; a run needs {NEEDED_BYTES / 1e6:.0f} MB"
        problems.append(Problem("the disk", "", "", "", needed))
    if problems:
        raise BadInputError(problems)


def check_results(project: Path, made: Iterable[str]) -> None:
    """Raise BadInputError where a folder stands in the place of a file that is made: Snakemake would see no fault."""
    message = "is a folder; a run writes a file there: remove it"
    problems = [Problem(name, "", "", "", message) for name in made if (project / name).is_dir()]
    if problems:
        raise BadInputError(problems)


def below(folder: str, path: str) -> str:
    """`path` as it is named below `folder`, also where a storage provider keeps the folder elsewhere.

    >>> below("results", ".snakemake/storage/fs/results/audit/cells.csv"), below("data", "data/report/A1.csv")
    ('audit/cells.csv', 'report/A1.csv')
    """
    return f"/{path}".rpartition(f"/{folder}/")[2]
