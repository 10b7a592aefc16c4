"""What the workflow costs, as ratios in one run: `python benchmarks/workflow.py > benchmarks/workflow.md`.

The floor is Snakemake's own cost: the same rules, inputs and outputs with empty shell jobs and no check of the inputs.
`--against FOLDER` runs another checkout in turn with this one, such as a worktree of an earlier commit.
"""

import argparse
import csv
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "workflow"))

from collective_efficiency.files.yaml_files import own_yaml
from collective_efficiency.run.check import check_inputs
from collective_efficiency.run.config_files import ConfigSources
from collective_efficiency.run.plan import packed

REPEATS = 3
IMPORTED = re.compile(r"^import time: +(\d+) \| +\d+ \| +(\w+)", re.MULTILINE)
NEXT_SECOND = """
What the next second would cost: one job that draws all figures (those of the report, of the claims and of the answers)
saves two starts and two imports of pandas and matplotlib, about 1.5 s, and gives up that a rule, its script and its
module share a name. The heat table without seaborn saves 1 s of imports (seaborn and, for it, scipy). Ordered logits
without statsmodels save 0.7 s."""


def copy(target: Path, project: Path) -> Path:
    """The project without its results."""
    skip = shutil.ignore_patterns(".git", ".venv", ".snakemake", "results", "logs", "report.html", "__pycache__")
    return Path(shutil.copytree(project, target, ignore=skip))


def emptied(folder: Path) -> Path:
    """The same rule graph with jobs that only touch their outputs, from a plan that was made before."""
    for path in (folder / "workflow/rules").glob("*.smk"):
        text = re.sub(r'script:\n +"[^"]+"', 'shell:\n        "touch {output}"', path.read_text(encoding="utf-8"))
        path.write_text(text.replace("packed(make_plan())", repr(plan_of(folder))), encoding="utf-8")
    return folder


def plan_of(folder: Path) -> str:
    """The plan of a run without studies, as the jobs get it."""
    content = (folder / "config.yaml").read_bytes()
    report = {path.name: path.read_bytes() for path in (folder / "data/report").iterdir() if path.is_file()}
    sources = ConfigSources.read({"config.yaml": content}, {})
    return packed(check_inputs(own_yaml(content.decode()), report, (), {}, sources))


class Cost(NamedTuple):
    """Processor seconds, in user and system mode, of a command and all that it started."""

    median: float
    runs: tuple[float, ...]


def cost(folder: Path, *arguments: str, clean: bool = False) -> float:
    """Processor seconds of one snakemake command in `folder`: they hardly depend on what else the machine does."""
    if clean:
        for name in ("results", ".snakemake", "logs"):
            shutil.rmtree(folder / name, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "snakemake", *arguments], cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def costs(folders: Mapping[str, Path], *arguments: str, clean: bool = False) -> dict[str, Cost]:
    """The same command in each folder in turn, REPEATS times, so that a change of the machine meets all alike."""
    runs: dict[str, list[float]] = {name: [] for name in folders}
    for _ in range(REPEATS):
        for name, folder in folders.items():
            runs[name].append(cost(folder, *arguments, clean=clean))
    return {name: Cost(statistics.median(each), tuple(each)) for name, each in runs.items()}


def benchmarked(folder: Path) -> dict[str, float]:
    """Processor seconds of each rule, as Snakemake noted them: what a job took once its process had started."""
    found = {}
    for path in sorted((folder / "logs").rglob("*.tsv")):
        with path.open(encoding="utf-8") as file:
            noted = next(csv.DictReader(file, delimiter="\t"))["cpu_time"]
        found[path.relative_to(folder / "logs").with_suffix("").as_posix()] = float(noted)
    return found


def imports(folder: Path) -> dict[str, float]:
    """Seconds that the jobs but the notebooks' take to import each package, by Python's own account in their logs."""
    for name in ("results", ".snakemake", "logs"):
        shutil.rmtree(folder / name, ignore_errors=True)
    command = [sys.executable, "-m", "snakemake", "--cores", "1"]
    profiled = os.environ | {"PYTHONPROFILEIMPORTTIME": "1"}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=profiled)
    found: Counter[str] = Counter()
    for path in set((folder / "logs").rglob("*.log")) - {folder / "logs/notebooks.log"}:  # its kernel is told apart
        for own, package in IMPORTED.findall(path.read_text(encoding="utf-8", errors="replace")):
            found[package] += int(own) / 1e6
    return dict(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="another checkout to run in turn with this one")
    against = parser.parse_args().against
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy(Path(temporary, "full"), PROJECT)
        folders = {"this": folder, "floor": emptied(copy(Path(temporary, "floor"), PROJECT))}
        if against:
            folders["other"] = copy(Path(temporary, "other"), against)
        whole = costs(folders, "--cores", "2", clean=True)
        again = costs({"run": folder}, "--cores", "2")["run"]
        plan = costs({"plan": folder}, "-n")["plan"]
        rules, loaded = benchmarked(folder), imports(folder)
    floor, this = whole["floor"].median, whole["this"].median
    print("# What a run costs\n")
    print(f"`python benchmarks/workflow.py`: processor seconds, medians of {REPEATS} in turn, with Python")
    versions = f"{platform.python_version()} and Snakemake {version('snakemake')}"
    print(f"{versions}. The ratios count: the seconds are one machine's.\n")
    print("| what | seconds | ratio |\n|---|---|---|")
    print(f"| floor: the same rules with empty shell jobs | {floor:.1f} | 1 |")
    print(f"| the whole workflow from clean | {this:.1f} | {this / floor:.1f} of the floor |")
    if against:
        other = whole["other"].median
        print(f"| the whole workflow of the other checkout | {other:.1f} | this one is {this / other:.2f} of it |")
    print(f"| `snakemake -n`, up to date | {plan.median:.1f} | 1 |")
    print(f"| `snakemake --cores 2`, up to date | {again.median:.1f} | {again.median / plan.median:.2f} of it |\n")
    kernels = rules.get("notebooks", 0.0)
    rest = this - floor - sum(loaded.values()) - kernels
    print("| where the seconds go | seconds |\n|---|---|")
    print(f"| Snakemake, and the start of a process for each job | {floor:.1f} |")
    print(f"| imports of the jobs | {sum(loaded.values()):.1f} |")
    print(f"| the notebooks' kernel, its imports included | {kernels:.1f} |")
    print(f"| the rest: our own work, and that of the libraries for it | {rest:.1f} |\n")
    largest = sorted(loaded.items(), key=lambda pair: -pair[1])[:8]
    print("Imports, over all jobs: " + ", ".join(f"{name} {spent:.1f}" for name, spent in largest) + ".\n")
    print("| rule | processor seconds |\n|---|---|")
    for name, spent in sorted(rules.items(), key=lambda pair: -pair[1]):
        print(f"| {name} | {spent:.1f} |")
    print(NEXT_SECOND)


if __name__ == "__main__":
    main()
