"""Stage `study`: a study that a researcher adds, read from its files and checked, every problem with its place.

In: the bytes of data/studies/<name>/study.yaml and of clusters.csv or clusters.xlsx. Out: a `Study`.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collective_efficiency.files.csv_files import Record
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.studies.described import RESERVED, YAML, describe, sectors_of
from collective_efficiency.studies.raters import MOST_RATERS
from collective_efficiency.studies.table import Columns, Summary, Table
from collective_efficiency.studies.tabular import Note, Sheet, Words, decimal_mark, read_text, read_workbook

CSV, WORKBOOK = "clusters.csv", "clusters.xlsx"
FILES = (YAML, CSV, WORKBOOK)
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True)
class Known:
    """What the report has: its sectors, its industries and, by id, the rows of its list of clusters."""

    sectors: tuple[str, ...]
    industries: tuple[str, ...]
    clusters: Mapping[str, Record]


@dataclass(frozen=True)
class Study:
    """A checked study.

    file: its table. described: study.yaml. sectors: those that it adds, as rows of sectors.csv. clusters: one row a
    cluster, its id, its facts, and the indices and the degree that the study itself prints, verbatim. ratings: one row
    a cluster and rater, tidy. summaries: its own totals and averages. decimal: its decimal mark. notes: what was
    detected and decided.
    """

    name: str
    file: str
    described: Mapping[str, Any]
    sectors: tuple[Record, ...]
    clusters: Columns
    ratings: Columns
    summaries: tuple[Summary, ...]
    decimal: str
    notes: tuple[Note, ...]


def known_of(sectors: Sequence[Record], clusters: Sequence[Record]) -> Known:
    """What is known from the rows of data/report/sectors.csv and clusters.csv."""
    return Known(
        tuple(row["sector"] for row in sectors),
        tuple(dict.fromkeys(row["industry"] for row in clusters)),
        {row["cluster"]: row for row in clusters},
    )


def check_name(name: str) -> str:
    """What is wrong with the name of a study; empty if nothing is."""
    if name in RESERVED:
        return f"the name is taken; reserved: {', '.join(RESERVED)}"
    if not NAME.fullmatch(name):
        return "allowed: at most 60 small letters, digits, - and _, the first a letter or a digit"
    return ""


def check_new(name: str | int | None, taken: Container[str]) -> None:
    """Raises BadInputError where the name of a new study is missing, not allowed, or `taken`."""
    message = check_name(str(name))
    if name is None:
        message = "name the new study: snakemake --cores 1 new_study --config name=ethiopia"
    elif not message and str(name) in taken:
        message = f"there is a data/studies/{name} already; nothing was changed"
    if message:
        raise BadInputError([Problem("config.yaml", "", "name", "" if name is None else str(name), message)])


def read_studies(
    folders: Mapping[str, Mapping[str, bytes]], schema: Mapping[str, Any], words: Words, known: Known, raters: str
) -> list[Study]:
    """The studies in `folders` (files by name, by study), sorted by name.

    schema: study.schema.yaml; raters: median or mean, as config.yaml says. Raises BadInputError with every problem of
    every study, and of what they are together: no new cluster in two of them, and no sector under two names.
    """
    problems: list[Problem] = []
    studies = [read_study(name, folders[name], schema, words, known, raters, problems) for name in sorted(folders)]
    read = [study for study in studies if study is not None]
    if len(read) > 1:
        problems += check_together(read, known)
    if problems:
        raise BadInputError(problems)
    return read


def check_together(studies: Sequence[Study], known: Known) -> list[Problem]:
    """A new cluster that is in two studies, a sector that two studies call differently."""
    problems = []
    owner: dict[str, str] = {}
    sectors: dict[str, tuple[str, Record]] = {}
    for study in studies:
        for cluster in sorted(owner.keys() & {*study.clusters["cluster"]} - known.clusters.keys()):
            message = f"the cluster is in the study {owner[cluster]}, too"
            problems.append(Problem(study.file, cluster, "cluster", cluster, message))
        owner |= dict.fromkeys(study.clusters["cluster"], study.name)
        for row in study.sectors:
            first, other = sectors.setdefault(row["sector"], (study.name, row))
            if other != row:
                message = f"the study {first} calls the sector {row['sector']} {other['name']!r}; call it the same"
                problems.append(Problem(_path(study.name, YAML), "", "sectors", row["name"], message))
    return problems


def _path(name: str, file: str) -> str:
    return f"data/studies/{name}/{file}"


def read_study(
    name: str,
    files: Mapping[str, bytes],
    schema: Mapping[str, Any],
    words: Words,
    known: Known,
    raters: str,
    problems: list[Problem],
) -> Study | None:
    """The study `name` in `files` (study.yaml; clusters.csv or clusters.xlsx); None and its problems if it is bad."""
    before = len(problems)
    if YAML not in files:
        problems.append(Problem(_path(name, YAML), "", "", "", "the file is missing"))
    read = describe(_path(name, YAML), files[YAML], schema, known.sectors, problems) if YAML in files else None
    described = read or {}
    sheet = _sheet(name, files, described, words, problems)
    if sheet is None:
        return None
    table = Table(sheet, words, known.clusters, problems)
    if not table.check_columns():
        return None
    added = sectors_of(described)
    sectors = (*known.sectors, *(row["sector"] for row in added))
    industries = (*known.industries, *described.get("industries", ()))
    table.check_ids(name)
    table.check_facts({} if read is None else {"sector": sectors, "industry": industries})
    decimal = decimal_mark(sheet, table.numbers(), described.get("decimal"), problems)
    ratings, clusters = table.read_scores(decimal), table.read_clusters(decimal)
    summaries = tuple(table.read_summaries(decimal, sectors))
    if raters == "mean":
        table.check_number_of_raters(MOST_RATERS)
    if len(problems) > before:
        return None
    return Study(name, sheet.file, described, tuple(added), clusters, ratings, summaries, decimal, tuple(sheet.notes))


def _sheet(
    name: str, files: Mapping[str, bytes], described: Mapping[str, Any], words: Words, problems: list[Problem]
) -> Sheet | None:
    found = [each for each in (CSV, WORKBOOK) if each in files]
    if len(found) != 1:
        message = "clusters.csv and clusters.xlsx are both here: keep one" if found else "the file is missing"
        problems.append(Problem(_path(name, CSV), "", "", "", message))
        return None
    read, useless = (read_text, ("sheet",)) if found == [CSV] else (read_workbook, ("separator", "encoding"))
    for key in useless:
        if key in described:
            problems.append(
                Problem(_path(name, YAML), "", key, str(described[key]), f"{found[0]} has none: leave it out")
            )
    return read(_path(name, found[0]), files[found[0]], described, words, problems)
