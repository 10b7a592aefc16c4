"""Names for rows and columns that checks can use, made of the labels as printed."""

import re
from collections.abc import Collection, Iterable

from anyascii import anyascii

LONGEST_NAME = 40  # letters: what stands in records that people read
_TAKEN = ("row", "label")


def name_of(label: str) -> str:
    """A plain word for a label; empty where nothing of it can be said in Latin letters.

    >>> [name_of(label) for label in ("Média (US$)", "1990/91", "Österreich", "…")]
    ['media_us', 'y1990_91', 'osterreich', '']
    """
    word = re.sub("[^a-z0-9]+", "_", anyascii(label).casefold()).strip("_")
    if len(word) > LONGEST_NAME:
        word = word[:LONGEST_NAME].rpartition("_")[0] or word[:LONGEST_NAME]
    if re.match("(1[5-9]|20)[0-9][0-9]", word):
        return f"y{word}"
    return f"n{word}" if word[:1].isdigit() else word


def names_of(labels: Iterable[str], instead: str, taken: Collection[str] = _TAKEN) -> list[str]:
    """Different names for labels; one without letters is called `instead` and its number.

    >>> names_of(["Men", "men", "%"], "column")
    ['men', 'men_2', 'column_3']
    """
    used = set(taken)
    return [fresh_name(name_of(label) or f"{instead}_{number}", used) for number, label in enumerate(labels, 1)]


def fresh_name(name: str, taken: set[str]) -> str:
    """A name, with a number behind it if it is taken already; it is taken from then on."""
    fresh, again = name, 1
    while fresh in taken:
        again += 1
        fresh = f"{name}_{again}"
    taken.add(fresh)
    return fresh
