"""Whether scores, indices, means and codes can be what they are printed as, and whether rows of scores are copies."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import exp, prod

from collective_efficiency.audit.checks.kinds import Check, Observation, Observed
from collective_efficiency.audit.checks.walk import cells_in_order, place_of, tables_in_order, unit_rows
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.numbers.printed import exact, half_up
from collective_efficiency.numbers.rounding import NEAREST, grim
from collective_efficiency.report.transcription import Cell, Report
from collective_efficiency.words import BOTH, DOMESTIC, EXTERNAL_ECONOMIES, GLOBAL, ITEMS, MAX_SCORE

LARGEST_SUM = MAX_SCORE * len(EXTERNAL_ECONOMIES)  # of four scores


def observe_scale(check: Check, report: Report, judge: Judge) -> Observed:
    """A score is a multiple of the step of its scale."""
    step = exact(check["step"])
    looked, seen = 0, []
    for table in tables_in_order(report, check.get("layouts")):
        for cell in cells_in_order(table, "item"):
            if not isinstance(cell.value, Fraction):
                continue
            looked += 1
            if not _on(step, cell.value):
                nearest = half_up(round(cell.value / step) * step, 1)
                why = f"not a multiple of {step}"
                seen.append(
                    Observation(check["id"], (place_of(cell),), cell.printed, f"{nearest}?", why, check["severity"])
                )
    return looked, seen


def _on(step: Fraction, value: Fraction) -> bool:
    return (value / step).denominator == 1


def observe_copied_scores(check: Check, report: Report, judge: Judge) -> Observed:
    """No two clusters share all their scores; with how often chance does as much: a lead, never a proof."""
    places = _whole_rows(judge)
    scores = {cluster: tuple(judge.printed(place) for place in places[cluster]) for cluster in places}
    chance = prod(
        chance_of_equals(column) for column in zip(*scores.values(), strict=True)
    )  # of a pair, by frequencies
    pairs = len(scores) * (len(scores) - 1) // 2
    seen = []
    for one, other in combinations(scores, 2):
        if scores[one] == scores[other]:
            why = (
                f"all {len(ITEMS)} scores equal those of {other}; by chance a given pair does so with probability"
                f" {chance:.1e}, some pair of {pairs} with {1 - exp(-pairs * chance):.2f}"
            )
            printed = " ".join(judge.model.cells[place].printed for place in places[one])
            cells = (*places[one], *places[other])
            seen.append(Observation(check["id"], cells, printed, "", why, check["severity"]))
    return len(scores) * len(ITEMS), seen


def _whole_rows(judge: Judge) -> dict[str, list[Place]]:
    """The places of the items of each cluster of which all are printed."""
    places: dict[str, dict[str, Place]] = defaultdict(dict)
    for place, cell in sorted(judge.model.cells.items()):
        if cell.kind == "item" and cell.column in ITEMS and isinstance(cell.value, Fraction):
            places[cell.row][cell.column] = place
    return {cluster: [at[item] for item in ITEMS] for cluster, at in places.items() if len(at) == len(ITEMS)}


def chance_of_equals(column: Sequence[object]) -> float:
    """How likely two rows drawn at random have the same value in a column."""
    return sum((count / len(column)) ** 2 for count in Counter(column).values())


def observe_attainable(check: Check, report: Report, judge: Judge) -> Observed:
    """An index and one of its parts leave a possible other part: 2 ce - eei is a sum of four scores."""
    looked, seen = 0, []
    step = exact(check["step"])
    for table in tables_in_order(report, check["layouts"]):
        for row in sorted(table.rows):
            index, part = (table.cells.get((row, check[key])) for key in ("index", "part"))
            if index is None or part is None or index.kind != "derived":
                continue
            if not isinstance(index.value, Fraction) or not isinstance(part.value, Fraction):
                continue
            looked += 1
            rest = 2 * index.value - part.value
            exact_scores = all(_on(step, score) for score in _items_of(report, row))
            if not 0 <= rest <= LARGEST_SUM or (not _on(step, rest) and exact_scores):
                why = f"2 x {index.printed} - {part.printed} = {half_up(abs(rest), 2)} is no sum of four scores"
                cells = (place_of(index), place_of(part))
                seen.append(Observation(check["id"], cells, index.printed, "", why, check["severity"]))
    return looked, seen


def _items_of(report: Report, row: str) -> Iterator[Fraction]:
    for cell in report.cells():
        if cell.row == row and cell.kind == "item" and cell.column in ITEMS and isinstance(cell.value, Fraction):
            yield cell.value


def observe_granularity(check: Check, report: Report, judge: Judge) -> Observed:
    """A mean whose single values are lost can be the mean of that many scores on the scale (GRIM), with its power."""
    looked, seen = 0, []
    step = exact(check["step"])
    for table in tables_in_order(report):
        units = unit_rows(table)
        for cell in cells_in_order(table, "average"):
            column = [table.cells.get((unit, cell.column)) for unit in units]
            lost = any(one is not None and one.status == "lost" for one in column)
            if cell.row != "average" or not lost or not isinstance(cell.value, Fraction):
                continue
            looked += 1
            grain = step / 2 if cell.column == "ce" else step  # ce is half a sum of scores
            result = grim(cell.value, cell.decimals or 0, len(units), grain, NEAREST | {"truncation"})
            if not result.possible:
                why = f"no mean of {len(units)} values on the scale prints so; power {float(result.power):.2f}"
                seen.append(Observation(check["id"], (place_of(cell),), cell.printed, "", why, check["severity"]))
    return looked, seen


def observe_codes(check: Check, report: Report, judge: Judge) -> Observed:
    """A code is one of the legend; ingest refuses others, so this only counts what was looked at."""
    printed = [cell for cell in report.cells() if cell.kind == "code"]
    return len(printed), [
        Observation(
            check["id"], (place_of(cell),), cell.printed, "0, 1, 2 or 3", "not in the legend", check["severity"]
        )
        for cell in printed
        if _outside_legend(cell)
    ]


def _outside_legend(cell: Cell) -> bool:
    return cell.status == "read" and cell.value not in (0, DOMESTIC, GLOBAL, BOTH)
