"""The worlds in which claims are tested: the report's records, read in each of the ways that a reader may take them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from collective_efficiency.choices import Choices
from collective_efficiency.claims.language.evidence import Association
from collective_efficiency.claims.language.nodes import (
    CHAIN_COUNTS,
    NUMBER,
    WORD,
    PrintedCell,
    Subject,
    Vocabulary,
    World,
)
from collective_efficiency.claims.language.values import (
    NOT_NEGATIVE,
    UNKNOWN,
    Bound,
    Span,
    Value,
    bounds,
    combined,
    span_of,
)
from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import (
    BOTH,
    DEGREES,
    DOMESTIC,
    EXTERNAL_ECONOMIES,
    GLOBAL,
    GOVERNANCE,
    INDICES,
    ITEMS,
    JOINT_ACTIONS,
    MAX_INDEX,
    MAX_SCORE,
    NOT_AVAILABLE,
    SCORES,
    SUMMARY_ROWS,
    UPGRADING,
)


class Way(NamedTuple):
    """A way to read the report: the reading, how evidence names the way, and what becomes of sums and of n.a."""

    reading: str
    name: str
    is_rounded: bool = False  # the two indices, before the degree is set
    leaves_out: bool = False  # a score that is not available, which else counts as the choices say


PRINTED_WAY = Way("printed", "as printed")
RECOMPUTED_WAY = Way("recomputed", "recomputed")
ROUNDED_WAY = Way("recomputed", "recomputed with the sums rounded half up", is_rounded=True)
PRINTED_LEFT_OUT_WAY = Way("printed", "as printed with n.a. left out", leaves_out=True)
RECOMPUTED_LEFT_OUT_WAY = Way("recomputed", "recomputed with n.a. left out", leaves_out=True)
WAYS = (PRINTED_WAY, RECOMPUTED_WAY, ROUNDED_WAY, PRINTED_LEFT_OUT_WAY, RECOMPUTED_LEFT_OUT_WAY)

KINDS_OF_NUMBERS = ("item", "derived", "total", "average", "code")  # kinds of cell, also where none of a column is read
LEFT_OUT = Span(Fraction(0), Fraction(MAX_SCORE), is_left_out=True)
ANY_SCORE, ANY_INDEX = Span(Fraction(0), Fraction(MAX_SCORE)), Span(Fraction(0), Fraction(MAX_INDEX))
OF_KINDS = {"item": ANY_SCORE, "code": ANY_SCORE}  # what a cell that is not known may hold, by its kind
WORDS_OF_CLUSTERS = ("sector", "industry", "country")

Tests = Mapping[tuple[str, str], Mapping[tuple[str, str, str], Association]]


@dataclass(frozen=True)
class ReportRecords:
    """What claims are tested against: records of cells.csv, of clusters.csv, and of indices.csv by reading.

    associations: by reading and by what becomes of n.a. (zero, omit), what the inference stage says, by scope,
    predictor and outcome.
    """

    cells: Sequence[Record]
    clusters: Sequence[Record]
    indices: Mapping[str, Sequence[Record]]
    choices: Choices
    associations: Tests = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The sectors, clusters, tables, rows, columns and words that predicates may name."""
        columns: dict[str, dict[str, str]] = {}
        rows: dict[str, dict[str, None]] = {}
        words: dict[tuple[str, str], dict[str, None]] = {}
        for cell in self.cells:
            rows.setdefault(cell["table"], {})[cell["row"]] = None
            table = columns.setdefault(cell["table"], {})
            if cell["decimals"] or cell["kind"] in KINDS_OF_NUMBERS:
                table[cell["column"]] = NUMBER
            elif cell["status"] in ("read", "inferred"):
                words.setdefault((cell["table"], cell["column"]), {})[cell["value"]] = None
            table.setdefault(cell["column"], WORD)
        for cluster in self.clusters:
            for word in WORDS_OF_CLUSTERS:
                words.setdefault(("cluster", word), {})[cluster[word]] = None
        own_rows = {table: [row for row in keys if row not in SUMMARY_ROWS] for table, keys in rows.items()}
        return Vocabulary(
            tuple(words.get(("cluster", "sector"), {})),
            tuple(cluster["cluster"] for cluster in self.clusters),
            columns,
            {table: tuple(keys) for table, keys in rows.items()},
            {key: tuple(texts) for key, texts in words.items() if columns.get(key[0], {}).get(key[1]) != NUMBER},
            frozenset(table for table, keys in own_rows.items() if all(row in self._cluster_of_row for row in keys)),
            self._names,
        )

    @cached_property
    def _cluster_of_row(self) -> dict[str, str]:
        """The cluster of each row that is one, or a part of one: its key holds no other words than the cluster's id."""
        clusters = {cluster["cluster"]: set(cluster["cluster"].split("-")) for cluster in self.clusters}
        found = {name: name for name in clusters}
        for row in dict.fromkeys(cell["row"] for cell in self.cells):
            holders = [name for name, words in clusters.items() if set(row.split("-")) <= words]
            if row not in found and len(holders) == 1 and "-" in row:
                found[row] = holders[0]
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        """How evidence calls clusters and rows: a part of a cluster by the words that its other parts do not have."""
        names = {
            cluster["cluster"]: _without_comma(cluster.get("name") or cluster["cluster"]) for cluster in self.clusters
        }
        industries = {cluster["cluster"]: cluster["industry"] for cluster in self.clusters}
        for row, cluster in self._cluster_of_row.items():
            if row not in names:
                own = [word for word in row.split("-") if word in industries[cluster]]
                names[row] = f"{names[cluster]} ({' '.join(own)})"
        return names

    def worlds(self) -> tuple[World, ...]:
        """One world for each of WAYS."""
        cells = {(cell["table"], cell["row"], cell["column"]): self._printed(cell) for cell in self.cells}
        scored = {
            leaves_out: [self._scored(each, leaves_out) for each in self.clusters] for leaves_out in (False, True)
        }
        return tuple(self._world(way, scored[way.leaves_out], cells) for way in WAYS)

    def _world(
        self, way: Way, scored: Iterable[Mapping[str, Value]], cells: Mapping[tuple[str, str, str], PrintedCell]
    ) -> World:
        clusters = tuple(self._indexed(scored, way))
        by_id = {str(cluster["cluster"]): cluster for cluster in clusters}
        tables: dict[str, dict[str, dict[str, Value]]] = {}
        for (table, row, column), cell in cells.items():
            if row not in SUMMARY_ROWS:
                rows = tables.setdefault(table, {})
                if row not in rows:
                    rows[row] = {**by_id.get(self._cluster_of_row.get(row, ""), {}), "row": row}
                rows[row][column] = cell.value
        zeros = [] if way.leaves_out or self.choices.missing != "zero" else self._not_available()
        tested = self.associations.get((way.reading, "omit" if way.leaves_out else "zero"), {})
        return World(clusters, cells, tables, frozenset(zeros), tested)

    def _not_available(self) -> Iterable[tuple[str, str]]:
        for cluster in self.clusters:
            missing = [score for score in SCORES if cluster[score] == NOT_AVAILABLE]
            if not set(UPGRADING).isdisjoint(missing):
                missing.append("upgrading_sum")
            yield from ((cluster["cluster"], word) for word in missing)

    def _printed(self, cell: Record) -> PrintedCell:
        is_number = self.vocabulary.columns[cell["table"]][cell["column"]] == NUMBER
        if cell["status"] in ("lost", "not_available"):
            return PrintedCell(OF_KINDS.get(cell["kind"], NOT_NEGATIVE) if is_number else UNKNOWN)
        if cell["decimals"]:
            return PrintedCell(Fraction(cell["value"]), int(cell["decimals"]))
        return PrintedCell(NOT_NEGATIVE if is_number else cell["value"])

    def _scored(self, cluster: Record, leaves_out: bool) -> dict[str, Value]:
        """What follows of a cluster from its scores and codes alone: its words, and its kinds of chain."""
        as_zero = self.choices.missing == "zero" and not leaves_out
        subject: dict[str, Value] = {word: cluster[word] for word in ("cluster", *WORDS_OF_CLUSTERS)}
        for score in SCORES:
            if cluster[score] == NOT_AVAILABLE:
                subject[score] = Fraction(0) if as_zero else LEFT_OUT
            else:
                subject[score] = _number(cluster[score], ANY_SCORE)
        subject |= {code: _number(cluster[code], ANY_SCORE) for code in GOVERNANCE}
        subject["upgrading_sum"] = _sum(subject[kind] for kind in UPGRADING if cluster[kind])  # blank: no such column
        return subject | dict(zip(CHAIN_COUNTS, _chain_counts([subject[code] for code in GOVERNANCE]), strict=True))

    def _indexed(self, scored: Iterable[Mapping[str, Value]], way: Way) -> Iterable[Subject]:
        """The clusters with the indices and the degree of one way to read the report."""
        indices = {index["cluster"]: index for index in self.indices[way.reading]}
        for subject in scored:
            index = indices[str(subject["cluster"])]
            numbers = {name: _number(index[name], ANY_INDEX) for name in INDICES}
            degree: Value = index["degree"] or UNKNOWN
            if way.reading == RECOMPUTED_WAY.reading and any(isinstance(subject[item], Span) for item in ITEMS):
                sums = (_sum(subject[item] for item in items) for items in (EXTERNAL_ECONOMIES, JOINT_ACTIONS))
                numbers = dict(zip(INDICES, self._with_ce(*sums), strict=True))
                degree = self._degree(numbers["ce"])
            if way.is_rounded:
                rounded = (combined([numbers[name]], _half_up) for name in ("eei", "jai"))
                degree = self._degree(self._with_ce(*rounded)[-1])
            yield {**subject, **numbers, "degree": degree}

    def _with_ce(self, eei: Value, jai: Value) -> tuple[Value, Value, Value]:
        choices = self.choices
        ce = combined([eei, jai], lambda first, second: choices.eei_weight * first + choices.jai_weight * second)
        return eei, jai, ce

    def _degree(self, ce: Value) -> Value:
        """The degree of an index, where all that it may be has the same."""
        ends, choices = bounds(ce) or (Fraction(0), Fraction(MAX_INDEX)), self.choices
        high, medium, low = DEGREES
        degrees = {high if end >= choices.high else low if end <= choices.low else medium for end in ends}
        return degrees.pop() if len(degrees) == 1 else UNKNOWN


def _without_comma(name: str) -> str:
    """A name that can stand in a list: "Ubá, Minas Gerais" is Ubá."""
    return name.partition(",")[0]


def _number(text: str, unknown: Span) -> Value:
    return Fraction(text) if text not in ("", NOT_AVAILABLE) else unknown


def _sum(values: Iterable[Value]) -> Value:
    return combined(values, lambda *numbers: sum(numbers, Fraction(0)))


def _half_up(number: Bound) -> Bound:
    return Fraction(half_up(Fraction(number), 0))


def _chain_counts(codes: Sequence[Value]) -> tuple[Value, ...]:
    """In how many kinds of chain a cluster takes part: in all, at home, abroad; within bounds where none is known."""
    wanted = ((DOMESTIC, GLOBAL, BOTH), (DOMESTIC, BOTH), (GLOBAL, BOTH))
    unknown = sum(not isinstance(code, Fraction) for code in codes)
    counts = [sum(code in kinds for code in codes) for kinds in wanted]
    return tuple(span_of(Fraction(count), Fraction(count + unknown)) for count in counts)
