"""How many of the relations of made-up tables a draft finds, and how many of those that it proposes are theirs.

    python benchmarks/drafts.py             # writes benchmarks/drafts.md
    python benchmarks/drafts.py 200 0.05 -v # so many tables, so many cells misprinted: on the terminal, with the misses

The search was tuned on tables of other seeds.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflow"))

from made_up_tables import Declared, MadeUp, made_up
from made_up_years import made_up_otherwise

from collective_efficiency.audit.drafts.discover import discover
from collective_efficiency.audit.drafts.evidence import Relation
from collective_efficiency.audit.drafts.lines import NumberGrid

LINEAR = ("sum", "mean", "copy", "difference")
HELD_OUT = 90_000  # the first seed: none above it was looked at when the search was tuned
BUILDS: dict[str, Callable[[int, float], MadeUp]] = {
    "subtotals, shares, ratios": made_up,
    "series, cross-tabulations, no names": made_up_otherwise,
}


@dataclass
class Score:
    """What was found and proposed, by axis and kind; missed and wrong ones by seed."""

    tables: int = 0
    seconds: float = 0
    asked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[int, Declared]] = field(default_factory=list)
    wrong: list[tuple[int, Declared]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found.total() / self.asked.total()

    @property
    def precision(self) -> float:
        return self.right.total() / self.proposed.total()


def grid_of(table: MadeUp) -> NumberGrid:
    """The table as the search takes it."""
    numbers = {}
    for row, line in enumerate(table.cells):
        for column, text in enumerate(line):
            if text:
                numbers[row, column] = (Fraction(text), len(text.partition(".")[2]))
    return NumberGrid("T1", tuple(table.rows), tuple(table.columns), numbers)


def declared(relation: Relation) -> Declared:
    """A proposal in the words of the made-up tables."""
    return (relation.axis, relation.kind, relation.target, relation.parts)


def weights(relation: Declared) -> dict[int, Fraction]:
    """The equation of a linear relation."""
    _, kind, target, parts = relation
    if kind == "difference":
        return {target: Fraction(1), parts[0]: Fraction(-1), parts[1]: Fraction(1)}
    return {target: Fraction(1)} | dict.fromkeys(parts, Fraction(-1, len(parts) if kind == "mean" else 1))


def follows(equation: dict[int, Fraction], equations: Iterable[dict[int, Fraction]]) -> bool:
    """Whether an equation follows from others, by elimination."""
    basis: dict[int, dict[int, Fraction]] = {}
    last = False
    for terms in [*equations, equation]:
        left = dict(terms)
        while left and min(left) in basis:
            lead = min(left)
            by = left[lead]
            for line, weight in basis[lead].items():
                left[line] = left.get(line, Fraction(0)) - by * weight
            left = {line: weight for line, weight in left.items() if weight}
        if left:
            basis[min(left)] = {line: weight / left[min(left)] for line, weight in left.items()}
        last = bool(left)
    return not last


def covered(relation: Declared, others: Iterable[Declared]) -> bool:
    """Whether one of `others`, or what follows from them, says the same: a = b + c or c = a - b."""
    same_axis = [other for other in others if other[0] == relation[0]]
    if relation[1] in LINEAR:
        return follows(weights(relation), [weights(other) for other in same_axis if other[1] in LINEAR])
    lines = {relation[2], *relation[3]}
    return any({other[2], *other[3]} == lines and other[1] not in LINEAR for other in same_axis)


def score(build: Callable[[int, float], MadeUp], seeds: Iterable[int], misprints: float) -> Score:
    """The draft of each table held against what its maker declared."""
    held = Score()
    begin = time.process_time()
    for seed in seeds:
        table = build(seed, misprints)
        proposed = [declared(each) for each in discover(grid_of(table))]
        held.tables += 1
        for relation in table.relations:
            held.asked[" ".join(relation[:2])] += 1
            if covered(relation, proposed):
                held.found[" ".join(relation[:2])] += 1
            else:
                held.missed.append((seed, relation))
        for relation in proposed:
            held.proposed[" ".join(relation[:2])] += 1
            if covered(relation, table.relations):
                held.right[" ".join(relation[:2])] += 1
            else:
                held.wrong.append((seed, relation))
    held.seconds = time.process_time() - begin
    return held


def page(tables: int, misprints: Iterable[float]) -> str:
    """The page: recall and precision by build and share of misprints, then by kind."""
    lines = [
        "# Relations that a draft finds",
        "",
        "Made by `python benchmarks/drafts.py`. Tables are made up with relations that are known, some of their cells",
        "are misprinted, and the relations that `collective-efficiency draft` proposes are held against those",
        "declared: recall is the share of the declared ones that are proposed (or follow from what is), precision the",
        "share of the proposed ones that hold. No seed used here was looked at when the search was tuned.",
        "",
        "| tables | cells misprinted | declared | recall | precision | seconds a table |",
        "|---|---|---|---|---|---|",
    ]
    kinds: list[str] = []
    for name, build in BUILDS.items():
        for share in misprints:
            held = score(build, range(HELD_OUT, HELD_OUT + tables), share)
            lines.append(
                f"| {tables}: {name} | {share:.0%} | {held.asked.total()} | {held.recall:.3f} | {held.precision:.3f} "
                f"| {held.seconds / tables:.2f} |"
            )
        kinds += [
            "",
            f"By kind, {name}, {share:.0%} misprinted:",
            "",
            "| | found of declared | right of proposed |",
            "|---|---|---|",
        ]
        kinds += [
            f"| {kind} | {held.found[kind]} of {held.asked[kind]} | {held.right[kind]} of {held.proposed[kind]} |"
            for kind in sorted({*held.asked, *held.proposed})
        ]
    return "\n".join([*lines, *kinds]) + "\n"


def shown(tables: int, misprints: float) -> None:
    """Prints the score of each build, with -v every miss and every wrong proposal, too."""
    for name, build in BUILDS.items():
        held = score(build, range(HELD_OUT, HELD_OUT + tables), misprints)
        print(f"{name}: recall {held.recall:.3f}, precision {held.precision:.3f}, {held.seconds:.1f} s")
        if "-v" in sys.argv:
            print(" missed:", *held.missed, sep="\n  ")
            print(" wrong:", *held.wrong, sep="\n  ")


if __name__ == "__main__":
    numbers = [each for each in sys.argv[1:] if each != "-v"]
    if numbers:
        shown(int(numbers[0]), float(numbers[1]))
    else:
        Path(__file__).with_suffix(".md").write_text(page(200, (0.0, 0.02, 0.05)), encoding="utf-8")
