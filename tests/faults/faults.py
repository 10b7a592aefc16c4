"""Every call by which a job changes a file, made to fail in turn: what is left is the whole result, or none.

`python tests/faults/faults.py` tries each call of each rule with each of `ERRORS` in a copy of the project, in as many
rounds, prints a line a rule, and ends with status 1 if anything else came of one. shim.c says how a call is made to
fail.
"""

import argparse
import errno
import filecmp
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

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
        """How many calls the jobs of the rule make that change a file, all of them together."""
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
        self.count_file.unlink(missing_ok=True)
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


def round_of(number: int, calls: int, every: int = 1) -> list[tuple[int, int]]:
    """Every so many-th call with one error, another one in each of the rounds from 0 to 3, and from call to call."""
    errors = list(ERRORS)
    return [(at, errors[(at // every + number) % len(errors)]) for at in range(1, calls + 1, every)]


def main() -> int:
    """Try all, or some of them; the answer is 1 if any came out wrong."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("rules", nargs="*", help="only these rules")
    options.add_argument("--rounds", type=int, default=len(ERRORS), help="so many of the errors for each call")
    options.add_argument("--every", type=int, default=1, help="only each so many-th call of a rule")
    asked = options.parse_args()
    bad = total = 0
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        folder = copy_project(scratch / "project")
        done = snakemake(folder, "--cores", "2")
        assert done.returncode == 0, done.stderr
        faults = Faults(folder, scratch)
        calls = {rule: faults.calls(rule) for rule in asked.rules or faults.rules}
        print("| round | rule | calls | faults | wrong |\n| ---: | --- | ---: | ---: | --- |", flush=True)
        for number, rule in product(range(asked.rounds), calls):
            tried = round_of(number, calls[rule], asked.every)
            wrong = faults.wrong(rule, tried)
            said = "; ".join(wrong) or "none"
            print(f"| {number + 1} | {rule} | {calls[rule]} | {len(tried)} | {said} |", flush=True)
            bad, total = bad + len(wrong), total + len(tried)
    print(f"\n{total:,} faults, {bad} with another outcome than the whole result or none")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
