"""One way to say that an input is bad: every problem at once, each with its place.

A person who must put a file right is told all of it in one go. So what reads an input appends each `Problem` to a list
that its caller passes on, and who asked first raises one `BadInputError` with all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from collective_efficiency.words import counted

PROBLEM_COLUMNS = ("file", "row", "column", "value", "message", "allowed")
KEYED_FILES = (".yaml", ".yml", ".json", "--config")  # in which a place is a line and a key, not a row and a column
MOST_PROBLEMS = 5_000  # of a file; behind them nothing more is looked for
SHORTEST_PART = 4  # letters of a word that tell which of several is meant
SHOWN = 1500  # problems in a message: every cell of the report, but not of a study with 100,000 clusters


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong at one place of an input, and what is allowed there.

    row: the line of the file, or the key of the row; column: the column. In a YAML file, row is the line or the name of
    an entry (a claim, a check), and column the path of a key. Either is empty where the problem is of the whole file.
    value: what stands there, empty where nothing does.

    >>> print(Problem("A1.csv", "5", "backward", "4", "allowed: 0 to 3"))
    A1.csv, row 5, column backward: found '4'; allowed: 0 to 3
    >>> print(Problem("config.yaml", "12", "degree.low", "x", "allowed: number"))
    config.yaml, line 12, key degree.low: found 'x'; allowed: number
    """

    file: str
    row: str
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        row_is, column_is = "row", "column"
        if self.file.endswith(KEYED_FILES):
            row_is, column_is = "line" if self.row[:1].isdigit() else "entry", "key"
        place = [self.file]
        place += [f"{row_is} {self.row}"] if self.row else []
        place += [f"{column_is} {self.column}"] if self.column else []
        found = f"found {shown(self.value)}; " if self.value else ""
        return visible(f"{', '.join(place)}: {found}{self.message}")


class BadInputError(ValueError):
    """Raised once for an input, with all of its problems, each said once.

    >>> raise BadInputError([Problem("A1.csv", "", "", "", "the file is missing")])
    Traceback (most recent call last):
    collective_efficiency.problems.BadInputError: 1 problem in the input; nothing was written.
      A1.csv: the file is missing
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__(self.listed(SHOWN))

    def listed(self, most: int | None = None) -> str:
        """The problems, one a line; of more than `most` the first, and how many more there are."""
        count = len(self.problems)
        head = f"{counted(count, 'problem')} in the input; nothing was written."
        more = [f"  ... and {count - most:,} more"] if most is not None and count > most else []
        return "\n".join([head, *(f"  {problem}" for problem in self.problems[:most]), *more])


def problem_record(problem: Problem) -> dict[str, str]:
    """The problem as a line of problems.csv, with what is allowed in a column of its own."""
    message, _, words = problem.message.partition("allowed: ")
    values = (problem.file, problem.row, problem.column, problem.value, message.rstrip("; ("), words)
    return dict(zip(PROBLEM_COLUMNS, values, strict=True))


def visible(text: str) -> str:
    """`text` on one line, with what does not print escaped: it may come from a file that means harm to a terminal."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def shown(value: str, length: int = 60) -> str:
    """`value` quoted, on one line, without control characters, and not longer than `length`.

    >>> shown("a\\tvery long value", 12)
    "'a\\\\tvery...'"
    """
    text = repr(value)
    return text if len(text) <= length else f"{text[: length - 4]}...'"


def allowed(words: Iterable[str], value: str = "") -> str:
    """The allowed words as text, and the one that `value` may have meant.

    >>> allowed(["High", "Medium", "Low"], "Midium")
    'allowed: High, Medium, Low; did you mean Medium?'
    """
    known = list(words)
    return f"allowed: {', '.join(known)}{nearest(value, known)}"


def nearest(value: str, known: Iterable[str]) -> str:
    """The word that `value` may have meant, to follow a message where all of them would be too many to list.

    >>> nearest("C01", ["C011", "C902"]), nearest("x", ["C011"])
    ('; did you mean C011?', '')
    >>> nearest("CE", ["eei", "ce"]), nearest("Sinos Valley", ["leon-footwear", "sinos-footwear"])
    ('; did you mean ce?', '; did you mean sinos-footwear?')
    """
    folded = {word.casefold(): word for word in known}
    first = re.split(r"\W|_", value.casefold().strip())[0]  # of several words, which often tells enough
    near = get_close_matches(value.casefold(), list(folded), n=1)
    near = near or [word for word in folded if len(first) >= SHORTEST_PART and first in re.split(r"\W|_", word)]
    return f"; did you mean {folded[near[0]]}?" if near and folded[near[0]] != value else ""
