"""Bytes to text: UTF-8, with or without a byte order mark, whatever ends its lines, and nothing else."""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from itertools import groupby

from collective_efficiency.problems import Problem

MOST_MARKS = 30  # on a letter, as in Unicode's stream-safe format; to sort them takes the square of their number
_MANY_MARKS = re.compile(f"[^\\x00-\u02ff]{{{MOST_MARKS + 1},}}")  # where they may stand: all marks come after these


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file, by its name, sorted; of a text, without a byte order mark and with LF at the end of lines.

    >>> digests({"a.csv": b"\\xef\\xbb\\xbfce\\r\\n"}) == digests({"a.csv": b"ce\\n"})
    True
    """
    return {name: hashlib.sha256(canonical(files[name])).hexdigest() for name in sorted(files)}


def canonical(content: bytes) -> bytes:
    """The bytes of a text without a byte order mark and with LF at the end of lines, which Git and editors may change.

    What holds a zero byte is no text, as Git has it, and stays as it is.

    >>> canonical(b"ce\\r\\n"), canonical(b"PK\\0\\r\\n")
    (b'ce\\n', b'PK\\x00\\r\\n')
    """
    if b"\0" in content:
        return content
    return content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")


def decode(
    file: str,
    content: bytes,
    problems: list[Problem],
    encoding: str = "utf-8-sig",
    message: str = "allowed: text encoded as UTF-8",
) -> str | None:
    """`content` as text, UTF-8 unless another encoding is given, or None and a problem that says at which byte it is
    not, with the `message`.

    >>> decode("a.csv", b"\\xef\\xbb\\xbfM\\xc3\\xa9dium", [])
    'Médium'
    """
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = f"byte 0x{content[error.start : error.start + 1].hex()}"
        problems.append(Problem(file, str(line), "", byte, message))
        return None


def composed(text: str) -> str:
    """`text` with letters and their accents as one (NFC); as it is where a letter has more marks than any language has.

    >>> composed("Me\u0301dium")
    'Médium'
    """
    try:
        text.encode("latin-1")  # whose letters are composed already: a fast way to tell
        return text
    except UnicodeEncodeError:
        pass
    for found in _MANY_MARKS.finditer(text):
        if any(marks and len(list(run)) > MOST_MARKS for marks, run in groupby(found[0], _is_mark)):
            return text
    return unicodedata.normalize("NFC", text)


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) > 0
