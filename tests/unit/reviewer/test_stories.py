"""What a printed cell stands for, what it is computed from, and which claims rest on it. All by hand."""

from fractions import Fraction

import pytest
from claims_data import data, ledger

from collective_efficiency.audit.checks.apply import build_model
from collective_efficiency.files.yaml_files import own_yaml
from collective_efficiency.report.transcription import Cell
from collective_efficiency.reviewer.stories import derivations, printed_interval, rests_on


def cell(printed, kind="average"):
    decimals = len(printed.partition(".")[2])
    return Cell("T3", "average", "ce", printed, Fraction(printed), decimals, kind, "read")


@pytest.mark.parametrize(
    ("printed", "mode", "said"),
    [
        ("7.6", "half_up", "[7.55 to 7.65) rounded to the nearest"),
        ("7.6", "truncation", "[7.6 to 7.7) truncated"),
        ("7.60", "ceiling", "(7.59 to 7.6] rounded up"),
        ("0", "half_up", "[0 to 0.5) rounded to the nearest"),
        ("-7.6", "truncation", "(-7.7 to -7.6] truncated"),
        ("-0.05", "half_up", "(-0.055 to -0.045] rounded to the nearest"),
        ("7.6", "undetermined", "[7.55 to 7.65) rounded to the nearest, [7.6 to 7.7) truncated"),
    ],
)
def test_what_a_printed_average_stands_for(printed, mode, said):
    assert printed_interval(cell(printed), mode) == said


def test_a_zero_stands_for_numbers_below_it_where_its_column_has_some():
    assert printed_interval(cell("0"), "half_up", signed=True) == "(-0.5 to 0.5) rounded to the nearest"


def test_a_score_stands_for_itself():
    assert printed_interval(cell("2", "item"), "") == ""


def test_a_derived_cell_is_rounded_to_the_decimals_of_its_column():
    assert printed_interval(cell("8", "derived"), "", 1) == "[7.95 to 8.05) rounded to the nearest"


def test_a_word_stands_for_itself():
    assert printed_interval(Cell("T3", "a", "degree", "High", "High", None, "class", "read"), "") == ""


def test_a_cell_may_be_computed_in_several_ways(project, report):
    """Table 3: an index from its two sums; a score from nothing. By hand from data/report/checks.yaml."""
    model = build_model(report, own_yaml((project / "data/report/checks.yaml").read_text(encoding="utf-8"))["checks"])
    ways = {check: read for check, _, read in derivations(model, ("T3", "santa-catarina-tiles", "ce"))}
    assert ways["ce_index"] == (("T3", "santa-catarina-tiles", "eei"), ("T3", "santa-catarina-tiles", "jai"))
    assert not list(derivations(model, ("A1", "santa-catarina-tiles", "inputs")))


@pytest.fixture(scope="module")
def rests(report):
    return rests_on(ledger(), data(), {table.id: table.layout for table in report.tables.values()})


@pytest.mark.parametrize(
    ("claim", "cells"),
    [  # value(cluster, eei + jai), value(cluster, a degree), a sum of items, cells of table 18, codes of governance
        ("C018", ["T3/santa-catarina-tiles/eei", "T3/santa-catarina-tiles/jai"]),
        ("C036", ["T15/blumenau-software/degree"]),
        ("C020", [f"A1/guadalajara-footwear/{item}" for item in
                  ("labour_market", "inputs", "information", "market_access")]),
        ("C041", [f"T18/traditional/{item}" for item in ("backward", "forward", "bilateral", "multilateral")]),
        ("C082", ["T8/boaco-chontales-dairy/quasi_hierarchy"]),
    ],
)  # fmt: skip
def test_a_claim_rests_on_the_cells_that_its_predicates_read(rests, claim, cells):
    """By hand from `holds_if` in claims.yaml; an index is that of the index tables, in the order as printed."""
    assert ["/".join(place) for place in rests[claim]] == cells


def test_every_claim_is_there_and_rests_on_printed_cells(rests, report):
    assert set(rests) == {claim.id for claim in ledger().claims}
    printed = {(cell.table, cell.row, cell.column) for cell in report.cells()}
    assert {place for places in rests.values() for place in places} <= printed
