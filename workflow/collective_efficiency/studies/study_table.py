"""A study's table, checked: every cell that is bad is a problem with its place.

Studies can be large. A column has few different texts, so each text is judged once, and the rows are looked through
only for what is bad.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from collective_efficiency.files.csv_files import Record
from collective_efficiency.problems import Problem, allowed, shown
from collective_efficiency.studies.cell_texts import code_of, misprint, score_of
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.described import LONGEST_ID, RESERVED, UNSEEN
from collective_efficiency.studies.facts import FACTS
from collective_efficiency.studies.headings import folded, table_words
from collective_efficiency.studies.lookalikes import Lookalikes
from collective_efficiency.studies.sheet import MOST_ALIKE, Sheet
from collective_efficiency.words import GOVERNANCE, ITEMS, NOT_AVAILABLE, SCORES, counted

LONGEST_TEXT = 1000  # letters
PRINTED = ("eei", "jai", "ce", "degree", "upgrading_sum")  # what a study may print itself, only to be audited
CLUSTER = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST_ID - 1}}}")
Columns = dict[str, list[str]]


@dataclass(frozen=True)
class SummaryRow:
    """A row that the study prints below its clusters.

    row: `total` or `average`. sector: of which sector, or "" of all. texts: what it prints, by column.
    """

    row: str
    sector: str
    texts: Mapping[str, str]


class StudyTable:
    """The rows of a study's table that are clusters, and apart from them those that are totals or averages.

    Its methods add what is bad to the problems of `context`, in the order in which they are called. reported: the
    report's clusters by id, which a study may score again.
    """

    def __init__(self, sheet: Sheet, reported: Mapping[str, Record], context: TableContext) -> None:
        self._sheet, self._reported, self._context = sheet, reported, context
        self._words, self._problems = context.words, context.problems
        self._clusters = sheet
        ids = sheet.columns.get("cluster", [])
        marks = {text for text in sheet.distinct.get("cluster", ()) if self._words.sums_up(text)}
        self._summary_rows = [index for index, text in enumerate(ids) if text in marks] if marks else []
        if marks:
            self._clusters = sheet.only([index for index, text in enumerate(ids) if text not in marks])
        self._columns, self._lines = self._clusters.columns, self._clusters.lines

    def numeric_columns(self) -> list[str]:
        """The columns of scores and of printed numbers, from which the decimal mark is told."""
        return [name for name in self._columns if self._words.holds[name] in ("score", "number")]

    def _column(self, name: str) -> list[str]:
        return self._columns[name] if name in self._columns else [""] * len(self._lines)

    def _texts(self, name: str) -> set[str]:
        """The different texts of a column."""
        return self._clusters.distinct.get(name, set())

    def _add(self, index: int, column: str, value: str, message: str) -> None:
        """A problem in one row of the clusters."""
        cluster = self._columns["cluster"][index]
        line = self._clusters.line(index, column)
        row = f"{line} ({cluster})" if CLUSTER.fullmatch(cluster) else str(line)
        self._problems.append(Problem(self._sheet.file, row, column, value, message))

    def _add_rows(self, column: str, indices: Sequence[int], message: str) -> None:
        """The same problem in several rows; of very many the first, and how many more there are."""
        for index in indices[:MOST_ALIKE]:
            self._add(index, column, self._column(column)[index] if column else "", message)
        if len(indices) > MOST_ALIKE:
            more = f"{len(indices) - MOST_ALIKE:,} more rows like this"
            self._problems.append(Problem(self._sheet.file, "", column, "", more))

    def _add_texts(self, column: str, messages: Mapping[str, str]) -> None:
        """A problem for each cell of `column` that holds one of the texts. messages: what is wrong, by text."""
        for text in sorted(messages):
            indices = [index for index, value in enumerate(self._columns[column]) if value == text]
            self._add_rows(column, indices, messages[text])

    def check_columns(self) -> bool:
        """The id and the items have columns; so have the facts, unless every cluster is one of the report.

        False where one is missing, or there is no cluster: then nothing further can be checked.
        """
        required = ["cluster", *ITEMS]
        if not self._texts("cluster") <= self._reported.keys():
            required[1:1] = FACTS
        missing = [name for name in required if name not in self._columns]
        if not self._sheet.whole and "cluster" not in missing:
            missing = []  # they may stand under the headings that are not known, of which there is a problem already
        for name in missing if self._sheet.whole else ():
            message = f"the column is missing; allowed: {', '.join(table_words().holds)}"
            if name in FACTS[1:]:
                message += f"; or write constants: {{{name}: ...}} in study.yaml, if it is that of every cluster"
            if name == "cluster":
                message += "; or write id: [name, country] in study.yaml, from which ids are made"
            self._problems.append(Problem(self._sheet.file, "1", name, "", message))
        if not missing and not self._lines and self._sheet.whole:
            message = "there is no cluster; write one row a cluster"
            self._problems.append(Problem(self._sheet.file, "", "", "", message))
        return not missing and bool(self._lines)

    def check_lookalikes(self) -> None:
        """A new cluster that looks like one of the report's is called the same as it, or distinct, by study.yaml."""
        if not {"name", "country"} <= self._columns.keys():
            return
        lookalikes, answered = Lookalikes(self._reported), self._context.mapping.distinct
        countries = {country for country in self._texts("country") if lookalikes.knows(country)}
        first: dict[str, int] = {}
        for index, country in enumerate(self._columns["country"] if countries else ()):
            cluster = self._columns["cluster"][index]
            if country in countries and cluster not in self._reported and cluster not in answered:
                first.setdefault(cluster, index)
        for cluster, index in first.items():
            texts = [self._column(name)[index] for name in ("name", "country", "industry")]
            like = lookalikes.of(*texts)
            if like:
                same = f"same_as: {{{cluster}: {like[0]}}} if it is that cluster"
                message = f"looks like {' or '.join(like)} of the report; write in study.yaml {same}"
                self._add(index, "name", texts[0], f"{message}, distinct: [{cluster}] if it is another")

    def check_ids(self, study: str) -> None:
        """Every row has an id; a cluster has one row, or several with different raters; the study is this one."""
        rule = (
            "no id; id: [cluster] in study.yaml makes one of it;"
            f" allowed: at most {LONGEST_ID} small letters, digits and -, the first no -"
        )
        ids = self._texts("cluster")
        bad = {text: rule for text in ids if not CLUSTER.fullmatch(text)}
        self._add_texts("cluster", bad | dict.fromkeys(ids & {*RESERVED}, f"{rule}, and not a reserved word"))
        message = f"allowed: {study}, or no column study"
        self._add_texts("study", dict.fromkeys(self._texts("study") - {study, ""}, message))
        self._check_one_line("rater")
        if len(ids) < len(self._lines):
            counts = Counter(self._columns["cluster"])
            self._check_raters({text for text, count in counts.items() if count > 1})

    def _check_raters(self, repeated: set[str]) -> None:
        """Each row of a cluster that stands in several names a rater of its own."""
        first: dict[tuple[str, str], int] = {}
        for index, key in enumerate(zip(self._columns["cluster"], self._column("rater"), strict=True)):
            cluster, rater = key
            if cluster not in repeated:
                continue
            before = first.setdefault(key, index)
            if not rater:
                self._add(index, "rater", "", "the cluster stands in several rows; name the rater of each")
            elif before != index:
                message = f"this rater scores the cluster twice; first in row {self._lines[before]}"
                self._add(index, "rater", rater, message)

    def check_number_of_raters(self, most: int) -> None:
        """No cluster has more than `most` raters, of whom a mean would no longer be exact."""
        cluster, count = Counter(self._columns["cluster"]).most_common(1)[0]
        if count > most:
            message = f"{count} raters; a mean takes at most {most}: use raters: median in config.yaml"
            self._problems.append(Problem(self._sheet.file, "", "rater", cluster, message))

    def check_facts(self, known: Mapping[str, Sequence[str]]) -> None:
        """Names, sectors, industries and countries; a cluster of the report may leave them out, not change its sector.

        known: the words allowed under `sector` and `industry`; empty where a bad study.yaml leaves them open.
        """
        for column in FACTS:
            self._check_one_line(column)
            if "" in self._texts(column) or column not in self._columns:
                self._check_empty(column)
        for column, words in known.items():
            unknown = self._texts(column) - {*words, ""}
            else_ = "or declare it, or say under values what it is, in study.yaml"
            self._add_texts(column, {text: f"unknown {column}; {allowed(words, text)}; {else_}" for text in unknown})
        if self._texts("cluster") & self._reported.keys():
            for index, (cluster, sector) in enumerate(
                zip(self._columns["cluster"], self._column("sector"), strict=True)
            ):
                reported = self._reported.get(cluster, {}).get("sector", sector)
                if sector not in ("", reported):
                    self._add(index, "sector", sector, f"allowed: {reported}, as in the report")

    def _check_one_line(self, column: str) -> None:
        """Text of one line, without control characters, and not too long."""
        texts = self._texts(column)
        if texts and (max(map(len, texts)) > LONGEST_TEXT or UNSEEN.search(" ".join(texts))):  # one search for all
            rule = f"allowed: at most {LONGEST_TEXT} letters on one line, without control characters"
            bad = {text: rule for text in texts if len(text) > LONGEST_TEXT or UNSEEN.search(text)}
            self._add_texts(column, bad)

    def _check_empty(self, column: str) -> None:
        """A fact may be empty for a cluster of the report, and in further rows of a cluster that has it in one."""
        ids = self._columns["cluster"]
        named = {cluster for cluster, text in zip(ids, self._column(column), strict=True) if text}
        known = named | self._reported.keys()
        empty = [index for index, cluster in enumerate(ids) if cluster not in known and index not in self._lone_texts]
        self._add_rows(column, empty, f"the cell is empty; a new cluster needs its {column}")

    def read_scores(self, decimal: str) -> Columns:
        """Cluster, rater, scores with two decimals and codes, `n.a.` where missing; in the order of the table."""
        ratings = {"cluster": self._columns["cluster"], "rater": self._column("rater")}
        ratings |= {name: self._read_column(name, lambda text: score_of(text, decimal)) for name in SCORES}
        ratings |= {name: self._read_column(name, code_of) for name in GOVERNANCE}
        self._check_items()
        return ratings

    def _read_column(self, name: str, read: Callable[[str], str]) -> list[str]:
        """An item that is missing in any way is `n.a.`; upgrading and governance that are empty were never scored."""
        if name not in self._columns:
            return self._column(name)
        meaning: dict[str, str] = {}
        messages: dict[str, str] = {}
        values = self._context.mapping.values_of(name, self._words.holds[name])
        for text in sorted(self._texts(name)):
            try:
                meaning[text] = self._meaning(name, text, values, read)
            except ValueError as error:
                messages[text] = f"{error}; missing: an empty cell, {', '.join(sorted(self._words.missing))}"
                messages[text] += "; values in study.yaml says what labels are worth" * any(map(str.isalpha, text))
        self._add_texts(name, messages)
        column = self._columns[name]
        if name in ITEMS and "" in meaning and folded("") not in values:
            empty = counted(column.count(""), "empty cell")
            self._context.note("missing", name, f"{empty} taken as {NOT_AVAILABLE}")
        return [] if messages else list(map(meaning.__getitem__, column))

    def _meaning(self, name: str, text: str, values: Mapping[str, str], read: Callable[[str], str]) -> str:
        """What one text means. values: what study.yaml says of it. Raises ValueError, which says what is allowed."""
        if values and folded(text) in values:
            value = values[folded(text)]
            self._note_text(name, text, f"{value}, by values in study.yaml")
            return score_of(value, ".") if name in SCORES else code_of(value)
        if self._words.is_missing(text):
            if folded(text) in self._context.mapping.missing_scores:
                self._note_text(name, text, f"{NOT_AVAILABLE}, as study.yaml says")
            return NOT_AVAILABLE if text or name in ITEMS else ""
        return read(text)

    def _note_text(self, name: str, text: str, how: str) -> None:
        count = counted(self._columns[name].count(text), "cell")
        self._context.note(name, f"{shown(text)} in {count}", how)

    def _check_items(self) -> None:
        """Every row has a score for at least one item."""
        missing = [{text for text in self._texts(name) if self._is_no_score(name, text)} for name in ITEMS]
        if self._sheet.whole and all(missing):  # an item that every row has leaves no row to look for
            rows = zip(*(self._columns[name] for name in ITEMS), strict=True)
            empty = [
                index
                for index, row in enumerate(rows)
                if all(text in marks for text, marks in zip(row, missing, strict=True))
            ]
            message = f"the row has no score for any of the items: {', '.join(ITEMS)}"
            skip = "leave it out by skip_rows in study.yaml"
            self._add_rows("", sorted(self._lone_texts), f"the row holds one text and nothing else; {skip}")
            empty = [index for index in empty if index not in self._lone_texts]
            self._add_rows("", empty, f"{message}; if it is no cluster, {skip}")

    @cached_property
    def _lone_texts(self) -> frozenset[int]:
        """The rows that hold one text, a source or a remark below a table; an id may have been made of it."""
        names = [*ITEMS, *(self._columns.keys() - {"cluster", *ITEMS, *self._context.mapping.constants})]
        rows = zip(*(self._columns[name] for name in names), strict=True)
        return frozenset(
            index for index, row in enumerate(rows) if not any(row[: len(ITEMS)]) and sum(map(bool, row)) <= 1
        )

    def _is_no_score(self, name: str, text: str) -> bool:
        worth = self._context.mapping.values_of(name, self._words.holds[name])
        return folded(text) not in worth and self._words.is_missing(text)

    def read_clusters(self, decimal: str) -> Columns:
        """One row a cluster, in the order of the table: cluster, its facts, and what the study itself prints of it.

        Rows of one cluster that disagree are a problem; printed numbers stay as they are.
        """
        printed = [name for name in PRINTED if name in self._columns]
        for name in printed:
            messages = {text: self._misprint(name, text, decimal) for text in self._texts(name)}
            self._add_texts(name, {text: message for text, message in messages.items() if message})
        clusters = {name: self._column(name) for name in ("cluster", *FACTS, *printed)}
        if len(self._texts("cluster")) < len(self._lines):
            clusters = self._merged(clusters)
        if self._texts("cluster") & self._reported.keys():
            for name in FACTS:
                own = zip(clusters["cluster"], clusters[name], strict=True)
                clusters[name] = [self._reported.get(cluster, {}).get(name, text) for cluster, text in own]
        return clusters

    def _merged(self, columns: Columns) -> Columns:
        """One row a cluster: the first text of each column that is not missing."""
        merged: dict[str, dict[str, str]] = {}
        names = list(columns)[1:]
        for index, (cluster, *texts) in enumerate(zip(*columns.values(), strict=True)):
            row = merged.setdefault(cluster, {})
            for name, text in zip(names, texts, strict=True):
                missing = not text if name in FACTS else self._words.is_missing(text)  # NA is a country
                if not missing and row.setdefault(name, text) != text:
                    self._add(index, name, text, f"another row of the cluster has {row[name]!r}")
        return {"cluster": list(merged)} | {name: [row.get(name, "") for row in merged.values()] for name in names}

    def _misprint(self, name: str, text: str, decimal: str) -> str:
        return "" if self._words.is_missing(text) else misprint(name, text, decimal)

    def read_summaries(self, decimal: str, sectors: Sequence[str]) -> Iterator[SummaryRow]:
        """The study's own rows of totals and averages. sectors: those that it may sum up."""
        first: dict[tuple[str, str], int] = {}
        for index in self._summary_rows:
            texts = {name: column[index] for name, column in self._sheet.columns.items()}
            row, sector = self._words.sums_up(texts["cluster"]), texts.get("sector", "")
            wrong = {name: self._misprint(name, texts.get(name, ""), decimal) for name in (*SCORES, *PRINTED)}
            if sector and sector not in sectors:
                wrong["sector"] = f"unknown sector; {allowed(sectors, sector)}; or empty, for all clusters"
            before = self._sheet.lines[first.setdefault((row, sector), index)]
            if first[row, sector] != index:
                wrong["cluster"] = f"the row stands twice; first in row {before}"
            place = f"{self._sheet.lines[index]} ({row})"
            for name, message in wrong.items():
                if message:
                    self._problems.append(Problem(self._sheet.file, place, name, texts[name], message))
            numbers = [name for name in (*SCORES, *PRINTED) if name != "degree"]  # a degree has no total
            printed = {name: texts[name] for name in numbers if not self._words.is_missing(texts.get(name, ""))}
            yield SummaryRow(row, sector, printed)
