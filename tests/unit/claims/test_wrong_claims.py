"""Claims as people get them wrong: each is refused by one message that says what to write. By hand, one a slip."""

import pytest
from claims_data import content, data

from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.problems import BadInputError

CLAIM = """
  C901:
    line: 1926
    topic: counts
    kind: number
    paraphrase: Three software clusters have a low degree.
    facts:
      stated: {value: 3, line: 1926}
    variants:
      - reads: exactly three
        holds_if: 'count(degree == Low) == stated'
"""
HEAD = content().partition(b"\nclaims:\n")[0].decode()
LINES = 10666  # of the report's text, as tables.yaml declares


def said(claim: str) -> list[str]:
    """The problems of a ledger with one claim."""
    raw = f"{HEAD}\nclaims:{claim}pairs: []\n".encode()
    with pytest.raises(BadInputError) as caught:
        read_ledger("claims.yaml", raw, data().vocabulary, LINES)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("predicate", "message"),
    [
        ('count(industry == "mangos and grapes") == stated', "did you mean mangoes and grapes?"),
        ('count(industry == "coffe") == stated', "unknown industry; allowed: textiles, garments"),
        ('count(country == "Brasil") == stated', "unknown country; allowed: Colombia, Brazil, Peru"),
        ('count(country in ("Brazil", "Chilie")) == stated', "did you mean Chile?"),
        ('rank("austral-salmn", ce) == stated', "did you mean austral-salmon?"),
        ('count(cluster == "gamarra-garment") == stated', "did you mean gamarra-garments?"),
        ("count(petrolina-juazeiro-mangoes) == stated", 'needs quotes: "petrolina-juazeiro-mangoes"'),
        ("count(degree == high) == stated", 'a word of the data needs quotes: "High"'),
        ('count(degree == "high") == stated', "did you mean High?"),
        ('count(degree == "Medum") == stated', "did you mean Medium?"),
        ('count(sector == "Traditional") == stated', "did you mean traditional?"),
        ("count(sector == softwares) == stated", "did you mean software?"),
        ("count(sector == tobacco) == stated", 'a word of the data needs quotes: "tobacco"'),
        ("mean(ce, sector == software) > stated + undeclared", "declared under facts: undeclared: {value: 3, line"),
        ("cell(T99, software, ce) == stated", "did you mean T9?"),
        ("cell(T17, softwar, ce) == stated", "did you mean software?"),
        ("cell(T17, software, cee) == stated", "did you mean ce?"),
        ("rows(T2, frms > 10) == stated", "did you mean firms?"),
        ("sum(ce) == stated", "unknown function; write total"),
        ("average(ce) == stated", "unknown function; write mean"),
        ("cuont(degree == Low) == stated", "did you mean count?"),
        ("count(degree = Low) == stated", "write == to compare: degree == ..."),
        ("count(degree == Low) = stated", "write == to compare"),
        ("count(degree == Low) => stated", "write >="),
        ("count(degree == Low && sector == software) == stated", "write `and`"),
        ("count(degree == Low | degree == High) == stated", "allowed: +, -, *, /"),
        ("count(!(degree == Low)) == stated", "write `not`"),
        ("count(degree == “Low”) == stated", "write straight quotes"),
        ("count(degree == Low) <> stated", "write != for `is not`"),
        ("share(degree == Low) * stated >= 50%", "write a percentage as a fraction: 5/100"),
        ("count(ce > 3,5) == stated", "write decimals with a point"),
        ("count(ce > 3.5.1) == stated", "not readable as an expression"),
        ("count() == stated", "count takes 1 to 2 values in brackets: count([table, ]condition[, among])"),
        ('stated == "three"', "a number and a word cannot be compared so"),
        ("count(ce > High) == stated", "a number and a word cannot be compared so"),
        ("mean(sector) > stated", "a number is needed here, this is a word"),
        ("stated + 1", "a predicate must be true or false, this is a number; compare it with something"),
        ("stated == stated", "both sides are the same: the comparison tests nothing"),
        ("count(1 == 1) == stated", "both sides are the same: the comparison tests nothing"),
        ("count(1 < 2) == stated", "a comparison that reads no data tests nothing"),
        ('stated.__class__ == "x"', "allowed: and, or, not, comparisons, in, + - * /, numbers, quoted words"),
        ('__import__("os").system("x") == stated', "unknown function; allowed: about, annex"),
        ('count(country == "BRAZIL") == stated', "did you mean Brazil?"),
        ('value("Sinos Valley", ce) == stated', "did you mean sinos-footwear?"),
        ('count(cluster == "sinos") == stated', "did you mean sinos-footwear?"),
        ('rows(T2, country == "chile") == stated', "did you mean Chile?"),
        ('count(index_table(degree) == "high") == stated', "did you mean High?"),
        ('cell(T20, "Maturing", volume_to) == stated', "did you mean maturing?"),
        ("cell(t3, total, ce) == stated", "did you mean T3?"),
        ("mean(CE) == stated", "did you mean ce?"),
        ("mean(collective_efficiency) == stated", "unknown word; write ce"),
        ("count(quasi-hierarchy > 0) == stated", "write quasi_hierarchy"),
        ("count(quasi_hierarchies > 0) == stated", "did you mean quasi_hierarchy?"),
        ("mean(ce, traditional) == stated", "say what it is of, such as sector == traditional"),
        ("count(High) == stated", "say what it is of, such as degree == High"),
        ('distinct(industry, "Brazil") == stated', "say what it is of, such as country == 'Brazil'"),
        ("every(labour_market) and stated > 3", "compare it: labour_market > 0"),
        ("sector_rank(software, ce) == stated", "it is of a cluster: write mean(ce)"),
        ("in_each_sector(ce > stated)", "it is of a cluster: write mean(ce)"),
        ("rank(ce, 'leon-footwear') == stated", "unknown cluster"),
        ("quantile(ce, 25) == stated", "from 0 to 1, such as 1/4"),
        ("about(mean(ce), stated, stated)", "a number written out is needed here, such as 1/10"),
        ("rounds_to(mean(ce), 6.3) or stated > 1", "a fact or a cell is needed here, whose decimals are known"),
        ('falls_within(stated, "the eighties")', 'names no date; write "1978", "mid-1980s"'),
        ("count(3 between 1 and stated)", "write 3 <= x <= 5 for `between`"),
        ("stated ** 2 == 9", "allowed: +, -, *, /"),
        ("stated is 3", "allowed: ==, !=, <, <=, >, >=, in, not in"),
        ("[stated for stated in (1, 2)] == 3", "allowed: and, or, not, comparisons"),
    ],
)  # fmt: skip
def test_a_wrong_predicate_is_answered_with_what_to_write(predicate: str, message: str) -> None:
    quoted = predicate.replace("'", "''")
    (problem,) = said(CLAIM.replace("count(degree == Low) == stated", quoted))
    assert "(C901)" in problem or "entry C901" in problem
    assert "variants.0.holds_if" in problem
    assert message in problem


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("    line: 1926", "    line: 99999999", "the text has 10666 lines, so there is no line 99999999"),
        ("    line: 1926", "    line: 90-88", "lines 90-88 run backwards; write 88-90"),
        ("    line: 1926", "    line: 12-", "(The line of the report's text, counted from 1"),
        ("line: 1926}", "line: 20000}", "key facts.stated.line: found '20000'; the text has 10666 lines"),
        ("line: 1926}", "}", "'line' is a required key"),
        ("topic: counts", "topic: count", "unknown topic; allowed:"),
        ("kind: number", "kind: numbr", "did you mean number?"),
        ("paraphrase: Three", "paraphrase: They say: three", "a text with a colon in it needs quotes"),
        ("{value: 3", "{valu: 3", "did you mean value?"),
        ("{value: 3", "{value: 010", "found '010', which programs read differently"),
        ("- reads", "- red", "did you mean reads?"),
        ("C901", "C9", "(An id is C and three digits.)"),
        ("C901", "901", "a key must be text, in quotes: '901'"),
        ("      stated:", "      high stated:", "(A word of small letters, digits and underscores.)"),
        ("      stated:", "      other: {value: 4, line: 1}\n      stated:", "found 'other'; no variant uses"),
        ("      stated:", "      ce: {value: 4, line: 1}\n      stated:", "this word has a meaning of its own"),
        ("- reads: exactly three", "- reads: exactly three\n        role: strict", "needs a main one, too"),
        ("- reads: exactly three", "- reads: exactly three\n        role: strickt", "allowed: main, strict, generous"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_answered_with_what_to_write(right: str, wrong: str, message: str) -> None:
    assert right in CLAIM
    assert any(message in problem for problem in said(CLAIM.replace(right, wrong, 1)))


def test_the_claim_is_right_but_for_its_slip() -> None:
    raw = f"{HEAD}\nclaims:{CLAIM}pairs: []\n".encode()
    assert [claim.id for claim in read_ledger("claims.yaml", raw, data().vocabulary, LINES).claims] == ["C901"]
