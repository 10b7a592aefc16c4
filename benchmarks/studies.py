"""What reading a study costs, as ratios in one run: `python benchmarks/studies.py > benchmarks/studies.md`.

The floor is pandas: read_csv of the same bytes, and one mean by sector. Each measurement is a process of its own; what
it takes to start, and to import what it needs, counts for neither.
"""

import io
import json
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 30_000, 100_000)
REPEATS = 9
WAYS = ("pandas", "read", "stage")
DESCRIBED = b"title: Made up\nsource: Made up\nscorer: Nobody\ndate: 2026\nscale: 0 to 3\n"
SECTORS = ("traditional", "natural_resource", "cops", "software")
HEADER = (
    "cluster,name,sector,industry,country,labour_market,inputs,information,market_access,backward,forward,bilateral,"
    "multilateral,product,process,functional,intersectoral,market,network,quasi_hierarchy,hierarchy"
)


def made_up(count: int) -> bytes:
    """A table of `count` made-up clusters."""
    draw = random.Random(count)
    scores, codes = ("0", "0.5", "1", "1.5", "2", "2.5", "3"), "0123"
    lines = [HEADER]
    for number in range(count):
        values = (*draw.choices(scores, k=12), *draw.choices(codes, k=4))
        sector = draw.choice(SECTORS)
        lines.append(f"made-up-{number},Made-up Town {number},{sector},textiles,Nowhere,{','.join(values)}")
    return ("\n".join(lines) + "\n").encode()


def measure(way: str, path: Path) -> None:
    """Print the seconds and the growth of the peak memory, in megabytes, of one way to read the table."""
    content = path.read_bytes()
    work = {"pandas": by_pandas, "read": by_library, "stage": by_stage}[way](content)
    before, start = peak(), time.perf_counter()
    work()
    print(json.dumps({"seconds": time.perf_counter() - start, "growth": peak() - before, "peak": peak()}))


def peak() -> float:
    """The most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_pandas(content):
    import pandas as pd

    pd.read_csv(io.StringIO("a,b\nx,1\n")).groupby("a").mean()  # what is loaded at first use
    return lambda: pd.read_csv(io.BytesIO(content)).groupby("sector").mean(numeric_only=True)


def by_library(content):
    sys.path.insert(0, str(PROJECT / "workflow"))

    from collective_efficiency.studies.study import Known, read_studies

    known = Known(SECTORS, ("textiles",), {})

    def read(table):
        return read_studies({"big": {"study.yaml": DESCRIBED, "clusters.csv": table}}, known, "median")[0]

    read(made_up(2))
    return lambda: read(content)


def by_stage(content):
    """As the rule `study`: read, combine the raters, compute both readings of the indices."""
    read = by_library(content)
    from collective_efficiency.choices import Choices
    from collective_efficiency.studies.study_results import study_clusters, study_indices

    def work():
        study = read()
        return study_indices(study, study_clusters(study, "median"), Choices())

    return work


def main() -> None:
    found = {}
    with tempfile.TemporaryDirectory() as temporary:
        for count in SIZES:
            path = Path(temporary, f"{count}.csv")
            path.write_bytes(made_up(count))
            commands = [(way, [sys.executable, __file__, way, path]) for _ in range(REPEATS) for way in WAYS]
            runs = [(way, json.loads(subprocess.check_output(command))) for way, command in commands]
            for way in WAYS:
                own = [run for each, run in runs if each == way]
                found[way, count] = {key: statistics.median(run[key] for run in own) for key in own[0]}
    print("# What reading a study costs\n")
    print(
        f"`python benchmarks/studies.py`: medians of {REPEATS} processes, Python {platform.python_version()}, pandas"
        f" {version('pandas')}. Read the ratios; the\nseconds are one noisy machine's. The floor is pandas' read_csv of"
        " the same bytes and one mean by sector: no check at all.\n`read` is a study read and every cell checked;"
        " `stage` adds its raters combined and both readings of its indices.\n"
    )
    print("| clusters | what | seconds | ratio | memory grows by, MB | ratio | peak, MB | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    for count in SIZES:
        floor = found["pandas", count]
        for way in WAYS:
            each = found[way, count]
            cells = [f"{each[key]:.2f} | {each[key] / floor[key]:.1f}" for key in ("seconds", "growth", "peak")]
            print(f"| {count:,} | {way} | {' | '.join(cells)} |")
    small, large = SIZES[0], SIZES[-1]
    grown = found["read", large]["seconds"] / found["read", small]["seconds"]
    print(f"\nFrom {small:,} to {large:,} clusters `read` takes {grown:.1f} times as long.")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
