"""docs/add-a-study.md as a reader follows it: its files are written, its commands run, its outputs compared."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

STEP = re.compile(r"`(data/studies/[\w/.]+)`|^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps(text):
    """The files that the page has one write and the commands that it has one run, in order.

    A block of YAML or CSV goes into the file that was named last; a block of console is commands and their outputs.
    """
    name = None
    for named, kind, content in STEP.findall(text):
        if named:
            name = named
        elif kind == "console":
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", content, re.MULTILINE):
                yield "run", command, expected
        else:
            yield "write", name, content


def missing(expected, said):
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


def test_outputs_are_compared_strictly():
    assert missing("a\nb\n", "a\nb\n") == []
    assert missing("a\n", "a\nb\n") == ["b"]
    assert missing("...\nb\n", "a\nb\n") == []
    assert missing("a\n...\nc\n", "a\nb\nc\n") == []
    assert missing("b\n", "a\nb\n") == ["b", "a", "b"]
    assert missing("a\n...\nd\n...\n", "a\nb\nc\n") == ["d"]


def test_the_tutorial_does_what_it_says(run, project, tmp_path):
    folder = shutil.copytree(run, tmp_path / "copy")
    found = list(steps((project / "docs/add-a-study.md").read_text(encoding="utf-8")))
    assert sum(kind == "run" for kind, *_ in found) >= 8
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    variables["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{variables['PATH']}"
    for kind, what, content in found:
        if kind == "write":
            (folder / what).write_text(content, encoding="utf-8")
            continue
        done = subprocess.run(what, shell=True, cwd=folder, env=variables, capture_output=True, check=False)
        said = (done.stderr + done.stdout).decode()
        assert missing(content, said) == [], f"{what}\n{said}"
