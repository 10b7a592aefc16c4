"""docs/audit.md as a reviewer follows it, from a spreadsheet to a finding: each command run, its output compared."""

import os
import shutil
import subprocess
import sys

from tutorials import missing, steps


def test_every_command_of_the_page_prints_what_it_says(project, tmp_path):
    for folder in ("tests/public_tables", "data/audits"):
        shutil.copytree(project / folder, tmp_path / folder)
    command = tmp_path / "bin/collective-efficiency"  # as `pip install .` makes it
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m collective_efficiency "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    variables = os.environ | {
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(project / "workflow"),
    }
    commands = [step for step in steps((project / "docs/audit.md").read_text(encoding="utf-8")) if step[0] == "run"]
    assert len(commands) == 9
    for _, what, printed in commands:
        done = subprocess.run(what, shell=True, cwd=tmp_path, env=variables, capture_output=True, check=False)
        said = (done.stderr + done.stdout).decode()
        assert missing(printed, said) == [], f"{what}\n{said}"
