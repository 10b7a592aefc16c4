"""Stage `study`: a study that a researcher adds, read from its files and checked, every problem with its place.

In: the bytes of data/studies/<name>/study.yaml and of clusters.csv or clusters.xlsx. Out: a `Study`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from collective_efficiency.inputs import Row, read_yaml
from collective_efficiency.printed import NumberFormat, parse
from collective_efficiency.problems import BadInputError, Problem, allowed
from collective_efficiency.studies.raters import MOST_RATERS
from collective_efficiency.studies.tabular import SHOWN, Note, Sheet, Words, decimal_mark, read_text, read_workbook
from collective_efficiency.words import (
    ALL_SECTORS,
    DEGREES,
    GOVERNANCE,
    ITEMS,
    MAX_SCORE,
    NOT_AVAILABLE,
    SCORES,
)

YAML, CSV, WORKBOOK = "study.yaml", "clusters.csv", "clusters.xlsx"
FILES = (YAML, CSV, WORKBOOK)
LARGEST_YAML = 100_000  # bytes
LONGEST = 1000  # letters of a text
LONGEST_ID = 100
FACTS = ("name", "sector", "industry", "country")
RATING_COLUMNS = ("cluster", "rater", *SCORES, *GOVERNANCE)
PRINTED = ("eei", "jai", "ce", "degree", "upgrading_sum")
RESERVED = ("report", ALL_SECTORS, "extended", "total", "average", *DEGREES)
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
CLUSTER = re.compile(r"[a-z0-9][a-z0-9-]*")
SECTOR = re.compile(r"[a-z][a-z0-9_]*")
SCORE = re.compile(r"(\d)(?:[.,](\d{1,2}))?", re.ASCII)
CODE = re.compile(r"[0-3]", re.ASCII)
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")  # breaks, marks of direction
SCALE = re.compile(r"\s*(\d+)\s*(?:-|–|to)\s*(\d+)\s*", re.ASCII)
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


@dataclass(frozen=True)
class Known:
    """What the report has: its sectors, industries and clusters (id to sector)."""

    sectors: tuple[str, ...]
    industries: tuple[str, ...]
    clusters: Mapping[str, Row]


@dataclass(frozen=True)
class Summary:
    """A row that the study prints below its clusters: total or average, of a sector or ("") of all; texts by column."""

    row: str
    sector: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Study:
    """A checked study.

    sectors: those that it adds, as rows of sectors.csv. facts: name, sector, industry and country of each cluster by
    id, in the order of the ids. ratings: columns of ratings.csv, sorted by cluster and rater. printed: what the study
    itself prints beside its scores, by cluster and column, verbatim. decimal: its decimal mark. notes: what was
    detected.
    """

    name: str
    described: Mapping[str, Any]
    sectors: tuple[Row, ...]
    facts: Mapping[str, Row]
    ratings: Mapping[str, list[str]]
    printed: Mapping[str, Row]
    summaries: tuple[Summary, ...]
    decimal: str
    notes: tuple[Note, ...]


def known_of(sectors: Sequence[Row], clusters: Sequence[Row]) -> Known:
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


def read_studies(
    folders: Mapping[str, Mapping[str, bytes]], schema: Mapping[str, Any], words: Words, known: Known, raters: str
) -> list[Study]:
    """The studies in `folders` (files by name, by study), sorted by name.

    Raises BadInputError with every problem of every study, and of what they are together: no new cluster in two of
    them, and no sector under two names.
    """
    problems: list[Problem] = []
    studies = [read_study(name, folders[name], schema, words, known, raters, problems) for name in sorted(folders)]
    read = [study for study in studies if study is not None]
    problems += check_together(read, known)
    if problems:
        raise BadInputError(problems)
    return read


def check_together(studies: Sequence[Study], known: Known) -> list[Problem]:
    """A new cluster that is in two studies, a sector that two studies call differently."""
    problems = []
    owner: dict[str, str] = {}
    sectors: dict[str, tuple[str, Row]] = {}
    for study in studies:
        for cluster in study.facts:
            if cluster not in known.clusters and owner.setdefault(cluster, study.name) != study.name:
                message = f"the cluster is in the study {owner[cluster]}, too"
                problems.append(Problem(_path(study.name, "clusters"), cluster, "cluster", cluster, message))
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
    """The study `name` in `files` (study.yaml, and clusters.csv or clusters.xlsx); None and its problems if it is bad.

    schema: study.schema.yaml. raters: median or mean, as config.yaml says.
    """
    before = len(problems)
    read = _describe(name, files, schema, known, problems)
    described = read or {}
    added = _sectors(described.get("sectors", ()))
    sheet = _sheet(name, files, described, words, problems)
    if sheet is None:
        return None
    industries = (*known.industries, *map(str, described.get("industries", ())))
    sectors = (*known.sectors, *(row["sector"] for row in added))
    table = _Table(sheet, words, known, problems)
    if not table.check_columns():
        return None
    table.check_ids(name)
    table.check_facts({} if read is None else {"sector": sectors, "industry": industries})
    decimal = decimal_mark(sheet, table.holding("score", "number"), described.get("decimal"), problems)
    scores = table.read_scores(decimal)
    printed, summaries = table.read_printed(decimal, sectors)
    if len(problems) > before:
        return None
    facts = table.facts()
    table.check_raters(raters)
    if len(problems) > before:
        return None
    return Study(name, described, tuple(added), facts, scores, printed, summaries, decimal, tuple(sheet.notes))


def _describe(
    name: str, files: Mapping[str, bytes], schema: Mapping[str, Any], known: Known, problems: list[Problem]
) -> dict[str, Any] | None:
    """What study.yaml says; its problems, if it is bad, and None if it does not even fit its schema."""
    path = _path(name, YAML)
    if YAML not in files:
        problems.append(Problem(path, "", "", "", "the file is missing"))
        return None
    if len(files[YAML]) > LARGEST_YAML:
        problems.append(Problem(path, "", "", "", f"allowed: at most {LARGEST_YAML:,} bytes"))
        return None
    document: dict[str, Any] | None = read_yaml(path, files[YAML], schema, problems, aliases=False)
    if document is None:
        return None
    _check_scale(path, document["scale"], problems)
    _check_date(path, str(document["date"]), problems)
    for row in _sectors(document.get("sectors", ())):
        key = row["sector"]
        if key in known.sectors:
            problems.append(Problem(path, "", "sectors", key, "the report has this sector: leave it out here"))
        elif not SECTOR.fullmatch(key) or key in RESERVED or len(key) > LONGEST_ID:
            message = f"allowed: small letters, digits and _, the first a letter, and none of {', '.join(RESERVED)}"
            problems.append(Problem(path, "", "sectors", key, message))
    for key, text in _texts(document):
        if UNSEEN.search(text) and key != "notes":
            problems.append(Problem(path, "", key, text, "allowed: text on one line without control characters"))
    return document


def _texts(document: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Every text of study.yaml with its key."""
    for key, value in document.items():
        values = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else (value,)
        words = (*value, *values) if isinstance(value, Mapping) else values
        for each in words:
            texts = each.values() if isinstance(each, Mapping) else (each,)
            yield from ((key, text) for text in texts if isinstance(text, str))


def _check_scale(file: str, scale: Any, problems: list[Problem]) -> None:
    """The scale is 0 to 3, however it is written."""
    match = SCALE.fullmatch(scale) if isinstance(scale, str) else None
    ends: Sequence[Any] = match.groups() if match else ()
    if isinstance(scale, Mapping):
        ends = (scale["min"], scale["max"])
    elif isinstance(scale, list) and scale:
        ends = (min(scale), max(scale))
    if [str(end) for end in ends] not in (["0", str(MAX_SCORE)], ["0.0", f"{MAX_SCORE}.0"]):
        message = f"scores must be from 0 (absent) to {MAX_SCORE} (high); rescale them and say so in notes"
        problems.append(Problem(file, "", "scale", str(scale), message))


def _check_date(file: str, text: str, problems: list[Problem]) -> None:
    match = DATE.fullmatch(text)
    try:
        year, month, day = match.groups() if match else ("0", None, None)
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        problems.append(Problem(file, "", "date", text, "allowed: a date as 2024, 2024-05 or 2024-05-17"))


def declared_sectors(content: bytes, schema: Mapping[str, Any]) -> list[Row]:
    """The sectors that the bytes of a study.yaml declare, as rows of sectors.csv. Raises BadInputError if it is bad."""
    problems: list[Problem] = []
    document = read_yaml(YAML, content, schema, problems, aliases=False)
    if problems:
        raise BadInputError(problems)
    return _sectors(document.get("sectors", ()))


def _sectors(declared: Any) -> list[Row]:
    """The sectors that study.yaml declares, as rows of sectors.csv; a word without a name is its own name."""
    rows = []
    for key in declared:
        entry = declared[key] if isinstance(declared, Mapping) else str(key).replace("_", " ").capitalize()
        named = entry if isinstance(entry, Mapping) else {"name": entry}
        rows.append({"sector": str(key), "name": named["name"], "short_name": named.get("short_name", named["name"])})
    return rows


def _sheet(
    name: str, files: Mapping[str, bytes], described: Mapping[str, Any], words: Words, problems: list[Problem]
) -> Sheet | None:
    found = [each for each in (CSV, WORKBOOK) if each in files]
    if len(found) != 1:
        message = "both clusters.csv and clusters.xlsx are here: keep one" if found else "the file is missing"
        problems.append(Problem(_path(name, CSV), "", "", "", message))
        return None
    read = read_text if found == [CSV] else read_workbook
    unused = {CSV: ("sheet",), WORKBOOK: ("separator", "encoding")}[found[0]]
    for key in unused:
        if key in described:
            problems.append(Problem(_path(name, YAML), "", key, str(described[key]), f"{found[0]} has no {key}"))
    return read(_path(name, found[0]), files[found[0]], described, words, problems)


class _Table:
    """The rows of a study's table, being checked: first those of clusters, apart from them those of summaries."""

    def __init__(self, sheet: Sheet, words: Words, known: Known, problems: list[Problem]) -> None:
        self._words, self._known, self._problems = words, known, problems
        self._file, self._whole = sheet.file, sheet
        ids = sheet.columns.get("cluster", [])
        summaries = {text for text in set(ids) if text.casefold() in words.summary}
        self._summaries = [place for place, text in enumerate(ids) if text in summaries] if summaries else []
        self._columns, self._lines = sheet.columns, sheet.lines
        if self._summaries:
            apart = set(self._summaries)
            kept = [place for place in range(len(ids)) if place not in apart]
            self._columns = {name: [column[place] for place in kept] for name, column in sheet.columns.items()}
            self._lines = [sheet.lines[place] for place in kept]

    def holding(self, *kinds: str) -> list[str]:
        """The columns of the table that hold one of `kinds`."""
        return [name for name in self._columns if self._words.holds[name] in kinds]

    def _column(self, name: str) -> list[str]:
        return self._columns.get(name) or [""] * len(self._lines)

    def _add(self, place: int, column: str, value: str, message: str) -> None:
        cluster = self._columns["cluster"][place]
        row = f"{self._lines[place]} ({cluster})" if CLUSTER.fullmatch(cluster[: LONGEST_ID + 1]) else None
        self._problems.append(Problem(self._file, row or str(self._lines[place]), column, value, message))

    def _add_all(self, column: str, bad: Mapping[str, str]) -> None:
        """A problem for each cell of `column` whose text is in `bad` (text to message); the first thousand of them."""
        if bad:
            places = [place for place, text in enumerate(self._columns[column]) if text in bad]
            for place in places[:SHOWN]:
                text = self._columns[column][place]
                self._add(place, column, text, bad[text])
            if len(places) > SHOWN:
                message = f"{len(places) - SHOWN:,} more cells of this column are bad"
                self._problems.append(Problem(self._file, "", column, "", message))

    def check_columns(self) -> bool:
        """The id and the items have columns; so have the facts, unless every cluster is one of the report."""
        required = ["cluster", *ITEMS]
        if not set(self._columns.get("cluster", ())) <= self._known.clusters.keys():
            required[1:1] = FACTS
        missing = [name for name in required if name not in self._columns]
        for name in missing:
            message = f"the column is missing; allowed: {', '.join(self._words.holds)}"
            self._problems.append(Problem(self._file, "1", name, "", message))
        if not missing and not self._lines:
            self._problems.append(Problem(self._file, "", "", "", "there is no cluster; write one row a cluster"))
        return not missing and bool(self._lines)

    def check_ids(self, study: str) -> None:
        """Every row has an id; a cluster has one row, or several with different raters; the study is this one."""
        rule = f"allowed: at most {LONGEST_ID} small letters, digits and -, the first no -"
        ids = self._columns["cluster"]
        counts = Counter(ids)
        bad = {text: rule for text in counts if not CLUSTER.fullmatch(text) or len(text) > LONGEST_ID}
        bad |= {text: f"{rule}; reserved" for text in counts if text in RESERVED}
        self._add_all("cluster", bad)
        other = dict.fromkeys(set(self._column("study")) - {study, ""}, f"allowed: {study}, or no column study")
        self._add_all("study", other)
        self._check_texts("rater")
        if len(counts) < len(ids):
            self._check_repeated({text for text, count in counts.items() if count > 1 and text})

    def _check_repeated(self, repeated: set[str]) -> None:
        raters = self._column("rater")
        first: dict[tuple[str, str], int] = {}
        for place, (cluster, rater) in enumerate(zip(self._columns["cluster"], raters, strict=True)):
            if cluster not in repeated:
                continue
            if not rater:
                message = "the cluster stands twice; several raters of a cluster need a column rater, filled in"
                self._add(place, "rater" if "rater" in self._columns else "cluster", "", message)
            elif (cluster, rater) in first:
                message = f"this rater scores the cluster twice; first in row {self._lines[first[cluster, rater]]}"
                self._add(place, "rater", rater, message)
            first.setdefault((cluster, rater), place)

    def _check_texts(self, column: str) -> None:
        """Text of one line, without control characters, and not too long."""
        values = self._columns.get(column, [])
        if values and (max(map(len, values)) > LONGEST or UNSEEN.search(" ".join(values))):
            rule = f"allowed: at most {LONGEST} letters on one line, without control characters"
            self._add_all(column, {text: rule for text in values if len(text) > LONGEST or UNSEEN.search(text)})

    def check_facts(self, words: Mapping[str, Sequence[str]]) -> None:
        """Names, sectors, industries and countries; a cluster of the report may leave them out, not change its sector.

        words: the sectors and the industries that are known; empty where a bad study.yaml leaves that open.
        """
        ids = self._columns["cluster"]
        for column in FACTS:
            values = self._column(column)
            self._check_texts(column)
            if not all(values):
                self._check_empty(column, values)
        for column, known in words.items():
            bad = {
                text: f"unknown {column}; {allowed(known, text)}; or declare it in study.yaml"
                for text in set(self._column(column)) - {*known, ""}
            }
            self._add_all(column, bad)
        for place, cluster in enumerate(ids):
            if cluster in self._known.clusters:
                own, sector = self._known.clusters[cluster]["sector"], self._column("sector")[place]
                if sector not in ("", own):
                    self._add(place, "sector", sector, f"allowed: {own}, as in the report")

    def _check_empty(self, column: str, values: Sequence[str]) -> None:
        """A fact may be empty for a cluster of the report, and in further rows of a cluster that has it in one."""
        ids = self._columns["cluster"]
        given = {cluster for cluster, text in zip(ids, values, strict=True) if text} | self._known.clusters.keys()
        places = [place for place, cluster in enumerate(ids) if cluster not in given]
        for place in places[:SHOWN]:
            self._add(place, column, "", f"the cell is empty; a new cluster needs its {column}")

    def read_scores(self, decimal: str) -> dict[str, list[str]]:
        """The columns of ratings.csv: scores with two decimals, codes, `n.a.`; in the order of clusters and raters."""
        order: Sequence[int] = range(len(self._lines))
        keys = list(zip(self._columns["cluster"], self._column("rater"), strict=True))
        if any(keys[place] > keys[place + 1] for place in range(len(keys) - 1)):
            order = sorted(order, key=keys.__getitem__)
        read = {"cluster": self._columns["cluster"], "rater": self._column("rater")}
        for name in (*SCORES, *GOVERNANCE):
            read[name] = self._read_column(name, decimal)
        self._check_items()
        if not isinstance(order, range):
            read = {name: [column[place] for place in order] for name, column in read.items()}
        return read

    def _read_column(self, name: str, decimal: str) -> list[str]:
        """A column of scores or codes as tidy text. An item that is missing in any way is `n.a.`; upgrading and
        governance that are empty were never scored."""
        if name not in self._columns:
            return [""] * len(self._lines)
        read, values = (_score if name in SCORES else _code), self._columns[name]
        meaning: dict[str, str] = {}
        bad: dict[str, str] = {}
        marks = f"or for a missing score {', '.join(sorted(self._words.missing))}"
        for text in set(values):
            if self._words.is_missing(text):
                meaning[text] = NOT_AVAILABLE if text or name in ITEMS else ""
            else:
                try:
                    meaning[text] = read(text, decimal)
                except ValueError as error:
                    bad[text] = f"{error}, {marks}"
        self._add_all(name, bad)
        if name in ITEMS and "" in meaning:
            count = values.count("")
            self._whole.notes.append(
                ("missing", name, f"{count} empty cell{'s' * (count > 1)} taken as {NOT_AVAILABLE}")
            )
        return [] if bad else [meaning[text] for text in values]

    def _check_items(self) -> None:
        """A row has an item at least."""
        columns = [self._columns[name] for name in ITEMS]
        missing = [{text for text in set(column) if self._words.is_missing(text)} for column in columns]
        if all(missing):
            empty = [
                place
                for place, row in enumerate(zip(*columns, strict=True))
                if all(text in marks for text, marks in zip(row, missing, strict=True))
            ]
            for place in empty[:SHOWN]:
                self._add(place, "", "", f"the row has none of the eight items: {', '.join(ITEMS)}")

    def read_printed(self, decimal: str, sectors: Sequence[str]) -> tuple[dict[str, Row], tuple[Summary, ...]]:
        """What the study prints beside its scores: indices and degrees of clusters, and rows of totals and averages."""
        printed: dict[str, Row] = {}
        for name in (name for name in PRINTED if name in self._columns):
            values = self._columns[name]
            self._check_printed(name, set(values), decimal)
            for place, (cluster, text) in enumerate(zip(self._columns["cluster"], values, strict=True)):
                if not self._words.is_missing(text) and printed.setdefault(cluster, {}).setdefault(name, text) != text:
                    message = f"another row of the cluster prints {printed[cluster][name]}"
                    self._add(place, name, text, message)
        return printed, tuple(self._read_summaries(decimal, sectors))

    def _check_printed(self, name: str, values: Iterable[str], decimal: str) -> None:
        bad = {text: message for text in values if (message := self._misprint(name, text, decimal))}
        self._add_all(name, bad)

    def _misprint(self, name: str, text: str, decimal: str) -> str:
        """What is wrong with the text of a printed number or class; empty if nothing is."""
        if self._words.is_missing(text):
            return ""
        if name == "degree":
            return "" if degree_of(text) else allowed(DEGREES, text)
        try:
            parse(text, NumberFormat(decimal))
        except ValueError as error:
            return str(error)
        return "" if len(text) <= LONGEST_ID else f"allowed: at most {LONGEST_ID} digits"

    def _read_summaries(self, decimal: str, sectors: Sequence[str]) -> Iterable[Summary]:
        seen: dict[tuple[str, str], int] = {}
        for place in self._summaries:
            texts = {name: column[place] for name, column in self._whole.columns.items()}
            row, sector = self._words.summary[texts["cluster"].casefold()], texts.get("sector", "")
            line = f"{self._whole.lines[place]} ({row})"
            if sector and sector not in sectors:
                message = f"unknown sector; {allowed(sectors, sector)}; or empty, for all clusters"
                self._problems.append(Problem(self._file, line, "sector", sector, message))
            if (row, sector) in seen:
                message = f"the row stands twice; first in row {self._whole.lines[seen[row, sector]]}"
                self._problems.append(Problem(self._file, line, "cluster", texts["cluster"], message))
            seen.setdefault((row, sector), place)
            numbers = {}
            for name in (name for name in (*SCORES, *PRINTED) if name != "degree"):
                text = texts.get(name, "")
                message = self._misprint(name, text, decimal)
                if message:
                    self._problems.append(Problem(self._file, line, name, text, message))
                if not self._words.is_missing(text):
                    numbers[name] = text
            yield Summary(row, sector, numbers)

    def facts(self) -> dict[str, Row]:
        """The facts of each cluster by id, sorted; raters of a cluster that disagree about them are a problem."""
        ids = self._columns["cluster"]
        columns = [self._column(name) for name in FACTS]
        found: dict[str, Row] = {}
        for place, (cluster, *values) in enumerate(zip(ids, *columns, strict=True)):
            if cluster in found:
                self._agree(place, found[cluster], values)
            else:
                found[cluster] = dict(zip(FACTS, values, strict=True))
        for cluster, row in found.items():
            if cluster in self._known.clusters:
                row.update({name: self._known.clusters[cluster][name] for name in FACTS})
        return dict(sorted(found.items()))

    def _agree(self, place: int, row: Row, values: Sequence[str]) -> None:
        for name, text in zip(FACTS, values, strict=True):
            row[name] = row[name] or text
            if text not in ("", row[name]):
                self._add(place, name, text, f"another row of the cluster has {row[name]!r}")

    def check_raters(self, raters: str) -> None:
        """A mean is exact for at most ten raters."""
        most = Counter(self._columns["cluster"]).most_common(1)
        if raters == "mean" and most and most[0][1] > MOST_RATERS:
            message = f"{most[0][1]} raters; a mean takes at most {MOST_RATERS}: use raters: median in config.yaml"
            self._problems.append(Problem(self._file, "", "rater", most[0][0], message))


def _score(text: str, decimal: str) -> str:
    """A score with two decimals. Raises ValueError, saying what is allowed."""
    match = SCORE.fullmatch(text)
    decimals = (match[2] or "") if match else ""
    if not match or (decimals and text[1] != decimal) or int(match[1] + decimals.ljust(2, "0")) > 100 * MAX_SCORE:
        mark = {".": "a decimal point", ",": "a decimal comma"}[decimal]
        raise ValueError(f"allowed: 0 to {MAX_SCORE}, with at most two decimals after {mark}")
    return f"{match[1]}.{decimals.ljust(2, '0')}"


def _code(text: str, decimal: str) -> str:
    if not CODE.fullmatch(text):
        raise ValueError("allowed: 0 (absent), 1 (domestic chain), 2 (global chain), 3 (both)")
    return text


def degree_of(text: str) -> str:
    """The degree that a text prints, in any case; empty if it is none."""
    return next((degree for degree in DEGREES if degree.casefold() == text.casefold()), "")
