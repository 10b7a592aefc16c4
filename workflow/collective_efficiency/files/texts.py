"""Bytes to text: UTF-8, with or without a byte order mark, whatever ends its lines, and nothing else."""

import codecs
import hashlib
from collections.abc import Mapping

from collective_efficiency.problems import Problem


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


def decode(file: str, content: bytes, problems: list[Problem]) -> str | None:
    """`content` as UTF-8 text, or None and a problem that says at which byte it is not.

    >>> decode("a.csv", b"\\xef\\xbb\\xbfM\\xc3\\xa9dium", [])
    'Médium'
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = f"byte 0x{content[error.start : error.start + 1].hex()}"
        problems.append(Problem(file, str(line), "", byte, "allowed: text encoded as UTF-8"))
        return None
