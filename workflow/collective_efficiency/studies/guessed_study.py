"""A study.yaml laid out from a table: every guess with its reason beside it, and above it what is still open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from collective_efficiency.files.package import template
from collective_efficiency.problems import BadInputError, Problem, visible
from collective_efficiency.studies.described import YAML
from collective_efficiency.studies.guessed_headings import chosen_sheet, read_by_guess, titled_by_guess
from collective_efficiency.studies.guessed_values import guess_values
from collective_efficiency.studies.guessing import Guess, Guesses, guess_columns
from collective_efficiency.studies.study import Known, read_study

WRITTEN_BY_A_PERSON = {
    "title": "x",
    "source": "x",
    "scorer": "x",
    "date": "2024",
    "scale": "0 to 3",
}  # what a person will write
KEYS_IN_ORDER = (
    "file", "encoding", "sheet", "skip_rows", "header_rows", "layout", "columns", "ignore", "id", "values", "missing",
    "sectors", "industries",
)  # fmt: skip
MOST_OPEN = 100  # things that are listed
FIRST_LINES = """\
# What this study is, and how its table is to be read: laid out from {file}.
# What has `# guess` beside it was guessed from the table: look at each one. Fill in the five keys that are empty.
# docs/formats.md says what every key does.
"""
NOTHING_OPEN = "# Nothing else is open: with these keys the table is read.\n"


@dataclass(frozen=True)
class GuessedStudy:
    """A study.yaml as text, how many guesses are in it, and what it leaves open, a text for each."""

    text: str
    guesses: int
    open: tuple[str, ...]


def guess_study(name: str, file: str, content: bytes, known: Known) -> GuessedStudy:
    """The study.yaml of a study with this table.

    name: of the study. file: of the table, without its folder. known: what the report has; its clusters may be none.
    Raises BadInputError where the file cannot be read as a table.
    """
    problems: list[Problem] = []
    guesses = Guesses()
    grids = read_by_guess(file, content, problems, guesses)
    titled = titled_by_guess(chosen_sheet(grids, guesses), guesses) if grids else None
    if titled is None:
        raise BadInputError(problems or [Problem(file, "", "", "", "the file is empty")])
    titled, words = guess_columns(titled, guesses)
    guess_values(titled, words, known, guesses)
    guesses.add("file", value=file, why="the table that you named")
    open_ = (*guesses.open, *_problems(name, file, content, guesses, known))
    return GuessedStudy(_text(file, guesses, open_), len(guesses.entries), open_)


def _problems(name: str, file: str, content: bytes, guesses: Guesses, known: Known) -> Iterator[str]:
    """What a run would still say of the study, once the keys that are empty are filled in."""
    described = yaml.safe_dump({**WRITTEN_BY_A_PERSON, **guesses.document(settled=True)}, allow_unicode=True)
    problems: list[Problem] = []
    read_study(name, {YAML: described.encode(), file: content}, known, "median", problems)
    for problem in dict.fromkeys(problems):
        yield str(problem).removeprefix(f"data/studies/{name}/")


def _text(file: str, guesses: Guesses, open_: tuple[str, ...]) -> str:
    lines = [FIRST_LINES.format(file=visible(file))]
    if open_:
        more = [f"... and {len(open_) - MOST_OPEN} more"] if len(open_) > MOST_OPEN else []
        lines += [
            "# Open, to be decided or put right:\n",
            *(f"#   {visible(text)}\n" for text in (*open_[:MOST_OPEN], *more)),
        ]
    else:
        lines.append(NOTHING_OPEN)
    empty = template("study/study.yaml").partition("\ntitle:")[2].partition("\n\n")[0]
    lines.append(f"\ntitle:{empty}\n\n")
    for section in KEYS_IN_ORDER:
        lines += _section(section, [entry for entry in guesses.entries if entry.path[0] == section])
    return "".join(lines)


def _section(section: str, entries: list[Guess]) -> Iterator[str]:
    """The lines of one key of study.yaml."""
    if not entries:
        return
    if entries[0].listed:
        yield f"{section}:\n"
        yield from (f"  - {_scalar(entry.value)} # guess: {visible(entry.why)}\n" for entry in entries)
    elif len(entries[0].path) == 1:
        yield f"{section}: {_scalar(entries[0].value)} # guess: {visible(entries[0].why)}\n"
    else:
        yield f"{section}:\n"
        groups: dict[str, list[Guess]] = {}
        for entry in entries:
            groups.setdefault(entry.path[1] if len(entry.path) > 2 else "", []).append(entry)
        for group, members in sorted(groups.items(), key=lambda item: bool(item[0])):
            indent = "    " if group else "  "
            if group:
                yield f"  {_scalar(group)}:\n"
            for entry in members:
                yield f"{indent}{_scalar(entry.path[-1])}: {_scalar(entry.value)} # guess: {visible(entry.why)}\n"


def _scalar(value: Any) -> str:
    """A value on one line, in quotes where YAML would take it for something else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_scalar(part)}" for key, part in value.items()) + "}"
    text = yaml.safe_dump(value, allow_unicode=True, width=10**6, default_flow_style=True)
    return text.removesuffix("\n").removesuffix("\n...")
