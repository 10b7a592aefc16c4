"""Lines of the report's text, by which claims and advice say where something stands: `88-90; 1911`, counted from 1."""

from collections.abc import Iterator

from collective_efficiency.files.yaml_files import checked_yaml


def text_length(tables: bytes) -> int:
    """How many lines the text has, as tables.yaml, of which this is the content, declares it; 0 where it does not.

    >>> text_length(b"source: {lines: 10666}"), text_length(b"tables: {}")
    (10666, 0)
    """
    return int(checked_yaml(tables).get("source", {}).get("lines", 0))


def misplaced_lines(line: str, length: int) -> str:
    """What is wrong with a place in a text of `length` lines (0: not declared, so that only the order counts).

    >>> misplaced_lines("88-90; 1911", 10666)
    ''
    >>> misplaced_lines("88-90; 99999", 10666), misplaced_lines("90-88", 0)
    ('the text has 10666 lines, so there is no line 99999', 'lines 90-88 run backwards; write 88-90')
    """
    for first, last in line_ranges(line):
        if int(last) < int(first):
            return f"lines {first}-{last} run backwards; write {last}-{first}"
        if 0 < length < int(last):
            return f"the text has {length} lines, so there is no line {last}"
    return ""


def line_ranges(line: str) -> Iterator[tuple[str, str]]:
    """The first and the last line of each part of a place, as they are written.

    >>> list(line_ranges("88-90; 1911"))
    [('88', '90'), ('1911', '1911')]
    """
    for part in line.split("; "):
        first, _, last = part.partition("-")
        yield first, last or first
