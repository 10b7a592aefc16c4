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
REPEATS = 3


def copy(target: Path) -> Path:
    """The project without its results."""
    skip = shutil.ignore_patterns(".git", ".venv", ".snakemake", "results", "logs", "report.html", "__pycache__")
    return Path(shutil.copytree(PROJECT, target, ignore=skip))


def emptied(folder: Path) -> Path:
    """The same rule graph with jobs that only touch their outputs."""
    for path in (folder / "workflow/rules").glob("*.smk"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r'script:\n +"[^"]+"', 'shell:\n        "touch {output}"', text)
        path.write_text(
            text.replace("\nSIZES = check_inputs()\n", "\nSIZES = {name: 0 for name in DATASETS}\n"), encoding="utf-8"
        )
    return folder


def benchmarked(folder: Path) -> Path:
    """The same rules, each noting its CPU seconds."""
    for path in (folder / "workflow/rules").glob("*.smk"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r'( +)log:\n +"logs/(.*)\.log"', r'\g<0>\n\1benchmark:\n\1    "bench/\2.tsv"', text)
        path.write_text(text, encoding="utf-8")
    return folder


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
        folder = benchmarked(copy(Path(temporary, "full")))
        floor = seconds(floor_folder, "--cores", "2", clean=True)
        full = seconds(folder, "--cores", "2", clean=True)
        rerun, plan = seconds(folder, "--cores", "2"), seconds(folder, "-n")
        rules = {}
        for path in sorted((folder / "bench").rglob("*.tsv")):
            with path.open(encoding="utf-8") as file:
                rules[path.stem] = next(csv.DictReader(file, delimiter="\t"))
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
