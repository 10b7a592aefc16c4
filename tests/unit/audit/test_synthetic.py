"""The audit of made-up sets of any shape, held against arithmetic that was written without the library.

benchmarks/audit.py does the same on thousands of sets; here are enough of them to notice a fault.
"""

from fractions import Fraction

import pytest
from audit import FIRST_SLIPPED, accused, audited, tried
from slips import HIDDEN, KINDS_OF_SLIPS, TIE, Conditions, Slip, slipped, typed, undecidable
from synthetic import EMPTY, UNKNOWN, WAYS, files_of, rounded, sound_book, written

from collective_efficiency.report.ingest import read_report

SOUND = 30
DECIDABLE: dict[str, tuple[int, ...]] = {  # sets of each kind whose numbers can decide the slip
    **dict.fromkeys(KINDS_OF_SLIPS, (0, 1, 2)),
    "dropped digit": (1, 3, 4),
    "mean over the wrong rows": (0, 2, 3),
    "wrong denominator": (1, 2, 3),
    "n.a. treated otherwise in one column": (3, 6, 7),
    "truncation in one column": (15, 19, 20),
    "neighbouring rows exchanged": (22, 25),
    "systematic offset": (0, 1, 3),
    "averages copied from another table": (0, 1, 5),
}
TIED = {  # sets of kinds whose numbers often cannot: what else may have happened is listed with what did
    "decimal shift": (6,),
    "mean over the wrong rows": (1,),
    "n.a. treated otherwise in one column": (1, 16),
    "truncation in one column": (0, 12, 13),
    "two scores in each other's column": (5, 6),
    "neighbouring rows exchanged": (0, 1, 2),
    "two columns exchanged": (4,),
}
EXPLAINED_SECOND = {  # how many of these sets there are of which another explanation is as likely, and stands first
    "total over the wrong rows": 1,
    "mean over the wrong rows": 1,
}


# the generator itself


def test_a_set_is_the_same_for_the_same_seed_and_another_for_another():
    one, same, other = (files_of(book, book.texts) for book in map(sound_book, (7, 7, 8)))
    assert one == same != other


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("1/8", 2, ["0.13", "0.12", "0.12", "0.12", "0.13"]),  # a tie
        ("3/8", 2, ["0.38", "0.38", "0.37", "0.37", "0.38"]),
        ("2/3", 1, ["0.7", "0.7", "0.7", "0.6", "0.7"]),
        ("1/3", 1, ["0.3", "0.3", "0.3", "0.3", "0.4"]),
        ("12", 1, ["12.0"] * 5),
    ],
)
def test_the_five_ways_of_rounding(value, decimals, printed):
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


def rows_alike(book, texts, slip):
    """The rows in which two scores differ as much as where they are exchanged."""
    ((table, row, one), (_, _, other)) = sorted(slip.cells)

    def difference(unit):
        first, second = texts[table, unit, one], texts[table, unit, other]
        return None if UNKNOWN in (first, second) else Fraction(first) - Fraction(second)

    return {unit for unit in book.pages[table].rows if difference(unit) == difference(row)}


def test_an_exchange_within_a_row_ties_with_every_row_in_which_the_two_scores_differ_as_much():
    book, slip = next(
        put
        for seed in range(40)
        if (put := slipped("two scores in each other's column", seed)) and undecidable(*put) == TIE
    )
    texts = {**book.texts, **slip.texts}
    (table, _, one), (_, _, other) = sorted(slip.cells)
    alike = rows_alike(book, texts, slip)
    repairs = set(Conditions(book, texts).repairs())
    assert len(alike) > 1
    assert {frozenset({(table, unit, one), (table, unit, other)}) for unit in alike} <= repairs


# the audit of them


def test_no_number_of_a_sound_set_is_accused():
    assert {seed: found for seed in range(SOUND) if (found := accused(seed)[1])} == {}


@pytest.mark.parametrize("kind", KINDS_OF_SLIPS)
def test_a_slip_is_found_where_it_is_and_named_and_nothing_else_is_accused(kind):
    outcomes = [tried((kind, FIRST_SLIPPED + seed)) for seed in DECIDABLE[kind]]
    assert [each.reason for each in outcomes] == [""] * len(outcomes)
    assert all(each.found and each.cell_first and each.explained and not each.collateral for each in outcomes)
    assert sum(not each.explained_first for each in outcomes) == EXPLAINED_SECOND.get(kind, 0)


@pytest.mark.parametrize("kind", TIED)
def test_what_the_numbers_cannot_decide_is_listed_with_what_happened(kind):
    outcomes = [tried((kind, FIRST_SLIPPED + seed)) for seed in TIED[kind]]
    assert [(each.reason, each.named) for each in outcomes] == [(TIE, True)] * len(outcomes)


@pytest.mark.parametrize("seed", TIED["two scores in each other's column"])
def test_a_tie_is_listed_whole(seed):
    book, slip = slipped("two scores in each other's column", FIRST_SLIPPED + seed)
    texts = {**book.texts, **slip.texts}
    (table, _, one), (_, _, other) = sorted(slip.cells)
    findings = audited(files_of(book, texts)).findings
    named = {text for finding in findings for text in (finding.explanation, *finding.alternatives)}
    assert {
        f"cells exchanged: {one} and {other} of {unit} in {table}" for unit in rows_alike(book, texts, slip)
    } <= named
