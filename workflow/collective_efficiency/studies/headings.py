"""The words of a study's table: what its headings mean, which marks say that a score is missing, which rows sum up.

They stand in schemas/study_columns.yaml, so that a heading in another language is an entry there and no code.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from collective_efficiency.files.package import schema
from collective_efficiency.problems import Problem

GROUPED = "/"  # between the name of a group of columns and a heading in it, as survey tools write it
SCORED = ("score", "code", "number", "class")  # what a column may hold that is no fact of a cluster


@dataclass(frozen=True)
class Words:
    """The words that a table may use.

    headings: the column that a heading means, by the heading's `bare` form. holds: what each column holds (`id`,
    `text`, `sector`, `industry`, `score`, `code`, `number` or `class`; `item` in a long table). missing: the marks of
    a missing score, in small letters. summary: `total` or `average`, by the words that a table writes for it in the
    column of ids. items: the column that the text under `item` means, by its `bare` form; empty of a wide table.
    """

    headings: Mapping[str, str]
    holds: Mapping[str, str]
    missing: frozenset[str]
    summary: Mapping[str, str]
    items: Mapping[str, str]

    def is_missing(self, text: str) -> bool:
        """Whether a cell says that there is no score: it is empty, or one of the marks."""
        return not text or text.casefold() in self.missing

    def sums_up(self, text: str) -> str:
        """`total` or `average`, where a text in the column of ids or of names says that its row is one; else empty."""
        return self.summary.get(text.casefold().rstrip(" :."), "")

    def column_of(self, *headings: str) -> str:
        """The column that the first of the headings means that is known; empty where none is."""
        return next((self.headings[bare(text)] for text in headings if bare(text) in self.headings), "")

    def unknown(self, file: str, row: str, heading: str) -> Problem:
        """The problem of a heading that means no column, with the column that it may have meant."""
        near = get_close_matches(bare(ungrouped(heading)), self.headings, n=1)
        meant = f"; did you mean {self.headings[near[0]]}?" if near else ""
        message = f"unknown column; allowed: {', '.join(self.holds)}; or name it under columns or ignore in study.yaml"
        return Problem(file, row, "", heading or "an empty heading", f"{message}{meant}")


@cache
def table_words(layout: str = "wide") -> Words:
    """The words as schemas/study_columns.yaml describes them, for tables with a cluster (wide) or a score a row (long).

    >>> table_words().headings[bare("Availability of inputs (a)")], table_words().is_missing("N.A.")
    ('inputs', True)
    """
    described = schema("study_columns")
    columns = described["columns"]
    items: dict[str, str] = {}
    if layout == "long":
        scores = {name: entry for name, entry in columns.items() if entry["holds"] in SCORED}
        items = _headings(scores)
        columns = {name: entry for name, entry in columns.items() if name not in scores} | described["long"]
    return Words(
        _headings(columns),
        {name: entry["holds"] for name, entry in columns.items()},
        frozenset(mark.casefold() for mark in described["missing"]),
        {word: name for name, listed in described["summary"].items() for word in listed},
        items,
    )


def _headings(columns: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    return {bare(heading): name for name, entry in columns.items() for heading in (name, *entry["headings"])}


def ungrouped(heading: str) -> str:
    """A heading without the groups of columns before it.

    >>> ungrouped("economies/inputs"), ungrouped("inputs")
    ('inputs', 'inputs')
    """
    return heading.rpartition(GROUPED)[2]


def bare(heading: str) -> str:
    """A heading without case, accents, punctuation and what stands in brackets, to be compared with another.

    >>> bare("Backward línkages (a)")
    'backwardlinkages'
    """
    text = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)", "", heading)).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def folded(text: str) -> str:
    """A text without case and without white space that does not tell, as labels, marks and headings are compared.

    >>> folded("  Muy  Alto ")
    'muy alto'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
