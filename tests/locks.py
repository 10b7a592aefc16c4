"""`make lock`: the two locks anew from pyproject.toml. It needs uv, which is not among the pins: pip install uv."""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
RUN, TEST = PROJECT / "requirements.lock", PROJECT / "requirements-test.lock"
COMPILE = (
    "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-emit-index-url", "--no-header", "--no-annotate", "--extra", "workflow",
)  # fmt: skip


def entries(lock: Path) -> list[str]:
    """The pins of a lock, each with its hashes."""
    return re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8").strip())


if __name__ == "__main__":
    subprocess.run([*COMPILE, *sys.argv[1:], "-o", RUN], cwd=PROJECT, check=True)
    subprocess.run([*COMPILE, *sys.argv[1:], "--extra", "test", "-c", RUN, "-o", TEST], cwd=PROJECT, check=True)
    needed = {entry.split()[0] for entry in entries(RUN)}
    added = [entry for entry in entries(TEST) if entry.split()[0] not in needed]  # a test has the rest from the other
    TEST.write_text("\n".join(added) + "\n", encoding="utf-8")
