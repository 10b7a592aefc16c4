"""Whole runs that are killed at random moments, and begun again until they end: their results are the same bytes.

`python tests/faults/kills.py` does it to runs with studies, every other one with each job sent away as to a cluster,
until there were `--kills` of them; it prints a line a run, and ends with status 1 if any run did not come out right.
"""

import argparse
import filecmp
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "workflow")]

from conftest import STUDIES, cluster_of, copy_project, enable, snakemake  # noqa: E402  a script, see faults.py

LATEST = 1 / 3  # of the time that a whole run takes, after its start, at which it is killed, at most: so it gets on


def spoiled(made: Path, expected: Path) -> list[str]:
    """The results that are not the expected bytes, that lack, or that are too many."""
    files = {path.relative_to(each) for each in (made, expected) for path in each.rglob("*") if path.is_file()}
    pairs = ((name, made / name, expected / name) for name in sorted(files))
    return [
        str(name)
        for name, one, two in pairs
        if not (one.is_file() and two.is_file() and filecmp.cmp(one, two, shallow=False))
    ]


def killed(folder: Path, arguments: list[str], after: float) -> int | None:
    """What a run ends with that all of whose processes are killed after so many seconds; None where it was killed."""
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    run = subprocess.Popen(
        [sys.executable, "-m", "snakemake", "--rerun-incomplete", *arguments],
        cwd=folder,
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that one signal reaches the jobs, too
    )
    try:
        return run.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        time.sleep(1)  # for the jobs of a cluster, which end by themselves, in a group of their own or not
        snakemake(folder, "--unlock")  # as docs/reliability.md says
        return None


def broken_off(
    folder: Path, arguments: list[str], expected: Path, latest: float, draw: random.Random, most: int
) -> tuple[int, str]:
    """How often a run was killed, at most so often and after so many seconds, and what is wrong with its results."""
    kills = 0
    while kills < most and killed(folder, arguments, draw.uniform(1, latest)) is None:
        kills += 1
    done = snakemake(folder, "--rerun-incomplete", *arguments)
    if done.returncode:
        return kills, f"the run fails: {done.stderr[-500:]}"
    return kills, ", ".join(spoiled(folder / "results", expected))


def main() -> int:
    """Kill until there were so many kills; the answer is 1 if a run came out wrong."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--kills", type=int, default=100)
    left = options.parse_args().kills
    draw = random.Random(2004)
    wrong = total = 0
    with tempfile.TemporaryDirectory() as name:
        whole = copy_project(Path(name) / "whole")
        enable(whole, *STUDIES[:2])
        start = time.monotonic()
        done = snakemake(whole, "--cores", "2")
        latest = LATEST * (time.monotonic() - start)
        assert done.returncode == 0, done.stderr
        print("| run | by | kills | wrong |\n| ---: | --- | ---: | --- |", flush=True)
        for number in range(1, 1 + left):
            folder = copy_project(Path(name) / str(number))
            enable(folder, *STUDIES[:2])
            arguments, by = (cluster_of(folder), "a cluster") if number % 2 else (["--cores", "2"], "two cores")
            kills, came = broken_off(folder, arguments, whole / "results", latest, draw, left - total)
            print(f"| {number} | {by} | {kills} | {came or 'none'} |", flush=True)
            total, wrong = total + kills, wrong + bool(came)
            if total >= left:
                break
    print(f"\n{total} kills, {wrong} runs with other results than a run that was not killed")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
