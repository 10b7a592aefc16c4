"""Every call by which a job changes a file, made to fail in turn: what is left is the whole result, or none.

`python tests/faults/faults.py` tries each call of each rule with each of `ERRORS` in a copy of the project, prints a
line a rule, and ends with status 1 if anything else came of one. shim.c says how a call is made to fail.
"""

import argparse
import errno
import filecmp
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "workflow")]

from conftest import copy_project, snakemake  # noqa: E402  a script, too, which pytest puts nothing on the path for

SHORT = 0  # half of what a write was given is written, as on a disk that is nearly full
ERRORS = {errno.ENOSPC: "no space", errno.EIO: "broken disk", errno.EACCES: "not allowed", SHORT: "short write"}


def built_shim(folder: Path) -> Path:
    """The library to preload, compiled into `folder` by the C compiler `cc`."""
    shim = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    return shim


class Faults:
    """A finished run in `folder`, and what its jobs do when a call of theirs fails."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder, self.count_file, self.shim = folder, scratch / "count", built_shim(scratch)
        self.before = Path(shutil.copytree(folder / "results", scratch / "before"))
        self.rules = sorted({path.stem for path in (folder / "logs").rglob("*.log")})

    def calls(self, rule: str) -> int:
        """How many calls a job of the rule makes that change a file; of several jobs, the one that ends last."""
        self.count_file.unlink(missing_ok=True)
        done = self._run(rule, at=0)
        assert done.returncode == 0, done.stderr
        return int(self.count_file.read_text())

    def outcome(self, rule: str, at: int, error: int) -> str:
        """What is wrong after the call `at` of a job of the rule failed; empty where it is as promised."""
        done = self._run(rule, at, error)
        said = done.stdout + done.stderr
        wrong = [f"{path} is left, and is not the result" for path in self._spoiled()]
        if done.returncode and f"rule {rule} failed: " not in said and "problem" not in said:
            wrong.append("nothing says what failed")
        if not done.returncode and self._missing():
            wrong.append("the run ends well, and makes nothing")
        return "; ".join(wrong)

    def wrong(self, rule: str, tried: Sequence[tuple[int, int]]) -> list[str]:
        """What came out wrong of the faults `tried`, one after the other, and of a next run without one."""
        said = {f"call {at}, {ERRORS[error]}": self.outcome(rule, at, error) for at, error in tried}
        said["after it"] = self.mended()
        return [f"{when}: {what}" for when, what in said.items() if what]

    def mended(self) -> str:
        """What is wrong after a next run without a fault; empty where the results are the same bytes as before."""
        done = snakemake(self.folder, "--cores", "1")
        if done.returncode:
            return f"the next run fails: {done.stderr[-500:]}"
        return "; ".join(
            [*(f"{path} differs" for path in self._spoiled()), *(f"{path} is not made" for path in self._missing())]
        )

    def _run(self, rule: str, at: int, error: int = 0) -> subprocess.CompletedProcess[str]:
        return snakemake(
            self.folder,
            *("--cores", "1", "--forcerun", rule, "--until", rule),
            LD_PRELOAD=str(self.shim),
            FAULT_FOLDER=str(self.folder),
            FAULT_AT=str(at),
            FAULT_ERRNO=str(error),
            FAULT_COUNT=str(self.count_file),
        )

    def _files(self) -> Iterator[Path]:
        return (path.relative_to(self.before) for path in self.before.rglob("*") if path.is_file())

    def _missing(self) -> list[str]:
        return [str(path) for path in self._files() if not (self.folder / "results" / path).exists()]

    def _spoiled(self) -> list[str]:
        made = self.folder / "results"
        there = [path for path in self._files() if (made / path).exists()]
        return [str(path) for path in there if not filecmp.cmp(made / path, self.before / path, shallow=False)]


def drawn(rule: str, calls: int, draw: int | None) -> list[tuple[int, int]]:
    """So many pairs of a call and an error, by a seed of the rule; all of them where `draw` is None."""
    pairs = [(at, error) for at in range(1, calls + 1) for error in ERRORS]
    return Random(rule).sample(pairs, min(draw, len(pairs))) if draw else pairs


def main() -> int:
    """Try all, or `--draw` calls of each rule; the answer is 1 if any came out wrong."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--draw", type=int, help="so many calls of each rule, by a seed, instead of all")
    draw = options.parse_args().draw
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        folder = copy_project(scratch / "project")
        done = snakemake(folder, "--cores", "2")
        assert done.returncode == 0, done.stderr
        faults = Faults(folder, scratch)
        print("| rule | calls | faults | wrong |\n| --- | ---: | ---: | --- |")
        bad = total = 0
        for rule in faults.rules:
            calls = faults.calls(rule)
            tried = drawn(rule, calls, draw)
            wrong = faults.wrong(rule, tried)
            print(f"| {rule} | {calls} | {len(tried)} | {'; '.join(wrong) or 'none'} |", flush=True)
            bad, total = bad + len(wrong), total + len(tried)
    print(f"\n{total:,} faults, {bad} with another outcome than the whole result or none")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
