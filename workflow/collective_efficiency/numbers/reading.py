"""How a printed number is read: sign, brackets, percent, currency, footnote marks, bounds; and what was read is said.

Nothing is guessed silently. What stands beside the digits becomes a note, a bound or a range says so, a format that the
digits do not fit is `odd`, and a text that is no number is a ValueError that says what is allowed.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.numbers.printed import NumberFormat, PrintedNumber, parse, read_under

SPACES = " \u00a0\u2007\u2009\u202f"  # plain, no-break, figure, thin, narrow no-break
APOSTROPHES = "'\u2019"
_MISSING_IN_BRACKETS = ("(-)", "(x)", "(z)", "(na)", "(d)")  # as offices of statistics print them
MISSING_MARKS = frozenset(
    ("-", "..", "...", "\u2026", "n.a.", "n/a", "na", "nd", "n.d.", "n.s.", "nan", "null", "none", "x")
).union(_MISSING_IN_BRACKETS)
DASHES = "\u2212\u2010\u2011\u2012\u2013\u2014"  # minus, hyphens, en and em dash, all of which stand for a minus
_PLAIN_GROUPS = str.maketrans(dict.fromkeys(SPACES, " ") | dict.fromkeys(APOSTROPHES, "'"))  # marks between digits
_PLAIN_MARKS = _PLAIN_GROUPS | str.maketrans(dict.fromkeys(DASHES, "-"))
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿᵃᵇᶜᵈᵉᶠᵍʰ"
_SYMBOL_MARKS = r"[*†‡§¶#]+"
_CODES = "USD|EUR|GBP|JPY|CHF|BRL|MXN|ARS|CLP|COP|CAD|AUD|CNY|INR|DM"
_NUMBER = r"[-+]?[\d][\d.,' \u2019\u00a0\u202f\u2009]*"
_SPREAD = r"(?:SD|SE|sd|se)?\s*=?\s*"
_TWO = re.compile(
    rf"({_NUMBER}[%‰]?)\s*(?:\({_SPREAD}({_NUMBER}[%‰]?)\s*\)|\[{_SPREAD}({_NUMBER}[%‰]?)\s*\]|(?:±|\+/-)\s*({_NUMBER}))"
)
_RANGE = re.compile(rf"({_NUMBER}?)\s*(?:-|to|bis|a)\s*({_NUMBER})")
_AFFIXES: tuple[tuple[str, re.Pattern[str]], ...] = (  # what may stand before or after the digits, and how it is said
    ("footnote mark {}", re.compile(rf"(?P<rest>.*\d[%‰]?)\s*(?P<mark>{_SYMBOL_MARKS}|[{_SUPERSCRIPTS}]+)")),
    ("footnote mark {}", re.compile(r"(?P<rest>.*\d[%‰]?)\s?(?P<mark>[\[(][a-z0-9]{1,2}[\])])")),
    ("footnote mark {}", re.compile(r"(?P<rest>.*\d)(?P<mark>[a-hprs](?:,[a-h])*)")),
    ("footnote mark {}", re.compile(rf"(?P<mark>{_SYMBOL_MARKS})\s*(?P<rest>[-+(]*\d.*)")),
    ("{}", re.compile(r"(?P<rest>.*\d)\s*(?P<mark>[%‰]|per ?cent)")),
    ("currency {}", re.compile(rf"(?P<mark>(?:[A-Z]{{1,3}})?[$€£¥₹₱₩₽]|{_CODES})\s*(?P<rest>[-+(]*\d.*)")),
    ("currency {}", re.compile(rf"(?P<rest>.*\d)\s*(?P<mark>[$€£¥₹₱₩₽]|{_CODES})")),
    ("plus sign", re.compile(r"(?P<mark>\+)\s*(?P<rest>\d.*)")),
)
_BOUND = re.compile(r"(<=|>=|<|>|≤|≥|=)\s*(.*)")
_BOUNDS = {"≤": "<=", "≥": ">=", "=": ""}
_BOUND_WORDS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
_MINUS = re.compile(r"-\s*(\d.*|[^\d\s]{1,3}\s*\d.*)|(\d[^-]*)-")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[ '.,])\d{3})(?:(?P=mark)\d{3})*(?:(?P<decimal>[.,])\d+)?")
_POINT_OR_COMMA = (NumberFormat("."), NumberFormat(","))
_EXPONENT = re.compile(r"(\d+(?:[.,]\d+)?)[eE]([+-]?\d{1,2})")


@dataclass(frozen=True)
class Reading:
    """What a printed text says as a number.

    bound: `<`, `<=`, `>` or `>=` where the number is only a bound, `to` where it is the lower end of a range. notes:
    what was read beside the digits, in words. odd: why the text is not as its column says, and yet can be read; empty
    if it is.
    """

    number: PrintedNumber
    bound: str = ""
    notes: tuple[str, ...] = ()
    odd: str = ""


def read_number(text: str, form: NumberFormat) -> Reading:
    """The number that `text` prints, with what was read beside its digits.

    Raises ValueError where the text is no number.

    >>> reading = read_number("(1,020.5*)", NumberFormat(".", ","))
    >>> str(reading.number.value), reading.number.decimals, reading.notes
    ('-2041/2', 1, ('in brackets: negative', 'footnote mark *'))
    >>> read_number("3-5", NumberFormat()).notes, read_number("<5", NumberFormat()).notes
    (('a range, from 3 to 5',), ('a bound, below 5',))
    """
    notes: list[str] = []
    rest = plain_text(text)
    bound = ""
    if match := _BOUND.fullmatch(rest):
        bound, rest = _BOUNDS.get(match[1], match[1]), match[2]
    rest = _without_affixes(rest, notes)
    if (match := _RANGE.fullmatch(rest)) and match[1]:
        ends = [_digits(end.strip(), form)[0] for end in match.groups()]
        said = f"a range, from {match[1].strip()} to {match[2].strip()}"
        return Reading(PrintedNumber(text, ends[0].value, ends[0].decimals), "to", (said, *notes))
    negative = False
    if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1:
        negative = form.brackets == "negative"
        notes.append("in brackets: negative" if negative else "in brackets")
        rest = _without_affixes(rest[1:-1].strip(), notes)
    if match := _MINUS.fullmatch(rest):
        negative = not negative
        rest = _without_affixes(match[1] or match[2], notes)
    digits, odd = _digits(rest, form)
    value = -digits.value if negative else digits.value
    if bound:
        notes.insert(0, f"a bound, {_BOUND_WORDS[bound]} {rest}")
    return Reading(PrintedNumber(text, value, digits.decimals), bound, tuple(notes), odd)


def plain_text(text: str) -> str:
    """A text with one kind of space, of minus and of apostrophe, and none at its ends."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN_MARKS).strip()


def two_numbers(text: str) -> tuple[str, str] | None:
    """The two texts of a cell that holds two numbers, one in brackets or after plus or minus; None of any other cell.

    >>> two_numbers("43 (22.5%)"), two_numbers("0.09 [0.21]"), two_numbers("96")
    (('43', '22.5%'), ('0.09', '0.21'), None)
    """
    match = _TWO.fullmatch(plain_text(text))
    return (match[1].strip(), (match[2] or match[3] or match[4]).strip()) if match else None


def is_missing_mark(text: str) -> bool:
    """Whether tables commonly print `text` for what they do not have.

    >>> [is_missing_mark(text) for text in ("n.a.", "-", "\u2026", "0")]
    [True, True, True, False]
    """
    return plain_text(text).casefold() in MISSING_MARKS


def bare_number(text: str) -> str:
    """The digits of a text with their marks, without what stands around them; of two numbers the first.

    >>> bare_number("(1,020.5*)"), bare_number("43 (22.5%)")
    ('1,020.5', '43')
    """
    both = two_numbers(text)
    return _without_affixes((both[0] if both else plain_text(text).strip("()<>=- ")), [])


def _without_affixes(text: str, notes: list[str]) -> str:
    """A text without the marks around its digits, which go to `notes`."""
    changed = True
    while changed:
        changed = False
        for words, pattern in _AFFIXES:
            match = pattern.fullmatch(text)
            if match and not _TWO.fullmatch(text):
                text, changed = match["rest"].strip(), True
                notes.append(words.format(match["mark"]))
    return text


def _digits(text: str, form: NumberFormat) -> tuple[PrintedNumber, str]:
    """The number of a text without marks around it, and why that is not of the form of its column."""
    own = NumberFormat(form.decimal, form.thousands.translate(_PLAIN_GROUPS))
    try:
        return parse(text, own), ""
    except ValueError as error:
        fault = str(error)
    if text[:1] in (".", ",") and text[1:].isdigit() and text[0] in form.decimal:
        return parse(f"0{text}", own), ""
    if both := two_numbers(text):
        first, _ = _digits(_without_affixes(both[0], []), form)
        return first, "two numbers in a cell; the first is read (`second` in tables.yaml has both)"
    if match := _EXPONENT.fullmatch(text):
        base, power = parse(match[1], NumberFormat(".,")), int(match[2])
        return PrintedNumber(text, base.value * Fraction(10) ** power, max(base.decimals - power, 0)), ""
    other = _by_itself(text)
    if other is None:
        doubt = " or ".join(str(value) for mark in _POINT_OR_COMMA if (value := read_under(text, mark)) is not None)
        raise ValueError(fault + (f"; {text} could be {doubt} or a whole number" if doubt else ""))
    return parse(text, other), f"{fault}; read as {other.describe()}"


def _by_itself(text: str) -> NumberFormat | None:
    """The only form that a text can have by itself; None where it has none, or could have two."""
    if match := _GROUPED.fullmatch(text):
        mark, decimal = match["mark"], match["decimal"]
        repeated = text.count(mark) > 1
        if decimal != mark and (decimal or repeated or mark in " '"):
            return NumberFormat(decimal or (",." if mark in " '" else ",.".replace(mark, "")), mark)
        return None
    if re.fullmatch(r"\d+[.,]\d+", text):
        return NumberFormat(".,")
    return None
