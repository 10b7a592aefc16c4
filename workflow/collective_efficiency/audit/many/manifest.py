"""The list of the reports to audit: a CSV with a name for each and the folder that holds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from collective_efficiency.files.csv_files import read_csv
from collective_efficiency.problems import BadInputError, Problem

MANIFEST_COLUMNS = ("report", "folder")


@dataclass(frozen=True)
class ListedReport:
    """One report of a list. folder: its place, from the folder of the list; problem: why it is not read, if so."""

    name: str
    folder: str
    problem: str = ""


def read_manifest(file: str, content: bytes) -> list[ListedReport]:
    """The reports of a list, in its order; a folder that is not named is called as its report.

    Raises BadInputError where the list itself is no such list. A folder that leads out of that of the list is a
    problem of its report alone.

    >>> [each] = read_manifest("reports.csv", b"report,folder\\nsecret,../secret\\n")
    >>> each.problem
    'allowed: a folder below that of the list; this leads out of it'
    """
    problems: list[Problem] = []
    read = read_csv(file, content, MANIFEST_COLUMNS, problems)
    lines = read.rows if read else ()
    first: dict[str, int] = {}
    for line, row in lines:
        name = row["report"].strip()
        if not name:
            problems.append(Problem(file, str(line), "report", "", "the cell is empty"))
        elif name in first:
            message = f"the report stands twice; first in row {first[name]}"
            problems.append(Problem(file, str(line), "report", name, message))
        first.setdefault(name, line)
    if problems:
        raise BadInputError(problems)
    return list(_listed(lines))


def _listed(lines: tuple[tuple[int, dict[str, str]], ...]) -> Iterator[ListedReport]:
    for _, row in lines:
        folder = row["folder"].strip() or row["report"].strip()
        path = PurePosixPath(folder.replace("\\", "/"))
        leads_out = path.is_absolute() or ".." in path.parts or ":" in folder
        problem = "allowed: a folder below that of the list; this leads out of it" if leads_out else ""
        yield ListedReport(row["report"].strip(), folder, problem)


def inside(base: Path, folder: str) -> Path | None:
    """The folder below `base`; None where it leads out of it, by a link, too."""
    path = (base / folder).resolve()
    return path if path.is_relative_to(base.resolve()) else None
