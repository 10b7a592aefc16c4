"""How evidence words numbers and lists, by hand."""

from fractions import Fraction

import pytest

from collective_efficiency.claims.language.evidence import MAX_LISTED, exceptions_listed, listed, number_text

SEVEN = [f"cluster-{number}" for number in range(MAX_LISTED + 1)]


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(2, 3), "0.667"), (Fraction(-1, 2), "-0.5"), (Fraction(12), "12"), (None, "not known"), (True, "yes")],
)
def test_numbers_of_the_evidence(value: Fraction | None, text: str) -> None:
    assert number_text(value) == text


def test_clusters_are_named_where_all_can_be() -> None:
    assert listed([]) == "0"
    assert listed(SEVEN[:2]) == "2 (cluster-0, cluster-1)"
    assert listed(SEVEN[:-1]).endswith(", cluster-5)")
    assert listed(SEVEN) == "7"


def test_exceptions_are_named_up_to_a_limit() -> None:
    assert exceptions_listed([]) == ""
    assert exceptions_listed(SEVEN[:-1]).endswith(", cluster-5)")
    assert exceptions_listed(SEVEN).endswith(", cluster-5 and 1 more)")
