"""The registry of the functions: what is declared is used, and what is declared is what holds."""

import re
from fractions import Fraction

import pytest
from claims_data import data, ledger
from test_language import CASES

from collective_efficiency.claims.language.calls import TYPES, OfTable, Takes
from collective_efficiency.claims.language.grammar import compile_predicate
from collective_efficiency.claims.language.nodes import Fact, Scope
from collective_efficiency.claims.language.registry import REGISTRY

PREDICATES = [variant.holds_if for claim in ledger().claims for variant in claim.variants]


def test_every_function_is_used_by_a_claim_or_by_an_example_worked_by_hand() -> None:
    texts = " ".join([*PREDICATES, *(text for text, *_ in CASES)])
    assert [name for name in REGISTRY if not re.search(rf"\b{name}\(", texts)] == []


def test_every_kind_of_argument_is_taken_by_a_function() -> None:
    assert {each.takes for function in REGISTRY.values() for each in function.parameters} == set(Takes)
    assert set(TYPES) < set(Takes)


@pytest.mark.parametrize(
    ("name", "fewest", "most", "signature"),
    [
        ("count", 1, 2, "count([table, ]condition[, among])"),
        ("gamma", 2, 3, "gamma(x, y[, among])"),
        ("cell", 2, 2, "cell(table, row, column)"),
        ("largest", 2, 9, "largest(a, b, ...)"),
    ],
)
def test_arities_follow_from_the_declared_arguments(name: str, fewest: int, most: int, signature: str) -> None:
    function = REGISTRY[name]
    assert (function.fewest_arguments, function.most_arguments, function.signature) == (fewest, most, signature)


@pytest.mark.parametrize("name", [name for name, function in REGISTRY.items() if function.goes_through_clusters])
def test_a_fact_of_the_same_name_in_another_claim_is_another_number(name: str) -> None:
    """What a world remembers is of no claim: the same text with another fact has another value."""
    function = REGISTRY[name]
    arguments = {
        "condition": "eei > limit",
        **dict.fromkeys(("among", "within"), "ce > limit"),
        "x": "eei * limit",
        **dict.fromkeys(("y", "along"), "jai * limit"),
        "word": "industry",
        "part": "1/2",
        **dict.fromkeys(("who", "cluster"), "'leon-footwear'"),
    }
    table = ["T3"] if function.table is OfTable.MUST else []
    text = f"{name}({', '.join([*table, *(arguments[each.name] for each in function.parameters)])})"
    predicate = text if function.gives == "truth" else f"{text} == 0"
    (world, *_) = data().worlds()
    for limit in (1, 12):
        compiled = compile_predicate(predicate, data().vocabulary, {"limit": Fact(Fraction(limit), "1")})
        compiled.value(Scope(world))
    assert not world.memory
