"""The worlds in which claims are tested, by hand from the report's tables."""

from fractions import Fraction
from math import inf

import pytest
from claims_data import build, data, report_rows

from collective_efficiency.choices import Choices
from collective_efficiency.claims.language.nodes import Subject
from collective_efficiency.claims.language.values import UNKNOWN, Span, Unknown, Value
from collective_efficiency.claims.worlds import WAYS, _chain_counts
from collective_efficiency.words import UPGRADING

ZERO, ONE, FOUR = Fraction(0), Fraction(1), Fraction(4)


def subject(cluster: str, way: int, choices: Choices | None = None) -> Subject:
    records = build(report_rows()[1], choices) if choices else data()
    return next(each for each in records.worlds()[way].clusters if each["cluster"] == cluster)


def test_there_is_a_world_for_each_way_to_read_the_report() -> None:
    assert [way.reading for way in WAYS] == ["printed", "recomputed", "recomputed", "printed", "recomputed"]
    assert len({way.name for way in WAYS}) == len(data().worlds()) == 5


def test_blumenau_is_high_as_printed_medium_recomputed_and_high_with_rounded_sums() -> None:
    # table 15 prints 9.5; the items give (10 + 8.5) / 2 = 9.25; with 8.5 rounded to 9 it is 9.5
    seen = [(each["ce"], each["degree"]) for each in (subject("blumenau-software", way) for way in range(3))]
    assert seen == [(Fraction("9.5"), "High"), (Fraction("9.25"), "Medium"), (Fraction("9.25"), "High")]


def test_what_is_no_index_is_the_same_in_all_worlds() -> None:
    worlds = [subject("guadalajara-footwear", way) for way in range(3)]
    for word in worlds[0]:
        if word not in ("eei", "jai", "ce", "degree"):
            assert len({each[word] for each in worlds}) == 1, word


@pytest.mark.parametrize(
    ("codes", "counts"),
    [
        ([UNKNOWN] * 4, (Span(ZERO, FOUR),) * 3),  # not a fact that it is in no chain
        ([0, 0, 0, 0], (0, 0, 0)),
        ([1, 2, 3, 0], (3, 2, 2)),  # both counts at home and abroad
        ([1, UNKNOWN, UNKNOWN, 0], (Span(ONE, Fraction(3)), Span(ONE, Fraction(3)), Span(ZERO, Fraction(2)))),
    ],
)
def test_kinds_of_chain_are_counted(codes: list[int | Unknown], counts: tuple[Value, ...]) -> None:
    assert _chain_counts([Fraction(code) if isinstance(code, int) else code for code in codes]) == counts


def test_a_score_that_is_not_available_counts_as_the_choices_say() -> None:
    missing = next(row for row in data().clusters if "n.a." in (row["product"], row["process"], row["functional"]))
    name = next(word for word in ("product", "process", "functional") if missing[word] == "n.a.")
    assert subject(missing["cluster"], 0)[name] == 0
    others = sum(Fraction(missing[kind]) for kind in UPGRADING if missing[kind] not in ("", "n.a."))
    for left_out in (subject(missing["cluster"], 0, Choices(missing="omit")), subject(missing["cluster"], 3)):
        assert left_out[name] == Span(ZERO, Fraction(3), is_left_out=True)
        assert left_out["upgrading_sum"] == Span(others, others + 3, is_left_out=True)


def test_printed_cells_are_exact_and_lost_ones_are_not_known() -> None:
    (world, *_) = data().worlds()
    ce = world.cells["T17", "software", "ce"]
    assert (ce.value, ce.decimals) == (Fraction("8.7"), 2)
    assert world.cells["T6", "High", "product"].value == Span(ZERO, inf)  # the text layer lost it
    assert "total" not in world.tables["T3"]
    assert len(world.tables["T3"]) == 15
