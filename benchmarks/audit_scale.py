"""What the audit costs as tables and rows grow: `python benchmarks/audit_scale.py` writes its section of audit.md.

Made-up sets (synthetic.py) of 7 to 1,000 tables, and of up to 10,000 rows, without slips and with one digit replaced in
1 % of the numbers; and one table whose total and mean are both wrong. Each is measured in a process of its own.
"""

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]

from synthetic import EMPTY, UNKNOWN, Book, files_of, sound_book

from collective_efficiency.audit.checks.reading import read_checks
from collective_efficiency.audit.engine import audit_report
from collective_efficiency.report.ingest import read_report

PAGE = PROJECT / "benchmarks" / "audit.md"
HEADING = "## What it costs\n"
SCALES = ((1, 12), (2, 12), (20, 12), (200, 12), (1, 100), (1, 1_000), (1, 10_000))  # sectors, and clusters of each
ONE_TABLE = (100, 1_000, 10_000)  # rows
LONGEST = 600  # seconds of one audit; what takes longer is not waited for
ABOUT = """
Processor seconds of one core and the memory that the audit itself needs, without reading the files and loading the
solver (half a second, once, if slips leave room for several wrong scores). A sector has five tables; two more are of
all sectors. With slips the conventions of the tables are inferred and all cells judged once or twice more, and each
slip is explained by what stands around it. At the end one table with a row sum, in which the total and the mean of a
column are both wrong, each by another amount.
"""
PEER = """
R's errorlocate, which solves one mixed-integer programme a record, is not measured beside it: the machine that made
this page could reach neither CRAN nor a package of it. Its own cases stand in docs/peers.md.
"""
Files = dict[str, bytes]


def with_slips(book: Book, part: float) -> dict[tuple[str, str, str], str]:
    """The texts of a set in which this part of the numbers has one digit replaced."""
    draw = Random(1)
    places = [
        place for place in sorted(book.texts) if place[2] != "degree" and book.texts[place] not in (EMPTY, UNKNOWN)
    ]
    texts = dict(book.texts)
    for place in draw.sample(places, round(part * len(places))):
        text = texts[place]
        at = draw.choice([number for number, mark in enumerate(text) if mark.isdigit()])
        texts[place] = text[:at] + draw.choice([digit for digit in "012" if digit != text[at]]) + text[at + 1 :]
    return texts


def of_sectors(sectors: int, clusters: int, part: float) -> Files:
    """The files of a large set."""
    book = sound_book(11, clusters, sectors)
    for layout in book.layouts.values():
        layout.largest.clear()  # a slip may be above it, and then the file would be refused
    return files_of(book, with_slips(book, part))


def of_one_table(rows: int) -> Files:
    """The files of a table with three counts and their sum, of which one total and one mean are wrong."""
    draw = Random(1)
    counts = [[draw.randint(0, 100) for _ in range(3)] for _ in range(rows)]
    lines = [f"r{number},{','.join(map(str, each))},{sum(each)}" for number, each in enumerate(counts)]
    totals = [sum(column) for column in zip(*counts, strict=True)]
    means = [total / rows for total in (*totals, sum(totals))]
    totals = [totals[0], totals[1] + 7, totals[2], sum(totals)]
    means[1] += 1.3
    lines += [f"total,{','.join(map(str, totals))}", f"average,{','.join(f'{mean:.2f}' for mean in means)}"]
    columns = "{a: &a {kind: item, format: n}, b: *a, c: *a, sum: {kind: derived, format: n}}"
    tables = f"formats: {{n: {{decimal: .}}}}\nlayouts: {{l: {columns}}}\n"
    tables += "tables: {T1: {title: Made up, layout: l, summary: [total, average]}}\n"
    checks = "checks:\n- {id: s, kind: sum, layouts: [l], target: sum, of: [a, b, c]}\n"
    checks += "- {id: t, kind: total, layouts: [l]}\n- {id: m, kind: average, layouts: [l]}\n"
    table = "row,a,b,c,sum\n" + "".join(f"{line}\n" for line in lines)
    return {"tables.yaml": tables.encode(), "checks.yaml": checks.encode(), "T1.csv": table.encode()}


def measured(files: Files) -> dict[str, float]:
    """Tables, cells and findings of a report, and the seconds and megabytes that its audit takes."""
    report = read_report({name: content for name, content in files.items() if name != "checks.yaml"}, lenient=True)
    checks = read_checks(files["checks.yaml"])
    importlib.import_module("scipy.optimize")  # half a second, once, whatever the size
    forget = Path("/proc/self/clear_refs")
    forget.write_text("5", encoding="utf-8")  # how much memory was in use at most (Linux)
    before, start = most_memory(), time.process_time()
    findings = audit_report(report, checks).findings
    seconds = time.process_time() - start  # of processor time: others may use the machine, too
    return {
        "tables": len(report.tables),
        "cells": sum(1 for _ in report.cells()),
        "findings": len(findings),
        "s": seconds,
        "mb": most_memory() - before,
    }


def most_memory() -> float:
    """The megabytes that this process has had in use at most."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def scale_line(name: str, arguments: tuple[float, ...], slips: str) -> str:
    """The line of one size, measured in a process of its own. arguments: of `of_sectors` or of `of_one_table`."""
    print(f"scale: {name}, {slips}", file=sys.stderr, flush=True)
    command = [sys.executable, __file__, *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"| {name} | | {slips} | | more than {LONGEST} | | |"
    got = json.loads(done.stdout)
    each = got["s"] / got["cells"] * 1e6
    return (
        f"| {name} | {got['tables']:,} with {got['cells']:,} cells | {slips} | {got['findings']:,} | {got['s']:.2f}"
        f" | {each:.0f} | {got['mb']:.0f} |"
    )


def scale_lines() -> Iterator[str]:
    """The section."""
    yield HEADING + ABOUT
    yield "| set | tables | wrong | findings | seconds | microseconds a cell | MB |"
    yield "|---|---|---|---|---|---|---|"
    for part in (0.0, 0.01):
        for sectors, clusters in SCALES:
            name = f"{sectors} sector{'s' if sectors > 1 else ''} of {clusters:,}"
            yield scale_line(name, (sectors, clusters, part), f"{part:.0%} of the numbers")
    for rows in ONE_TABLE:
        yield scale_line(f"one table of {rows:,} rows", (rows,), "a total and its mean")
    yield PEER.rstrip()


def main() -> None:
    if arguments := [*map(float, sys.argv[1:])]:
        rows, *more = arguments
        files = of_sectors(int(rows), int(more[0]), more[1]) if more else of_one_table(int(rows))
        print(json.dumps(measured(files)))
        return
    before = PAGE.read_text(encoding="utf-8").partition(HEADING)[0].rstrip()
    PAGE.write_text("\n".join([before, "", *scale_lines()]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
