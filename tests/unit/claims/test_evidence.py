"""How evidence words numbers, names and lists, by hand."""

from fractions import Fraction

import pytest

from collective_efficiency.claims.language.evidence import (
    MAX_LISTED,
    NOT_TESTED,
    Association,
    Item,
    enumerated,
    exact_tests_text,
    items_text,
    names_up_to_limit,
    number_text,
    table_name,
    unknown_text,
    with_notes,
)
from collective_efficiency.claims.language.values import UNKNOWN, Span, Value

SEVEN = [f"cluster-{number}" for number in range(MAX_LISTED + 1)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2, 3), "0.667"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(12), "12"),
        (None, "not defined"),
        (UNKNOWN, "not known"),
        (Span(Fraction(1), Fraction(5, 2)), "1 to 2.5"),
        (True, "yes"),
    ],
)
def test_numbers_of_the_evidence(value: Value, text: str) -> None:
    assert number_text(value) == text


def test_names_are_given_up_to_a_limit() -> None:
    assert names_up_to_limit(SEVEN[:-1]).endswith(", cluster-5")
    assert names_up_to_limit(SEVEN).endswith(", cluster-5 and 1 more")
    assert [enumerated([]), enumerated(["a"]), enumerated(["a", "b"], "or")] == ["", "a", "a or b"]
    assert unknown_text(["Ubá", "León"], 9, coded=False) == "2 of 9 are not known: Ubá, León"
    assert unknown_text([], 9, coded=False) == ""
    assert with_notes("3", ["", ""]) == "3"
    assert [table_name("T3"), table_name("A1")] == ["table 3", "table A1"]


def test_what_exact_tests_say_of_several_associations() -> None:
    weak, strong = Association("0.03", "0.6"), Association("0.001", "0.01")

    def said(*tests: Association | None) -> str:
        return exact_tests_text(Item("gamma", "", "0.4", tested=test) for test in tests)

    assert said(None) == ""
    assert said(NOT_TESTED, None) == "no exact test is made of the association"
    assert said(strong) == "exact p 0.001, adjusted 0.01: the association is beyond chance"
    assert said(strong, weak, NOT_TESTED) == (
        "exact p 0.001 to 0.03, adjusted 0.01 to 0.6: the association is in part beyond chance"
    )


def test_a_cell_has_its_row_in_brackets_and_a_number_without_words_stands_alone() -> None:
    cell = Item("external economies in table 17", "software", "9.10", "{} ({})")
    assert items_text([cell, Item("", "", "1 + 2 = 3")]) == "external economies in table 17 (software): 9.10; 1 + 2 = 3"
