"""What the workflow costs, as ratios in one run: `python benchmarks/workflow.py > benchmarks/workflow.md`.

The floor is Snakemake's own cost: the same rules, inputs and outputs with empty shell jobs and no check of the inputs.
"""

import csv
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "workflow"))

from collective_efficiency.files.yaml_files import own_yaml
from collective_efficiency.run.check import check_inputs
from collective_efficiency.run.plan import packed

REPEATS = 3


def copy(target: Path) -> Path:
    """The project without its results."""
    skip = shutil.ignore_patterns(".git", ".venv", ".snakemake", "results", "logs", "report.html", "__pycache__")
    return Path(shutil.copytree(PROJECT, target, ignore=skip))


def emptied(folder: Path) -> Path:
    """The same rule graph with jobs that only touch their outputs, from a plan that was made before."""
    for path in (folder / "workflow/rules").glob("*.smk"):
        text = re.sub(r'script:\n +"[^"]+"', 'shell:\n        "touch {output}"', path.read_text(encoding="utf-8"))
        path.write_text(text.replace("packed(make_plan())", repr(plan_of(folder))), encoding="utf-8")
    return folder


def plan_of(folder: Path) -> str:
    """The plan of a run without studies, as the jobs get it."""
    config = own_yaml((folder / "config.yaml").read_text(encoding="utf-8"))
    report = {path.name: path.read_bytes() for path in (folder / "data/report").iterdir() if path.is_file()}
    return packed(check_inputs(config, report, (), {}))


def seconds(folder: Path, *arguments: str, clean: bool = False) -> float:
    """Wall seconds of a snakemake command, the median of its repeats."""
    times = []
    for _ in range(REPEATS):
        if clean:
            for name in ("results", ".snakemake", "logs"):
                shutil.rmtree(folder / name, ignore_errors=True)
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "snakemake", *arguments], cwd=folder, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        floor_folder = emptied(copy(Path(temporary, "floor")))
        folder = copy(Path(temporary, "full"))
        floor = seconds(floor_folder, "--cores", "2", clean=True)
        full = seconds(folder, "--cores", "2", clean=True)
        rerun, plan = seconds(folder, "--cores", "2"), seconds(folder, "-n")
        rules = {}
        for path in sorted((folder / "logs").rglob("*.tsv")):
            with path.open(encoding="utf-8") as file:
                rules[path.relative_to(folder / "logs").with_suffix("").as_posix()] = next(
                    csv.DictReader(file, delimiter="\t")
                )
    print("# What a run costs\n")
    print(
        f"`python benchmarks/workflow.py`: medians of {REPEATS}, 2 cores, Python {platform.python_version()}, ", end=""
    )
    print(f"Snakemake {version('snakemake')}. Read the ratios; the seconds are one noisy machine's.\n")
    print("| what | seconds | ratio |\n|---|---|---|")
    print(f"| floor: the same rules with empty shell jobs | {floor:.1f} | 1 |")
    print(f"| the whole workflow from clean | {full:.1f} | {full / floor:.2f} of the floor |")
    print(f"| `snakemake -n`, up to date | {plan:.1f} | 1 |")
    print(f"| `snakemake --cores 2`, up to date | {rerun:.1f} | {rerun / plan:.2f} of `snakemake -n` |\n")
    print("| rule | CPU seconds | wall seconds |\n|---|---|---|")
    for name, row in sorted(rules.items(), key=lambda pair: -float(pair[1]["cpu_time"])):
        print(f"| {name} | {float(row['cpu_time']):.1f} | {float(row['s']):.1f} |")


if __name__ == "__main__":
    main()
