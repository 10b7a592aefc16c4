"""How long it takes to audit many reports by a list, and whether an interrupted run ends with the same bytes.

    python benchmarks/manifest.py           # writes benchmarks/manifest.md: 2,000 and 10,000 reports

The reports are drafts of made-up tables (made_up_tables.py) with up to 150 cells of which 2 % are misprinted, 40
different ones, each as often as needed; one in 500 is broken.
"""

import hashlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import count as count_up
from itertools import islice
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[1] / "workflow"
sys.path.insert(0, str(LIBRARY))

from made_up_tables import MadeUp, made_up

from collective_efficiency.audit.drafts.draft import draft
from collective_efficiency.audit.many.run import IN_A_PART

DIFFERENT = 40
MOST_CELLS = 150
BROKEN = 500  # one in so many
SIZES = (2_000, 10_000)
CORES = 2
KILLED_AT = 0.5  # of the reports of the smaller size


def csv_of(table: MadeUp) -> bytes:
    """The table as a person would save it."""
    lines = [["", *table.columns], *([name, *cells] for name, cells in zip(table.rows, table.cells, strict=True))]
    return "\n".join(",".join(line) for line in lines).encode()


def lay_out(where: Path, count: int) -> None:
    """So many reports below a folder."""
    tables = (made_up(seed, 0.02) for seed in count_up())
    small = (table for table in tables if len(table.rows) * len(table.columns) <= MOST_CELLS)
    drafts = [draft("table.csv", csv_of(table)).files() for table in islice(small, DIFFERENT)]
    for number in range(count):
        folder = where / folder_of(number)
        folder.mkdir(parents=True)
        for name, text in drafts[number % DIFFERENT].items():
            broken = name == "tables.yaml" and number % BROKEN == BROKEN - 1
            (folder / name).write_text("layouts: [" if broken else text, encoding="utf-8")


def folder_of(number: int) -> str:
    """Where a report lies."""
    return f"reports/{number // 1000}/r{number}"


def listed(where: Path, count: int) -> Path:
    """The list of the first reports."""
    path = where / f"reports_{count}.csv"
    lines = ["report,folder", *(f"r{number},{folder_of(number)}" for number in range(count))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def command(manifest: Path, output: Path) -> list[str]:
    """The command that audits a list."""
    module = [sys.executable, "-m", "collective_efficiency", "audit", "--manifest", str(manifest)]
    return [*module, "--output", str(output), "--cores", str(CORES)]


def digest(output: Path) -> str:
    """What the two tables hold, in a few letters."""
    return hashlib.sha256((output / "reports.csv").read_bytes() + (output / "findings.csv").read_bytes()).hexdigest()


def run(manifest: Path, output: Path) -> tuple[float, float, str]:
    """The seconds of an audit, those of all processors in it, and what it said."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command(manifest, output), cwd=LIBRARY, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begin, used, done.stdout.splitlines()[0]


def killed(manifest: Path, output: Path, parts: int) -> int:
    """Begins an audit and kills it (SIGKILL) when so many parts are done; gives how many were."""
    begun = subprocess.Popen(command(manifest, output), cwd=LIBRARY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while (done := len(list(output.glob("parts/*.jsonl")))) < parts and begun.poll() is None:
        time.sleep(0.1)
    begun.kill()
    begun.communicate()  # until its children have ended, too
    return done


def main() -> None:
    """Writes the page."""
    lines = [
        "# Many reports in one go",
        "",
        "Made by `python benchmarks/manifest.py`: `collective-efficiency audit --manifest` in two processes, on drafts",
        "of tables with up to 150 cells. Where other work shares the machine (as when this was made), the seconds of",
        "its processors tell more than those of the clock.",
        "",
        "| reports | seconds | seconds of processors | reports in a second of a processor | outcome |",
        "|---|---|---|---|---|",
    ]
    where = Path(tempfile.mkdtemp(prefix="reports"))
    lay_out(where, max(SIZES))
    for count in SIZES:
        seconds, used, said = run(listed(where, count), where / f"once_{count}")
        lines.append(f"| {count:,} | {seconds:.0f} | {used:.0f} | {count / used:.0f} | {said} |")
    first = SIZES[0]
    parts = first // IN_A_PART
    done = killed(listed(where, first), where / "twice", round(KILLED_AT * parts))
    run(listed(where, first), where / "twice")
    same = "the same bytes" if digest(where / f"once_{first}") == digest(where / "twice") else "OTHER BYTES"
    lines += [
        "",
        f"{first:,} reports, killed (SIGKILL) when {done} of {parts} parts were done, and begun again: {same}",
        f"as without (SHA-256 {digest(where / 'twice')[:16]}).",
    ]
    shutil.rmtree(where)
    Path(__file__).with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
