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


@dataclass(frozen=True)
class Words:
    """The words that a table may use.

    headings: the column that a heading means, by the heading's `bare` form. holds: what each column holds (`id`,
    `text`, `sector`, `industry`, `score`, `code`, `number` or `class`). missing: the marks of a missing score, in small
    letters. summary: `total` or `average`, by the words that a table writes for it in the column of ids.
    """

    headings: Mapping[str, str]
    holds: Mapping[str, str]
    missing: frozenset[str]
    summary: Mapping[str, str]

    def is_missing(self, text: str) -> bool:
        """Whether a cell says that there is no score: it is empty, or one of the marks."""
        return not text or text.casefold() in self.missing

    def unknown(self, file: str, heading: str) -> Problem:
        """The problem of a heading that means no column, with the column that it may have meant."""
        near = get_close_matches(bare(heading), self.headings, n=1)
        meant = f"; did you mean {self.headings[near[0]]}?" if near else ""
        message = f"unknown column; allowed: {', '.join(self.holds)}{meant}"
        return Problem(file, "1", "", heading or "an empty heading", message)


@cache
def table_words() -> Words:
    """The words as schemas/study_columns.yaml describes them.

    >>> table_words().headings[bare("Availability of inputs (a)")], table_words().is_missing("N.A.")
    ('inputs', True)
    """
    described = schema("study_columns")
    columns = described["columns"]
    return Words(
        {bare(heading): name for name, entry in columns.items() for heading in (name, *entry["headings"])},
        {name: entry["holds"] for name, entry in columns.items()},
        frozenset(mark.casefold() for mark in described["missing"]),
        {word: name for name, listed in described["summary"].items() for word in listed},
    )


def bare(heading: str) -> str:
    """A heading without case, accents, punctuation and what stands in brackets, to be compared with another.

    >>> bare("Backward línkages (a)")
    'backwardlinkages'
    """
    text = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)", "", heading)).casefold()
    return "".join(letter for letter in text if letter.isalnum())
