"""What a study says of itself: study.yaml, checked against its schema and beyond it."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.package import schema
from collective_efficiency.files.texts import composed
from collective_efficiency.files.yaml_files import load_yaml
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.words import ALL_SECTORS, DEGREES, MAX_SCORE, SUMMARY_ROWS

YAML = "study.yaml"
LARGEST_YAML = 100_000  # bytes
LONGEST_ID = 100  # letters of the id of a cluster or of a sector
RESERVED = ("report", "extended", ALL_SECTORS, *SUMMARY_ROWS, *DEGREES)
SECTOR = re.compile(r"[a-z][a-z0-9_]*")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")  # breaks, marks of direction
SCALE = re.compile(r"\s*(\d+)\s*(?:-|–|to)\s*(\d+)\s*", re.ASCII)
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def describe(path: str, content: bytes, taken: Sequence[str], problems: list[Problem]) -> dict[str, Any] | None:
    """What the bytes of study.yaml say, without the keys that do not fit its schema; None if they cannot be read.

    path: how problems name the file. taken: the sectors of the report.
    """
    if len(content) > LARGEST_YAML:
        problems.append(Problem(path, "", "", "", f"allowed: at most {LARGEST_YAML:,} bytes"))
        return None
    read, misfits = load_yaml(path, composed_text(content), schema("study.schema"))
    problems += misfits
    if not isinstance(read, dict):
        return None
    bad = {problem.column.partition(".")[0] for problem in misfits}
    document = {key: read[key] for key in schema("study.schema")["properties"] if key in read and key not in bad}
    if not is_zero_to_three(document.get("scale", [0, MAX_SCORE])):
        message = f"scores must be from 0 (absent) to {MAX_SCORE} (high); rescale them and say so in notes"
        problems.append(Problem(path, "", "scale", str(document["scale"]), message))
    if not is_date(str(document.get("date", "2000"))):
        message = "allowed: a date as 2024, 2024-05 or 2024-05-17"
        problems.append(Problem(path, "", "date", str(document["date"]), message))
    for row in sectors_of(document):
        key = row["sector"]
        if key in taken:
            problems.append(Problem(path, "", "sectors", key, "the report has this sector: leave it out here"))
        elif not SECTOR.fullmatch(key) or key in RESERVED or len(key) > LONGEST_ID:
            message = f"allowed: small letters, digits and _, the first a letter, and none of {', '.join(RESERVED)}"
            problems.append(Problem(path, "", "sectors", key, message))
    for key, text in _texts(document):
        if UNSEEN.search(text) and key != "notes":
            problems.append(Problem(path, "", key, text, "allowed: text on one line without control characters"))
    return document


def composed_text(content: bytes) -> bytes:
    """UTF-8 with letters and their accents as one (Unicode NFC), as they are in tables; other bytes as they are."""
    try:
        return composed(content.decode("utf-8")).encode("utf-8")
    except UnicodeError:
        return content


def is_zero_to_three(scale: Any) -> bool:
    """Whether the scale is 0 to 3: `0 to 3`, `0-3`, a list of its steps, or its ends as min and max.

    >>> is_zero_to_three("0 to 3"), is_zero_to_three({"min": 1, "max": 5})
    (True, False)
    """
    match = SCALE.fullmatch(scale) if isinstance(scale, str) else None
    ends: Sequence[Any] = match.groups() if match else ()
    if isinstance(scale, Mapping):
        ends = (scale["min"], scale["max"])
    elif isinstance(scale, list) and scale:
        ends = (min(scale), max(scale))
    return list(map(float, ends)) == [0, MAX_SCORE]


def is_date(text: str) -> bool:
    """Whether the text is a year, a month or a day of the calendar.

    >>> is_date("2024-05"), is_date("2024-02-30")
    (True, False)
    """
    match = DATE.fullmatch(text)
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    except ValueError:
        return False
    return match is not None


def sectors_of(document: Mapping[str, Any]) -> list[Record]:
    """The sectors that study.yaml declares, as rows of sectors.csv; one without a name is named after its word."""
    rows: list[Record] = []
    declared = document.get("sectors", ())
    for key in declared:
        entry = declared[key] if isinstance(declared, Mapping) else str(key).replace("_", " ").capitalize()
        named = entry if isinstance(entry, Mapping) else {"name": entry}
        short_name, code = named.get("short_name", named["name"]), str(named.get("code", code_of_sector(str(key))))
        rows.append({"sector": str(key), "name": named["name"], "short_name": short_name, "code": code})
    return rows


def code_of_sector(sector: str) -> int:
    """The number of a sector in exports, the same whichever studies are enabled: five digits, made of its word.

    Those of the report have 1, 2 and so on, and 10 to 9999 are for who declares one in study.yaml.

    >>> code_of_sector("leather")
    45473
    """
    return 10_000 + int.from_bytes(hashlib.sha256(sector.encode()).digest()) % 90_000


def declared_sectors(content: bytes) -> list[Record]:
    """The sectors that the bytes of a study.yaml declare. Raises BadInputError where it does not fit its schema."""
    document, problems = load_yaml(YAML, composed_text(content), schema("study.schema"))
    if problems:
        raise BadInputError(problems)
    return sectors_of(document)


def _texts(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of study.yaml with the key that it is under."""
    for key, value in document.items():
        todo = [value]
        while todo:
            part = todo.pop()
            if isinstance(part, Mapping):
                todo += [*part, *part.values()]
            elif isinstance(part, list):
                todo += part
            elif isinstance(part, str):
                yield key, part
