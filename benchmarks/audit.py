"""How well the audit finds slips, and what it costs: `python benchmarks/audit.py > benchmarks/audit.md`.

Made-up sets of tables (synthetic.py) without a slip must have no inconsistent cell; with one slip, the slip should be
found, in its cell, with its explanation, and nothing else. Time is given as a ratio to the smallest run.
"""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from random import Random

import yaml

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]

import synthetic
from synthetic import SLIPS, Set

from collective_efficiency.audit.checks.kinds import RelationKind
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.counts import audit_counts
from collective_efficiency.audit.engine import Audit, audit_report
from collective_efficiency.audit.findings import Finding
from collective_efficiency.report.ingest import read_report
from collective_efficiency.report.transcription import Report

CONSISTENT, SEEDED, IN_REPORT = 10_000, 500, 200
LAYOUTS = {"external_economies", "joint_action", "index", "upgrading_four", "crosstab_four", "item_averages"}


def arithmetic_checks() -> list[dict]:
    """The project's own checks of arithmetic, for the layouts that a made-up set has."""
    listed = yaml.safe_load((PROJECT / "data/report/checks.yaml").read_text(encoding="utf-8"))["checks"]
    kept = []
    for check in listed:
        fitted = check | {
            key: [each for each in check[key] if each in LAYOUTS] for key in ("layouts", "from") if key in check
        }
        if isinstance(CHECK_KINDS[check["kind"]], RelationKind) and all(
            fitted[key] for key in ("layouts", "from") if key in fitted
        ):
            kept.append(fitted)
    return kept


def own_report() -> tuple[Report, list[dict]]:
    """The report's own tables and all checks."""
    folder = PROJECT / "data/report"
    files = {path.name: path.read_bytes() for path in [*folder.glob("*.csv"), folder / "tables.yaml"]}
    checks = yaml.safe_load((folder / "checks.yaml").read_text(encoding="utf-8"))["checks"]
    return read_report(files), checks


CHECKS = arithmetic_checks()
REPORT, ALL_CHECKS = own_report()


def numeric(done: Audit) -> list[Finding]:
    """The findings that change a number."""
    return [finding for finding in done.findings if finding.severity in ("decision", "numeric")]


def consistent(seed: int) -> tuple[int, int]:
    """Derived cells and inconsistent ones of a set without slip."""
    verdicts = audit_counts(audit_report(Set(Random(seed)).report(), CHECKS))["verdicts"]
    derived = sum(verdicts[name] for name in ("consistent", "consistent_if", "inconsistent"))
    return derived, verdicts["inconsistent"]


def seeded(task: tuple[str, int]) -> tuple[bool, bool, bool, bool, bool, int] | None:
    """Whether one slip was found, in the first finding, the first three, explained first, and so on; and collateral."""
    name, seed = task
    made = Set(Random(seed))
    put = getattr(synthetic, name)(made)
    if put is None:
        return None
    place, operation = put
    found = numeric(audit_report(made.report(), CHECKS))
    hits = [number for number, finding in enumerate(found) if place in finding.cells]
    hit = found[hits[0]] if hits else None
    named = [hit.explanation, *hit.alternatives] if hit else []
    return (
        bool(found), bool(hits) and hits[0] == 0, bool(hits) and hits[0] < 3,
        bool(named) and named[0].startswith(operation), any(each.startswith(operation) for each in named[:3]),
        max(0, len(found) - 1),
    )  # fmt: skip


def in_report(seed: int) -> tuple[bool, bool, int] | None:
    """A digit of a right number of the report's own tables is replaced: found, in its cell, other new findings."""
    random = Random(seed)
    before = audit_report(REPORT, ALL_CHECKS)
    right = [
        place
        for place, cell in before.model.cells.items()
        if cell.kind in ("derived", "total", "average")
        and isinstance(cell.value, Fraction)
        and before.judge.judge(place).verdict == "consistent"
    ]
    table, row, column = place = random.choice(sorted(right))
    old = REPORT.tables[table].cells[row, column]
    at = random.choice([number for number, mark in enumerate(old.printed) if mark.isdigit()])
    digit = random.choice([each for each in "0123456789" if each != old.printed[at]])
    text = old.printed[:at] + digit + old.printed[at + 1 :]
    if not isinstance(old.value, Fraction) or Fraction(text.replace(",", ".")) == old.value:
        return None
    new = replace(old, printed=text, value=Fraction(text.replace(",", ".")))
    changed = replace(REPORT.tables[table], cells={**REPORT.tables[table].cells, (row, column): new})
    known = {finding.id for finding in before.findings}
    after = audit_report(replace(REPORT, tables={**REPORT.tables, table: changed}), ALL_CHECKS)
    found = [finding for finding in numeric(after) if finding.id not in known]
    return bool(found), any(place in finding.cells for finding in found), max(0, len(found) - 1)


def timed(count: int) -> float:
    """Seconds to audit `count` sets of 20 clusters, made beforehand."""
    reports = [Set(Random(seed), clusters=20, missing=0.03).report() for seed in range(count)]
    start = time.perf_counter()
    for report in reports:
        audit_report(report, CHECKS)
    return time.perf_counter() - start


def report_lines() -> Iterator[str]:
    """The page."""
    yield "# How well the audit finds slips\n"
    yield f"`python benchmarks/audit.py`; scipy {version('scipy')}. Made-up sets of one sector with 3 to 40 clusters,"
    yield "every way of rounding, missing scores counted as zero or left out (benchmarks/synthetic.py).\n"
    with ProcessPoolExecutor() as pool:
        counts = list(pool.map(consistent, range(CONSISTENT), chunksize=50))
        wrong = sum(bad > 0 for _, bad in counts)
        yield f"Without a slip: {CONSISTENT:,} sets, {sum(n for n, _ in counts):,} derived cells, {wrong} sets with an"
        yield "inconsistent verdict.\n"
        yield "With one slip in one cell that nothing else follows:\n"
        yield "| slip | sets | found | right cell first | among three | explanation first | among three | collateral |"
        yield "|---|---|---|---|---|---|---|---|"
        for slip in SLIPS:
            tasks = [(slip.__name__, 10**6 + seed) for seed in range(SEEDED)]
            done = [each for each in pool.map(seeded, tasks, chunksize=20) if each]
            shares = [sum(each[number] for each in done) / len(done) for number in range(6)]
            cells = " | ".join(f"{share:.3f}" for share in shares[:5])
            yield f"| {slip.__doc__} | {len(done)} | {cells} | {shares[5]:.3f} |"
        done = [each for each in pool.map(in_report, range(IN_REPORT), chunksize=5) if each]
        shares = [sum(each[number] for each in done) / len(done) for number in range(3)]
        yield f"\nIn copies of the report's own tables, a digit of a right number replaced ({len(done)} copies): found"
        yield f"{shares[0]:.3f}, in the right cell {shares[1]:.3f}, collateral {shares[2]:.3f}."
    yield "\nCollateral: further findings a set. A slip that rounding hides cannot be found; a score is told from its"
    yield "sum only where the total of its column speaks, too.\n"
    yield "| sets of tables audited | time a set, as a ratio to 10 sets |\n|---|---|"
    base = timed(10) / 10
    for count in (10, 100, 1000):
        yield f"| {count:,} | {timed(count) / count / base:.2f} |"


if __name__ == "__main__":
    for line in report_lines():
        print(line, flush=True)
