"""What the steps of reading a study's table share: its names, its mapping, and what they have to say."""

from dataclasses import dataclass

from collective_efficiency.files.sheets.grid import Note
from collective_efficiency.problems import Problem
from collective_efficiency.studies.headings import Words
from collective_efficiency.studies.mapping import TableMapping


@dataclass(frozen=True)
class TableContext:
    """One reading of one table.

    file and yaml: how problems name the table and its study.yaml. mapping: what study.yaml says of the table. words:
    those that the table may use. notes: what was detected and decided, and problems: what is bad, both as they come.
    """

    file: str
    yaml: str
    mapping: TableMapping
    words: Words
    notes: list[Note]
    problems: list[Problem]

    def note(self, about: str, what: str, how: str) -> None:
        """Something that was detected, declared or decided."""
        self.notes.append((about, what, how))

    def bad(self, line: int | str, column: str, value: str, message: str) -> None:
        """Something bad in the table."""
        self.problems.append(Problem(self.file, str(line), column, value, message))

    def bad_key(self, key: str, value: str, message: str) -> None:
        """Something bad in study.yaml."""
        self.problems.append(Problem(self.yaml, "", key, value, message))
