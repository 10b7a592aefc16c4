"""What one cell of a study's table may hold: a score, a code, a degree, a printed number; by its text alone."""

import re
from fractions import Fraction

from collective_efficiency.numbers.printed import NumberFormat, decimal_text, parse
from collective_efficiency.numbers.rounding import is_of_program, stands_for
from collective_efficiency.problems import allowed
from collective_efficiency.studies.raters import MOST_RATERS
from collective_efficiency.words import DEGREES, MAX_SCORE

LONGEST_NUMBER = 100  # digits of a printed number
LARGEST_DENOMINATOR = 100 * MOST_RATERS  # of a mean of scores with two decimals
FEWEST_OF_PROGRAM = 7  # decimals of a number that a program wrote with single precision, whose last may be one off
SCORE = re.compile(r"(\d)(?:[.,](\d{1,2}))?", re.ASCII)
PROGRAM_SCORE = re.compile(rf"(\d)[.,](\d{{{FEWEST_OF_PROGRAM},20}})", re.ASCII)
CODE = re.compile(r"[0-3]", re.ASCII)
BOTH_MARKS = ".,"
MARK_IN_WORDS = {".": "a decimal point", ",": "a decimal comma", BOTH_MARKS: "a decimal point or comma"}


def score_of(text: str, decimal: str) -> str:
    """A score with two decimals, or with eight where it is a mean of scores that a program wrote.

    decimal: the marks that may stand before the decimals. Raises ValueError, which says what is allowed.

    >>> score_of("2,5", ","), score_of("2.3333333333333335", "."), score_of("1.5999999999999999", ".")
    ('2.50', '2.33333333', '1.60')
    """
    match = SCORE.fullmatch(text)
    value = Fraction(text.replace(",", ".")) if match else _mean_of_program(text)
    if value is None or value > MAX_SCORE or (len(text) > 1 and text[1] not in decimal):
        rule = f"allowed: 0 to {MAX_SCORE}, with at most two decimals after {MARK_IN_WORDS[decimal]}"
        raise ValueError(rule)
    return decimal_text(value, 2)


def _mean_of_program(text: str) -> Fraction | None:
    """The mean of at most ten scores that a number of many digits stands for (2.3333333333333335: 7/3), if it does."""
    match = PROGRAM_SCORE.fullmatch(text)
    if not match:
        return None
    value, decimals = Fraction(text.replace(",", ".")), len(match[2])
    mean = value.limit_denominator(LARGEST_DENOMINATOR)
    if is_of_program(value, decimals):
        meant = mean in stands_for(value, decimals)
    else:
        meant = abs(mean - value) <= Fraction(1, 10**decimals)
    of_raters = any(100 * count % mean.denominator == 0 for count in range(1, MOST_RATERS + 1))
    return mean if meant and of_raters else None


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
