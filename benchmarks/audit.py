"""How well the audit finds slips, and what it costs: `python benchmarks/audit.py > benchmarks/audit.md`.

What it costs alone: `python benchmarks/audit_scale.py`, which writes its section of the page anew.

Made-up sets of tables (synthetic.py) that hold together must have no finding; with one slip (slips.py), the slip should
be found, at its cell, with its explanation, and nothing else. `--sound` and `--slips` say how many sets, of each kind.
"""

import argparse
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import TypeVar

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]

from audit_scale import scale_lines
from slips import HIDDEN, KINDS_OF_SLIPS, TIE, Slip, slipped, undecidable
from synthetic import files_of, sound_book

from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.audit.checks.reading import read_checks
from collective_efficiency.audit.engine import Audit, audit_report
from collective_efficiency.audit.findings import Finding
from collective_efficiency.report.ingest import read_report
from collective_efficiency.report.transcription import Report

FIRST_SLIPPED = 10**6  # the seeds of the sets with slips; those without start at 0
LONGEST_OF_A_SET = 60  # seconds of one audit; what takes longer is not waited for, and finds nothing
ABOUT_SETS = """\
# How well the audit finds slips

`python benchmarks/audit.py`. Made-up sets (benchmarks/synthetic.py) of 1 to 4 sectors with 3 to 24 clusters: steps of
1, 1/2, 1/4 and 1/10, largest scores declared or not, weighted indices, five ways of rounding by table or column (to
the nearest with ties up, even or down; cut; up), `n.a.` as zero or left out by table, averages repeated with other
decimals, classes and cross-tabulations.
"""
ABOUT_MEASURES = """
A slip (benchmarks/slips.py) is decidable if no way of rounding a column and no treatment of `n.a.` a table make
everything hold, and no other single cell, exchange of two cells or of neighbouring rows, of as few cells, puts all
right, nor the other of two rows that are alike: found by trying, without the library. Right cell first: the first
finding begins with a cell of the slip. Collateral: further findings a set. Of a tie, the last share says how often what
happened stands among what may have happened, in a finding or a lead. An audit that takes more than a minute finds
nothing.

Why the numbers often cannot decide: two scores exchanged within a row move the totals as in every row in which they
differ as much; two neighbouring rows exchanged change nothing but a cross-tabulation, if their classes differ; a mean
that is cut, or treats `n.a.` otherwise, is told only by two others of its table that say how it rounds and counts; a
digit that is dropped from a decimal may leave a number that is rounded rightly.
"""
Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


def audited(files: Mapping[str, bytes]) -> Audit:
    """The audit of a folder, given as bytes by file name."""
    tables = {name: content for name, content in files.items() if name != "checks.yaml"}
    return audit_report(read_report(tables), read_checks(files["checks.yaml"]))


def numeric(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that change a number."""
    return [finding for finding in findings if finding.severity in ("decision", "numeric")]


# sets that hold together


def accused(seed: int) -> tuple[int, list[str]]:
    """How many cells of a sound set were judged, and what was found in it: the column's layout and the explanation."""
    book = sound_book(seed)
    findings = numeric(audited(files_of(book, book.texts)).findings)
    named = [f"{book.pages[each.cells[0][0]].layout}: {each.explanation.partition(':')[0]}" for each in findings]
    return len(book.formulas), named


# sets with one slip


@dataclass(frozen=True)
class Tried:
    """What became of a slip. reason: why it cannot be decided, if so; named: whether any explanation names it."""

    reason: str
    found: bool
    named: bool
    cell_first: bool
    explained_first: bool
    explained: bool
    collateral: int


def tried(task: tuple[str, int]) -> Tried | None:
    """The audit of a set with a slip of a kind; None where the set has no place for it."""
    kind, seed = task
    put = slipped(kind, seed)
    if put is None:
        return None
    book, slip = put
    reason = undecidable(book, slip)
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_OF_A_SET)  # of processor time: others may use the machine, too
    try:
        said = audited(files_of(book, {**book.texts, **slip.texts})).findings
    except TimeoutError:
        said = ()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return judged(slip, said, reason)


def _give_up(number: int, frame: object) -> None:
    raise TimeoutError


def judged(slip: Slip, said: Sequence[Finding], reason: str) -> Tried:
    """What findings, the first first, make of a slip. What cannot be decided may be named by a lead, too."""
    findings = numeric(said)
    hit = next((each for each in findings if slip.cells & set(each.cells)), None)
    named = [each.partition(":")[0] for each in (hit.explanation, *hit.alternatives)[:3]] if hit else []
    right = [any(name in each for name in slip.names) for each in named]
    return Tried(
        reason,
        found=bool(findings),
        named=any(name in each for finding in said for name in slip.names for each in _said(finding)),
        cell_first=bool(findings) and findings[0].cells[0] in slip.cells,
        explained_first=right[:1] == [True],
        explained=any(right),
        collateral=max(0, len(findings) - 1),
    )


def _said(finding: Finding) -> tuple[str, ...]:
    return finding.explanation, *finding.alternatives


def share(outcomes: Sequence[Tried], holds: Callable[[Tried], float]) -> str:
    """The mean of a measure; a dash of no cases."""
    return f"{sum(map(holds, outcomes)) / len(outcomes):.3f}" if outcomes else "-"


def kind_line(name: str, outcomes: Sequence[Tried]) -> str:
    """The line of a kind of slip."""
    decidable = [each for each in outcomes if not each.reason]
    reasons = Counter(each.reason for each in outcomes if each.reason)
    why = "; ".join(f"{reasons[reason]} {reason}" for reason in (HIDDEN, TIE) if reasons[reason])
    ties = [each for each in outcomes if each.reason == TIE]
    measures = (
        share(outcomes, lambda each: not each.reason),
        share(decidable, lambda each: each.found),
        share(decidable, lambda each: each.cell_first),
        share(decidable, lambda each: each.explained_first),
        share(decidable, lambda each: each.explained),
        share(decidable, lambda each: each.collateral),
        share(ties, lambda each: each.named),
    )
    return f"| {name} | {len(outcomes)} | {' | '.join(measures)} | {why} |"


# copies of the report's own tables


@cache
def own_report() -> tuple[Report, list[Check], Audit]:
    """The report's own tables, all checks, and their audit."""
    folder = PROJECT / "data/report"
    report = read_report({path.name: path.read_bytes() for path in [*folder.glob("*.csv"), folder / "tables.yaml"]})
    checks = read_checks((folder / "checks.yaml").read_bytes())
    return report, checks, audit_report(report, checks)


def in_report(seed: int) -> tuple[bool, bool, int] | None:
    """A digit of a right number of the report's own tables is replaced: found, in its cell, other new findings."""
    draw = Random(seed)
    report, checks, before = own_report()
    right = [
        place
        for place, cell in before.model.cells.items()
        if cell.kind in ("derived", "total", "average")
        and isinstance(cell.value, Fraction)
        and before.judge.judge(place).verdict == "consistent"
    ]
    table, row, column = place = draw.choice(sorted(right))
    old = report.tables[table].cells[row, column]
    at = draw.choice([number for number, mark in enumerate(old.printed) if mark.isdigit()])
    digit = draw.choice([each for each in "0123456789" if each != old.printed[at]])
    text = old.printed[:at] + digit + old.printed[at + 1 :]
    new = replace(old, printed=text, value=Fraction(text.replace(",", ".")))
    changed = replace(report.tables[table], cells={**report.tables[table].cells, (row, column): new})
    known = {finding.id for finding in before.findings}
    after = audit_report(replace(report, tables={**report.tables, table: changed}), checks)
    findings = [finding for finding in numeric(after.findings) if finding.id not in known]
    return bool(findings), any(place in finding.cells for finding in findings), max(0, len(findings) - 1)


# the page


def mapped(what: str, work: Callable[[Task], Outcome], tasks: Sequence[Task], processes: int) -> list[Outcome]:
    """The outcomes of tasks, in their order, with a line of progress on stderr."""
    outcomes = []
    with Pool(processes) as pool:
        for number, outcome in enumerate(pool.imap(work, tasks, chunksize=5), start=1):
            outcomes.append(outcome)
            if number % 100 == 0 or number == len(tasks):
                print(f"{what}: {number:,} of {len(tasks):,}", file=sys.stderr, flush=True)
    return outcomes


def sound_lines(count: int, processes: int) -> Iterator[str]:
    """Of the sets that hold together."""
    outcomes = mapped("sound sets", accused, range(count), processes)
    wrong = sum(bool(named) for _, named in outcomes)
    cells = sum(cells for cells, _ in outcomes)
    yield f"Sets that hold together: {count:,} with {cells:,} computed cells; {wrong:,} with a finding.\n"
    for words, times in Counter(each for _, named in outcomes for each in named).most_common(12):
        yield f"- {times:,} of {words}"
    if wrong:
        yield ""


def slip_lines(first: int, count: int, processes: int) -> Iterator[str]:
    """Of the sets with a slip, from this seed on."""
    yield f"One slip in a set, from seed {first:,} on; the shares after `decidable` are of the decidable ones alone,"
    yield "but for the last:\n"
    yield (
        "| slip | sets | decidable | found | right cell first | right explanation first | among three | collateral"
        " | ties: named | why the rest is not decidable (sets) |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    made = []
    for kind in KINDS_OF_SLIPS:
        tasks = [(kind, first + seed) for seed in range(count)]
        outcomes = [outcome for outcome in mapped(kind, tried, tasks, processes) if outcome]
        made += outcomes
        yield kind_line(kind, outcomes)
    yield kind_line("all", made)


def page_lines(options: argparse.Namespace) -> Iterator[str]:
    """The page."""
    yield ABOUT_SETS
    yield from sound_lines(options.sound, options.processes)
    yield from slip_lines(options.first, options.slips, options.processes)
    yield ABOUT_MEASURES
    done = [
        each for each in mapped("copies of the report", in_report, range(options.in_report), options.processes) if each
    ]
    if done:
        shares = [sum(each[number] for each in done) / len(done) for number in range(3)]
        yield f"In copies of the report's own tables, a digit of a right number replaced ({len(done)} copies): found"
        yield f"{shares[0]:.3f}, in the right cell {shares[1]:.3f}, collateral {shares[2]:.3f}."
    if not options.no_scale:
        yield ""
        yield from scale_lines()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sound", type=int, default=10_000, help="sets without a slip")
    parser.add_argument("--slips", type=int, default=100, help="sets with a slip, of each kind")
    parser.add_argument("--first", type=int, default=FIRST_SLIPPED, help="the seed of the first set with a slip")
    parser.add_argument("--in-report", type=int, default=200, help="copies of the report's own tables")
    parser.add_argument("--no-scale", action="store_true", help="without the sizes")
    parser.add_argument("--processes", type=int, default=2)
    for line in page_lines(parser.parse_args()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
