"""The names of clusters and countries, held against the list of clusters."""

import re
import unicodedata
from collections import defaultdict

from collective_efficiency.audit.checks.kinds import Check, Observation, Observed
from collective_efficiency.audit.checks.walk import tables_in_order
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.files.csv_files import Record
from collective_efficiency.report.transcription import Report, Table
from collective_efficiency.words import LOST

NEAR = 2  # slips of the pen in a misspelled word; one that differs by more is another word
SHORTEST = 4  # letters of a word worth comparing: shorter ones (de, of, and) are no names


def observe_names(check: Check, report: Report, judge: Judge) -> Observed:
    """A label has the words of its cluster in the list of clusters; a word near one of them is misspelled."""
    looked = 0
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)  # by the word and what it should be
    known = {plain_word(word) for word in check.get("known", ())}
    clusters = {record["cluster"]: record for record in report.clusters}
    for table in tables_in_order(report):
        for row in sorted(table.rows):
            if row in clusters:
                looked += 1
                for word, meant in _odd_words(_label(table, row), clusters[row], known):
                    places[word, meant].append((table.id, row, "label"))
    return looked, [
        Observation(check["id"], tuple(at), word, meant, _why(word, meant), check["severity"])
        for (word, meant), at in places.items()
    ]


def _odd_words(label: str, cluster: Record, known: set[str]) -> list[tuple[str, str]]:
    """The words of a label that are neither its cluster's nor known, with what each should be."""
    listed = _words(f"{cluster['name']} {cluster['country']} {cluster['industry']}")
    listed_as = {plain_word(word): word for word in listed}
    odd = []
    for word in _words(label):
        if len(word) < SHORTEST or plain_word(word) in listed_as or plain_word(word) in known:
            continue
        nearest = min(listed_as, key=lambda each: (distance(plain_word(word), each), each), default="")
        close = distance(plain_word(word), nearest) <= NEAR
        odd.append((word, listed_as[nearest] if close else cluster["name"]))
    return odd


def _why(word: str, meant: str) -> str:
    close = distance(plain_word(word), plain_word(meant)) <= NEAR
    return "misspelled" if close else "another name than in the other tables"


def _label(table: Table, row: str) -> str:
    """The label without what the text layer lost: a torn word is not a word."""
    return re.sub(rf"\w*{re.escape(LOST)}\s?\w*", " ", " ".join(table.labels[row].values()))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def plain_word(word: str) -> str:
    """A word without case and accents.

    >>> plain_word("São")
    'sao'
    """
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def distance(one: str, other: str) -> int:
    """How many letters to replace, add, drop or exchange with their neighbour (optimal string alignment).

    >>> distance("Guadalajara", "Guadalajraa"), distance("Peru", "Per")
    (1, 1)
    """
    lines = [list(range(len(other) + 1))]  # lines[i][j]: the distance of the first i letters from the first j
    for i, a in enumerate(one, 1):
        lines.append([i])
        for j, b in enumerate(other, 1):
            best = min(lines[i - 1][j] + 1, lines[i][j - 1] + 1, lines[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, lines[i - 2][j - 2] + 1)
            lines[i].append(best)
    return lines[-1][-1]
