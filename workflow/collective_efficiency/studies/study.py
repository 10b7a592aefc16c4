"""Stage `study`: a study that a researcher adds, read from its files and checked, every problem with its place.

In: the bytes of data/studies/<name>/study.yaml and of the table beside it. Out: a `Study`, of which
`study_results` says what is written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.sheets.grid import Note
from collective_efficiency.files.sheets.reading import ENDINGS, ending
from collective_efficiency.problems import BadInputError, Problem, allowed
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.described import RESERVED, YAML, describe, sectors_of
from collective_efficiency.studies.facts import printed_names
from collective_efficiency.studies.headings import Words, table_words
from collective_efficiency.studies.mapping import TableMapping, mapping_of
from collective_efficiency.studies.raters import MOST_RATERS, sparse_clusters
from collective_efficiency.studies.sheet import decimal_mark
from collective_efficiency.studies.source import read_source, useless_keys
from collective_efficiency.studies.study_table import Columns, StudyTable, SummaryRow
from collective_efficiency.words import ITEMS

USUAL_NAME = "clusters."  # how the name of the table begins, where study.yaml does not name it
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True)
class Known:
    """What the report has: its sectors, its industries and, by id, the rows of its list of clusters.

    sector_names: the sectors by the names that it prints.
    """

    sectors: tuple[str, ...]
    industries: tuple[str, ...]
    clusters: Mapping[str, Record]
    sector_names: tuple[tuple[str, str], ...] = ()


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
        tuple((row[name], row["sector"]) for row in sectors for name in ("name", "short_name")),
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
    """The study `name` in `files` (study.yaml and its table); None and its problems if it is bad."""
    before = len(problems)
    yaml = _path(name, YAML)
    if YAML not in files:
        problems.append(Problem(yaml, "", "", "", "the file is missing"))
    document = describe(yaml, files[YAML], known.sectors, problems) if YAML in files else None
    described = document or {}
    file = _table_file(name, files, described.get("file"), problems)
    if file is None:
        return None
    mapping = mapping_of(yaml, described, problems)
    words = table_words(mapping.layout)
    context = TableContext(_path(name, file), yaml, mapping, _with_marks(words, mapping), [], problems)
    _check_keys(file, files[file], described, context)
    added = sectors_of(described)
    industries = (*known.industries, *described.get("industries", ()))
    names = {"sector": _sector_names(known, added), "industry": printed_names(industries)}
    sheet = read_source(files[file], described, names, known.clusters, context)
    if sheet is None:
        return None
    context = replace(context, words=_with_marks(table_words(), mapping))
    table = StudyTable(sheet, known.clusters, context)
    if not table.check_columns():
        return None
    sectors = (*known.sectors, *(row["sector"] for row in added))
    table.check_ids(name)
    table.check_lookalikes()
    table.check_facts({} if document is None else {"sector": sectors, "industry": industries})
    decimal = decimal_mark(sheet, table.numeric_columns(), described.get("decimal"), context)
    ratings, clusters = table.read_scores(decimal), table.read_clusters(decimal)
    summaries = tuple(table.read_summaries(decimal, sectors))
    if len(problems) == before and not described.get("allow_sparse"):
        problems += _sparse_problems(sheet.file, ratings)
    if raters == "mean":
        table.check_number_of_raters(MOST_RATERS)
    if len(problems) > before:
        return None
    return Study(name, sheet.file, described, tuple(added), clusters, ratings, summaries, decimal, tuple(context.notes))


def _sparse_problems(file: str, ratings: Columns) -> Iterator[Problem]:
    """A problem for each cluster with more items without a score than with one: their index would be of nothing."""
    for cluster, count in sparse_clusters(ratings).items():
        message = (
            f"{count} of its {len(ITEMS)} items have no score, more than have one: score them, or say"
            " allow_sparse: true in study.yaml, if so few are meant"
        )
        yield Problem(file, cluster, "", "", message)


def _with_marks(words: Words, mapping: TableMapping) -> Words:
    """The words with the marks of missing scores that study.yaml adds."""
    return replace(words, missing=words.missing | mapping.missing_scores)


def _sector_names(known: Known, added: Sequence[Record]) -> Mapping[str, str]:
    """The sectors of the report and of the study, by all of their names."""
    named = [(row[name], row["sector"]) for row in added for name in ("name", "short_name")]
    keys = (*known.sectors, *(row["sector"] for row in added))
    return printed_names(keys, (*known.sector_names, *named))


def study_files(names: Iterable[str]) -> list[str]:
    """Which of the files of a study's folder are read at all.

    >>> study_files(["notes.docx", "study.yaml", "survey.sav"])
    ['study.yaml', 'survey.sav']
    """
    return sorted(name for name in names if name == YAML or _may_be_table(name))


def table_files(names: Iterable[str], declared: str | None) -> list[str]:
    """Which of the files of a folder may be a study's table. declared: what study.yaml says under `file`.

    >>> table_files(["study.yaml", "clusters.xlsx", "README.txt"], None), table_files(["a.ods", "b.csv"], "b.csv")
    (['clusters.xlsx'], ['b.csv'])
    """
    tables = sorted(filter(_may_be_table, names))
    if declared is not None:
        return [name for name in tables if name == declared]
    return [name for name in tables if name.startswith(USUAL_NAME)] or tables


def _may_be_table(name: str) -> bool:
    """Whether a file is of a format that is read, or is named as a table is, so that what is wrong with it is said."""
    return ending(name) in (*ENDINGS, ".xls") or name.startswith(USUAL_NAME)


def _table_file(name: str, files: Mapping[str, bytes], declared: str | None, problems: list[Problem]) -> str | None:
    """The file that holds the table; None, with the reason in `problems`, where there is none, or several may."""
    tables = table_files(files, declared)
    if len(tables) == 1:
        return tables[0]
    if declared is not None:
        others = table_files(files, None)
        message = f"no such table beside it; {allowed(others, declared)}"
        problems.append(Problem(_path(name, YAML), "", "file", declared, message))
    elif tables:
        message = f"{' and '.join(tables)} are both here: keep one, or name it under file in study.yaml"
        problems.append(Problem(_path(name, tables[0]), "", "", "", message))
    else:
        problems.append(Problem(_path(name, f"{USUAL_NAME}csv"), "", "", "", "the file is missing"))
    return None


def _check_keys(file: str, content: bytes, described: Mapping[str, Any], context: TableContext) -> None:
    """What study.yaml says of the table that a file of this format does not have."""
    for key in useless_keys(file, content):
        if key in described:
            context.bad_key(key, str(described[key]), f"{file} has none: leave it out")
