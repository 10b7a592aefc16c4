"""The columns of an exported dataset: what each means, of which type it is, and which values it may have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    READINGS,
    SCORES,
)

SCORE_LABELS = {0: "absent", MAX_SCORE: "high"}
CODE_LABELS = {0: "absent", DOMESTIC: "domestic chain", GLOBAL: "global chain", BOTH: "domestic and global chain"}
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

    type: string, number or integer, the words of Frictionless; largest: of numbers, which begin at zero; words: all
    that a text may be (none: any text); labels: what numbers stand for.
    """

    name: str
    title: str
    meaning: str
    type: str
    largest: int | None = None
    words: tuple[str, ...] = ()
    labels: Mapping[int, str] | None = None

    @property
    def allowed(self) -> str:
        """The values that the column may have, for a codebook.

        >>> ExportColumn("inputs", "Inputs", "A score.", "number", 3, labels=SCORE_LABELS).allowed
        '0 to 3 (0 absent, 3 high)'
        """
        if self.words:
            return ", ".join(self.words)
        named = ", ".join(f"{value} {word}" for value, word in (self.labels or {}).items())
        return f"0 to {self.largest}{f' ({named})' if named else ''}" if self.largest else ""


def export_columns(sectors: Sequence[str]) -> list[ExportColumn]:
    """The columns of clusters.csv, then indices and degree of both readings; sectors: those of the dataset."""
    return [*_cluster_columns(sectors), *_index_columns()]


def _cluster_columns(sectors: Sequence[str]) -> Iterator[ExportColumn]:
    meanings = schema("results")["{dataset}/clusters.csv"]["columns"]
    for name in CLUSTER_COLUMNS:
        if name in SCORES:
            yield ExportColumn(name, LABELS[name], meanings[name], "number", MAX_SCORE, labels=SCORE_LABELS)
        elif name in GOVERNANCE:
            yield ExportColumn(name, LABELS[name], meanings[name], "integer", BOTH, labels=CODE_LABELS)
        else:
            words = tuple(sectors) if name == "sector" else ()
            yield ExportColumn(name, FACT_LABELS[name], meanings[name], "string", words=words)


def _index_columns() -> Iterator[ExportColumn]:
    meanings = schema("results")["{dataset}/{reading}/indices.csv"]["columns"]
    for reading in READINGS:
        for name in INDICES:
            title = f"{LABELS[name]}, {reading}"
            yield ExportColumn(f"{name}_{reading}", title, meanings[name], "number", MAX_INDEX)
        title = f"{LABELS['degree']}, {reading}"
        yield ExportColumn(f"degree_{reading}", title, meanings["degree"], "string", words=DEGREES)
