"""Made-up tables whose relations are known, some of their cells misprinted: what the draft of an audit is held against.

A table is drawn from a seed: rows in groups with subtotals and a total, before or behind their parts, and a mean row;
columns of counts, amounts or scores, with their sum, subtotals, mean, difference, ratio, growth, shares, index, copy.
Nothing here is shared with the library.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from random import Random

Declared = tuple[str, str, int, tuple[int, ...]]  # axis, kind, target, parts


@dataclass
class MadeUp:
    """A table: names and cells by row and column (text, as printed), and the relations that its numbers keep."""

    rows: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    relations: list[Declared] = field(default_factory=list)
    misprinted: int = 0


@dataclass
class _Column:
    name: str
    decimals: int
    value: Callable[[int], Fraction | None]
    adds: bool = True  # whether its total is the sum of its cells


def made_up(seed: int, misprints: float = 0.05) -> MadeUp:
    """The table of a seed. misprints: the share of its numbers that are misprinted, at most."""
    random = Random(seed)
    table = MadeUp()
    kind = random.choice(["counts", "counts", "amounts", "scores"])
    groups = [random.randint(3, 9) for _ in range(random.choice([1, 1, 2, 3, 4]))]
    if kind == "scores":
        groups = [random.randint(8, 20)]
    first = random.random() < 0.3
    order, leaves, subtotals, total = _rows(table, groups, first)
    columns = _columns(table, random, kind, leaves, subtotals, total)
    mean_row = None
    if random.random() < 0.4 or kind == "scores":
        mean_row = len(table.rows)
        table.rows.append("Average")
        table.relations.append(("row", "mean", mean_row, tuple(leaves)))
    table.columns = [column.name for column in columns]
    table.cells = _printed(columns, order, leaves, mean_row)
    misprint(table, random, misprints)
    return table


def _rows(table: MadeUp, groups: list[int], first: bool) -> tuple[list[int], list[int], dict[int, list[int]], int]:
    """Names the rows and declares their totals; gives the order of computing, leaves, subtotals and the total."""
    leaves: list[int] = []
    subtotals: dict[int, list[int]] = {}
    if first:
        table.rows.append("All regions")
    for number, size in enumerate(groups):
        if first and len(groups) > 1:
            table.rows.append(f"Group {number + 1}")
        start = len(table.rows)
        table.rows += [f"Region {number + 1}.{each + 1}" for each in range(size)]
        parts = list(range(start, start + size))
        leaves += parts
        if len(groups) > 1:
            at = start - 1 if first else len(table.rows)
            if not first:
                table.rows.append(f"Group {number + 1}")
            subtotals[at] = parts
            table.relations.append(("row", "sum", at, tuple(parts)))
    total = 0 if first else len(table.rows)
    if not first:
        table.rows.append("Total")
    table.relations.append(("row", "sum", total, tuple(subtotals) if subtotals else tuple(leaves)))
    return [*leaves, *subtotals, total], leaves, subtotals, total


class _Builder:
    """Columns, added one by one; declares of each computed one how it is computed."""

    def __init__(self, table: MadeUp, leaves: list[int], subtotals: dict[int, list[int]], total: int) -> None:
        self.columns: list[_Column] = []
        self._table, self._leaves, self._subtotals, self.total = table, leaves, subtotals, total

    def item(self, random: Random, name: str, decimals: int, highest: int) -> None:
        drawn = {row: Fraction(random.randint(0, highest * 10**decimals), 10**decimals) for row in self._leaves}

        def value(row: int) -> Fraction:
            if row == self.total:
                return sum(drawn.values(), Fraction(0))
            return drawn[row] if row in drawn else sum((drawn[part] for part in self._subtotals[row]), Fraction(0))

        self.columns.append(_Column(name, decimals, value))

    def computed(
        self, kind: str, name: str, places: int, how: Callable[..., Fraction | None], parts: tuple[int, ...]
    ) -> None:
        sources = [self.columns[part] for part in parts]

        def value(row: int) -> Fraction | None:
            values = [source.value(row) for source in sources]
            return None if None in values else how(*values)

        adds = kind not in ("ratio", "growth")
        self.columns.append(_Column(name, places, value, adds))
        self._table.relations.append(("column", kind, len(self.columns) - 1, parts))


def _columns(
    table: MadeUp, random: Random, kind: str, leaves: list[int], subtotals: dict[int, list[int]], total: int
) -> list[_Column]:
    """The columns: items, and what is computed of them; declares how."""
    decimals = {"counts": 0, "amounts": random.choice([1, 2]), "scores": 0}[kind]
    size = 5 if kind == "scores" else random.choice([300, 5_000, 80_000])
    builder = _Builder(table, leaves, subtotals, total)
    items, sums = _blocks(builder, random, decimals, size)
    if random.random() < 0.3:
        chosen = tuple(sorted(random.sample(items, 3))) if len(items) > 3 else tuple(items)
        builder.computed("mean", "Mean of some", decimals + 1, lambda *v: sum(v, Fraction(0)) / len(v), chosen)
    if kind != "scores":
        _compared(builder, random, decimals, size, items, sums)
    return builder.columns


def _blocks(builder: _Builder, random: Random, decimals: int, size: int) -> tuple[list[int], list[int]]:
    """One or two blocks of items, mostly with their sums; gives the numbers of items and of sums."""
    items: list[int] = []
    sums: list[int] = []
    blocks = random.choice([1, 1, 2])
    for block in range(blocks):
        start = len(builder.columns)
        for each in range(random.randint(2, 6 if blocks == 1 else 4)):
            builder.item(random, f"Item {block + 1}.{each + 1}", decimals, size)
        parts = tuple(range(start, len(builder.columns)))
        items += parts
        if random.random() < 0.85:
            builder.computed("sum", f"Sum {block + 1}", decimals, lambda *v: sum(v, Fraction(0)), parts)
            sums.append(len(builder.columns) - 1)
    if len(sums) == 2:
        builder.computed("sum", "Both", decimals, lambda a, b: a + b, (sums[0], sums[1]))
    return items, sums


def _compared(builder: _Builder, random: Random, decimals: int, size: int, items: list[int], sums: list[int]) -> None:
    """Columns that compare two others, or one with its total."""
    columns = builder.columns
    if random.random() < 0.4 and len(items) > 2:
        one, other = random.sample(items, 2)
        builder.computed("difference", "Balance", decimals, lambda a, b: a - b, (one, other))
    if random.random() < 0.4 and sums:
        of = random.choice([at for at in items if at < sums[0]])
        builder.computed("ratio", "Share of sum %", 1, lambda a, t: 100 * a / t if t else None, (of, sums[0]))
    if random.random() < 0.4:
        builder.item(random, "Persons", decimals, size * 50)
        per = random.choice([1000, 10_000])
        persons = len(columns) - 1
        builder.computed("ratio", f"Per {per}", 2, lambda a, b: per * a / b if b else None, (items[0], persons))
    if random.random() < 0.4:
        builder.item(random, "Last year", decimals, size)
        last = len(columns) - 1
        builder.computed("growth", "Growth %", 1, lambda a, b: 100 * (a / b - 1) if b else None, (items[-1], last))
    if random.random() < 0.4:
        of = random.choice(items)
        whole = columns[of].value(builder.total)
        builder.computed("share", "Share of all %", 1, lambda a: 100 * a / whole if whole else None, (of,))
    if random.random() < 0.2:
        builder.computed("copy", "Again", decimals, lambda a: a, (random.choice(items),))


def _printed(columns: list[_Column], order: list[int], leaves: list[int], mean_row: int | None) -> list[list[str]]:
    rows = max(order) + 1 + (mean_row is not None)
    cells = [[""] * len(columns) for _ in range(rows)]
    for at, column in enumerate(columns):
        for row in order:
            value = column.value(row)
            cells[row][at] = "" if value is None else text_of(value, column.decimals)
        if mean_row is not None and column.adds:
            values = [column.value(row) for row in leaves]
            known = [value for value in values if value is not None]
            cells[mean_row][at] = text_of(sum(known, Fraction(0)) / len(known), column.decimals + 1)
    return cells


def text_of(value: Fraction, decimals: int) -> str:
    """A number as it prints, rounded half away from zero."""
    whole = floor(abs(value) * 10**decimals + Fraction(1, 2))
    digits = str(whole).rjust(decimals + 1, "0")
    sign = "-" if value < 0 and whole else ""
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def misprint(table: MadeUp, random: Random, share: float) -> None:
    """Misprints some cells: a digit replaced, dropped or doubled, two exchanged."""
    numbers = [(row, at) for row, line in enumerate(table.cells) for at, text in enumerate(line) if text]
    for row, at in random.sample(numbers, round(share * len(numbers))):
        text = table.cells[row][at]
        digits = [place for place, letter in enumerate(text) if letter.isdigit()]
        place = random.choice(digits)
        ways = [text[:place] + str((int(text[place]) + random.randint(1, 9)) % 10) + text[place + 1 :]]
        ways += [text[:place] + text[place] + text[place:]]
        if len(digits) > 1 and digits[1] == digits[0] + 1:
            ways += [text[:place] + text[place + 1 :]] if place == digits[0] else []
            ways += [text[: digits[0]] + text[digits[1]] + text[digits[0]] + text[digits[1] + 1 :]]
        new = random.choice(ways)
        if new != text:
            table.cells[row][at] = new
            table.misprinted += 1
