"""The columns of an exported dataset: what each means, of which type it is, and which values and codes it may have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.package import schema
from collective_efficiency.words import (
    BOTH,
    CLUSTER_COLUMNS,
    DEGREES,
    DOMESTIC,
    GLOBAL,
    GOVERNANCE,
    INDICES,
    LABELS,
    MAX_INDEX,
    MAX_SCORE,
    NOT_AVAILABLE,
    READINGS,
    SCORES,
)

SCORE_LABELS = {0: "absent", 1: "low", 2: "medium", MAX_SCORE: "high"}  # the legend of Annex 1
CODE_LABELS = {0: "absent", DOMESTIC: "domestic chain", GLOBAL: "global chain", BOTH: "domestic and global chain"}
TAG_NO_SCORE, TAG_NEVER_SCORED = "a", "b"  # the letters of extended missing values in Stata, and of tagged ones in R
MISSING_LABELS = {TAG_NO_SCORE: "n.a.: the source has no score", TAG_NEVER_SCORED: "never scored"}
FACT_LABELS = {
    "cluster": "Cluster, its id",
    "name": "Name",
    "sector": "Sector",
    "industry": "Industry",
    "country": "Country",
    "study": "Study that scored it",
}


@dataclass(frozen=True)
class ExportColumn:
    """A column of the export.

    type: string, number or integer, the words of Frictionless; largest: of numbers, which begin at zero; labels: what
    numbers stand for; codes: of a text that is one of a few words, the number that stands for each in statistics
    programs, in the order of these, and words: what people read for it; empty: what an empty cell means.
    """

    name: str
    title: str
    meaning: str
    type: str
    largest: int | None = None
    labels: Mapping[int, str] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    empty: str = TAG_NO_SCORE

    @property
    def allowed(self) -> str:
        """The values that the column may have, for a codebook.

        >>> ExportColumn("inputs", "Inputs", "A score.", "number", 3, SCORE_LABELS).allowed
        '0 to 3 (0 absent, 1 low, 2 medium, 3 high)'
        """
        if self.codes:
            return ", ".join(f"{word} ({code})" for word, code in self.codes.items())
        named = ", ".join(f"{value} {word}" for value, word in self.labels.items())
        return f"0 to {self.largest}{f' ({named})' if named else ''}" if self.largest else ""

    @property
    def numbered(self) -> bool:
        """Whether it is a number in statistics programs: a measured one, or the code of a word."""
        return self.type != "string" or bool(self.codes)

    @property
    def value_labels(self) -> dict[int, str]:
        """What its numbers stand for, those of coded words too; empty where they stand for themselves."""
        return {code: self.words.get(word, word) for word, code in self.codes.items()} or dict(self.labels)

    def value(self, text: str) -> int | float | str:
        """What stands for the text of a cell in a statistics program: a number, or the letter of a missing value.

        >>> degree = ExportColumn("degree", "Degree", "", "string", codes={"Low": 0, "Medium": 1, "High": 2})
        >>> degree.value("High"), degree.value("")
        (2, 'a')
        """
        if not self.numbered:
            return text
        if text in ("", NOT_AVAILABLE):
            return TAG_NO_SCORE if text else self.empty
        return self.codes[text] if self.codes else float(text)


def sector_codes(sectors: Sequence[Record]) -> dict[str, int]:
    """The code of each sector: its `code`, where the record has one, else its place in the list, from 1.

    sectors: the records of sectors.csv; the report's has no codes, and never changes.
    """
    return {row["sector"]: int(row.get("code", place)) for place, row in enumerate(sectors, 1)}


def export_columns(sectors: Sequence[Record]) -> list[ExportColumn]:
    """The columns of clusters.csv, then indices and degree of both readings; sectors: the records of sectors.csv."""
    return [*_cluster_columns(sectors), *_index_columns()]


def _cluster_columns(sectors: Sequence[Record]) -> Iterator[ExportColumn]:
    meanings = schema("results")["{dataset}/clusters.csv"]["columns"]
    codes = sector_codes(sectors)
    for name in CLUSTER_COLUMNS:
        if name in SCORES:
            yield ExportColumn(
                name, LABELS[name], meanings[name], "number", MAX_SCORE, SCORE_LABELS, empty=TAG_NEVER_SCORED
            )
        elif name in GOVERNANCE:
            yield ExportColumn(name, LABELS[name], meanings[name], "integer", BOTH, CODE_LABELS, empty=TAG_NEVER_SCORED)
        elif name == "sector":
            words = {row["sector"]: row["name"] for row in sectors}
            yield ExportColumn(name, FACT_LABELS[name], meanings[name], "string", codes=codes, words=words)
        else:
            yield ExportColumn(name, FACT_LABELS[name], meanings[name], "string")


def _index_columns() -> Iterator[ExportColumn]:
    meanings = schema("results")["{dataset}/{reading}/indices.csv"]["columns"]
    codes = {
        degree: code for code, degree in enumerate(reversed(DEGREES))
    }  # Low 0, Medium 1, High 2: they can be ordered
    for reading in READINGS:
        for name in INDICES:
            yield ExportColumn(f"{name}_{reading}", f"{LABELS[name]}, {reading}", meanings[name], "number", MAX_INDEX)
        title = f"{LABELS['degree']}, {reading}"
        yield ExportColumn(f"degree_{reading}", title, meanings["degree"], "string", codes=codes)
