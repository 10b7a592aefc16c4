"""The ledger of the claims, claims.yaml: paraphrases, facts and predicates, read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collective_efficiency.claims.language.grammar import compile_predicate
from collective_efficiency.claims.language.nodes import Fact, Node, PredicateError, Vocabulary
from collective_efficiency.claims.verdicts import Role, Strength
from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import read_yaml
from collective_efficiency.numbers.printed import NumberFormat, parse
from collective_efficiency.problems import BadInputError, Problem, allowed, nearest
from collective_efficiency.report.text_lines import misplaced_lines
from collective_efficiency.words import DEGREES


@dataclass(frozen=True)
class Variant:
    """One way in which a reader may take a claim: in words, as text and compiled.

    role: what it is to the claim; is_open: whether the text leaves open that it is meant so, where strict or generous.
    """

    reads: str
    holds_if: str
    predicate: Node
    role: Role = Role.MAIN
    is_open: bool = False

    @property
    def may_decide(self) -> bool:
        """Whether a verdict may turn on it."""
        return self.role in (Role.MAIN, Role.POSSIBLE) or self.is_open


@dataclass(frozen=True)
class Claim:
    """One statement of the report. It has variants, or the reason why no predicate can decide it.

    weight: that of its kind, 1 for the lightest. note: why the verdict is what it is, where a reader may doubt it.
    """

    id: str
    line: str
    topic: str
    kind: str
    weight: int
    strength: Strength
    paraphrase: str
    facts: Mapping[str, Fact]
    variants: tuple[Variant, ...]
    not_testable: str = ""
    note: str = ""


@dataclass(frozen=True)
class ExclusivePair:
    """Two claims, by their ids, that cannot both hold, and why."""

    first: str
    second: str
    because: str


@dataclass(frozen=True)
class Ledger:
    """All claims by id, and the pairs that exclude each other.

    topics, kinds: in the order in which they are shown; kinds by weight, the heaviest first.
    """

    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[ExclusivePair, ...]


def read_ledger(file: str, content: bytes, vocabulary: Vocabulary, length: int = 0) -> Ledger:
    """The ledger in `content`. Raises BadInputError with every problem, each naming its claim.

    length: how many lines the report's text has (`text_length`); 0 where that is not known.
    """
    problems: list[Problem] = []
    document = read_yaml(file, content, schema("claims.schema"), problems)
    claims = []
    if document is not None:
        kinds = document["kinds"]
        claims = [_claim(file, name, entry, kinds, vocabulary, problems) for name, entry in document["claims"].items()]
        _check_words(file, claims, document, problems)
        _check_lines(file, claims, length, problems)
        _check_pairs(file, document["pairs"], [claim.id for claim in claims], problems)
    if problems:
        raise BadInputError(_name_claim(problem) for problem in problems)
    pairs = tuple(ExclusivePair(pair["claims"][0], pair["claims"][1], pair["because"]) for pair in document["pairs"])
    in_order = tuple(sorted(claims, key=lambda claim: claim.id))
    return Ledger(tuple(document["topics"]), tuple(document["kinds"]), in_order, pairs)


def _check_words(file: str, claims: list[Claim], document: Mapping[str, Any], problems: list[Problem]) -> None:
    """Topics and kinds are declared at the top of the file, in the order in which they are shown."""
    for claim in claims:
        for key, word, declared in (("topic", claim.topic, "topics"), ("kind", claim.kind, "kinds")):
            if word not in document[declared]:
                message = f"unknown {key}; {allowed(document[declared], word)}"
                problems.append(Problem(file, claim.id, key, word, message))


def _check_lines(file: str, claims: list[Claim], length: int, problems: list[Problem]) -> None:
    """The lines of every claim and fact stand in the text, whose length tables.yaml declares."""
    for claim in claims:
        lines = {"line": claim.line} | {f"facts.{word}.line": fact.line for word, fact in claim.facts.items()}
        for key, line in lines.items():
            if wrong := misplaced_lines(line, length):
                problems.append(Problem(file, claim.id, key, line, wrong))


def _check_pairs(file: str, pairs: list[dict[str, Any]], known: list[str], problems: list[Problem]) -> None:
    for position, pair in enumerate(pairs):
        for name in pair["claims"]:
            if name not in known:
                message = f"no claim has this id{nearest(name, known)}"
                problems.append(Problem(file, "", f"pairs.{position}.claims", name, message))


def _name_claim(problem: Problem) -> Problem:
    """The problem with its claim as the row, where the schema named it as a part of the path."""
    parts = problem.column.split(".")
    if parts[0] != "claims" or len(parts) < 2:
        return problem
    row = f"{problem.row} ({parts[1]})" if problem.row else parts[1]
    return Problem(problem.file, row, ".".join(parts[2:]), problem.value, problem.message)


def _claim(
    file: str,
    name: str,
    entry: Mapping[str, Any],
    kinds: Sequence[str],
    vocabulary: Vocabulary,
    problems: list[Problem],
) -> Claim:
    if ("variants" in entry) == ("not_testable" in entry):
        problems.append(Problem(file, name, "", "", "either variants or not_testable must stand here, not both"))
    facts = {word: _fact(fact) for word, fact in entry.get("facts", {}).items()}
    problems += _problems_of_facts(file, name, entry, facts, vocabulary)
    problems += _problems_of_roles(file, name, entry)
    variants = []
    for position, variant in enumerate(entry.get("variants", ())):
        try:
            predicate = compile_predicate(variant["holds_if"], vocabulary, facts)
        except PredicateError as error:
            problems.append(Problem(file, name, f"variants.{position}.holds_if", error.found, str(error)))
            continue
        role = Role(variant.get("role", Role.MAIN))
        variants.append(Variant(variant["reads"], variant["holds_if"], predicate, role, variant.get("open", False)))
    kind = entry["kind"]
    return Claim(
        id=name,
        line=str(entry["line"]),
        topic=entry["topic"],
        kind=kind,
        weight=len(kinds) - kinds.index(kind) if kind in kinds else 0,
        strength=Strength(entry.get("strength", Strength.PLAIN)),
        paraphrase=entry["paraphrase"],
        facts=facts,
        variants=tuple(variants),
        not_testable=entry.get("not_testable", ""),
        note=" ".join(entry.get("note", "").split()),
    )


def _problems_of_roles(file: str, name: str, entry: Mapping[str, Any]) -> list[Problem]:
    variants = entry.get("variants", ())
    roles = [variant.get("role", Role.MAIN) for variant in variants]
    problems = []
    for position, (variant, role) in enumerate(zip(variants, roles, strict=True)):
        if "open" in variant and role not in (Role.STRICT, Role.GENEROUS):
            problems.append((position, "open", "only a strict or a generous reading is left open by the text"))
        if role in (Role.STRICT, Role.GENEROUS) and Role.MAIN not in roles:
            problems.append((position, role, "a claim that has this reading needs a main one, too"))
        if role == Role.POSSIBLE and entry.get("strength") != Strength.HEDGED:
            problems.append((position, role, "only a claim with `strength: hedged` has such a reading"))
    return [Problem(file, name, f"variants.{position}", found, message) for position, found, message in problems]


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
