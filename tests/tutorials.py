"""Pages of docs/ as a reader follows them: the files that they have one write, the commands, and what these print."""

import re
from collections.abc import Iterator

STEP = re.compile(r"`(data/studies/[\w/.]+)`|^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps(text: str) -> Iterator[tuple[str, str, str]]:
    """The files that the page has one write and the commands that it has one run, in order.

    A block of YAML or CSV goes into the file that was named last; a block of console is commands and their outputs.
    """
    name = ""
    for named, kind, content in STEP.findall(text):
        if named:
            name = named
        elif kind == "console":
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", content, re.MULTILINE):
                yield "run", command, expected
        else:
            yield "write", name, content


def missing(expected: str, said: str) -> list[str]:
    """The lines in which `said` is not as `expected`, in which `...` is any lines."""
    lines, place, free, lost = said.splitlines(), 0, False, []
    for line in expected.splitlines():
        if line == "...":
            free = True
            continue
        found = next((at for at in range(place, len(lines)) if lines[at] == line), None)
        if found is None or (not free and found != place):
            lost.append(line)
        else:
            place, free = found + 1, False
    return lost + (lines[place:] if not free else [])
