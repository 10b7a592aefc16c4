"""Made-up sets of tables that hold together, in the format of any folder that the audit reads.

A set is drawn from a seed: sectors of clusters; for each sector two tables of scores with their sums, an index of the
two sums and its class, a table of outcomes and a cross-tabulation by class; and over all sectors a table that repeats
the averages with decimals of its own, and one of grand totals. Steps, largest scores, weights, treatments of missing
scores, totals, averages and ways of rounding are drawn, too.

Nothing here is shared with the library: what it finds is held against arithmetic that was written twice.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from random import Random

Place = tuple[str, str, str]  # table, row, column
Value = Fraction | str | None  # a number, a class, or unknown
WAYS = ("half up", "half even", "half down", "truncation", "ceiling")
CLASSES = ("High", "Medium", "Low")
UNKNOWN, EMPTY = "n.a.", "-"
SUMMARY = ("total", "average")
ONE = Fraction(1)
ENOUGH_TO_SHOW = 2  # rows that tell a column's way of rounding from its table's


# how a cell is computed


@dataclass(frozen=True)
class Sum:
    """The weighted sum of cells; those that are unknown add nothing."""

    parts: tuple[tuple[Place, Fraction], ...]


@dataclass(frozen=True)
class Mean:
    """The mean of cells; of those alone whose class is `word`, if given. What is unknown: as `table` treats it."""

    parts: tuple[Place, ...]
    table: str
    word: str = ""
    classes: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Same:
    """The value of another cell."""

    of: Place


@dataclass(frozen=True)
class ClassOf:
    """The class whose cut-off an index reaches."""

    index: Place


Formula = Sum | Mean | Same | ClassOf


@dataclass(frozen=True)
class Layout:
    """The columns of a kind of table: what each holds, its largest value if that is declared."""

    kinds: dict[str, str]
    largest: dict[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One table: its layout, its sector ("" for all), its rows and which of the summary rows it has."""

    layout: str
    sector: str
    rows: tuple[str, ...]
    summary: tuple[str, ...]


@dataclass
class Book:
    """A set of tables that hold together.

    formulas: of each computed cell, parents first; also_holds: further relations of the same cells, as a mean that is
    the total over the number of rows. ways: how the cells of a table (a column of it) that are not exact are rounded,
    and to how many decimals; places: decimals of exact cells, None for as few as they need.
    """

    step: Fraction
    highest: Fraction
    omits: dict[str, bool] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    scores: dict[Place, Fraction | None] = field(default_factory=dict)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    also_holds: list[tuple[Place, Formula]] = field(default_factory=list)
    exact: set[Place] = field(default_factory=set)
    ways: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    places: dict[str, int | None] = field(default_factory=dict)
    cut_offs: tuple[tuple[str, str, Fraction], ...] = ()
    checks: list[dict[str, object]] = field(default_factory=list)
    sectors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)

    def way(self, place: Place) -> tuple[str, int]:
        """How a cell that is not exact is rounded: as its column if that has a way of its own, else as its table."""
        return self.ways.get((place[0], place[2]), self.ways[place[0], ""])


# arithmetic


def class_of(index: Fraction, cut_offs: Iterable[tuple[str, str, Fraction]]) -> str:
    """The first class that an index reaches."""
    return next(word for word, how, cut in cut_offs if index > cut or (how == ">=" and index == cut))


def computed(book: Book, formula: Formula, values: Mapping[Place, Value], omits: Mapping[str, bool]) -> Value:
    """What a formula gives; a class without members gives the dash."""
    if isinstance(formula, Same):
        return values[formula.of]
    if isinstance(formula, ClassOf):
        index = values[formula.index]
        return class_of(index, book.cut_offs) if isinstance(index, Fraction) else None
    if isinstance(formula, Sum):
        known = [(values[place], weight) for place, weight in formula.parts]
        return sum((weight * value for value, weight in known if isinstance(value, Fraction)), Fraction(0))
    parts: Sequence[Place] = formula.parts
    if formula.word:
        parts = [part for part, at in zip(parts, formula.classes, strict=True) if values[at] == formula.word]
    numbers = [value for part in parts if isinstance(value := values[part], Fraction)]
    count = len(numbers) if omits.get(formula.table) else len(parts)
    return sum(numbers, Fraction(0)) / count if count else EMPTY


def evaluated(
    book: Book, scores: Mapping[Place, Fraction | None], tables: Iterable[str] | None = None
) -> dict[Place, Value]:
    """The exact value of every cell (of these tables alone, if they are named), from scores."""
    values: dict[Place, Value] = dict(scores)
    wanted = None if tables is None else set(tables)
    for place, formula in book.formulas.items():
        if wanted is None or place[0] in wanted:
            values[place] = computed(book, formula, values, book.omits)
    return values


def rounded(value: Fraction, decimals: int, way: str) -> Fraction:
    """A number that is not negative, with so many decimals."""
    units = value * 10**decimals
    below = floor(units)
    rest = units - below
    if way == "truncation" or rest == 0:
        whole = below
    elif way == "ceiling":
        whole = ceil(units)
    elif rest == Fraction(1, 2):
        whole = below + {"half up": 1, "half even": below % 2, "half down": 0}[way]
    else:
        whole = below + (rest > Fraction(1, 2))
    return Fraction(whole, 10**decimals)


def written(value: Fraction, decimals: int | None = None) -> str:
    """A decimal number in digits, with as few decimals as it needs or with so many."""
    needed = next(number for number in range(12) if (value * 10**number).denominator == 1)
    places = needed if decimals is None else max(needed, decimals)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def printed(book: Book, values: Mapping[Place, Value]) -> dict[Place, str]:
    """Every cell as the set prints it."""
    texts = {}
    for place, value in values.items():
        if value is None:
            texts[place] = UNKNOWN
        elif isinstance(value, str):
            texts[place] = value
        elif place in book.exact:
            texts[place] = written(value, book.places[place[0]])
        else:
            way, decimals = book.way(place)
            texts[place] = written(rounded(value, decimals, way), decimals)
    return texts


# a set, drawn


def sound_book(seed: int, clusters: int | None = None, sectors: int | None = None) -> Book:
    """The set of this seed. clusters: of each sector, 3 to 24 if not given; sectors: 1 to 4 if not given."""
    draw = Random(f"set {seed}")
    step = Fraction(1, draw.choice([1, 2, 2, 4, 10]))
    highest = Fraction(draw.choice([2, 3, 3, 5, 10, 20] if step < 1 else [3, 5, 10, 20, 100]))
    book = Book(step, highest)
    first = 1
    for number in range(sectors or draw.choice([1, 1, 2, 3, 4])):
        count = clusters or draw.choice([3, 4, 5, 6, 7, 7, 8, 9, 11, 12, 14, 24])
        book.sectors[f"s{number + 1}"] = tuple(f"c{first + each:03d}" for each in range(count))
        first += count
    _Drawing(book, draw).draw_all()
    book.texts = printed(book, evaluated(book, book.scores))
    return book


class _Drawing:
    """Draws the parts of a set one after another."""

    def __init__(self, book: Book, draw: Random) -> None:
        self.book, self.draw = book, draw
        self.parts = {
            name: tuple(f"{name}{number + 1}" for number in range(draw.randint(least, 5)))
            for name, least in (("a", 2), ("b", 2), ("u", 1))
        }
        self.missing = draw.choice([0, 0, 0, 0.03, 0.08])  # the share of scores that are unknown
        self.omit_everywhere = draw.choice([True, False])
        self.has_sum = draw.choice([True, False])  # of outcomes
        self.declares = draw.choice([True, False])  # the largest values
        self.summary = {
            layout: draw.choice([SUMMARY, SUMMARY, SUMMARY, ("total",), ("average",)])
            for layout in ("parts_a", "parts_b", "index", "outcomes")
        }
        self.weights = draw.choice(["1/2 1/2", "1/2 1/2", "1 1", "1/3 2/3", "3/4 1/4", "2/5 3/5"]).split()
        self.number = 0

    def draw_all(self) -> None:
        """Every table, and then the checks that fit them."""
        self._layouts()
        for sector in self.book.sectors:
            tables = {name: self._score_table(sector, name) for name in ("a", "b")}
            index = self._index_table(sector, tables)
            self._classes_once()
            self._outcomes(sector, index, [*tables.values(), index])
        if self._averaged():
            self._averages()
        self._grand()
        self._checks()

    def _layouts(self) -> None:
        top = self.book.highest
        for name in ("a", "b"):
            kinds = dict.fromkeys(self.parts[name], "item") | {f"{name}sum": "derived"}
            most = dict.fromkeys(self.parts[name], top) | {f"{name}sum": top * len(self.parts[name])}
            self._layout(f"parts_{name}", kinds, most)
        sums = {f"{name}sum": top * len(self.parts[name]) for name in ("a", "b")}
        most_index = sum((Fraction(w) * most for w, most in zip(self.weights, sums.values(), strict=True)), Fraction(0))
        self._layout(
            "index", dict.fromkeys([*sums, "index"], "derived") | {"degree": "class"}, sums | {"index": most_index}
        )
        kinds = (
            {"degree": "class"} | dict.fromkeys(self.parts["u"], "item") | ({"usum": "derived"} if self.has_sum else {})
        )
        self._layout("outcomes", kinds, dict.fromkeys(self.parts["u"], top))
        self._layout("crosstab", dict.fromkeys(self.parts["u"], "average"), dict.fromkeys(self.parts["u"], top))
        self.most_index = sums | {"index": most_index}

    def _layout(self, name: str, kinds: dict[str, str], largest: Mapping[str, Fraction]) -> None:
        decimal = {column: most for column, most in largest.items() if (most * 1000).denominator == 1}
        self.book.layouts[name] = Layout(kinds, decimal if self.declares else {})

    def _page(self, letter: str, layout: str, sector: str, rows: Sequence[str], summary: Sequence[str] = ()) -> str:
        """A new table, with ways of its own."""
        self.number += 1
        table = f"{letter}{self.number}"
        self.book.pages[table] = Page(layout, sector, tuple(rows), tuple(summary))
        self.book.ways[table, ""] = (self.draw.choice(WAYS), self.draw.choice([1, 2, 2, 3]))
        self.book.omits[table] = self.omit_everywhere if self.draw.random() < 0.7 else not self.omit_everywhere
        self.book.places[table] = self.draw.choice([None, None, self._fixed()])
        return table

    def _fixed(self) -> int:
        """As many decimals as the step has."""
        return len(written(self.book.step).partition(".")[2])

    def _score(self) -> Fraction | None:
        if self.draw.random() < self.missing:
            return None
        return self.book.step * self.draw.randint(0, int(self.book.highest / self.book.step))

    def _fill(self, table: str, columns: Sequence[str]) -> None:
        """Scores, one known at least in every row and column."""
        units = self.book.pages[table].rows
        for unit in units:
            for column in columns:
                self.book.scores[table, unit, column] = self._score()
        for number, unit in enumerate(units):
            place = table, unit, columns[number % len(columns)]
            if all(self.book.scores[table, unit, column] is None for column in columns):
                self.book.scores[place] = self.book.step
        for column in columns:
            if all(self.book.scores[table, unit, column] is None for unit in units):
                self.book.scores[table, units[0], column] = self.book.step
        self.book.exact |= {(table, unit, column) for unit in units for column in columns}

    def _row_sums(self, table: str, target: str, parts: Sequence[str]) -> None:
        for unit in self.book.pages[table].rows:
            self._computed((table, unit, target), Sum(tuple(((table, unit, part), ONE) for part in parts)), exact=True)

    def _computed(self, place: Place, formula: Formula, exact: bool = False) -> None:
        self.book.formulas[place] = formula
        if exact:
            self.book.exact.add(place)

    def _summaries(self, table: str, columns: Sequence[str], inexact: Sequence[str] = ()) -> None:
        """Total and average of columns; the average is the total over the rows, too, where every cell is known."""
        page = self.book.pages[table]
        for column in columns:
            places = tuple((table, unit, column) for unit in page.rows)
            if "total" in page.summary:
                formula = Sum(tuple((place, ONE) for place in places))
                self._computed((table, "total", column), formula, column not in inexact)
            if "average" in page.summary:
                self._computed((table, "average", column), Mean(places, table))
                unknown = any(self.book.scores.get(place, ONE) is None for place in places)
                if "total" in page.summary and column not in inexact and not unknown:
                    over = Sum((((table, "total", column), Fraction(1, len(places))),))
                    self.book.also_holds.append(((table, "average", column), over))

    def _score_table(self, sector: str, name: str) -> str:
        table = self._page("A", f"parts_{name}", sector, self.book.sectors[sector], self.summary[f"parts_{name}"])
        self._fill(table, self.parts[name])
        self._row_sums(table, f"{name}sum", self.parts[name])
        self._summaries(table, [*self.parts[name], f"{name}sum"])
        self._total_of_sums(table, f"{name}sum", [(part, ONE) for part in self.parts[name]])
        return table

    def _total_of_sums(self, table: str, target: str, parts: Sequence[tuple[str, Fraction]]) -> None:
        """In the total row, too, the sum is the sum of its parts."""
        if "total" in self.book.pages[table].summary:
            formula = Sum(tuple(((table, "total", part), weight) for part, weight in parts))
            self.book.also_holds.append(((table, "total", target), formula))

    def _index_table(self, sector: str, tables: Mapping[str, str]) -> str:
        table = self._page("T", "index", sector, self.book.sectors[sector], self.summary["index"])
        weighted = [(f"{name}sum", Fraction(weight)) for name, weight in zip(tables, self.weights, strict=True)]
        for unit in self.book.sectors[sector]:
            for name, source in tables.items():
                self._computed((table, unit, f"{name}sum"), Same((source, unit, f"{name}sum")), exact=True)
            parts = tuple(((table, unit, column), weight) for column, weight in weighted)
            self._computed((table, unit, "index"), Sum(parts))
        self._way_of_index(table, [*tables.values(), table])
        self._summaries(table, ["asum", "bsum", "index"], inexact=["index"])
        self._total_of_sums(table, "index", weighted)
        for unit in self.book.sectors[sector]:
            self._computed((table, unit, "degree"), ClassOf((table, unit, "index")))
        return table

    def _way_of_index(self, table: str, above: Sequence[str]) -> None:
        """Half of the indices have a way of rounding of their own, where it shows in at least two rows.

        Where it shows in one cell alone, nobody can tell the column's own way from a cell that was rounded wrongly.
        """
        usual, own = self.book.way((table, "", "")), (self.draw.choice(WAYS), self.draw.choice([1, 2, 3]))
        values = evaluated(self.book, self.book.scores, above)
        indices = [value for place, value in values.items() if place[0] == table and place[2] == "index"]
        showing = sum(
            rounded(value, own[1], own[0]) != rounded(value, own[1], usual[0])
            for value in indices
            if isinstance(value, Fraction)
        )
        if self.draw.random() < 0.5 and showing >= ENOUGH_TO_SHOW:
            self.book.ways[table, "index"] = own

    def _classes_once(self) -> None:
        """Cut-offs near the thirds of what the indices may be, drawn when the first index is known."""
        if not self.book.cut_offs:
            most = self.most_index["index"]
            high = Fraction(round(most * self.draw.choice([5, 6, 7]) / 10 * 4), 4)
            low = Fraction(round(most * self.draw.choice([3, 4]) / 10 * 4), 4)
            how = self.draw.choice([">", ">="])
            self.book.cut_offs = (("High", ">=", high), ("Medium", how, low), ("Low", ">=", Fraction(0)))

    def _outcomes(self, sector: str, index: str, above: Sequence[str]) -> None:
        columns, units = self.parts["u"], self.book.sectors[sector]
        table = self._page("T", "outcomes", sector, units, self.summary["outcomes"])
        crosstab = self._page("T", "crosstab", sector, CLASSES)
        for unit in units:
            self._computed((table, unit, "degree"), Same((index, unit, "degree")))
        self._fill(table, columns)
        values = evaluated(self.book, self.book.scores, [*above, table])
        for word in CLASSES:  # of every class one score is known in every column: no mean is of unknown scores alone
            members = [unit for unit in units if values[table, unit, "degree"] == word]
            for column in columns:
                if members and all(self.book.scores[table, unit, column] is None for unit in members):
                    self.book.scores[table, members[0], column] = self.book.step
        if self.has_sum:
            self._row_sums(table, "usum", columns)
        self._summaries(table, [*columns, *(["usum"] if self.has_sum else [])])
        classes = tuple((table, unit, "degree") for unit in units)
        for word in CLASSES:
            for column in columns:
                parts = tuple((table, unit, column) for unit in units)
                self._computed((crosstab, word, column), Mean(parts, crosstab, word, classes))

    def _averaged(self) -> list[str]:
        """The layouts whose averages another table repeats."""
        return [name for name in ("parts_a", "parts_b", "index") if "average" in self.summary[name]]

    def _averages(self) -> None:
        """The sectors' averages again, in one table with decimals of its own."""
        sources = self._averaged()
        columns = dict.fromkeys(
            column for name in sources for column, kind in self.book.layouts[name].kinds.items() if kind != "class"
        )
        most = {column: most for name in sources for column, most in self.book.layouts[name].largest.items()}
        self.book.layouts["averages"] = Layout(dict.fromkeys(columns, "average"), most)
        table = self._page("T", "averages", "", list(self.book.sectors))
        for sector in self.book.sectors:
            pages = [name for name, page in self.book.pages.items() if page.sector == sector and page.layout in sources]
            for column in columns:
                ways = [
                    Same((name, "average", column)) for name in pages if (name, "average", column) in self.book.formulas
                ]
                self._computed((table, sector, column), ways[0])
                self.book.also_holds += [((table, sector, column), way) for way in ways[1:]]

    def _grand(self) -> None:
        """Totals and averages of the indices over all sectors."""
        columns = ("asum", "bsum")
        self.book.layouts["grand"] = Layout(dict.fromkeys(columns, "derived"))
        table = self._page("T", "grand", "", (), SUMMARY)
        for column in columns:
            places = tuple(
                (name, unit, column)
                for name, page in self.book.pages.items()
                if page.layout == "index"
                for unit in page.rows
            )
            self._computed((table, "total", column), Sum(tuple((place, ONE) for place in places)), exact=True)
            self._computed((table, "average", column), Mean(places, table))
            over = Sum((((table, "total", column), Fraction(1, len(places))),))
            self.book.also_holds.append(((table, "average", column), over))

    def _checks(self) -> None:
        parts = {f"{name}sum": dict.fromkeys(self.parts[name], "1") for name in ("a", "b")}
        for target, of in parts.items():
            self._check("row_sum", f"{target}_sum", layouts=[f"parts_{target[0]}"], target=target, of=of)
            self._check(
                "copy", f"{target}_same", layouts=["index"], **{"from": [f"parts_{target[0]}"]}, columns=[target]
            )
        of = dict(zip(parts, self.weights, strict=True))
        self._check("row_sum", "index_sum", layouts=["index"], target="index", of=of)
        if self.has_sum:
            of = dict.fromkeys(self.parts["u"], "1")
            self._check("row_sum", "usum_sum", layouts=["outcomes"], target="usum", of=of)
        for kind in SUMMARY:
            layouts = [name for name, rows in self.summary.items() if kind in rows]
            if layouts:
                self._check(kind, f"column_{kind}", layouts=layouts)
            self._check(kind, f"grand_{kind}", layouts=["grand"], **{"from": ["index"]})
        cut_offs = [[word, how, str(cut)] for word, how, cut in self.book.cut_offs]
        self._check("class", "degree_rule", layouts=["index"], target="degree", index="index", classes=cut_offs)
        self._check("copy", "degree_same", layouts=["outcomes"], **{"from": ["index"]}, columns=["degree"])
        self._check("crosstab", "crosstab", layouts=["crosstab"], **{"from": ["outcomes"], "class": "degree"})
        sources = self._averaged()
        if sources:
            columns = list(self.book.layouts["averages"].kinds)
            self._check(
                "copy", "averages_same", layouts=["averages"], **{"from": sources}, from_average=True, columns=columns
            )
        self._check(
            "scale",
            "score_scale",
            layouts=["parts_a", "parts_b", "outcomes"],
            step=str(self.book.step),
            severity="lead",
        )

    def _check(self, kind: str, name: str, **keys: object) -> None:
        self.book.checks.append({"id": name, "kind": kind, "asserts": name, "source": "made up"} | keys)


# a set as files


def files_of(book: Book, texts: Mapping[Place, str]) -> dict[str, bytes]:
    """The folder that holds a set which prints `texts`, as bytes by file name. (JSON is YAML.)"""
    layouts = {
        name: {column: _column(layout, column, kind) for column, kind in layout.kinds.items()}
        for name, layout in book.layouts.items()
    }
    described = {
        "source": {"title": "Made up", "authors": ["Nobody"], "year": 2000, "publisher": "Nobody"},
        "formats": {"score": {"decimal": "."}},
        "layouts": layouts,
        "tables": {table: _described(page) for table, page in book.pages.items()},
    }
    clusters = [f"{unit},{unit},{sector},x,y" for sector, units in book.sectors.items() for unit in units]
    files = {
        "tables.yaml": json.dumps(described).encode(),
        "checks.yaml": json.dumps({"checks": book.checks}).encode(),
        "sectors.csv": _lines("sector,name,short_name", (f"{sector},{sector},{sector}" for sector in book.sectors)),
        "clusters.csv": _lines("cluster,name,sector,industry,country", clusters),
    }
    for table, page in book.pages.items():
        columns = list(book.layouts[page.layout].kinds)
        rows = (
            ",".join([row, row, *(texts.get((table, row, column), "") for column in columns)])
            for row in (*page.rows, *page.summary)
        )
        files[f"{table}.csv"] = _lines(",".join(["row", "label", *columns]), rows)
    return files


def _column(layout: Layout, column: str, kind: str) -> dict[str, object]:
    if kind == "class":
        return {"kind": kind, "allowed": list(CLASSES)}
    largest = {"max": float(layout.largest[column])} if column in layout.largest else {}
    return {"kind": kind, "format": "score"} | largest


def _described(page: Page) -> dict[str, object]:
    described: dict[str, object] = {
        "title": page.layout,
        "layout": page.layout,
        "lines": [1, 2],
        "rows": list(page.rows),
    }
    described["missing"] = {UNKNOWN: "not available", EMPTY: "no cluster of the class"}
    return (
        described
        | ({"sector": page.sector} if page.sector else {})
        | ({"summary": list(page.summary)} if page.summary else {})
    )


def _lines(header: str, rows: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in (header, *rows)).encode()


def score_columns(book: Book, table: str) -> list[str]:
    """The columns of a table that hold scores."""
    return [column for column, kind in book.layouts[book.pages[table].layout].kinds.items() if kind == "item"]


def number_columns(book: Book, table: str) -> list[str]:
    """The columns of a table that hold numbers."""
    return [column for column, kind in book.layouts[book.pages[table].layout].kinds.items() if kind != "class"]


def tables_of(book: Book, *layouts: str) -> Iterator[str]:
    """The tables of these layouts."""
    return (table for table, page in book.pages.items() if page.layout in layouts)
