"""What a regenerated table holds: a value for each cell of the report, and what the audit says of the printed one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from collective_efficiency.words import LABELS, LOST, SUMMARY_ROWS

# How a cell is marked, and what the mark means; in the order in which a legend names them.
MARKS = {
    "differs": "printed: the report prints this, and it does not follow from the scores",
    "assumed": "{assumed}: the printed value follows from the scores under this assumption only",
    "lost": "lost: the text layer of the report does not hold the cell",
    "unchecked": "not checkable: nothing in the report says what the cell should hold",
    "chosen": "by the report's rules: what its own rules give, where the choices of this run give another value",
}


@dataclass(frozen=True)
class Entry:
    """A regenerated value as text, and what is said of the printed one.

    mark: a key of MARKS, or nothing where the printed value is as regenerated; printed: the cell as printed, where it
    is marked and another; assumed: what a value that is `assumed` assumes (truncated, n.a. counted as zero); by_report:
    what the report's own rules give, where the choices of the run give another value; n: the clusters behind a mean of
    a cross-tabulation.
    """

    text: str
    mark: str = ""
    printed: str = ""
    assumed: str = ""
    by_report: str = ""
    n: str = ""

    @property
    def note(self) -> str:
        """What stands beside the value, for people; empty where there is nothing to say."""
        same = self.printed == (self.by_report or self.text)
        said = [
            f"by the report's rules {self.by_report}" if self.by_report else "",
            "lost" if self.mark == "lost" else f"printed {self.printed}" if self.printed else "",
            "from a slip" if self.mark == "differs" and same else "",
            "not checkable" if self.mark == "unchecked" else "",
            self.assumed,
        ]
        return ", ".join(filter(None, said))

    @property
    def shown(self) -> str:
        """The value with its note, for people.

        >>> Entry("9", "differs", printed="8").shown, Entry("2.67", "assumed", "2.66", "truncated").shown
        ('9 (printed 8)', '2.67 (printed 2.66, truncated)')
        """
        return f"{self.text} ({self.note})" if self.note else self.text


@dataclass(frozen=True)
class Exhibit:
    """A regenerated table in the layout of the report.

    caption: what it shows, and in the last paragraph the choices it rests on; rows, columns: their keys in printed
    order; labels: how each row is named; groups: the subheadings, by the key of the first row below each; entries: for
    each row one entry for each column; counted: whether the clusters behind each value stand beside it.
    """

    id: str
    title: str
    caption: str
    rows: tuple[str, ...]
    labels: tuple[str, ...]
    groups: Mapping[str, str]
    columns: tuple[str, ...]
    entries: tuple[tuple[Entry, ...], ...]
    counted: bool = False

    @property
    def number(self) -> str:
        """How the report names the table: `A.1` is the first of the annex, `3` table 3."""
        return table_number(self.id)

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the columns, for people; n after each where the clusters behind it are shown."""
        names = (LABELS[column] for column in self.columns)
        return tuple(head for name in names for head in ((name, "n") if self.counted else (name,)))

    @property
    def legend(self) -> dict[str, str]:
        """What each mark means that the table has."""
        marked = [entry for entries in self.entries for entry in entries if entry.mark]
        assumed = " or ".join(dict.fromkeys(entry.assumed for entry in marked if entry.assumed))
        marks = {entry.mark for entry in marked} | {"chosen" for entry in marked if entry.by_report}
        return {mark: meaning.format(assumed=assumed) for mark, meaning in MARKS.items() if mark in marks}

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The whole caption: what the table shows, what its marks mean, and the choices it rests on."""
        *shows, choices = self.caption.split("\n\n")
        marks = [f"In brackets: {'; '.join(self.legend.values())}."] if self.legend else []
        return (*shows, *marks, choices)

    def lines(self) -> Iterator[tuple[str, str, bool, tuple[Entry, ...]]]:
        """For each row the subheading above it (or nothing), its label, whether it sums up others, and its entries."""
        for row, label, entries in zip(self.rows, self.labels, self.entries, strict=True):
            yield self.groups.get(row, ""), label, row in SUMMARY_ROWS, entries


def table_number(table: str) -> str:
    """How the report names a table.

    >>> table_number("A1"), table_number("T10")
    ('A.1', '10')
    """
    return f"A.{table[1:]}" if table.startswith("A") else table[1:]


def row_label(printed: Mapping[str, str], name: str) -> str:
    """A row's label as printed, product first; `name` where the text layer lost any of it.

    >>> row_label({"label": "Leon (Mexico)", "product_name": "Footwear"}, "León footwear")
    'Footwear, Leon (Mexico)'
    >>> row_label({"label": "[lost]"}, "León footwear")
    'León footwear'
    """
    parts = [printed[key] for key in ("product_name", "label") if printed.get(key)]
    return name if not parts or any(LOST in part for part in parts) else ", ".join(parts)
