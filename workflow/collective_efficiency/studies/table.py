"""A study's table, checked: every cell that is bad is a problem with its place. By columns, since studies can be large.

A column has few different texts, so each is judged once; the rows are looked through only for what is bad.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import NumberFormat, parse
from collective_efficiency.problems import Problem, allowed
from collective_efficiency.studies.described import LONGEST_ID, RESERVED, UNSEEN
from collective_efficiency.studies.tabular import SHOWN, Sheet, Words
from collective_efficiency.words import DEGREES, GOVERNANCE, ITEMS, MAX_SCORE, NOT_AVAILABLE, SCORES

LONGEST = 1000  # letters of a text
FACTS = ("name", "sector", "industry", "country")
PRINTED = ("eei", "jai", "ce", "degree", "upgrading_sum")
CLUSTER = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
SCORE = re.compile(r"(\d)(?:[.,](\d{1,2}))?", re.ASCII)
CODE = re.compile(r"[0-3]", re.ASCII)
Columns = dict[str, list[str]]


@dataclass(frozen=True)
class Summary:
    """A row that the study prints below its clusters: total or average, of a sector or ("") of all; texts by column."""

    row: str
    sector: str
    texts: Mapping[str, str]


class Table:
    """The rows of a study's table that are clusters, and apart from them those that are totals or averages.

    report: the report's clusters by id.
    """

    def __init__(self, sheet: Sheet, words: Words, report: Mapping[str, Record], problems: list[Problem]) -> None:
        self._file, self._words, self._report, self._problems = sheet.file, words, report, problems
        self._notes, self._whole = sheet.notes, sheet
        self._columns, self._lines, self._distinct = sheet.columns, sheet.lines, sheet.distinct
        ids = sheet.columns.get("cluster", [])
        marks = {text for text in self._texts("cluster") if text.casefold() in words.summary}
        self._summaries = [place for place, text in enumerate(ids) if text in marks] if marks else []
        if marks:
            kept = [place for place, text in enumerate(ids) if text not in marks]
            self._columns = {name: [column[place] for place in kept] for name, column in sheet.columns.items()}
            self._lines = [sheet.lines[place] for place in kept]
            self._distinct = {name: set(column) for name, column in self._columns.items()}

    def numbers(self) -> list[str]:
        """The columns of scores and of printed numbers."""
        return [name for name in self._columns if self._words.holds[name] in ("score", "number")]

    def _column(self, name: str) -> list[str]:
        return self._columns[name] if name in self._columns else [""] * len(self._lines)

    def _texts(self, name: str) -> set[str]:
        """The different texts of a column."""
        return self._distinct.get(name, set())

    def _add(self, place: int, column: str, value: str, message: str) -> None:
        cluster = self._columns["cluster"][place]
        row = f"{self._lines[place]} ({cluster})" if CLUSTER.fullmatch(cluster) else str(self._lines[place])
        self._problems.append(Problem(self._file, row, column, value, message))

    def _add_rows(self, column: str, places: Sequence[int], message: str) -> None:
        """A problem for each of `places`, up to a thousand."""
        for place in places[:SHOWN]:
            self._add(place, column, self._column(column)[place] if column else "", message)
        if len(places) > SHOWN:
            more = f"{len(places) - SHOWN:,} more rows like this"
            self._problems.append(Problem(self._file, "", column, "", more))

    def _add_all(self, column: str, bad: Mapping[str, str]) -> None:
        """A problem for each cell of `column` whose text is in `bad` (text to message)."""
        for text in sorted(bad):
            places = [place for place, each in enumerate(self._columns[column]) if each == text]
            self._add_rows(column, places, bad[text])

    def check_columns(self) -> bool:
        """The id and the items have columns; so have the facts, unless every cluster is one of the report."""
        required = ["cluster", *ITEMS]
        if not self._texts("cluster") <= self._report.keys():
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
        ids = self._texts("cluster")
        good = all(map(CLUSTER.fullmatch, ids))
        bad = {} if good else {text: rule for text in ids if not CLUSTER.fullmatch(text)}
        self._add_all("cluster", bad | dict.fromkeys(ids & {*RESERVED}, f"{rule}, and not a reserved word"))
        message = f"allowed: {study}, or no column study"
        self._add_all("study", dict.fromkeys(self._texts("study") - {study, ""}, message))
        self._check_text("rater")
        if len(ids) < len(self._lines):
            counts = Counter(self._columns["cluster"])
            self._check_repeated({text for text, count in counts.items() if count > 1})

    def _check_repeated(self, repeated: set[str]) -> None:
        raters = self._column("rater")
        first: dict[tuple[str, str], int] = {}
        for place, (cluster, rater) in enumerate(zip(self._columns["cluster"], raters, strict=True)):
            if cluster not in repeated:
                continue
            before = first.setdefault((cluster, rater), place)
            if not rater:
                self._add(place, "rater", "", "the cluster stands in several rows; name the rater of each")
            elif before != place:
                message = f"this rater scores the cluster twice; first in row {self._lines[before]}"
                self._add(place, "rater", rater, message)

    def _check_text(self, column: str) -> None:
        """Text of one line, without control characters, and not too long."""
        texts = self._texts(column)
        if texts and (max(map(len, texts)) > LONGEST or UNSEEN.search(" ".join(texts))):
            rule = f"allowed: at most {LONGEST} letters on one line, without control characters"
            self._add_all(column, {text: rule for text in texts if len(text) > LONGEST or UNSEEN.search(text)})

    def check_facts(self, known: Mapping[str, Sequence[str]]) -> None:
        """Names, sectors, industries and countries; a cluster of the report may leave them out, not change its sector.

        known: the sectors and the industries; nothing where a bad study.yaml leaves them open.
        """
        for column in FACTS:
            self._check_text(column)
            if "" in self._texts(column) or column not in self._columns:
                self._check_empty(column)
        for column, words in known.items():
            bad = {
                text: f"unknown {column}; {allowed(words, text)}; or declare it in study.yaml"
                for text in self._texts(column) - {*words, ""}
            }
            self._add_all(column, bad)
        again = self._texts("cluster") & self._report.keys()
        ids = self._columns["cluster"]
        for place in (place for place, cluster in enumerate(ids) if cluster in again) if again else ():
            own, sector = self._report[ids[place]]["sector"], self._column("sector")[place]
            if sector not in ("", own):
                self._add(place, "sector", sector, f"allowed: {own}, as in the report")

    def _places(self, clusters: set[str]) -> list[int]:
        return (
            [place for place, cluster in enumerate(self._columns["cluster"]) if cluster in clusters] if clusters else []
        )

    def _check_empty(self, column: str) -> None:
        """A fact may be empty for a cluster of the report, and in further rows of a cluster that has it in one."""
        ids = self._columns["cluster"]
        given = {cluster for cluster, text in zip(ids, self._column(column), strict=True) if text} | self._report.keys()
        places = [place for place, cluster in enumerate(ids) if cluster not in given]
        self._add_rows(column, places, f"the cell is empty; a new cluster needs its {column}")

    def read_scores(self, decimal: str) -> Columns:
        """Cluster, rater, scores with two decimals and codes, `n.a.` where missing; in the order of the table."""
        read = {"cluster": self._columns["cluster"], "rater": self._column("rater")}
        read |= {name: self._read_column(name, decimal) for name in (*SCORES, *GOVERNANCE)}
        self._check_items()
        return read

    def _read_column(self, name: str, decimal: str) -> list[str]:
        """An item that is missing in any way is `n.a.`; upgrading and governance that are empty were never scored."""
        if name not in self._columns:
            return self._column(name)
        read = _score if name in SCORES else _code
        meaning: dict[str, str] = {}
        bad: dict[str, str] = {}
        for text in self._texts(name):
            if self._words.is_missing(text):
                meaning[text] = NOT_AVAILABLE if text or name in ITEMS else ""
            else:
                try:
                    meaning[text] = read(text, decimal)
                except ValueError as error:
                    bad[text] = f"{error}; missing: an empty cell, {', '.join(sorted(self._words.missing))}"
        self._add_all(name, bad)
        values = self._columns[name]
        if name in ITEMS and "" in meaning:
            count = values.count("")
            self._notes.append(("missing", name, f"{count} empty cell{'s' * (count > 1)} taken as {NOT_AVAILABLE}"))
        return [] if bad else list(map(meaning.__getitem__, values))

    def _check_items(self) -> None:
        """A row has an item at least."""
        missing = [{text for text in self._texts(name) if self._words.is_missing(text)} for name in ITEMS]
        if all(missing):
            rows = zip(*(self._columns[name] for name in ITEMS), strict=True)
            empty = [
                place
                for place, row in enumerate(rows)
                if all(text in marks for text, marks in zip(row, missing, strict=True))
            ]
            self._add_rows("", empty, f"the row has no score for any of the items: {', '.join(ITEMS)}")

    def read_clusters(self, decimal: str) -> Columns:
        """One row a cluster, in the order of the table: cluster, its facts, and what the study itself prints of it.

        Rows of one cluster that disagree are a problem; printed numbers stay as they are.
        """
        printed = [name for name in PRINTED if name in self._columns]
        for name in printed:
            self._check_printed(name, decimal)
        columns = {name: self._column(name) for name in ("cluster", *FACTS, *printed)}
        if len(self._texts("cluster")) < len(self._lines):
            columns = self._merged(columns)
        for place, cluster in enumerate(columns["cluster"]) if self._texts("cluster") & self._report.keys() else ():
            for name in FACTS if cluster in self._report else ():
                columns[name][place] = self._report[cluster][name]
        return columns

    def _merged(self, columns: Columns) -> Columns:
        """One row a cluster: the first text of each column that is not missing."""
        found: dict[str, dict[str, str]] = {}
        for place, (cluster, *texts) in enumerate(zip(*columns.values(), strict=True)):
            row = found.setdefault(cluster, {})
            for name, text in zip(list(columns)[1:], texts, strict=True):
                if not self._words.is_missing(text) and row.setdefault(name, text) != text:
                    message = f"another row of the cluster has {row[name]!r}"
                    self._add(place, name, text, message)
        return {"cluster": list(found)} | {
            name: [row.get(name, "") for row in found.values()] for name in list(columns)[1:]
        }

    def _check_printed(self, name: str, decimal: str) -> None:
        self._add_all(
            name, {text: message for text in self._texts(name) if (message := self._misprint(name, text, decimal))}
        )

    def _misprint(self, name: str, text: str, decimal: str) -> str:
        """Why the text is no printed number or class; empty if it is one, or missing."""
        if self._words.is_missing(text):
            return ""
        if name == "degree":
            return "" if degree_of(text) else allowed(DEGREES, text)
        try:
            parse(text, NumberFormat(decimal))
        except ValueError as error:
            return f"allowed: {str(error).removeprefix('expected ')}"
        return "" if len(text) <= LONGEST_ID else f"allowed: at most {LONGEST_ID} digits"

    def read_summaries(self, decimal: str, sectors: Sequence[str]) -> Iterator[Summary]:
        """The study's own rows of totals and averages."""
        seen: dict[tuple[str, str], int] = {}
        for place in self._summaries:
            texts = {name: column[place] for name, column in self._whole.columns.items()}
            row, sector = self._words.summary[texts["cluster"].casefold()], texts.get("sector", "")
            line = f"{self._whole.lines[place]} ({row})"
            wrong = {name: self._misprint(name, texts.get(name, ""), decimal) for name in (*SCORES, *PRINTED)}
            if sector and sector not in sectors:
                wrong["sector"] = f"unknown sector; {allowed(sectors, sector)}; or empty, for all clusters"
            if seen.setdefault((row, sector), place) != place:
                wrong["cluster"] = f"the row stands twice; first in row {self._whole.lines[seen[row, sector]]}"
            for name, message in wrong.items():
                if message:
                    self._problems.append(Problem(self._file, line, name, texts[name], message))
            given = (name for name in (*SCORES, *PRINTED) if not self._words.is_missing(texts.get(name, "")))
            yield Summary(row, sector, {name: texts[name] for name in given if name != "degree"})

    def check_number_of_raters(self, most: int) -> None:
        """No cluster has more than `most` raters."""
        cluster, count = Counter(self._columns["cluster"]).most_common(1)[0]
        if count > most:
            message = f"{count} raters; a mean takes at most {most}: use raters: median in config.yaml"
            self._problems.append(Problem(self._file, "", "rater", cluster, message))


def _score(text: str, decimal: str) -> str:
    """A score with two decimals. Raises ValueError, saying what is allowed."""
    match = SCORE.fullmatch(text)
    decimals = (match[2] or "").ljust(2, "0") if match else ""
    if not match or (match[2] and text[1] != decimal) or int(match[1] + decimals) > 100 * MAX_SCORE:
        mark = {".": "a decimal point", ",": "a decimal comma"}[decimal]
        raise ValueError(f"allowed: 0 to {MAX_SCORE}, with at most two decimals after {mark}")
    return f"{match[1]}.{decimals}"


def _code(text: str, decimal: str) -> str:
    if not CODE.fullmatch(text):
        raise ValueError("allowed: 0 (absent), 1 (domestic chain), 2 (global chain), 3 (both)")
    return text


def degree_of(text: str) -> str:
    """The degree that a text prints, in any case; empty if it is none."""
    return next((degree for degree in DEGREES if degree.casefold() == text.casefold()), "")
