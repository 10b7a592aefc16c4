"""Made-up tables of another build than those of `made_up_tables`: time series, cross-tabulations, shares, small ones.

No size, name or rule was set by how the draft did on them, and no name tells a total from its parts: names are words
drawn at random. Some tables keep no relation at all. Nothing here is shared with the library.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random

from made_up_tables import MadeUp, misprint, text_of

WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "knoll", "ledge", "marsh", "ochre")


def made_up_otherwise(seed: int, misprints: float = 0.05) -> MadeUp:
    """The table of a seed. misprints: the share of its numbers that are misprinted, at most."""
    random = Random(f"other {seed}")
    build = random.choice([_series, _crosstab, _percentages, _trade, _unrelated, _marks])
    table = build(random)
    table.rows = _names(random, len(table.cells))
    table.columns = _names(random, len(table.cells[0]))
    misprint(table, random, misprints)
    return table


def _names(random: Random, count: int) -> list[str]:
    return [f"{random.choice(WORDS)} {number}" for number in random.sample(range(10, 999), count)]


def _amount(random: Random, places: int, typical: float) -> Fraction:
    """An amount as incomes, areas and turnovers are spread: most small, some large."""
    return Fraction(round(random.lognormvariate(0, 1) * typical * 10**places), 10**places)


def _grid(random: Random, height: int, width: int, places: int, typical: float) -> list[list[Fraction]]:
    return [[_amount(random, places, typical) for _ in range(width)] for _ in range(height)]


def _laid_out(lines: Sequence[Sequence[Fraction | None]], places: Sequence[int], turned: bool) -> list[list[str]]:
    """Lines of numbers as the texts of a table; `turned`: the lines are its columns. places: the decimals of a line."""
    texts = [
        ["" if value is None else text_of(value, decimals) for value in line]
        for line, decimals in zip(lines, places, strict=True)
    ]
    return [list(line) for line in zip(*texts, strict=True)] if turned else texts


def _series(random: Random) -> MadeUp:
    """Parts by year with what they come to, the growth of that over the years, and one part as a share."""
    years, parts, places = random.randint(6, 14), random.randint(2, 7), random.choice([0, 0, 1])
    turned = random.random() < 0.5
    axis = "column" if turned else "row"
    lines: list[list[Fraction | None]] = [*_grid(random, parts, years, places, random.choice([80, 900, 20_000]))]
    decimals = [places] * parts
    whole = [sum(column, Fraction(0)) for column in zip(*lines, strict=True)]
    lines.append([*whole])
    relations = [(axis, "sum", parts, tuple(range(parts)))]
    if random.random() < 0.6:
        share = random.randrange(parts)
        lines.append([100 * (part or 0) / each for part, each in zip(lines[share], whole, strict=True)])
        relations.append((axis, "ratio", len(lines) - 1, (share, parts)))
        decimals.append(1)
    if random.random() < 0.6:
        lines.append([None, *(100 * (now / before - 1) for before, now in pairwise(whole))])
        relations.append((axis, "step_growth", len(lines) - 1, (parts,)))
        decimals.append(1)
    decimals.insert(parts, places)
    return MadeUp(cells=_laid_out(lines, decimals, turned), relations=relations)


def _crosstab(random: Random) -> MadeUp:
    """Counts of two groupings with both margins, these first or last."""
    height, width = random.randint(3, 12), random.randint(2, 7)
    counts = _grid(random, height, width, 0, random.choice([12, 150, 3000]))
    first = random.random() < 0.4
    for line in counts:
        line.insert(0 if first else width, sum(line, Fraction(0)))
    counts.insert(0 if first else height, [sum(column, Fraction(0)) for column in zip(*counts, strict=True)])
    start = int(first)
    relations = [
        ("column", "sum", 0 if first else width, tuple(range(start, start + width))),
        ("row", "sum", 0 if first else height, tuple(range(start, start + height))),
    ]
    return MadeUp(cells=_laid_out(counts, [0] * len(counts), turned=False), relations=relations)


def _percentages(random: Random) -> MadeUp:
    """Counts of a few groups, each beside its percentage of the last row, which is their sum."""
    height, groups, places = random.randint(5, 16), random.randint(1, 3), random.choice([1, 1, 2])
    counts = _grid(random, groups, height, 0, random.choice([40, 700, 9000]))
    lines: list[list[Fraction | None]] = []
    relations = [("row", "sum", height, tuple(range(height)))]
    for count in counts:
        whole = sum(count, Fraction(0))
        lines += [[*count, whole], [*(100 * each / whole for each in count), Fraction(100)]]
        relations.append(("column", "share", len(lines) - 1, (len(lines) - 2,)))
    return MadeUp(cells=_laid_out(lines, [0, places] * groups, turned=True), relations=relations)


def _trade(random: Random) -> MadeUp:
    """Two amounts with their difference (of either sign), what they come to, and the one over the other."""
    height, places = random.randint(6, 25), random.choice([0, 1, 2])
    one, other = _grid(random, 2, height, places, random.choice([50, 1200, 40_000]))
    lines: list[list[Fraction | None]] = [[*one], [*other], [a - b for a, b in zip(one, other, strict=True)]]
    relations = [("column", "difference", 2, (0, 1))]
    decimals = [places] * 3
    if random.random() < 0.5:
        lines.append([a + b for a, b in zip(one, other, strict=True)])
        decimals.append(places)
        relations.append(("column", "sum", 3, (0, 1)))
    if random.random() < 0.5:
        lines.append([100 * a / b if b else None for a, b in zip(one, other, strict=True)])
        decimals.append(1)
        relations.append(("column", "ratio", len(lines) - 1, (0, 1)))
    if random.random() < 0.3:
        lines.append(lines[0])
        decimals.append(places)
        relations.append(("column", "copy", len(lines) - 1, (0,)))
    return MadeUp(cells=_laid_out(lines, decimals, turned=True), relations=relations)


def _marks(random: Random) -> MadeUp:
    """Marks from 0 to 20 with the mean of each line, to one or two decimals, and of each column."""
    height, width, places = random.randint(6, 20), random.randint(3, 6), random.choice([1, 2])
    marks = [[Fraction(random.randint(0, 20)) for _ in range(width)] for _ in range(height)]
    lines = [[*line, sum(line, Fraction(0)) / width] for line in marks]
    texts = [[*(text_of(mark, 0) for mark in line[:width]), text_of(line[width], places)] for line in lines]
    relations = [("column", "mean", width, tuple(range(width)))]
    if random.random() < 0.6:
        means = [sum(column, Fraction(0)) / height for column in zip(*lines, strict=True)]
        texts.append([text_of(mean, places) for mean in means])
        relations.append(("row", "mean", height, tuple(range(height))))
    return MadeUp(cells=texts, relations=relations)


def _unrelated(random: Random) -> MadeUp:
    """Numbers that have nothing to do with each other."""
    height, width = random.randint(5, 25), random.randint(3, 10)
    columns = [
        _grid(random, 1, height, random.choice([0, 0, 1, 2]), random.choice([4, 60, 900, 50_000]))[0]
        for _ in range(width)
    ]
    texts = [[text_of(value, 1 if value.denominator > 1 else 0) for value in column] for column in columns]
    return MadeUp(cells=[list(line) for line in zip(*texts, strict=True)])
