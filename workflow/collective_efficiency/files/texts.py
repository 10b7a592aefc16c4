"""Bytes to text: UTF-8, with or without a byte order mark, and nothing else."""

from collective_efficiency.problems import Problem


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
