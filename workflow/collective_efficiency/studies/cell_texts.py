"""What one cell of a study's table may hold: a score, a code, a degree, a printed number; by its text alone."""

import re

from collective_efficiency.numbers.printed import NumberFormat, parse
from collective_efficiency.problems import allowed
from collective_efficiency.words import DEGREES, MAX_SCORE

LONGEST_NUMBER = 100  # digits of a printed number
SCORE = re.compile(r"(\d)(?:[.,](\d{1,2}))?", re.ASCII)
CODE = re.compile(r"[0-3]", re.ASCII)
MARK_IN_WORDS = {".": "a decimal point", ",": "a decimal comma"}


def score_of(text: str, decimal: str) -> str:
    """A score with two decimals. decimal: the mark before them. Raises ValueError, which says what is allowed.

    >>> score_of("2,5", ",")
    '2.50'
    """
    match = SCORE.fullmatch(text)
    decimals = (match[2] or "").ljust(2, "0") if match else ""
    if not match or (match[2] and text[1] != decimal) or int(match[1] + decimals) > 100 * MAX_SCORE:
        rule = f"allowed: 0 to {MAX_SCORE}, with at most two decimals after {MARK_IN_WORDS[decimal]}"
        raise ValueError(rule)
    return f"{match[1]}.{decimals}"


def code_of(text: str) -> str:
    """A code of governance, as it stands. Raises ValueError, which says what is allowed."""
    if not CODE.fullmatch(text):
        raise ValueError("allowed: 0 (absent), 1 (domestic chain), 2 (global chain), 3 (both)")
    return text


def degree_of(text: str) -> str:
    """The degree that a text prints, in any case; empty if it is none.

    >>> degree_of("MEDIUM"), degree_of("Middling")
    ('Medium', '')
    """
    return next((degree for degree in DEGREES if degree.casefold() == text.casefold()), "")


def misprint(column: str, text: str, decimal: str) -> str:
    """Why a text under eei, jai, ce, degree or upgrading_sum is no printed number or class; empty if it is one."""
    if column == "degree":
        return "" if degree_of(text) else allowed(DEGREES, text)
    try:
        parse(text, NumberFormat(decimal))
    except ValueError as error:
        return f"allowed: {str(error).removeprefix('expected ')}"
    return "" if len(text) <= LONGEST_NUMBER else f"allowed: at most {LONGEST_NUMBER} digits"
