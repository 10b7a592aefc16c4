"""What a regenerated table holds: a value for each cell of the report, and the printed one where it differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from collective_efficiency.words import LABELS, LOST

SUMMARIES = ("total", "average")  # the rows that sum up those above them


@dataclass(frozen=True)
class Entry:
    """A regenerated value as text, and the printed one where the two differ (else empty)."""

    text: str
    printed: str = ""

    @property
    def mark(self) -> str:
        """How the entry compares: `differs`, `lost` (the report's value is not known), or nothing."""
        return "" if not self.printed else "lost" if self.printed == LOST else "differs"

    @property
    def shown(self) -> str:
        """The value with the printed one beside it, for people.

        >>> Entry("9", printed="8").shown
        '9 (printed 8)'
        """
        notes = {"": "", "lost": " (lost)", "differs": f" (printed {self.printed})"}
        return f"{self.text}{notes[self.mark]}"


@dataclass(frozen=True)
class Exhibit:
    """A regenerated table in the layout of the report.

    rows, columns: their keys in printed order; labels: how each row is named; groups: the subheadings, by the key of
    the first row below each; entries: for each row one entry for each column.
    """

    id: str
    title: str
    caption: str
    rows: tuple[str, ...]
    labels: tuple[str, ...]
    groups: Mapping[str, str]
    columns: tuple[str, ...]
    entries: tuple[tuple[Entry, ...], ...]

    @property
    def number(self) -> str:
        """How the report names the table: `A1` is annex table A.1, `T3` table 3."""
        return f"A.{self.id[1:]}" if self.id.startswith("A") else self.id[1:]

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the columns, for people."""
        return tuple(LABELS[column] for column in self.columns)

    def lines(self) -> Iterator[tuple[str, str, bool, tuple[Entry, ...]]]:
        """For each row the subheading above it (or nothing), its label, whether it sums up others, and its entries."""
        for row, label, entries in zip(self.rows, self.labels, self.entries, strict=True):
            yield self.groups.get(row, ""), label, row in SUMMARIES, entries


def row_label(printed: Mapping[str, str], name: str) -> str:
    """A row's label as printed, product first; `name` where the text layer lost any of it.

    >>> row_label({"label": "Leon (Mexico)", "product_name": "Footwear"}, "León footwear")
    'Footwear, Leon (Mexico)'
    >>> row_label({"label": "[lost]"}, "León footwear")
    'León footwear'
    """
    parts = [printed[key] for key in ("product_name", "label") if printed.get(key)]
    return name if not parts or any(LOST in part for part in parts) else ", ".join(parts)
