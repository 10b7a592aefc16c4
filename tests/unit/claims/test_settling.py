"""What bounds leave open is settled where, and only where, every filling says the same: against brute force."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from claims_data import data
from hypothesis import given, settings
from hypothesis import strategies as st

from collective_efficiency.claims.language.grammar import compile_predicate
from collective_efficiency.claims.language.nodes import NUMBER, Scope, Vocabulary, World
from collective_efficiency.claims.language.values import UNKNOWN, Span, Value
from collective_efficiency.claims.settling import truth_in
from collective_efficiency.words import DEGREES

NAMES, SECTORS = ("ubá", "león", "itajaí", "chipilo"), ("traditional", "cops")
CODES = tuple(Fraction(code) for code in range(3))
CAN_BE: Mapping[str, tuple[Value, ...]] = {"kinds": CODES, "market": CODES, "degree": DEGREES}
UNKNOWN_AS = {"kinds": Span(CODES[0], CODES[-1]), "market": Span(CODES[0], CODES[-1]), "degree": UNKNOWN}
VOCABULARY = Vocabulary(SECTORS, NAMES, {"T2": {"market": NUMBER}}, {"T2": NAMES}, joined=frozenset(["T2"]))
MOST_UNKNOWN = 4

CONDITIONS = ("kinds > 1", "kinds == market", "degree == Low", "not market <= 1", "sector == cops", "kinds != 0")
NUMBERS = ("kinds", "market - kinds", "kinds * market")
# Pairs that say the same: {n} is the number of clusters, and nothing is undefined.
EQUAL = (
    ("every({p}, {q})", "not some(not ({p}), {q})"),
    ("not (every({p}) and some({q}))", "not every({p}) or not some({q})"),
    ("every(not ({p} or {q}))", "every(not ({p}) and not ({q}))"),
    ("count({p}) + count(not ({p})) == {n}", "every({p} or not ({p}))"),
    ("count({p}) + count({q}) > 2", "count({p} and {q}) + count({p} or {q}) > 2"),
    ("count({p}) > count({q})", "count({p} and not ({q})) > count({q} and not ({p}))"),
    ("count({p}) == count({q})", "count({q}) - count({p}) == 0"),
    ("share({p}) > share({q})", "count({p}) > count({q})"),
    ("share({p}) > 1/2", "count({p}) / {n} > 1/2"),
    ("count({p}, {q}) == count({q})", "every({p}, {q})"),
    ("mean({x}) > 1", "total({x}) / {n} > 1"),
    ("mean({x}) > mean({y})", "mean({x} - ({y})) > 0"),
    ("total({x}) == total({y})", "total({x} - ({y})) == 0"),
    ("highest({x}) == lowest({x})", "every({x} == value('ubá', {x}))"),
    ("rank('ubá', {x}) == 1", "value('ubá', {x}) == highest({x})"),
    ("rank('ubá', {x}) == 1", "every({x} <= value('ubá', {x}))"),
    ("rank_from_below('ubá', {x}) == 1", "value('ubá', {x}) <= lowest({x})"),
    ("largest(mean({x}), mean({y})) > 1", "mean({x}) > 1 or mean({y}) > 1"),
    ("smallest(count({p}), count({q})) >= 2", "count({p}) >= 2 and count({q}) >= 2"),
    ("distance(count({p}), count({q})) <= 1", "-1 <= count({p}) - count({q}) <= 1"),
    ("about(total({x}), 4, 1/2)", "2 <= total({x}) <= 6"),
    ("rows(T2, {p}) == rows(T2)", "every(T2, {p})"),
    ("rows(T2, {p}) + rows(T2, not ({p})) == rows(T2)", "every(T2, {p} or not ({p}))"),
    ("rows(T2, {p} and {q}) == rows(T2, {p})", "every(T2, {q}, {p})"),
    ("highest(T2, {x}) < 2", "rows(T2, {x} >= 2) == 0"),
)
PATTERNS = (
    *(text for pair in EQUAL for text in pair),
    "share({p}, {q}) > count({p} and {q}) / {n}",
    "in_each_sector(every({p}))",
    "gamma({x}, {y}, {p}) > 0",
    "rises({x}, {p})",
    "median({x}, {p}) >= 1",
    "distinct(degree, {p}) >= 2",
    "quantile({x}, 1/4) <= mean({y})",
)


def truth(text: str, clusters: list[dict[str, Value]], *, of_bounds: bool = False) -> Value:
    rows = {str(cluster["cluster"]): {**cluster, "row": str(cluster["cluster"])} for cluster in clusters}
    world = World(tuple(clusters), {}, {"T2": rows})
    predicate = compile_predicate(text, VOCABULARY, {})
    return predicate.value(Scope(world)) if of_bounds else truth_in(predicate, world)


def gaps_of(clusters: list[dict[str, Value]]) -> list[tuple[int, str]]:
    return [
        (number, word)
        for number, cluster in enumerate(clusters)
        for word, value in cluster.items()
        if value is UNKNOWN or isinstance(value, Span)
    ]


def fillings(clusters: list[dict[str, Value]]) -> list[list[dict[str, Value]]]:
    gaps, filled = gaps_of(clusters), []
    for values in product(*(CAN_BE[word] for _, word in gaps)):
        copy = [dict(cluster) for cluster in clusters]
        for (number, word), value in zip(gaps, values, strict=True):
            copy[number][word] = value
        filled.append(copy)
    return filled


CLUSTERS = (
    st.lists(
        st.fixed_dictionaries(
            {word: st.sampled_from([*choices, UNKNOWN_AS[word]]) for word, choices in CAN_BE.items()}
            | {"sector": st.sampled_from(SECTORS)}
        ),
        min_size=2,
        max_size=4,
    )
    .map(lambda each: [{"cluster": name, **cells} for name, cells in zip(NAMES, each, strict=False)])
    .filter(lambda clusters: 0 < len(gaps_of(clusters)) <= MOST_UNKNOWN)
)
TEXTS = st.tuples(st.permutations(CONDITIONS), st.permutations(NUMBERS)).map(
    lambda orders: dict(zip("pqxy", (*orders[0][:2], *orders[1][:2]), strict=True))
)


@given(st.sampled_from(PATTERNS), TEXTS, CLUSTERS)
@settings(max_examples=300, deadline=None)
def test_a_truth_is_open_only_where_fillings_differ(
    pattern: str, texts: dict[str, str], clusters: list[dict[str, Value]]
) -> None:
    text = pattern.format(**texts, n=len(clusters))
    truths = {truth(text, filled, of_bounds=True) for filled in fillings(clusters)}
    assert truth(text, clusters) is (truths.pop() if len(truths) == 1 else UNKNOWN)


@given(st.sampled_from(EQUAL), TEXTS, CLUSTERS)
@settings(max_examples=300, deadline=None)
def test_what_says_the_same_is_as_true(
    pair: tuple[str, str], texts: dict[str, str], clusters: list[dict[str, Value]]
) -> None:
    first, second = (truth(text.format(**texts, n=len(clusters)), clusters) for text in pair)
    assert first is second


@pytest.mark.parametrize(
    "text",
    [
        "count(kinds > 1) + count(kinds <= 1) == 40",
        "count(kinds > 1) == count(kinds >= 2)",
        "every(kinds > 1 or kinds <= 1)",
        "share(kinds > 1, sector == traditional) == count(kinds > 1 and sector == traditional) / 15",
    ],
)
def test_what_must_be_so_of_the_report_holds_though_six_clusters_are_not_coded(text: str) -> None:
    world, predicate = data().worlds()[0], compile_predicate(text, data().vocabulary, {})
    assert predicate.value(Scope(world)) is UNKNOWN
    assert truth_in(predicate, world) is True


def test_too_many_fillings_leave_it_open() -> None:
    """Each kind of chain of six clusters in five ways: more than are tried."""
    text = "count(kinds == 0) + count(kinds == 1) + count(kinds == 2) + count(kinds == 3) + count(kinds == 4) == 40"
    world, predicate = data().worlds()[0], compile_predicate(text, data().vocabulary, {})
    assert truth_in(predicate, world) is UNKNOWN
