"""The ledger of the claims, claims.yaml: paraphrases, facts and predicates, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from collective_efficiency.claims.language.grammar import compile_predicate
from collective_efficiency.claims.language.nodes import Fact, Node, PredicateError, Vocabulary
from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import read_yaml
from collective_efficiency.numbers.printed import NumberFormat, parse
from collective_efficiency.problems import BadInputError, Problem, allowed
from collective_efficiency.words import DEGREES


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
class ExclusivePair:
    """Two claims, by their ids, that cannot both hold, and why."""

    first: str
    second: str
    because: str


@dataclass(frozen=True)
class Ledger:
    """All claims by id, the topics in the order in which they are shown, and the pairs that exclude each other."""

    topics: tuple[str, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[ExclusivePair, ...]


def read_ledger(file: str, content: bytes, vocabulary: Vocabulary) -> Ledger:
    """The ledger in `content`. Raises BadInputError with every problem, each naming its claim."""
    problems: list[Problem] = []
    document = read_yaml(file, content, schema("claims.schema"), problems)
    claims = []
    if document is not None:
        claims = [_claim(file, name, entry, vocabulary, problems) for name, entry in document["claims"].items()]
        _check_topics(file, claims, document["topics"], problems)
        _check_pairs(file, document["pairs"], [claim.id for claim in claims], problems)
    if problems:
        raise BadInputError(_name_claim(problem) for problem in problems)
    pairs = tuple(ExclusivePair(pair["claims"][0], pair["claims"][1], pair["because"]) for pair in document["pairs"])
    return Ledger(tuple(document["topics"]), tuple(sorted(claims, key=lambda claim: claim.id)), pairs)


def _check_topics(file: str, claims: list[Claim], topics: list[str], problems: list[Problem]) -> None:
    for claim in claims:
        if claim.topic not in topics:
            message = f"unknown topic; {allowed(topics, claim.topic)}"
            problems.append(Problem(file, claim.id, "topic", claim.topic, message))


def _check_pairs(file: str, pairs: list[dict[str, Any]], known: list[str], problems: list[Problem]) -> None:
    for position, pair in enumerate(pairs):
        for name in pair["claims"]:
            if name not in known:
                nearest = get_close_matches(name, known, n=1)  # all ids are too many to list
                message = "no claim has this id" + (f"; did you mean {nearest[0]}?" if nearest else "")
                problems.append(Problem(file, "", f"pairs.{position}.claims", name, message))


def _name_claim(problem: Problem) -> Problem:
    """The problem with its claim as the row, where the schema named it as a part of the path."""
    parts = problem.column.split(".")
    if parts[0] != "claims" or len(parts) < 2:
        return problem
    row = f"{problem.row} ({parts[1]})" if problem.row else parts[1]
    return Problem(problem.file, row, ".".join(parts[2:]), problem.value, problem.message)


def _claim(file: str, name: str, entry: Mapping[str, Any], vocabulary: Vocabulary, problems: list[Problem]) -> Claim:
    if ("variants" in entry) == ("not_testable" in entry):
        problems.append(Problem(file, name, "", "", "either variants or not_testable must stand here, not both"))
    facts = {word: _fact(fact) for word, fact in entry.get("facts", {}).items()}
    problems += _problems_of_facts(file, name, entry, facts, vocabulary)
    variants = []
    for position, variant in enumerate(entry.get("variants", ())):
        try:
            predicate = compile_predicate(variant["holds_if"], vocabulary, facts)
            variants.append(Variant(variant["reads"], variant["holds_if"], predicate))
        except PredicateError as error:
            problems.append(Problem(file, name, f"variants.{position}.holds_if", error.found, str(error)))
    reason = entry.get("not_testable", "")
    return Claim(name, str(entry["line"]), entry["topic"], entry["paraphrase"], facts, tuple(variants), reason)


def _problems_of_facts(
    file: str, name: str, entry: Mapping[str, Any], facts: Mapping[str, Fact], vocabulary: Vocabulary
) -> list[Problem]:
    taken = {*vocabulary.sectors, *DEGREES, *(column for table in vocabulary.columns.values() for column in table)}
    texts = [variant["holds_if"] for variant in entry.get("variants", ())]
    problems = []
    for word in facts:
        if word in taken:
            problems.append((word, "this word has a meaning of its own; take another"))
        if texts and not any(word in text for text in texts):
            problems.append((word, "no variant uses this fact"))
    return [Problem(file, name, f"facts.{word}", word, message) for word, message in problems]


def _fact(entry: Mapping[str, Any]) -> Fact:
    value, line = entry["value"], str(entry["line"])
    if isinstance(value, bool):
        return Fact(value, line)
    try:
        number = parse(str(value), NumberFormat())
    except ValueError:
        return Fact(str(value), line)
    return Fact(number.value, line, number.decimals)
