"""Checks of what is not computed: scales, marks, spellings, names, table 2, repeated rows. Each yields observations.

An observation names its cells, what is printed and what was expected. It is of severity `format` or `lead`: it changes
no number, or it is worth a look.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import exp
from typing import Any

from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import NEAREST, grim
from collective_efficiency.report.transcription import Cell, Report, Table
from collective_efficiency.words import ITEMS, LOST


@dataclass(frozen=True)
class Observation:
    """Something that a check saw: its cells (the first locates it), printed, expected, and what explains it."""

    check: str
    cells: tuple[Place, ...]
    printed: str
    expected: str
    explanation: str
    severity: str


Check = Mapping[str, Any]
Observations = Iterator[Observation]


def observe(report: Report, judge: Judge, checks: Iterable[Check]) -> tuple[list[Observation], Counter[str]]:
    """What every check of facts saw, and how many cells each looked at."""
    seen: list[Observation] = []
    looked: Counter[str] = Counter()
    for check in checks:
        if check["kind"] in KINDS:
            places, found = KINDS[check["kind"]](check, report, judge)
            looked[check["id"]] = places
            seen.extend(found)
    return seen, looked


Result = tuple[int, list[Observation]]


def _cells(report: Report, check: Check) -> list[Cell]:
    layouts = check.get("layouts")
    return [
        cell for table in _sorted(report) if layouts is None or table.layout in layouts for cell in _in_order(table)
    ]


def _place(cell: Cell) -> Place:
    return cell.table, cell.row, cell.column


def _sorted(report: Report) -> list[Table]:
    return [report.tables[name] for name in sorted(report.tables)]


def _in_order(table: Table) -> list[Cell]:
    """The cells of a table in an order that does not depend on how it is laid out."""
    return [table.cells[place] for place in sorted(table.cells)]


def _scale(check: Check, report: Report, judge: Judge) -> Result:
    """A score is a multiple of the step of its scale."""
    step = Fraction(str(check["step"]))
    scores = [cell for cell in _cells(report, check) if cell.kind == "item" and isinstance(cell.value, Fraction)]
    found = []
    for cell in scores:
        if isinstance(cell.value, Fraction) and (cell.value / step).denominator != 1:
            near = half_up(round(cell.value / step) * step, 1)
            why = f"not a multiple of {step}"
            found.append(Observation(check["id"], (_place(cell),), cell.printed, f"{near}?", why, check["severity"]))
    return len(scores), found


def _decimal_marks(check: Check, report: Report, judge: Judge) -> Result:
    """One table uses one decimal mark."""
    looked, found = 0, []
    for table in _sorted(report):
        by_mark: dict[str, list[Cell]] = defaultdict(list)
        for cell in _in_order(table):
            if cell.decimals:
                looked += 1
                by_mark[cell.printed[-cell.decimals - 1]].append(cell)
        if len(by_mark) > 1:
            mark = min(by_mark, key=lambda each: (len(by_mark[each]), each))
            rare = by_mark[mark]
            places, printed = tuple(map(_place, rare)), "; ".join(cell.printed for cell in rare[:6])
            expected = "; ".join(
                cell.printed.replace(mark, max(by_mark, key=lambda m: len(by_mark[m]))) for cell in rare[:6]
            )
            why = f"{len(rare)} of {sum(map(len, by_mark.values()))} decimals of the table have the mark {mark!r}"
            found.append(Observation(check["id"], places, printed, expected, why, check["severity"]))
    return looked, found


def _thousands(check: Check, report: Report, judge: Judge) -> Result:
    """One table uses one mark between thousands, and not the decimal mark."""
    looked, found = 0, []
    for table in _sorted(report):
        grouped = {
            column.name: column.form.thousands for column in table.columns if column.form and column.form.thousands
        }
        cells = [cell for cell in _in_order(table) if cell.column in grouped and isinstance(cell.value, Fraction)]
        looked += len(cells)
        by_mark: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            whole = cell.printed[: -cell.decimals - 1] if cell.decimals else cell.printed
            if grouped[cell.column] in whole:
                by_mark[grouped[cell.column]].append(cell)
        if len(by_mark) > 1:
            mark = min(by_mark, key=lambda each: (len(by_mark[each]), each))
            rare = by_mark[mark]
            other = max(by_mark, key=lambda each: (len(by_mark[each]), each))
            why = f"thousands are marked by {other!r} in {len(by_mark[other])} cells and by {mark!r} in {len(rare)}"
            places = tuple(map(_place, rare))
            found.append(Observation(check["id"], places, rare[0].printed, "one mark", why, check["severity"]))
    return looked, found


def _decimals(check: Check, report: Report, judge: Judge) -> Result:
    """The totals, or the averages, of a table are printed with the same precision, or exactly."""
    looked, found = 0, []
    for table in _sorted(report):
        coarse: list[Cell] = []
        for kind in ("total", "average"):
            cells = [cell for cell in _in_order(table) if cell.kind == kind and cell.decimals is not None]
            looked += len(cells)
            most = max((cell.decimals or 0 for cell in cells), default=0)
            for cell in cells:
                exact = judge.judge(_place(cell)).exact
                fine = judge.judge(_place(cell)).verdict in ("consistent", "consistent_if")
                if fine and (cell.decimals or 0) < most and isinstance(exact, Fraction) and exact != cell.value:
                    coarse.append(cell)
        if coarse:
            expected = "; ".join(
                half_up(exact, (cell.decimals or 0) + 1)
                for cell in coarse
                if isinstance(exact := judge.judge(_place(cell)).exact, Fraction)
            )
            printed = "; ".join(cell.printed for cell in coarse)
            why = "printed with fewer decimals than its neighbours, and not exact"
            found.append(
                Observation(check["id"], tuple(map(_place, coarse)), printed, expected, why, check["severity"])
            )
    return looked, found


def _spelling(check: Check, report: Report, judge: Judge) -> Result:
    """A class is spelled in one way."""
    looked, found = 0, []
    for table in _sorted(report):
        words = [cell for cell in _in_order(table) if cell.kind == "class" and isinstance(cell.value, str)]
        looked += len(words)
        odd = [cell for cell in words if cell.printed != cell.value]
        if odd:
            printed, expected = odd[0].printed, str(odd[0].value)
            why = f"spelled otherwise in {len(odd)} of {len(words)} cells"
            found.append(Observation(check["id"], tuple(map(_place, odd)), printed, expected, why, check["severity"]))
    return looked, found


def _names(check: Check, report: Report, judge: Judge) -> Result:
    """A label has the words of its cluster in the list of clusters; a word near one of them is misspelled."""
    looked = 0
    seen: dict[tuple[str, str], list[Place]] = defaultdict(list)
    known = {plain(word) for word in check.get("known", ())}
    clusters = {row["cluster"]: row for row in report.clusters}
    for table in _sorted(report):
        for row in sorted(table.rows):
            cluster = clusters.get(row)
            if cluster is None:
                continue
            looked += 1
            own = {
                plain(word): word for word in _words(f"{cluster['name']} {cluster['country']} {cluster['industry']}")
            }
            for word in _words(_label(table, row)):
                if plain(word) not in own and plain(word) not in known and len(word) > 3:
                    near = min(own, key=lambda each: (distance(plain(word), each), each))
                    meant = own[near] if distance(plain(word), near) <= 2 else f"{cluster['name']}"
                    seen[word, meant].append((table.id, row, "label"))
    found = []
    for (word, meant), places in seen.items():
        close = distance(plain(word), plain(meant)) <= 2
        why = "misspelled" if close else "another name than in the other tables"
        found.append(Observation(check["id"], tuple(places), word, meant, why, check["severity"]))
    return looked, found


def _label(table: Table, row: str) -> str:
    """The label without what the text layer lost: a torn word is not a word."""
    return re.sub(rf"\w*{re.escape(LOST)}\s?\w*", " ", " ".join(table.labels[row].values()))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def plain(word: str) -> str:
    """A word without case and accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def distance(one: str, other: str) -> int:
    """How many letters to replace, add, drop or exchange with their neighbour (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        rows.append([i])
        for j, b in enumerate(other, 1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]


def _not_above(check: Check, report: Report, judge: Judge) -> Result:
    """One column is not above another: what a cluster exports it also produces."""
    looked, found = 0, []
    for table in _sorted(report):
        for row in sorted(table.rows):
            pair = [table.cells.get((row, check[key])) for key in ("smaller", "larger")]
            if any(cell is None or not isinstance(cell.value, Fraction) for cell in pair):
                continue
            smaller, larger = (cell for cell in pair if cell is not None)
            looked += 1
            if (
                isinstance(smaller.value, Fraction)
                and isinstance(larger.value, Fraction)
                and smaller.value > larger.value
            ):
                said = row in check.get("noted", ())
                why = f"above {check['larger']} ({larger.printed}); " + (
                    "the report's own note says so" if said else "the report's note on such rows leaves it out"
                )
                places = (_place(smaller), _place(larger))
                found.append(
                    Observation(
                        check["id"], places, smaller.printed, f"at most {larger.printed}", why, check["severity"]
                    )
                )
    return looked, found


def _repeated_values(check: Check, report: Report, judge: Judge) -> Result:
    """No large value stands twice in a column, unless chance does as much: by the birthday rule over three digits."""
    looked, found = 0, []
    for table in _tables(report, check):
        for column in (each.name for each in table.columns if each.form):
            cells = [cell for cell in _in_order(table) if cell.column == column and _digits(cell) >= check["digits"]]
            looked += len(cells)
            by_value: dict[Any, list[Cell]] = defaultdict(list)
            for cell in cells:
                by_value[cell.value].append(cell)
            pairs = len(cells) * (len(cells) - 1) / 2
            chance = 1 - exp(-pairs / 900)
            for same in by_value.values():
                if len(same) > 1:
                    why = f"in {len(same)} of {len(cells)} cells; chance does as much with probability {chance:.2f}"
                    places = tuple(map(_place, same))
                    found.append(Observation(check["id"], places, same[0].printed, "", why, check["severity"]))
    return looked, found


def _tables(report: Report, check: Check) -> list[Table]:
    return [table for table in _sorted(report) if table.layout in check["layouts"]]


def _digits(cell: Cell) -> int:
    """The significant digits of a printed number."""
    return len(cell.printed.replace(",", "").replace(".", "").strip("0")) if isinstance(cell.value, Fraction) else 0


def _copied_scores(check: Check, report: Report, judge: Judge) -> Result:
    """No two clusters share all their scores; with how often chance does as much: a lead, never a proof."""
    scores: dict[str, dict[str, Place]] = defaultdict(dict)
    for place, cell in sorted(judge.model.cells.items()):
        if cell.kind == "item" and place[2] in ITEMS and isinstance(cell.value, Fraction):
            scores[place[1]][place[2]] = place
    whole = {cluster: places for cluster, places in scores.items() if len(places) == len(ITEMS)}
    rows = {cluster: tuple(judge.printed(places[item]) for item in ITEMS) for cluster, places in whole.items()}
    chance = 1.0
    for number in range(len(ITEMS)):
        counts = Counter(row[number] for row in rows.values())
        chance *= sum((count / len(rows)) ** 2 for count in counts.values()) if rows else 1.0
    pairs = len(rows) * (len(rows) - 1) // 2
    found = []
    for one, other in combinations(rows, 2):
        if rows[one] == rows[other]:
            any_pair = 1 - exp(-pairs * chance)
            why = (
                f"all {len(ITEMS)} scores equal those of {other}; by chance a given pair does so with probability"
                f" {chance:.1e}, some pair of {pairs} with {any_pair:.2f}"
            )
            places = tuple(whole[cluster][item] for cluster in (one, other) for item in ITEMS)
            printed = " ".join(judge.model.cells[whole[one][item]].printed for item in ITEMS)
            found.append(Observation(check["id"], places, printed, "", why, check["severity"]))
    return len(rows) * len(ITEMS), found


def _attainable(check: Check, report: Report, judge: Judge) -> Result:
    """An index and one of its parts leave a possible other part: 2 ce - eei is a sum of four scores."""
    looked, found = 0, []
    step = Fraction(str(check["step"]))
    for table in _tables(report, check):
        for row in sorted(table.rows):
            index, part = (table.cells.get((row, check[key])) for key in ("index", "part"))
            if index is None or part is None or index.kind != "derived":
                continue
            if not isinstance(index.value, Fraction) or not isinstance(part.value, Fraction):
                continue
            looked += 1
            rest = 2 * index.value - part.value
            exact_scores = all((cell.value / step).denominator == 1 for cell in _row_items(report, row))
            if not 0 <= rest <= 12 or ((rest / step).denominator != 1 and exact_scores):
                why = f"2 x {index.printed} - {part.printed} = {half_up(abs(rest), 2)} is no sum of four scores"
                places = (_place(index), _place(part))
                found.append(Observation(check["id"], places, index.printed, "", why, check["severity"]))
    return looked, found


def _row_items(report: Report, row: str) -> Iterator[Any]:
    for cell in report.cells():
        if cell.row == row and cell.kind == "item" and cell.column in ITEMS and isinstance(cell.value, Fraction):
            yield cell


def _granularity(check: Check, report: Report, judge: Judge) -> Result:
    """A mean whose single values are lost can be the mean of that many scores on the scale (GRIM), with its power."""
    looked, found = 0, []
    step = Fraction(str(check["step"]))
    for table in _sorted(report):
        units = [row for row in table.rows if row not in ("total", "average")]
        for cell in (each for each in _in_order(table) if each.kind == "average" and each.row == "average"):
            lost = [row for row in units if (table.id, row, cell.column) in judge.model.cells
                    and judge.model.cells[table.id, row, cell.column].status == "lost"]  # fmt: skip
            if not lost or not isinstance(cell.value, Fraction):
                continue
            looked += 1
            grain = step / 2 if cell.column == "ce" else step
            result = grim(cell.value, cell.decimals or 0, len(units), grain, NEAREST | {"truncation"})
            if not result.possible:
                why = f"no mean of {len(units)} values on the scale prints so; power {float(result.power):.2f}"
                found.append(Observation(check["id"], (_place(cell),), cell.printed, "", why, check["severity"]))
    return looked, found


def _codes(check: Check, report: Report, judge: Judge) -> Result:
    """A code is one of the legend; ingest refuses others, so this only counts what was looked at."""
    codes = [cell for cell in report.cells() if cell.kind == "code"]
    found = [
        Observation(check["id"], (_place(cell),), cell.printed, "0, 1, 2 or 3", "not in the legend", check["severity"])
        for cell in codes
        if cell.status == "read" and cell.value not in (0, 1, 2, 3)
    ]
    return len(codes), found


KINDS: Mapping[str, Callable[[Check, Report, Judge], Result]] = {
    "scale": _scale,
    "decimal_marks": _decimal_marks,
    "thousands": _thousands,
    "decimals": _decimals,
    "spelling": _spelling,
    "names": _names,
    "not_above": _not_above,
    "repeated_values": _repeated_values,
    "copied_scores": _copied_scores,
    "attainable": _attainable,
    "granularity": _granularity,
    "codes": _codes,
}
