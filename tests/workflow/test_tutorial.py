"""docs/add-a-study.md as a reader follows it: its files are written, its commands run, its outputs compared."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tutorials import missing, steps


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
