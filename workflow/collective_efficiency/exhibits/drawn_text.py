"""People's texts as a figure can show them: letters that its one font has, and no more of them than there is room for.

Every machine draws with the font that comes with matplotlib, DejaVu Sans, so that figures are the same bytes
everywhere. It has the Latin, Greek, Cyrillic, Arabic and Hebrew alphabets and some more; the letters of other scripts
are drawn as the Latin ones that they sound like. The tables and the CSV beside a figure keep every text as it is.
"""

import textwrap
import unicodedata
from functools import cache

from anyascii import anyascii

LONGEST_DRAWN = 34  # letters of a name at an axis: they take less than half of a figure's width
UNREADABLE = "?"  # what stands for a letter that has neither a glyph nor a sound
JOINS = "\u200c\u200d"  # the two invisible letters that Arabic and Indian scripts need
CUT = "…"


def drawn_text(text: str, longest: int = LONGEST_DRAWN) -> str:
    """`text` in letters that the figures' font has; of a longer one than `longest` letters, its two ends.

    >>> drawn_text("Łódź"), drawn_text("深圳 $a_b$"), drawn_text("N" * 300, 12)
    ('Łódź', 'ShenZhen $a_b$', 'NNNNNNNN…NNN')
    """
    letters = "".join(map(_drawn_letter, unicodedata.normalize("NFC", text)))
    if len(letters) <= longest:
        return letters
    end = (longest - 1) // 3
    return letters[: longest - 1 - end].rstrip() + CUT + letters[-end:].lstrip()


def wrapped_text(text: str, width: int = LONGEST_DRAWN, room: int = 0) -> str:
    """`text` as `drawn_text`, in one line of `width` letters, or two.

    room: for so many letters behind the second line, for a count; what fits into one line needs none.

    >>> wrapped_text("Leather and leather goods", 14)
    'Leather and\\nleather goods'
    """
    letters, narrow = drawn_text(text, longest=2 * width), width - room
    if len(letters) <= width:
        return letters
    longest = 2 * narrow
    while len(lines := textwrap.wrap(drawn_text(text, longest), narrow)) > 2:
        longest -= 1  # words leave room at the end of the first line, and the last words are to stay
    return "\n".join(lines)


@cache
def _drawn_letter(letter: str) -> str:
    if letter in JOINS or ord(letter) in _glyphs():
        return "" if unicodedata.category(letter) == "Cf" and letter not in JOINS else letter
    shows = unicodedata.category(letter) not in ("Cf", "Mn", "Cc")
    return anyascii(letter) or (UNREADABLE if shows else "")


@cache
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont("DejaVu Sans", fallback_to_default=False)).get_charmap())
