"""The facts of a study's clusters in the study's own words: what values mean, printed names, missing facts, made ids.

A column has few different texts, so each is judged once, and a column is copied only where a text changes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from collective_efficiency.files.csv_files import Record
from collective_efficiency.problems import allowed, nearest, shown
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.described import LONGEST_ID
from collective_efficiency.studies.headings import SCORED, bare, folded
from collective_efficiency.words import counted

FACTS = ("name", "sector", "industry", "country")  # of a cluster; one of the report has them from the report
MAY_BE_MISSING = (*FACTS, "rater")


class FactReader:
    """Turns the texts of columns of facts, by their words, into what they mean.

    printed_names: what a printed name stands for, by column (`sector`, `industry`) and by its `bare` form.
    """

    def __init__(self, printed_names: Mapping[str, Mapping[str, str]], context: TableContext) -> None:
        self._printed_names, self._context, self._mapping = printed_names, context, context.mapping

    def translated(self, name: str, column: list[str]) -> list[str]:
        """A column of facts, of classes or of items with its texts replaced by what they mean."""
        values = self._mapping.values_of(name, self._context.words.holds[name])
        names = self._printed_names.get(name, {})
        if not values and not names and not self._mapping.missing_facts:
            return column
        known = set(names.values())
        meaning: dict[str, str] = {}
        for text in sorted(set(column)):
            key = folded(text)
            if key in values:
                meaning[text] = values[key]
                how = f"{values[key]}, by values in study.yaml"
            elif name in MAY_BE_MISSING and key in self._mapping.missing_facts:
                meaning[text] = ""
                how = "missing, as study.yaml says"
            elif text.strip() not in known and bare(text) in names:
                meaning[text] = names[bare(text)]
                how = f"{meaning[text]}, by its printed name"
            else:
                continue
            self._context.note(name, f"{shown(text)} in {counted(column.count(text), 'row')}", how)
        return [meaning.get(text, text) for text in column] if meaning else column

    def made_ids(self, columns: Mapping[str, list[str]], lines: Sequence[int]) -> list[str]:
        """The ids of clusters, made from the columns that study.yaml names; a row of totals keeps the word for it."""
        absent = [name for name in self._mapping.id if name not in columns]
        if absent or ("cluster" in columns and "cluster" not in self._mapping.id):
            message = "the table holds ids in a column of its own: leave id out, or name that column under ignore"
            if absent:
                message = f"no column of the table holds it; {allowed(columns, absent[0])}"
            self._context.bad_key("id", ", ".join(absent or self._mapping.id), message)
            return columns.get("cluster", [""] * len(lines))
        facts = list(zip(*(columns[name] for name in self._mapping.id), strict=True))
        ids: dict[tuple[str, ...], str] = {}
        first: dict[str, tuple[str, ...]] = {}
        for index, fact in enumerate(facts):
            if fact in ids or not any(fact):
                continue
            summary = [text for text in fact if self._context.words.sums_up(text)]
            ids[fact] = summary[0] if summary else made_id(fact)
            other = first.setdefault(ids[fact], fact)
            if not ids[fact]:
                message = "no letter or digit for an id: give the clusters ids in a column of their own"
                self._context.bad(lines[index], "cluster", " ".join(fact), message)
            elif list(map(folded, other)) != list(map(folded, fact)):
                message = (
                    f"the id made of it is that of {' '.join(other)!r}, too: name more columns under id in study.yaml"
                )
                self._context.bad(lines[index], "cluster", " ".join(fact), message)
        if ids:
            self._context.note("cluster", f"{len(ids):,} ids", f"made from {', '.join(self._mapping.id)}")
        return [ids.get(fact, "") for fact in facts]

    def ids_of_sums(self, ids: list[str], names: Sequence[str]) -> list[str]:
        """The ids with the word for it where a row of totals or averages has none, but is named so."""
        if "" not in ids:
            return ids
        return [
            name if not cluster and self._context.words.sums_up(name) else cluster
            for cluster, name in zip(ids, names, strict=True)
        ]

    def renamed(self, columns: dict[str, list[str]], reported: Mapping[str, Record]) -> None:
        """Gives clusters that study.yaml calls the same as one of the report the report's id, and its facts."""
        same = self._mapping.same_as
        if not same and not self._mapping.distinct:
            return
        ids = set(columns["cluster"])
        for key, entries in (("same_as", same), ("distinct", self._mapping.distinct)):
            for cluster in sorted(set(entries) - ids):
                message = f"no such cluster in the table{nearest(cluster, ids)}"
                self._context.bad_key(key, cluster, message)
        for cluster, report_id in same.items():
            if report_id not in reported:
                message = f"no such id in data/report/clusters.csv{nearest(report_id, reported)}"
                self._context.bad_key(f"same_as.{cluster}", report_id, message)
            elif report_id in ids - {cluster} or list(same.values()).count(report_id) > 1:
                message = "another cluster of the table is this one, too"
                self._context.bad_key(f"same_as.{cluster}", report_id, message)
            if cluster in ids:
                count = counted(columns["cluster"].count(cluster), "row")
                self._context.note("same as", f"{cluster} in {count}", f"{report_id} of the report, by study.yaml")
        if same:
            rows = [index for index, cluster in enumerate(columns["cluster"]) if cluster in same]
            for name in {*FACTS} & columns.keys():
                columns[name] = _emptied(columns[name], rows)
            columns["cluster"] = [same.get(cluster, cluster) for cluster in columns["cluster"]]


def printed_names(keys: Iterable[str], named: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """What a printed name stands for, by its `bare` form. keys: what stands for itself; named: names with their keys.

    >>> printed_names(["tanning"], [("Leather goods", "leather")])
    {'tanning': 'tanning', 'leathergoods': 'leather'}
    """
    return {bare(key): key for key in keys} | {bare(name): key for name, key in named}


def made_id(fact: Sequence[str]) -> str:
    """An id of Latin letters from facts in any script.

    >>> made_id(["São José (wine)", "Brasil"]), made_id(["北京"])
    ('sao-jose-wine-brasil', 'beijing')
    """
    from anyascii import anyascii  # few studies need it

    text = anyascii(" ".join(fact)).lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:LONGEST_ID].strip("-")


def is_fact(holds: str) -> bool:
    """Whether a column that holds this is one of facts (or classes or items), and not of numbers."""
    return holds not in SCORED or holds == "class"


def _emptied(column: list[str], rows: Sequence[int]) -> list[str]:
    emptied = list(column)
    for row in rows:
        emptied[row] = ""
    return emptied
