"""Each kind of predicate, by hand from the report's tables; and what the language refuses."""

from contextlib import suppress
from fractions import Fraction

import pytest
from claims_data import data
from hypothesis import given, settings
from hypothesis import strategies as st

from collective_efficiency.claims.language.evidence import items_text
from collective_efficiency.claims.language.grammar import MAX_LENGTH, compile_predicate
from collective_efficiency.claims.language.nodes import Fact, PredicateError, Scope
from collective_efficiency.claims.language.registry import REGISTRY
from collective_efficiency.claims.language.values import UNKNOWN

FACTS = {
    "stated": Fact(Fraction(3), "1926"),
    "truncated": Fact(Fraction("1.86"), "5428", 2),
    "name_here": Fact("CEDMEC", "6830"),
    "name_elsewhere": Fact("CDMEC", "1484"),
    "so": Fact(True, "1"),
    "date_stated": Fact("mid-1980s", "2"),
    "keywords": Fact("research; infrastructure", "3"),
}

# What is not known is OPEN, None where there is nothing to compare; what reads no data is refused.
OPEN = UNKNOWN

# expression, its truth as printed and as recomputed
CASES = [
    ("count(degree == Low, sector == traditional) == stated", True, True),
    ("count(sector == traditional and degree == Low) == 3", True, True),
    ("count() == 3 or True", "refused", "refused"),
    ("share(functional > 0, sector == natural_resource) == 3/11", True, True),
    ("share(product > 0, sector == software and sector == cops) >= 0", None, None),
    ("every(product > 0, sector == software and sector == cops)", True, True),  # no exception, as in logic
    ("every(labour_market > 0)", True, True),
    ("every(inputs > 0, sector == traditional)", False, False),  # Torreón
    ("every(product > 0, country == 'Atlantis')", "refused", "refused"),
    ("some(intersectoral == 2)", True, True),
    ("some(hierarchy > 0, industry == 'melons')", False, False),
    ("mean(ce, sector == software) == 8.7", True, False),  # 8.45 from the scores
    ("mean(eei, sector == natural_resource) == 9", True, True),
    ("mean(product, degree == High and sector == cops) > 0", None, None),
    ("total(eei, sector == traditional) == 114", True, False),  # the scores add up to 115
    ("median(product, sector == software) == 3 and median(ce, cluster in ('uba-furniture', 'sinos-footwear')) == 6.5",
     True, True),
    ("highest(ce, sector == traditional) == 10 and lowest(ce, sector == traditional) == 2", True, True),
    ("distinct(industry, sector == traditional) == 5", True, True),
    ("gamma(ce, product, sector == traditional and industry == 'footwear') == 1", True, True),
    ("gamma(ce, product, sector == software) > 0", None, None),  # all scores are alike
    ("rises(product, sector == traditional)", True, True),
    ("rises(process, sector == traditional)", False, False),
    ("rises(product, sector == software)", None, None),  # all have 3
    ("value('blumenau-software', degree) == High", True, False),
    ("value('blumenau-software', eei + jai) / 2 == 9.25", False, True),
    ("cell(T17, software, ce) == 8.70", True, True),
    ("cell(T3, 'torreon-garments', degree) == Low", True, True),
    ("cell(T6, High, product) > 0", OPEN, OPEN),  # lost
    ("cell(T6, High, product) >= 0", True, True),  # whatever it was, it was not negative
    ("rows(T2) == 12 and rows(T3) == 15", True, True),  # without total and average
    ("rows(T2, exports_2002 > production_2002) == 3", OPEN, OPEN),  # of three software clusters it is not known
    ("rows(T2, exports_2002 > production_2002) >= 3", True, True),
    ("rows(T20, row == 'maturing' and volume_to == 143000) == 1", True, True),
    ("total(T2, direct_jobs, country == 'Chile') == 29000", True, True),
    ("count(global_chain(market), sector == traditional and known(market)) == 5", True, True),
    ("count(domestic_chain(market), sector == traditional) == 9", OPEN, OPEN),  # 9 or 10
    ("count(kinds >= 2, sector == traditional) == 6", OPEN, OPEN),  # Campina Grande may be the seventh
    ("count(kinds >= 2, sector == traditional) >= 6", True, True),
    ("count(kinds >= 2, sector == traditional) > 7", False, False),
    ("count(domestic_kinds + global_kinds >= 2, sector == traditional and known(kinds)) == 7", True, True),
    ("value('campina-grande-footwear', kinds) > 0", OPEN, OPEN),  # n.a.
    ("value('campina-grande-footwear', kinds) <= 4", True, True),
    ("value('blumenau-software', kinds) > 0", OPEN, OPEN),  # no table of governance
    ("count(known(market), sector == traditional) == 14", True, True),
    ("every(annex(jai) == backward + forward + bilateral + multilateral, sector == traditional)", False, False),
    ("every(index_table(degree) == upgrading_table(degree), known(index_table(degree)))", True, True),
    ("every(index_table(degree) == upgrading_table(degree))", OPEN, OPEN),  # six are lost
    ("rounds_to(cell(T5, total, product) / rows(T5), truncated)", False, False),  # 28 / 15 = 1.8666
    ("truncates_to(cell(T5, total, product) / rows(T5), truncated)", True, True),
    ("rounds_to(cell(T13, total, process) / rows(T13), cell(T13, average, process))", True, True),
    ("largest(1, stated, 2) == 3 and smallest(4, stated, 5) == 3", True, True),
    ("distance(stated, 5) == 2 and distance(5, stated) == 2", True, True),
    ("name_here == name_elsewhere", False, False),
    ("name_here != name_elsewhere", True, True),
    ("so and not (not so)", True, True),
    ("2 < stated < 4 and not 2 < stated < 3", True, True),
    ("-1/3 < stated - 3 < 1/3", True, True),
    ("stated / 0 > 0", None, None),
    ("stated in (1, 3) and stated not in (1, 2)", True, True),
    ("0.1 + 0.2 + stated == 3.3", True, True),  # never a float
    ("cell(T6, High, product) > 0 and stated > 3", False, False),
    ("cell(T6, High, product) > 0 or stated == 3", True, True),
    ("not cell(T6, High, product) > 0", OPEN, OPEN),
    # tables: what is said of clusters can be said of the rows of a table, too
    ("every(T2, firms > 0, country == 'Mexico')", True, True),
    ("share(T2, country == 'Brazil') == 5/12 and some(T2, country == 'Chile')", True, True),
    ("highest(T2, direct_jobs) == 29000", True, True),
    ("highest(T2, indirect_jobs) == 48000", OPEN, OPEN),  # of the software clusters they are not known
    ("mean(T5, product) == 28/15 and distinct(T2, country) == 4 and columns(T17) == 3", True, True),
    ("total(T2, exports_2002, country == 'Mexico') >= 58.1", True, True),  # 7.0 + 51.1, and what is not known
    # table 2 joined to the clusters: the mangoes and the grapes (of one cluster), the salmon and the apples have 10.5
    ("count(T2, ce > 9) == 4 and count(T2, degree == High and country == 'Chile') == 1", True, True),
    ("rank('sinos-footwear', ce, sector == traditional) == 1", True, True),  # 10
    ("rank('torreon-garments', ce, sector == traditional) == 15", True, True),
    ("rank_from_below('torreon-garments', ce, sector == traditional) == 1", True, True),
    ("rank('petrolina-juazeiro-mangoes-grapes', jai, industry in ('melons', 'apples', 'mangoes and grapes')) == 1",
     True, True),  # with the apples
    ("rank('santa-catarina-apples', jai, industry in ('melons', 'apples', 'mangoes and grapes')) == 1", True, True),
    ("rank('campina-grande-footwear', kinds, sector == traditional) == 1", OPEN, OPEN),
    ("rank(T17, software, ce) == 1 and rank_from_below(T17, cops, ce) == 1", True, True),
    ("rises(product, ce, sector == traditional and industry == 'tiles')", None, None),  # one cluster
    ("rises(T20, volume_to) and not falls(T20, volume_to)", True, True),
    ("falls(product, sector == cops)", True, True),  # Low 2.667, Medium 2.333
    ("rises(T2, production_2002, number)", False, False),
    ("in_each_sector(mean(eei) > mean(jai))", True, True),
    ("in_each_sector(every(product > 2))", False, False),
    ("sector_rank(software, mean(ce)) == 1 and sector_rank_from_below(cops, mean(jai)) == 1", True, True),
    ("sector_range(mean(jai)) > sector_range(mean(eei))", True, True),  # 3.04 and 2; 3.04 and 1.93
    ("about(stated, 3.2, 1/10) and not about(stated, 4, 1/10)", True, True),
    ("quantile(ce, 1/2, sector == software) == median(ce, sector == software)", True, True),
    ("associated(ce, product, sector == traditional) and not associated(ce, product, sector == cops)", True, True),
    ("associated(ce, product)", True, True),  # of pairs within a sector
    ("associated(ce, product, sector == software)", None, None),
    ("year(cell(T2, 'boaco-chontales-dairy', date)) >= 1994", True, True),  # mid 1990s
    ("year(cell(T2, 'boaco-chontales-dairy', date)) >= 1995", OPEN, OPEN),
    ("rows(T2, year(date) < 1980) == 2", True, True),  # salmon 1978, apples 1960s
    ("so and falls_within('1992', '1990s')", "refused", "refused"),
    ("same_time(date_stated, '1980s') and falls_within(date_stated, '1980s')", True, True),
    ("falls_within('1980s', date_stated)", False, False),
    ("mentions(keywords, 'research') and not mentions(keywords, 'resear')", True, True),
]  # fmt: skip


def truth(text: str, way: int) -> object:
    try:
        predicate = compile_predicate(text, data().vocabulary, FACTS)
    except PredicateError:
        return "refused"
    return predicate.value(Scope(data().worlds()[way]))


@pytest.mark.parametrize(("text", "printed", "recomputed"), CASES)
def test_a_predicate_is_as_the_tables_say(text: str, printed: object, recomputed: object) -> None:
    assert (truth(text, 0), truth(text, 1)) == (printed, recomputed)


def test_the_degree_of_rounded_sums_is_a_way_of_its_own() -> None:
    assert truth("value('blumenau-software', degree) == High", 2) is True  # (10 + 9) / 2


def test_every_function_has_a_case_and_every_name_is_declared_as_itself() -> None:
    assert [name for name in REGISTRY if not any(f"{name}(" in text for text, *_ in CASES)] == []
    assert all(name == function.name for name, function in REGISTRY.items())


REFUSED = [
    ("__import__('os').system('true')", "unknown function"),
    ("eval('1')", "unknown function"),
    ("open('x')", "unknown function; allowed: "),
    ("(1).__class__ == 1", "allowed: and, or, not"),
    ("count(sector == traditional).real == 1", "allowed: and, or, not"),
    ("[x for x in (1, 2)] == 1", "allowed: and, or, not"),
    ("(lambda: 1)() == 1", "unknown function"),
    ("(x := 1) == 1", "allowed: and, or, not"),
    ("f'{1}' == 'x'", "allowed: and, or, not"),
    ("1 if so else 2", "allowed: and, or, not"),
    ("{1: 2} == 1", "allowed: and, or, not"),
    ("2 ** 99999999 > 1", "allowed: +, -, *, /"),
    ("True", "allowed: a number or a quoted word"),
    ("b'x' == 'x'", "allowed: a number or a quoted word"),
    ("1 is 1", "allowed: ==, !="),
    ("count(*(so, so)) == 1", "allowed: and, or, not"),
    ("count(degree=Low) == 1", "write == to compare: degree == ..."),
    ("count(so, so, so) == 1", "takes 1 to 2 values"),
    ("cuont(sector == traditional) == 1", "did you mean count?"),
    ("cell(T3, total) > 1", "takes 3 values in brackets: cell(table, row, column)"),
    ("largest(1) > 0", "takes 2 to 9 values in brackets: largest(a, b, ...)"),
    ("count(sector == traditionl) == 1", "did you mean traditional?"),
    ("count(sector == 'traditionl') == 1", "unknown sector"),
    ("count(degree == 'Hgh') == 1", "unknown degree"),
    ("count(cluster in ('sinos', 'leon-footwear')) == 1", "unknown cluster"),
    ("count(fonctional > 0) == 1", "did you mean functional?"),
    ("eei > 1", "unknown word outside of a function"),
    ("count(eei) == 1", "a truth is needed here, this is a number"),
    ("mean(sector) > 1", "a number is needed here, this is a word"),
    ("count(sector > degree) == 1", "cannot be compared so"),
    ("count(eei == sector) == 1", "cannot be compared so"),
    ("count(eei > 1)", "a predicate must be true or false"),
    ("cell(T99, total, eei) > 1", "unknown table, which stands first: cell(table, row, column)"),
    ("cell(T3, 'no-such', eei) > 1", "unknown row of T3"),
    ("cell(T3, total, product) > 1", "unknown column of T3"),
    ("value(gamarra - garments, eei) > 1", "a name with a hyphen needs quotes"),
    ("count(global_chain(product)) > 1", "allowed: market, network"),
    ("global_chain(market)", "allowed: market, network"),
    ("count(annex(degree) == Low) > 1", "speaks of a cluster's printed cell"),
    ("rounds_to(stated, 2)", "a fact or a cell is needed here"),
    ("count(eei in 3) == 1", "a list in brackets"),
    ("", "not readable as an expression"),
    ("1 +", "not readable as an expression"),
    ("\x00", "not readable as an expression"),
    ("so\nimport os", "not readable as an expression"),
    ("(" * 900, "not readable as an expression"),
    ("not " * 480 + "so", "not readable as an expression"),
    ("so and " * 1000 + "so", f"at most {MAX_LENGTH} characters"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_is_not_of_the_language_is_refused(text: str, message: str) -> None:
    with pytest.raises(PredicateError) as caught:
        compile_predicate(text, data().vocabulary, FACTS)
    assert message in str(caught.value)


@given(st.text(alphabet="()[]{}.,:=<>!+-*/'\"\\ \n_abceilmnoprtuvx019", max_size=80) | st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_predicate_or_refused(text: str) -> None:
    with suppress(PredicateError):
        assert compile_predicate(text, data().vocabulary, FACTS).type == "truth"


def test_each_argument_is_compiled_once_however_deep_it_stands() -> None:
    """Compiled twice a level, forty calls inside each other would take days."""
    condition = "eei > 1"
    for _ in range(40):
        condition = f"eei > 1 and some(jai > 1, {condition})"
    assert compile_predicate(f"some({condition})", data().vocabulary, {}).type == "truth"


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("gamma(kinds, product, sector == traditional) > 0", "(1 of 15 is not coded: Campina Grande)"),
        ("associated(network, functional)", "(6 of 40 are not coded: Campina Grande, Blumenau, "),
        ("rises(T20, volume_to)", "initial learning 900, maturing 143000, globalization 400000"),
        ("year(cell(T2, 'austral-salmon', date)) < 1980", "Austral Region): 1978;"),
        ("sector_rank(cops, mean(upgrading_sum)) == 4", "4.667 (n.a. of Bucaramanga counted as 0), natural"),
    ],
)  # fmt: skip
def test_evidence_names_whom_a_number_does_not_know_and_rows_by_words(text: str, evidence: str) -> None:
    predicate = compile_predicate(text, data().vocabulary, {})
    assert evidence in items_text(predicate.items(Scope(data().worlds()[0])))


def test_a_distance_leaves_out_what_its_numbers_leave_out() -> None:
    """Of 15 clusters 14 have a score of information where n.a. is left out: the mean is over these."""
    predicate = compile_predicate(
        "mean(distance(information, 1), sector == traditional) "
        "== mean(distance(information, 1), sector == traditional and known(information))",
        data().vocabulary,
        {},
    )
    assert predicate.value(Scope(data().worlds()[3])) is True
