"""What the text of a cell looks like: a number, a year, a mark for what is missing, or words."""

import re
from enum import StrEnum

from collective_efficiency.numbers.reading import bare_number, is_missing_mark, plain_text

_DIGITS = re.compile(r"[-+]?\s?(\d[\d.,' ]*|[.,]\d+)([eE][-+]?\d+)?")
_YEAR = re.compile(r"(1[5-9]|20)\d\d([-/](\d\d|(1[5-9]|20)\d\d))?")
_NAMED_YEAR = re.compile(r"(FY|CY)?\s?(1[5-9]|20)\d\d", re.IGNORECASE)


class CellLook(StrEnum):
    """What the text of a cell may look like."""

    NUMBER = "number"
    YEAR = "year"
    MISSING = "missing"
    WORDS = "words"
    BLANK = "blank"


def look_of(text: str) -> CellLook:
    """How a cell looks. A year looks like a number, too; what stands around it has to say which it is.

    >>> [str(look_of(text)) for text in ("1,204*", "(12)", "40 %", "1996", "2003/04", "n.a.", "", "Chile", "3 to 5")]
    ['number', 'number', 'number', 'year', 'year', 'missing', 'blank', 'words', 'words']
    """
    plain = plain_text(text)
    if not plain:
        return CellLook.BLANK
    if _YEAR.fullmatch(plain) or _NAMED_YEAR.fullmatch(plain):
        return CellLook.YEAR
    if is_missing_mark(plain):
        return CellLook.MISSING
    return CellLook.NUMBER if _DIGITS.fullmatch(bare_number(plain)) else CellLook.WORDS


def is_numeric(text: str) -> bool:
    """Whether a text may stand for a number, a year among them."""
    return look_of(text) in (CellLook.NUMBER, CellLook.YEAR)
