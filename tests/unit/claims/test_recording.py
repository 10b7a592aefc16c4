"""What a claim reads is recorded as it is read; what differs between two worlds is told by the same keys."""

import re

import pytest
from claims_data import changed_data, data, ledger, small_ledger

from collective_efficiency.claims.ledger import Claim
from collective_efficiency.claims.recording import changed_keys, keys_read

(PRINTED, *_) = data().worlds()
LABOUR = ("A1", "guadalajara-footwear", "labour_market")


def claim(predicate: str) -> Claim:
    facts = "facts: {so: {value: true, line: 1}}, " if predicate == "so" else ""
    text = f'C900: {{line: 1, topic: counts, paraphrase: x, {facts}variants: [{{reads: x, holds_if: "{predicate}"}}]}}'
    return small_ledger(text).claims[0]


@pytest.mark.parametrize(
    ("predicate", "keys"),
    [
        ("so", set()),
        ("cell(T3, 'torreon-garments', degree) == Low", {("T3", "torreon-garments", "degree")}),
        (
            "value('torreon-garments', eei) > 1",
            {("torreon-garments", "eei"), *((cluster["cluster"], "cluster") for cluster in data().clusters[:5])},
        ),
        ("rows(T19, row == 'software') > 0", {("T19", row, "row") for row in PRINTED.tables["T19"]}),
    ],
)
def test_the_keys_that_a_predicate_reads(predicate: str, keys: set[tuple[str, ...]]) -> None:
    assert keys_read(claim(predicate), PRINTED) == keys


def test_what_another_claim_has_asked_already_is_recorded_too() -> None:
    first, second = (keys_read(claim("mean(eei, sector == software) > 1"), PRINTED) for _ in range(2))
    assert first == second
    assert ("blumenau-software", "eei") in first
    assert ("torreon-garments", "eei") not in first  # of another sector


def test_a_corrected_score_changes_its_cell_and_what_follows_of_its_cluster() -> None:
    corrected = changed_data(
        lambda cell: "2" if (cell["table"], cell["row"], cell["column"]) == LABOUR else None
    ).worlds()
    # the printed sums stay, the recomputed ones follow: 3 + 2 + 2 + 2 = 9 becomes 8. Rows have the words of their
    # cluster where the table does not print them itself: tables A1 to A2 and 3 to 5 have this one.
    name = "guadalajara-footwear"
    scored = {(name, "labour_market"), *((table, name, "labour_market") for table in ("A1", "A2", "T3", "T4", "T5"))}
    recomputed = {(name, word) for word in ("eei", "ce")} | {("T4", name, "eei"), ("T4", name, "ce")}
    recomputed |= {("A1", name, "ce"), ("A2", name, "eei"), ("A2", name, "ce"), ("T5", name, "eei"), ("T5", name, "ce")}
    pairs = list(zip(data().worlds(), corrected, strict=True))
    assert changed_keys(*pairs[0]) == scored
    assert changed_keys(*pairs[1]) == scored | recomputed
    assert changed_keys(PRINTED, PRINTED) == set()


def test_only_claims_of_one_passage_against_another_read_nothing() -> None:
    silent = [each for each in ledger().claims if each.variants and not keys_read(each, PRINTED)]
    reading = re.compile(r"\b(count|share|every|some|mean|total|cell|rows|value)\(")
    assert [each.id for each in silent if reading.search(each.variants[0].holds_if)] == []
    assert all(each.facts for each in silent)
