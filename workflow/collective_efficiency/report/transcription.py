"""What the transcription of a report is: tables of cells, each as printed and with its exact value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import NumberFormat, half_up
from collective_efficiency.words import CELL_COLUMNS


@dataclass(frozen=True)
class Column:
    """What the cells of a column of a table hold.

    form: how its numbers are printed, None for text; largest: the highest number allowed; allowed: the words allowed.
    rounded: whether its numbers are rounded ones (measurements, money, shares) or exact (scores, counts); None where
    nobody said so. unit: what one of its numbers is worth (1,000 of a column in thousands); cells keep what is printed.
    second_of: the column of the file whose cells hold two numbers, of which this column has the second.
    certified: whether someone vouches for its cells.
    """

    name: str
    kind: str
    form: NumberFormat | None = None
    largest: Fraction | None = None
    allowed: tuple[str, ...] = ()
    rounded: bool | None = None
    unit: Fraction = Fraction(1)
    second_of: str = ""
    certified: bool = False


@dataclass(frozen=True)
class Cell:
    """One printed cell.

    value: its exact value (numbers), its word (classes and text), None if lost or not available.
    kind: item, derived, total, average, class, code or fact; status: read, inferred, lost, not_available,
    unreadable, or no_number (a bound, a range).
    reading: what stood beside the digits, in words (a footnote mark, per cent). fault: why the text is not what its
    column holds, though it may be read all the same (a value then); "" if nothing is wrong.
    """

    table: str
    row: str
    column: str
    printed: str
    value: Fraction | str | None
    decimals: int | None
    kind: str
    status: str
    reading: str = ""
    fault: str = ""

    @property
    def digits(self) -> str:
        """The number alone, as far as it is one: with a plain sign, and without the marks around it."""
        marked = isinstance(self.value, Fraction) and (self.reading or self.value < 0)
        return half_up(self.value, self.decimals or 0) if marked and isinstance(self.value, Fraction) else self.printed

    def record(self) -> dict[str, str]:
        """The cell as a line of results/report/cells.csv."""
        value = self.value if isinstance(self.value, str) else ""
        if isinstance(self.value, Fraction):
            value = half_up(self.value, self.decimals or 0)  # exact: it has no more decimals than that
        decimals = "" if self.decimals is None else str(self.decimals)
        texts = (self.table, self.row, self.column, self.printed, value, decimals, self.kind, self.status)
        return dict(zip(CELL_COLUMNS, texts, strict=True))


@dataclass(frozen=True)
class Table:
    """One table of the report, its rows and columns in printed order.

    labels: the texts that stand at the head of each row, by the key of the row and the column of the label.
    cells: by the keys of row and column; a cell that is blank as printed is not among them.
    layout: the name of the layout in tables.yaml; tables of one layout have the same columns.
    groups: the subheadings, by the key of the first row below each. certified: the cells that someone vouches for.
    guessed: whether a draft says how it is to be read, and no person has confirmed it yet.
    """

    id: str
    title: str
    sector: str
    columns: tuple[Column, ...]
    rows: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    cells: Mapping[tuple[str, str], Cell]
    layout: str
    groups: Mapping[str, str] = field(default_factory=dict)
    certified: frozenset[tuple[str, str]] = frozenset()
    guessed: bool = False


@dataclass(frozen=True)
class Report:
    """The transcribed report: the lists of sectors and clusters, and the tables by id, in the order of tables.yaml."""

    sectors: tuple[Record, ...]
    clusters: tuple[Record, ...]
    tables: Mapping[str, Table]

    def cells(self) -> Iterator[Cell]:
        """Every cell, table by table, in printed order."""
        for table in self.tables.values():
            yield from table.cells.values()
