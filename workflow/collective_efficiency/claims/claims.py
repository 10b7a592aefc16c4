"""Stage `claims`: every checkable statement of the report, executed against its tables under both readings.

In: claims.yaml (paraphrases, facts and predicates), and the rows of cells.csv, clusters.csv and both indices.csv. Out:
the rows of results/audit/claims.csv and contradictions.csv. The language of the predicates is in `predicates`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from collective_efficiency.choices import Choices
from collective_efficiency.claims.language import (
    KINDS,
    Fact,
    Node,
    PredicateError,
    PrintedCell,
    Scope,
    Value,
    Vocabulary,
    World,
    compile_predicate,
)
from collective_efficiency.files.yaml_files import read_yaml
from collective_efficiency.numbers.printed import NumberFormat, half_up, parse
from collective_efficiency.problems import BadInputError, Problem, allowed
from collective_efficiency.words import (
    BOTH,
    DEGREES,
    DOMESTIC,
    GLOBAL,
    GOVERNANCE,
    INDICES,
    NOT_AVAILABLE,
    READINGS,
    SCORES,
    UPGRADING,
)

TextRow = Mapping[str, str]
SUPPORTED, CONTRADICTED, DEPENDS, NOT_TESTABLE = VERDICTS = ("supported", "contradicted", "depends", "not_testable")
CLAIM_COLUMNS = ("claim", "line", "topic", "paraphrase", "printed", "recomputed", "verdict", "evidence")
PAIR_COLUMNS = ("first", "second", "because", "first_verdict", "second_verdict", "state")
SUMMARY_ROWS = ("total", "average")
NUMBER_KINDS = ("item", "derived", "total", "average", "code")

MAX_QUANTITIES = 8  # in the evidence of one variant

# The ways in which the degree is set: the reading, and how evidence names the way.
WAYS = (
    ("printed", "as printed"),
    ("recomputed", "recomputed"),
    ("recomputed", "recomputed with the sums rounded half up"),
)


@dataclass(frozen=True)
class Variant:
    """One way in which a reasonable reader may take a claim: in words, as text and compiled."""

    reads: str
    holds_if: str
    predicate: Node


@dataclass(frozen=True)
class Claim:
    """One statement of the report. It has variants, or the reason why no predicate can decide it."""

    id: str
    line: str
    topic: str
    paraphrase: str
    facts: Mapping[str, Fact]
    variants: tuple[Variant, ...]
    not_testable: str = ""


@dataclass(frozen=True)
class Pair:
    """Two claims that cannot both hold, and why."""

    first: str
    second: str
    because: str


@dataclass(frozen=True)
class Ledger:
    """All claims by id, the topics in the order in which they are shown, and the pairs that exclude each other."""

    topics: tuple[str, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Data:
    """What claims are tested against: rows of cells.csv, of clusters.csv, and of indices.csv by reading."""

    cells: Sequence[TextRow]
    clusters: Sequence[TextRow]
    indices: Mapping[str, Sequence[TextRow]]
    choices: Choices

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The sectors, clusters, tables, rows and columns that predicates may name."""
        columns: dict[str, dict[str, str]] = {}
        rows: dict[str, dict[str, None]] = {}
        for cell in self.cells:
            rows.setdefault(cell["table"], {})[cell["row"]] = None
            table = columns.setdefault(cell["table"], {})
            if cell["decimals"] or cell["kind"] in NUMBER_KINDS:
                table[cell["column"]] = "number"
            table.setdefault(cell["column"], "word")
        return Vocabulary(
            tuple(dict.fromkeys(row["sector"] for row in self.clusters)),
            tuple(row["cluster"] for row in self.clusters),
            columns,
            {table: tuple(keys) for table, keys in rows.items()},
        )

    def worlds(self) -> tuple[World, ...]:
        """One world for each of WAYS."""
        cells = {(cell["table"], cell["row"], cell["column"]): self._printed(cell) for cell in self.cells}
        tables: dict[str, dict[str, dict[str, Value]]] = {}
        for (table, row, column), cell in cells.items():
            if row not in SUMMARY_ROWS:
                tables.setdefault(table, {}).setdefault(row, {"row": row})[column] = cell.value
        return tuple(
            World(tuple(self._clusters(reading, rounded=place == len(WAYS) - 1)), cells, tables)
            for place, (reading, _) in enumerate(WAYS)
        )

    def _printed(self, cell: TextRow) -> PrintedCell:
        if cell["status"] in ("lost", "not_available"):
            return PrintedCell(None)
        if cell["decimals"]:
            return PrintedCell(Fraction(cell["value"]), int(cell["decimals"]))
        is_number = self.vocabulary.columns[cell["table"]][cell["column"]] == "number"
        return PrintedCell(None if is_number else cell["value"])

    def _clusters(self, reading: str, rounded: bool) -> Iterable[dict[str, Value]]:
        indices = {row["cluster"]: row for row in self.indices[reading]}
        for cluster in self.clusters:
            row: dict[str, Value] = {column: cluster[column] for column in ("cluster", "sector", "industry", "country")}
            row |= {score: self._score(cluster[score]) for score in SCORES}
            row |= {code: _number(cluster[code]) for code in GOVERNANCE}
            index = indices[cluster["cluster"]]
            row |= {name: _number(index[name]) for name in INDICES}
            row["degree"] = index["degree"] or None
            if rounded:
                row["degree"] = self._degree_of_rounded(row)
            upgrading = [row[kind] for kind in UPGRADING if cluster[kind]]
            numbers = [value for value in upgrading if isinstance(value, Fraction)]
            row["upgrading_sum"] = sum(numbers, Fraction(0)) if numbers and len(numbers) == len(upgrading) else None
            row |= dict(zip(KINDS, _kinds([row[code] for code in GOVERNANCE]), strict=True))
            yield row

    def _score(self, text: str) -> Value:
        return Fraction(0) if text == NOT_AVAILABLE and self.choices.missing == "zero" else _number(text)

    def _degree_of_rounded(self, row: Mapping[str, Value]) -> Value:
        eei, jai = row["eei"], row["jai"]
        if not isinstance(eei, Fraction) or not isinstance(jai, Fraction):
            return None
        choices = self.choices
        ce = choices.eei_weight * Fraction(half_up(eei, 0)) + choices.jai_weight * Fraction(half_up(jai, 0))
        high, medium, low = DEGREES
        return high if ce >= choices.high else low if ce <= choices.low else medium


def _number(text: str) -> Value:
    return Fraction(text) if text not in ("", NOT_AVAILABLE) else None


def _kinds(codes: Sequence[Value]) -> tuple[Value, Value, Value]:
    """In how many kinds of chain a cluster takes part: in all, at home, abroad; None where no code is known."""
    known = [code for code in codes if code is not None]
    if not known:
        return None, None, None
    counts = (
        sum(code != 0 for code in known),
        sum(code in (DOMESTIC, BOTH) for code in known),
        sum(code in (GLOBAL, BOTH) for code in known),
    )
    return Fraction(counts[0]), Fraction(counts[1]), Fraction(counts[2])


@dataclass(frozen=True)
class Outcome:
    """What a variant comes to in one world: its truth (None if undecided) and its quantities as words."""

    truth: bool | None
    quantities: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a claim: under each reading, in all, and the evidence in one sentence."""

    claim: Claim
    printed: str
    recomputed: str
    verdict: str
    evidence: str

    def record(self) -> dict[str, str]:
        """The verdict as a row of claims.csv."""
        claim = self.claim
        texts = (claim.id, claim.line, claim.topic, claim.paraphrase)
        rest = (self.printed, self.recomputed, self.verdict, self.evidence)
        return dict(zip(CLAIM_COLUMNS, (*texts, *rest), strict=True))


def read_ledger(file: str, content: bytes, schema: Mapping[str, Any], vocabulary: Vocabulary) -> Ledger:
    """The ledger in `content`. Raises BadInputError with every problem, each naming its claim."""
    problems: list[Problem] = []
    document = read_yaml(file, content, schema, problems)
    claims = []
    if document is not None:
        claims = [_claim(file, name, entry, vocabulary, problems) for name, entry in document["claims"].items()]
        known = [claim.id for claim in claims]
        for claim in claims:
            if claim.topic not in document["topics"]:
                message = f"unknown topic; {allowed(document['topics'], claim.topic)}"
                problems.append(Problem(file, claim.id, "topic", claim.topic, message))
        for place, pair in enumerate(document["pairs"]):
            for name in pair["claims"]:
                if name not in known:
                    message = f"no claim has this id; the nearest: {allowed(known, name).rpartition('mean ')[2][:40]}"
                    problems.append(Problem(file, "", f"pairs.{place}.claims", name, message))
    if problems:
        raise BadInputError(_name_claim(problem) for problem in problems)
    pairs = tuple(Pair(pair["claims"][0], pair["claims"][1], pair["because"]) for pair in document["pairs"])
    return Ledger(tuple(document["topics"]), tuple(sorted(claims, key=lambda claim: claim.id)), pairs)


def _name_claim(problem: Problem) -> Problem:
    """The problem with its claim as the row, where the schema named it as a part of the place."""
    parts = problem.column.split(".")
    if problem.row or parts[0] != "claims" or len(parts) < 2:
        return problem
    return Problem(problem.file, parts[1], ".".join(parts[2:]), problem.value, problem.message)


def _claim(file: str, name: str, entry: Mapping[str, Any], vocabulary: Vocabulary, problems: list[Problem]) -> Claim:
    facts: dict[str, Fact] = {}
    for word, fact in entry.get("facts", {}).items():
        taken = (*vocabulary.sectors, *DEGREES, *(column for table in vocabulary.columns.values() for column in table))
        if word in taken:
            message = "this word has a meaning of its own; take another"
            problems.append(Problem(file, name, f"facts.{word}", word, message))
        facts[word] = _fact(fact)
    if ("variants" in entry) == ("not_testable" in entry):
        problems.append(Problem(file, name, "", "", "either variants or not_testable must stand here, not both"))
    variants = []
    for place, variant in enumerate(entry.get("variants", ())):
        try:
            predicate = compile_predicate(variant["holds_if"], vocabulary, facts)
            variants.append(Variant(variant["reads"], variant["holds_if"], predicate))
        except PredicateError as error:
            problems.append(Problem(file, name, f"variants.{place}.holds_if", error.found, str(error)))
    unused = [word for word in facts if not any(word in variant["holds_if"] for variant in entry.get("variants", ()))]
    for word in unused if "variants" in entry else ():
        problems.append(Problem(file, name, f"facts.{word}", word, "no variant uses this fact"))
    reason = entry.get("not_testable", "")
    return Claim(name, str(entry["line"]), entry["topic"], entry["paraphrase"], facts, tuple(variants), reason)


def _fact(entry: Mapping[str, Any]) -> Fact:
    value, line = entry["value"], str(entry["line"])
    if isinstance(value, bool):
        return Fact(value, line)
    try:
        number = parse(str(value), NumberFormat())
    except ValueError:
        return Fact(str(value), line)
    return Fact(number.value, line, number.decimals)


def evaluate(ledger: Ledger, data: Data) -> tuple[Verdict, ...]:
    """The verdict of every claim of `ledger` on `data`, in the order of their ids."""
    worlds = data.worlds()
    return tuple(_verdict(claim, worlds) for claim in ledger.claims)


def _verdict(claim: Claim, worlds: Sequence[World]) -> Verdict:
    outcomes = [[_outcome(variant.predicate, world) for world in worlds] for variant in claim.variants]
    by_reading = {
        reading: combine(row[place].truth for row in outcomes for place in _ways_of(reading)) for reading in READINGS
    }
    verdict = combine(outcome.truth for row in outcomes for outcome in row)
    evidence = _evidence(claim, outcomes, verdict)
    return Verdict(claim, by_reading["printed"], by_reading["recomputed"], verdict, evidence)


def _ways_of(reading: str) -> list[int]:
    return [place for place, (way, _) in enumerate(WAYS) if way == reading]


def _outcome(predicate: Node, world: World) -> Outcome:
    scope = Scope(world)
    truth = predicate.value(scope)
    quantities = predicate.evidence(scope)
    shown = [f"{quantity.words}: {quantity.show(scope)}" for quantity in quantities[:MAX_QUANTITIES]]
    if len(quantities) > MAX_QUANTITIES:
        shown.append(f"and {len(quantities) - MAX_QUANTITIES} more numbers")
    return Outcome(truth if isinstance(truth, bool) else None, tuple(shown))


def combine(truths: Iterable[bool | None]) -> str:
    """The verdict on one claim of several truths; None decides nothing."""
    found = {truth for truth in truths if truth is not None}
    return {frozenset(): NOT_TESTABLE, frozenset({True}): SUPPORTED, frozenset({False}): CONTRADICTED}.get(
        frozenset(found), DEPENDS
    )


def _evidence(claim: Claim, outcomes: Sequence[Sequence[Outcome]], verdict: str) -> str:
    """One sentence: for each variant whether it holds, where, and the quantities that decide."""
    if claim.not_testable:
        return f"Not testable: {claim.not_testable.strip().rstrip('.')}."
    parts = [f"{variant.reads}: {_of_variant(row)}" for variant, row in zip(claim.variants, outcomes, strict=True)]
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _of_variant(row: Sequence[Outcome]) -> str:
    groups: dict[Outcome, list[str]] = {}
    for outcome, (_, way) in zip(row, WAYS, strict=True):
        groups.setdefault(outcome, []).append(way)
    texts = []
    for outcome, ways in groups.items():
        holds = {True: "holds", False: "fails", None: "cannot be decided"}[outcome.truth]
        where = "" if len(groups) == 1 else f" {_joined(ways)}"
        what = f" ({'; '.join(outcome.quantities)})" if outcome.quantities else ""
        texts.append(f"{holds}{where}{what}")
    return ", ".join(texts)


def _joined(ways: Sequence[str]) -> str:
    recomputed = [way for reading, way in WAYS if reading == "recomputed"]
    if set(recomputed) <= set(ways):
        ways = [way for way in ways if way not in recomputed[1:]]
    return " and ".join(ways)


def contradictions(ledger: Ledger, verdicts: Iterable[Verdict]) -> list[dict[str, str]]:
    """The declared pairs as rows of contradictions.csv.

    state: `open` where the tables contradict neither (the report says both), `impossible` where both are supported
    (then a predicate is wrong), `settled` where the tables contradict one, `both fall` where they contradict both.
    """
    found = {verdict.claim.id: verdict.verdict for verdict in verdicts}
    rows = []
    for pair in sorted(ledger.pairs, key=lambda pair: (pair.first, pair.second)):
        both = (found[pair.first], found[pair.second])
        falls = both.count(CONTRADICTED)
        state = "impossible" if both == (SUPPORTED, SUPPORTED) else ("open", "settled", "both fall")[falls]
        rows.append(dict(zip(PAIR_COLUMNS, (pair.first, pair.second, pair.because, *both, state), strict=True)))
    return rows


def changed(before: Iterable[Verdict], after: Iterable[Verdict]) -> list[tuple[str, str, str]]:
    """The claims whose verdict differs between two evaluations of one ledger: id, verdict before, verdict after."""
    pairs = zip(before, after, strict=True)
    return [(old.claim.id, old.verdict, new.verdict) for old, new in pairs if old.verdict != new.verdict]
