"""The audit of made-up sets of any shape, held against arithmetic that was written without the library.

benchmarks/audit.py does the same on thousands of sets; here are enough of them to notice a fault.
"""

from fractions import Fraction

import pytest
from audit import FIRST_SLIPPED, accused, tried
from slips import HIDDEN, KINDS_OF_SLIPS, TIE, Conditions, Slip, slipped, typed, undecidable
from synthetic import EMPTY, UNKNOWN, WAYS, files_of, rounded, sound_book, written

from collective_efficiency.report.ingest import read_report

SOUND, SLIPPED = 30, 4  # sets of each kind, but for those that few sets have a place for, or that few can decide
MORE = {"n.a. treated otherwise in one column": 16, "truncation in one column": 28, "neighbouring rows exchanged": 12}
# Of each kind: the decidable ones of its sets; at least so many found, right cell first, right explanation first and
# among three; at most so many further findings.
REACHED = {
    "misprinted score": (4, 4, 4, 4, 4, 0),
    "replaced digit": (4, 4, 4, 4, 4, 0),
    "transposition": (4, 4, 4, 4, 4, 0),
    "decimal shift": (4, 4, 4, 4, 4, 0),
    "inserted digit": (4, 4, 4, 4, 4, 0),
    "dropped digit": (2, 2, 2, 2, 2, 0),
    "stale total": (4, 4, 4, 4, 4, 0),
    "sister table before revision": (4, 4, 4, 4, 4, 0),
    "mean over the wrong rows": (2, 2, 2, 2, 2, 0),
    "wrong denominator": (3, 3, 3, 3, 3, 0),
    "n.a. treated otherwise in one column": (5, 5, 5, 5, 5, 0),
    "truncation in one column": (2, 2, 2, 2, 2, 0),
    "two scores in each other's column": (4, 4, 4, 4, 4, 0),
    "two sums exchanged": (4, 4, 4, 4, 4, 0),
    "neighbouring rows exchanged": (2, 2, 0, 0, 0, 10),
    "row typed twice": (4, 4, 4, 4, 4, 0),
    "total row shifted": (4, 4, 4, 4, 4, 0),
    "total counts itself": (4, 4, 4, 4, 4, 0),
    "systematic offset": (3, 3, 3, 3, 3, 0),
    "wrong class": (4, 4, 4, 4, 4, 0),
    "averages copied from another table": (2, 2, 2, 2, 2, 1),
}


# the generator itself


def test_a_set_is_the_same_for_the_same_seed_and_another_for_another():
    one, same, other = (files_of(book, book.texts) for book in map(sound_book, (7, 7, 8)))
    assert one == same != other


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("1/8", 2, ["0.13", "0.12", "0.12", "0.13"]),  # a tie
        ("3/8", 2, ["0.38", "0.38", "0.37", "0.38"]),
        ("2/3", 1, ["0.7", "0.7", "0.6", "0.7"]),
        ("1/3", 1, ["0.3", "0.3", "0.3", "0.4"]),
        ("12", 1, ["12.0"] * 4),
    ],
)
def test_the_four_ways_of_rounding(value, decimals, printed):
    assert [written(rounded(Fraction(value), decimals, way), decimals) for way in WAYS] == printed


def test_sets_are_as_wide_as_they_say():
    books = [sound_book(seed) for seed in range(40)]
    assert {book.step for book in books} == {Fraction(1), Fraction(1, 2), Fraction(1, 4), Fraction(1, 10)}
    assert {way for book in books for way, _ in book.ways.values()} == set(WAYS)
    assert {bool(book.layouts["parts_a"].largest) for book in books} == {True, False}
    assert {len(book.sectors) for book in books} == {1, 2, 3, 4}
    assert any(UNKNOWN in book.texts.values() for book in books)
    assert any(EMPTY in book.texts.values() for book in books)
    assert {omits for book in books if UNKNOWN in book.texts.values() for omits in book.omits.values()} == {True, False}


@pytest.mark.parametrize("seed", range(12))
def test_a_set_holds_together_and_is_read_without_a_problem(seed):
    book = sound_book(seed)
    assert Conditions(book, book.texts).hold()
    files = files_of(book, book.texts)
    del files["checks.yaml"]
    printed = {(cell.table, cell.row, cell.column): cell.printed for cell in read_report(files).cells()}
    assert printed == book.texts


@pytest.mark.parametrize(
    ("right", "wrong", "names"),
    [
        ("1.20", "1.70", ("replaced digit",)),
        ("116", "161", ("transposition",)),
        ("1.29", "12.9", ("decimal shift",)),
        ("19979", "1979", ("dropped digit",)),
        ("2.5", "25", ("decimal shift",)),
        ("1.5", "1.57", ("inserted digit",)),
    ],
)
def test_what_a_typist_did(right, wrong, names):
    assert typed(right, wrong) == names


def test_every_kind_of_slip_changes_its_cells_and_leaves_a_folder_that_is_read():
    for kind in KINDS_OF_SLIPS:
        put = next(put for seed in range(40) if (put := slipped(kind, seed)))
        book, slip = put
        assert slip.cells <= slip.texts.keys()
        assert all(book.texts[place] != text for place, text in slip.texts.items())
        files = files_of(book, {**book.texts, **slip.texts})
        del files["checks.yaml"]
        read_report(files)


# what can be decided


def test_a_sum_alone_against_its_row_is_decided_by_its_total_and_a_hidden_slip_is_not():
    book = next(book for book in map(sound_book, range(50)) if "total" in book.pages["A1"].summary)
    place = ("A1", book.pages["A1"].rows[0], "asum")
    text = written(Fraction(book.texts[place]) + book.step)
    assert undecidable(book, Slip(frozenset({place}), (), {place: text})) == ""
    assert (
        undecidable(book, Slip(frozenset({place}), (), {place: f"{written(Fraction(book.texts[place]), 5)}"})) == HIDDEN
    )


def test_an_exchange_within_a_row_ties_with_every_row_in_which_the_two_scores_differ_as_much():
    book, slip = next(
        put
        for seed in range(40)
        if (put := slipped("two scores in each other's column", seed)) and undecidable(*put) == TIE
    )
    texts = {**book.texts, **slip.texts}
    ((table, row, one), (_, _, other)) = sorted(slip.cells)

    def difference(unit):
        first, second = texts[table, unit, one], texts[table, unit, other]
        return None if UNKNOWN in (first, second) else Fraction(first) - Fraction(second)

    alike = {unit for unit in book.pages[table].rows if difference(unit) == difference(row)}
    repairs = set(Conditions(book, texts).repairs())
    assert len(alike) > 1
    assert {frozenset({(table, unit, one), (table, unit, other)}) for unit in alike} <= repairs


# the audit of them


def test_no_number_of_a_sound_set_is_accused():
    assert {seed: found for seed in range(SOUND) if (found := accused(seed)[1])} == {}


def test_every_kind_has_its_measure():
    assert REACHED.keys() == KINDS_OF_SLIPS.keys()


@pytest.mark.parametrize("kind", KINDS_OF_SLIPS)
def test_a_slip_is_found_where_it_is_and_named(kind):
    outcomes = [each for seed in range(MORE.get(kind, SLIPPED)) if (each := tried((kind, FIRST_SLIPPED + seed)))]
    decidable = [each for each in outcomes if not each.reason]
    count, found, cell_first, explained_first, explained, collateral = REACHED[kind]
    assert len(decidable) == count
    assert sum(each.found for each in decidable) >= found
    assert sum(each.cell_first for each in decidable) >= cell_first
    assert sum(each.explained_first for each in decidable) >= explained_first
    assert sum(each.explained for each in decidable) >= explained
    assert sum(each.collateral for each in decidable) <= collateral
