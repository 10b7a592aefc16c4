"""New clusters that look like one of the report's by name and country: a person says whether they are the same.

Names are compared without case, accents, brackets and the words between, at a near spelling (a ratio of difflib, which
counts the letters in blocks that both have). Only clusters of a country of the report are compared at all.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from collective_efficiency.files.csv_files import Record
from collective_efficiency.studies.headings import bare

NEAR_SPELLING = 0.8  # of two spellings of a name or a country: Brasil and Brazil have 0.83, Chile and China 0.6
FEWEST_LETTERS = 4  # of a name that is compared
BETWEEN = {"the", "of", "do", "da", "de", "del", "dos", "das", "la", "el", "los", "las", "y", "e", "and"}
PLACES = {"valley", "valle", "vale", "region", "regiao", "cluster", "polo", "district", "distrito", "ciudad", "cidade"}


@dataclass(frozen=True)
class _Name:
    """What a cluster is known by: the letters of its name and of its part before a comma, and the words of that."""

    spellings: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True)
class _Reported:
    """A cluster of the report."""

    cluster: str
    industry: str
    name: _Name


class Lookalikes:
    """The report's clusters, to be asked for those that a new one looks like. reported: rows of its clusters by id."""

    def __init__(self, reported: Mapping[str, Record]) -> None:
        self._by_country: dict[str, list[_Reported]] = defaultdict(list)
        for cluster, row in reported.items():
            entry = _Reported(cluster, bare(row["industry"]), _name_of(row["name"]))
            self._by_country[bare(row["country"])].append(entry)
        self._near: dict[str, dict[str, list[_Reported]]] = {}  # by country as it is spelled, and by `_handles`

    def of(self, name: str, country: str, industry: str = "") -> list[str]:
        """The ids of the report's clusters that a cluster looks like, those of its industry first."""
        own, near = _name_of(name), self._of_country(country)
        asked = {entry.cluster: entry for handle in _handles(own) for entry in near.get(handle, ())}
        like = [entry for entry in asked.values() if _look_alike(own, entry.name)]
        return [entry.cluster for entry in sorted(like, key=lambda one: (one.industry != bare(industry), one.cluster))]

    def knows(self, country: str) -> bool:
        """Whether the report has clusters of a country, however that is spelled."""
        return bool(self._of_country(country))

    def _of_country(self, country: str) -> dict[str, list[_Reported]]:
        if country not in self._near:
            by_handle: dict[str, list[_Reported]] = defaultdict(list)
            for known, entries in self._by_country.items():
                for entry in entries if is_near(bare(country), known) else ():
                    for handle in _handles(entry.name):
                        by_handle[handle].append(entry)
            self._near[country] = by_handle
        return self._near[country]


def _handles(name: _Name) -> set[str]:
    """Names that look alike have one of these in common: a first or a last letter, or a word."""
    return {*name.words, *(f"{text[0]}^" for text in name.spellings), *(f"{text[-1]}$" for text in name.spellings)}


def _name_of(name: str) -> _Name:
    without = re.sub(r"\([^()]*\)", "", name)
    whole, first = _telling_words(without), _telling_words(re.split(r"[,/–-]", without)[0])
    spellings = dict.fromkeys(("".join(whole), "".join(first)))
    return _Name(tuple(text for text in spellings if len(text) >= FEWEST_LETTERS), frozenset(first))


def _telling_words(text: str) -> list[str]:
    """Sinos of the Sinos Valley, and of Vale dos Sinos."""
    words = [bare(word) for word in re.split(r"[\s,/–-]+", text)]
    kept = [word for word in words if word and word not in BETWEEN]
    return [word for word in kept if word not in PLACES] or kept


def _look_alike(own: _Name, reported: _Name) -> bool:
    """Near spellings, or all words of the report's name among others: `calzado de León`."""
    if reported.words and reported.words <= own.words and max(map(len, reported.words)) >= FEWEST_LETTERS:
        return True
    return any(is_near(one, other) for one in own.spellings for other in reported.spellings)


def is_near(one: str, other: str) -> bool:
    """Whether two spellings are near each other.

    >>> is_near("brasil", "brazil"), is_near("chile", "china")
    (True, False)
    """
    if one == other or not one or not other:
        return one == other
    short, long = sorted((len(one), len(other)))
    ends_differ = one[0] != other[0] and one[-1] != other[-1]
    if ends_differ or 2 * short < NEAR_SPELLING * (short + long):  # cheap, and settles most pairs
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR_SPELLING
