"""One way to say that an input is bad: every problem at once, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

PROBLEM_COLUMNS = ("file", "row", "column", "value", "message", "allowed")
SHOWN = 1500  # problems in a message: every cell of the report, but not of a study with 100,000 clusters


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong at one place of an input, and what is allowed there."""

    file: str
    row: str
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"row {self.row}" if self.row else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        found = f"found {shown(self.value)}; " if self.value else ""
        return visible(f"{place}: {found}{self.message}")


class BadInputError(ValueError):
    """Raised once per input, with all of its problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__(self.listed(SHOWN))

    def listed(self, most: int | None = None) -> str:
        """The problems, one a line; of more than `most` the first, and how many more there are."""
        count = len(self.problems)
        head = f"{count} problem{'s' if count > 1 else ''} in the input; nothing was written."
        more = [f"  ... and {count - most:,} more"] if most is not None and count > most else []
        return "\n".join([head, *(f"  {problem}" for problem in self.problems[:most]), *more])


def problem_record(problem: Problem) -> dict[str, str]:
    """The problem as a row of problems.csv."""
    message, _, words = problem.message.partition("allowed: ")
    values = (problem.file, problem.row, problem.column, problem.value, message.rstrip("; ("), words)
    return dict(zip(PROBLEM_COLUMNS, values, strict=True))


def visible(text: str) -> str:
    """`text` on one line, with what does not print escaped: it may come from a file that means harm to a terminal."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def shown(value: str, length: int = 60) -> str:
    """`value` quoted, on one line, without control characters, and not longer than `length`."""
    text = repr(value)
    return text if len(text) <= length else f"{text[: length - 4]}...'"


def allowed(words: Iterable[str], value: str = "") -> str:
    """The allowed words as text, and the one that `value` may have meant."""
    known = list(words)
    near = get_close_matches(value, known, n=1)
    return f"allowed: {', '.join(known)}" + (f"; did you mean {near[0]}?" if near else "")
