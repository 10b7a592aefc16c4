"""The worlds in which claims are tested: the report's records, read in each of the ways that a reader may take them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from collective_efficiency.choices import Choices
from collective_efficiency.claims.language.nodes import (
    CHAIN_COUNTS,
    NUMBER,
    WORD,
    PrintedCell,
    Subject,
    Value,
    Vocabulary,
    World,
    numbers_of,
)
from collective_efficiency.claims.language.statistics import exact_total
from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import (
    BOTH,
    DEGREES,
    DOMESTIC,
    GLOBAL,
    GOVERNANCE,
    INDICES,
    NOT_AVAILABLE,
    SCORES,
    UPGRADING,
)

# The ways to read the report: the reading, and how evidence names the way.
PRINTED_WAY = ("printed", "as printed")
RECOMPUTED_WAY = ("recomputed", "recomputed")
ROUNDED_WAY = ("recomputed", "recomputed with the sums rounded half up")  # before the degree is set
WAYS = (PRINTED_WAY, RECOMPUTED_WAY, ROUNDED_WAY)

KEYS_OF_SUMMARIES = ("total", "average")  # rows of a table that stand for all others
KINDS_OF_NUMBERS = ("item", "derived", "total", "average", "code")  # kinds of cell, also where none of a column is read


@dataclass(frozen=True)
class ReportRecords:
    """What claims are tested against: records of cells.csv, of clusters.csv, and of indices.csv by reading."""

    cells: Sequence[Record]
    clusters: Sequence[Record]
    indices: Mapping[str, Sequence[Record]]
    choices: Choices

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The sectors, clusters, tables, rows and columns that predicates may name."""
        columns: dict[str, dict[str, str]] = {}
        rows: dict[str, dict[str, None]] = {}
        for cell in self.cells:
            rows.setdefault(cell["table"], {})[cell["row"]] = None
            table = columns.setdefault(cell["table"], {})
            if cell["decimals"] or cell["kind"] in KINDS_OF_NUMBERS:
                table[cell["column"]] = NUMBER
            table.setdefault(cell["column"], WORD)
        return Vocabulary(
            tuple(dict.fromkeys(cluster["sector"] for cluster in self.clusters)),
            tuple(cluster["cluster"] for cluster in self.clusters),
            columns,
            {table: tuple(keys) for table, keys in rows.items()},
        )

    def worlds(self) -> tuple[World, ...]:
        """One world for each of WAYS."""
        cells = {(cell["table"], cell["row"], cell["column"]): self._printed(cell) for cell in self.cells}
        tables: dict[str, dict[str, dict[str, Value]]] = {}
        for (table, row, column), cell in cells.items():
            if row not in KEYS_OF_SUMMARIES:
                tables.setdefault(table, {}).setdefault(row, {"row": row})[column] = cell.value
        scored = [self._scored(cluster) for cluster in self.clusters]
        return tuple(World(tuple(self._indexed(scored, way)), cells, tables) for way in WAYS)

    def _printed(self, cell: Record) -> PrintedCell:
        if cell["status"] in ("lost", "not_available"):
            return PrintedCell(None)
        if cell["decimals"]:
            return PrintedCell(Fraction(cell["value"]), int(cell["decimals"]))
        is_number = self.vocabulary.columns[cell["table"]][cell["column"]] == NUMBER
        return PrintedCell(None if is_number else cell["value"])

    def _scored(self, cluster: Record) -> dict[str, Value]:
        """What is the same of a cluster in all worlds: its words, scores, and kinds of chain."""
        subject: dict[str, Value] = {column: cluster[column] for column in ("cluster", "sector", "industry", "country")}
        subject |= {score: self._score(cluster[score]) for score in SCORES}
        subject |= {code: _number(cluster[code]) for code in GOVERNANCE}
        upgrading = [subject[kind] for kind in UPGRADING if cluster[kind]]
        known = numbers_of(upgrading)
        subject["upgrading_sum"] = exact_total(known) if len(known) == len(upgrading) else None
        return subject | dict(zip(CHAIN_COUNTS, _chain_counts([subject[code] for code in GOVERNANCE]), strict=True))

    def _indexed(self, scored: Iterable[Mapping[str, Value]], way: tuple[str, str]) -> Iterable[Subject]:
        """The clusters with the indices and the degree of one way to read the report."""
        indices = {index["cluster"]: index for index in self.indices[way[0]]}
        for subject in scored:
            index = indices[str(subject["cluster"])]
            numbers = {name: _number(index[name]) for name in INDICES}
            degree = self._degree_of_rounded(numbers) if way is ROUNDED_WAY else index["degree"] or None
            yield {**subject, **numbers, "degree": degree}

    def _score(self, text: str) -> Value:
        return Fraction(0) if text == NOT_AVAILABLE and self.choices.missing == "zero" else _number(text)

    def _degree_of_rounded(self, indices: Mapping[str, Value]) -> Value:
        eei, jai = indices["eei"], indices["jai"]
        if not isinstance(eei, Fraction) or not isinstance(jai, Fraction):
            return None
        choices = self.choices
        ce = choices.eei_weight * Fraction(half_up(eei, 0)) + choices.jai_weight * Fraction(half_up(jai, 0))
        high, medium, low = DEGREES
        return high if ce >= choices.high else low if ce <= choices.low else medium


def _number(text: str) -> Value:
    return Fraction(text) if text not in ("", NOT_AVAILABLE) else None


def _chain_counts(codes: Sequence[Value]) -> tuple[Value, ...]:
    """In how many kinds of chain a cluster takes part: in all, at home, abroad; None where no code is known."""
    known = numbers_of(codes)
    if not known:
        return None, None, None
    wanted = ((DOMESTIC, GLOBAL, BOTH), (DOMESTIC, BOTH), (GLOBAL, BOTH))
    return tuple(Fraction(sum(code in kinds for code in known)) for kinds in wanted)
