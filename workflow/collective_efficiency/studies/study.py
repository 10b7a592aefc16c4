"""Stage `study`: a study that a researcher adds, read from its files and checked, every problem with its place.

In: the bytes of data/studies/<name>/study.yaml and of clusters.csv or clusters.xlsx. Out: a `Study`, of which
`study_results` says what is written.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.sheets.grid import Note
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.studies.described import RESERVED, YAML, describe, sectors_of
from collective_efficiency.studies.headings import Words, table_words
from collective_efficiency.studies.raters import MOST_RATERS
from collective_efficiency.studies.sheet import Sheet, decimal_mark
from collective_efficiency.studies.source import read_source, useless_keys
from collective_efficiency.studies.study_table import Columns, StudyTable, SummaryRow

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
    summaries: tuple[SummaryRow, ...]
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
    """What is wrong with the name of a study; empty if nothing is. It becomes a folder, and part of an address.

    >>> check_name("ethiopia")
    ''
    >>> check_name("Ethiopia 2")
    'allowed: at most 60 small letters, digits, - and _, the first a letter or a digit'
    """
    if name in RESERVED:
        return f"the name is taken; reserved: {', '.join(RESERVED)}"
    if not NAME.fullmatch(name):
        return "allowed: at most 60 small letters, digits, - and _, the first a letter or a digit"
    return ""


def read_studies(folders: Mapping[str, Mapping[str, bytes]], known: Known, raters: str) -> list[Study]:
    """The studies in `folders` (files by name, by study), sorted by name.

    raters: median or mean, as config.yaml says. Raises BadInputError with every problem of
    every study, and of what they are together: no new cluster in two of them, no sector under two names or codes, no
    code of two sectors.
    """
    problems: list[Problem] = []
    studies = [read_study(name, folders[name], known, raters, problems) for name in sorted(folders)]
    good = [study for study in studies if study is not None]
    problems += check_together(good, known)
    if problems:
        raise BadInputError(problems)
    return good


def check_together(studies: Sequence[Study], known: Known) -> list[Problem]:
    """A new cluster that is in two studies, a sector that two call or number differently, two sectors of one code."""
    problems = []
    owner: dict[str, str] = {}
    sectors: dict[str, tuple[str, Record]] = {}
    coded: dict[str, tuple[str, Record]] = {}
    for study in studies:
        for cluster in sorted(owner.keys() & {*study.clusters["cluster"]} - known.clusters.keys()):
            message = f"the cluster is in the study {owner[cluster]}, too"
            problems.append(Problem(study.file, cluster, "cluster", cluster, message))
        owner |= dict.fromkeys(study.clusters["cluster"], study.name)
        for row in study.sectors:
            first, other = sectors.setdefault(row["sector"], (study.name, row))
            if other["code"] != row["code"]:
                message = (
                    f"the study {first} gives the sector {row['sector']} the code {other['code']}; give it the same"
                )
                problems.append(Problem(_path(study.name, YAML), "", "sectors", row["code"], message))
            elif other != row:
                message = f"the study {first} calls the sector {row['sector']} {other['name']!r}; call it the same"
                problems.append(Problem(_path(study.name, YAML), "", "sectors", row["name"], message))
            first, other = coded.setdefault(row["code"], (study.name, row))
            if other["sector"] != row["sector"]:
                message = (
                    f"in exports the code is that of {other['sector']} of the study {first}; declare another, as code"
                )
                problems.append(Problem(_path(study.name, YAML), "", "sectors", row["code"], message))
    return problems


def _path(name: str, file: str) -> str:
    return f"data/studies/{name}/{file}"


def read_study(
    name: str, files: Mapping[str, bytes], known: Known, raters: str, problems: list[Problem]
) -> Study | None:
    """The study `name` in `files` (study.yaml; clusters.csv or clusters.xlsx); None and its problems if it is bad."""
    before = len(problems)
    if YAML not in files:
        problems.append(Problem(_path(name, YAML), "", "", "", "the file is missing"))
    document = describe(_path(name, YAML), files[YAML], known.sectors, problems) if YAML in files else None
    described = document or {}
    words = table_words()
    sheet = _sheet(name, files, described, words, problems)
    if sheet is None:
        return None
    table = StudyTable(sheet, words, known.clusters, problems)
    if not table.check_columns():
        return None
    added = sectors_of(described)
    sectors = (*known.sectors, *(row["sector"] for row in added))
    industries = (*known.industries, *described.get("industries", ()))
    table.check_ids(name)
    table.check_facts({} if document is None else {"sector": sectors, "industry": industries})
    decimal = decimal_mark(sheet, table.numeric_columns(), described.get("decimal"), problems)
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
    tables = [file for file in (CSV, WORKBOOK) if file in files]
    if len(tables) != 1:
        message = "clusters.csv and clusters.xlsx are both here: keep one" if tables else "the file is missing"
        problems.append(Problem(_path(name, CSV), "", "", "", message))
        return None
    (file,) = tables
    for key in useless_keys(file, files[file]):
        if key in described:
            message = f"{file} has none: leave it out"
            problems.append(Problem(_path(name, YAML), "", key, str(described[key]), message))
    return read_source(_path(name, file), files[file], described, words, problems)
