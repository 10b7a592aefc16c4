"""What is not known never decides: against brute force over small data, and by predicates that say the same."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from claims_data import data, ledger
from hypothesis import given, settings
from hypothesis import strategies as st

from collective_efficiency.claims.language.grammar import compile_predicate
from collective_efficiency.claims.language.nodes import NUMBER, WORD, Scope, Vocabulary, World
from collective_efficiency.claims.language.values import UNKNOWN, Span, Value
from collective_efficiency.words import DEGREES

NAMES, SECTORS = ("ubá", "león", "itajaí", "chipilo"), ("traditional", "cops")
CAN_BE = {name: tuple(Fraction(score) for score in range(3)) for name in ("eei", "jai", "product")}
VOCABULARY = Vocabulary(
    SECTORS,
    NAMES,
    {"T2": {"jobs": NUMBER, "firms": NUMBER, "country": WORD}},
    {"T2": NAMES},
    {("T2", "country"): ("Brazil", "Chile")},
)
CAN_BE_IN_TABLE = {"jobs": CAN_BE["eei"], "firms": CAN_BE["eei"], "country": ("Brazil", "Chile")}
MOST_UNKNOWN = 4  # cells: brute force fills them in every way

# A condition on a cluster, and one on a row of the table; a number of each.
CONDITIONS = (
    "eei > 1",
    "eei == jai",
    "degree == Low",
    "not jai <= 1",
    "eei + jai > 2",
    "sector == cops",
    "product != 0",
)
CONDITIONS_OF_ROWS = ("jobs > 1", "firms == jobs", 'country == "Chile"', "not firms <= 1", "jobs / firms >= 1")
NUMBERS = ("eei", "jai - eei", "product / eei", "eei * jai")
NUMBERS_OF_ROWS = ("jobs", "firms - jobs", "jobs / firms")


def unknown(choices: tuple[Value, ...]) -> Value:
    """What is known of a value that may be any of these."""
    numbers = [choice for choice in choices if isinstance(choice, Fraction)]
    return Span(min(numbers), max(numbers)) if numbers else UNKNOWN


def subjects(words: Mapping[str, tuple[Value, ...]], key: str) -> st.SearchStrategy[list[dict[str, Value]]]:
    """Clusters or rows, with a few values that are not known (`unknown` of what they can be)."""
    cells = {word: st.sampled_from([*choices, *choices, unknown(choices)]) for word, choices in words.items()}
    return st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=4).map(
        lambda each: [{key: name, **cells} for name, cells in zip(NAMES, each, strict=False)]
    )


def limited(each: list[dict[str, Value]]) -> bool:
    """Whether brute force over what is not known is feasible."""
    return (
        sum(value is UNKNOWN or isinstance(value, Span) for cells in each for value in cells.values()) <= MOST_UNKNOWN
    )


OF_CLUSTERS = {**CAN_BE, "degree": DEGREES}
CLUSTERS = st.tuples(
    subjects(OF_CLUSTERS, "cluster").filter(limited), st.lists(st.sampled_from(SECTORS), min_size=4, max_size=4)
).map(lambda pair: [{**cluster, "sector": sector} for cluster, sector in zip(*pair, strict=False)])
ROWS = subjects(CAN_BE_IN_TABLE, "row").filter(limited)


def fillings(each: list[dict[str, Value]], words: Mapping[str, tuple[Value, ...]]) -> Iterable[list[dict[str, Value]]]:
    """The same with all that is not known filled in, in every way."""
    gaps = [
        (number, word)
        for number, cells in enumerate(each)
        for word, value in cells.items()
        if value is UNKNOWN or isinstance(value, Span)
    ]
    for filling in product(*(words[word] for _, word in gaps)):
        filled = [dict(cells) for cells in each]
        for (number, word), value in zip(gaps, filling, strict=True):
            filled[number][word] = value
        yield filled


def truth(text: str, clusters: list[dict[str, Value]], rows: Iterable[dict[str, Value]] = ()) -> Value:
    world = World(tuple(clusters), {}, {"T2": {str(row["row"]): row for row in rows}})
    return compile_predicate(text, VOCABULARY, {}).value(Scope(world))


PATTERNS = (
    "count({p}, {q}) == 2",
    "share({p}, {q}) > 1/2",
    "every({p}, {q})",
    "some({p}, {q})",
    "mean({x}, {p}) >= 1",
    "total({x}, {p}) <= 2",
    "median({x}, {p}) == 1",
    "highest({x}, {p}) > 1",
    "lowest({x}, {p}) < 1",
    "quantile({x}, 1/4, {p}) >= 1",
    "largest(count({p}), mean({x})) > 1",
    "distance(mean({x}, {p}), mean({y})) <= 1",
    "distance(mean({x}, {p}), 1) >= 0",
    "about(mean({x}, {p}), 1, 1/2)",
    "total({x}, {p}) / count({p}) >= 1",
    "share({p}, {q}) * 0 == 0",
)
OF_CLUSTERS_ONLY = (
    "rank('ubá', {x}, {p}) == 1",
    "rank_from_below('ubá', {x}) <= 2",
    "rises({x}, {p})",
    "falls({x}, {y}, {p})",
    "gamma({x}, {y}, {p}) > 0",
    "associated({x}, {y})",
    "associated({x}, {y}, {p})",
    "in_each_sector(every({p}))",
    "sector_rank(cops, mean({x})) == 1",
    "sector_range(mean({x})) <= 1",
    "value('ubá', {x}) >= 1",
    "distinct(degree, {p}) >= 2",
)
OF_TABLES_ONLY = (
    "rows(T2, {p}) >= 2",
    "distinct(T2, country, {p}) == 2",
    "rank(T2, 'ubá', {x}) == 1",
    "rises(T2, {x})",
)


@st.composite
def predicates(draw: st.DrawFn, *, of_table: bool) -> str:
    conditions, numbers = (CONDITIONS_OF_ROWS, NUMBERS_OF_ROWS) if of_table else (CONDITIONS, NUMBERS)
    pattern = draw(st.sampled_from((*PATTERNS, *(OF_TABLES_ONLY if of_table else OF_CLUSTERS_ONLY))))
    text = pattern.format(
        p=draw(st.sampled_from(conditions)), q=draw(st.sampled_from(conditions)),
        x=draw(st.sampled_from(numbers)), y=draw(st.sampled_from(numbers)),
    )  # fmt: skip
    if of_table:
        for name in ("count", "share", "every", "some", "mean", "total", "median", "highest", "lowest", "quantile"):
            text = text.replace(f"{name}(", f"{name}(T2, ")
    return draw(st.sampled_from(("{}", "not ({})", "{} and some(eei > 1)", "{} or every(jai > 0)"))).format(text)


@given(predicates(of_table=False), CLUSTERS)
@settings(max_examples=400, deadline=None)
def test_a_decided_truth_about_clusters_is_that_of_every_filling(text: str, clusters: list[dict[str, Value]]) -> None:
    decided = truth(text, clusters)
    if decided is not UNKNOWN:
        assert {truth(text, filled) for filled in fillings(clusters, OF_CLUSTERS)} == {decided}


@given(predicates(of_table=True), CLUSTERS.filter(lambda each: len(each) == 1), ROWS)
@settings(max_examples=300, deadline=None)
def test_a_decided_truth_about_rows_is_that_of_every_filling(
    text: str, clusters: list[dict[str, Value]], rows: list[dict[str, Value]]
) -> None:
    decided = truth(text, clusters, rows)
    if decided is not UNKNOWN:
        truths = {truth(text, clusters, filled) for filled in fillings(rows, CAN_BE_IN_TABLE)}
        assert truths == {decided}


# Predicates that say the same; {n} is the number of clusters (in {q}: of rows, with rows(T2) for it).
EQUAL_OF_CLUSTERS = (
    ("every({p})", "count({p}) == {n}"),
    ("every({p})", "share({p}) == 1"),
    ("every({p}, {q})", "not some(not ({p}), {q})"),
    ("every({p}, {q})", "count(not ({p}), {q}) == 0"),
    ("every({p}, {q})", "every({p} or not ({q}))"),
    ("some({p}, {q})", "some({p} and {q})"),
    ("some({p})", "share({p}) > 0"),
    ("not some({p})", "count({p}) == 0"),
    ("count({p}, {q}) >= 2", "count({p} and {q}) >= 2"),
    ("not (every({p}) and some({q}))", "not every({p}) or not some({q})"),
    ("every(not ({p} and {q}))", "every(not ({p}) or not ({q}))"),
    ("count(not ({p} or {q})) == 1", "count(not ({p}) and not ({q})) == 1"),
    ("share({p}) > 1/2", "count({p}) > count(not ({p}))"),
    ("share({p}) > 1/2", "2 * count({p}) > {n}"),
    ("highest({x}) <= 1", "every({x} <= 1)"),
    ("lowest({x}) < 1", "some({x} < 1)"),
    ("mean({x}) >= 1", "total({x}) >= {n}"),
    ("mean({x}) >= 1", "not mean({x}) < 1"),
    ("rank('ubá', {x}) == 1", "count({x} > value('ubá', {x}), cluster != 'ubá') == 0"),
)
EQUAL_OF_ROWS = (
    ("rows(T2, {p}) == rows(T2)", "rows(T2, not ({p})) == 0"),
    ("rows(T2, {p}) == rows(T2)", "every(T2, {p})"),
    ("rows(T2, {p}) == rows(T2)", "share(T2, {p}) == 1"),
    ("rows(T2, {p}) == 0", "not some(T2, {p})"),
    ("rows(T2, {p} and {q}) >= 1", "some(T2, {p}, {q})"),
    ("rows(T2, {p}) == 2", "count(T2, {p}) == 2"),
    ("highest(T2, {x}) <= 1", "rows(T2, {x} > 1) == 0"),
)
# Where every condition and number has a value, so that nothing compares nothing.
DEFINED, DEFINED_OF_ROWS = ("eei", "jai - eei", "eei * jai"), ("jobs", "firms - jobs")


def agree(first: str, second: str, texts: Mapping[str, object], *data: list[dict[str, Value]]) -> bool:
    return truth(first.format(**texts), *data) is truth(second.format(**texts), *data)


@given(
    st.sampled_from(EQUAL_OF_CLUSTERS),
    st.sampled_from(CONDITIONS),
    st.sampled_from(CONDITIONS),
    st.sampled_from(DEFINED),
    CLUSTERS,
)
@settings(max_examples=600, deadline=None)
def test_what_says_the_same_of_clusters_is_as_true(
    pair: tuple[str, str], p: str, q: str, x: str, clusters: list[dict[str, Value]]
) -> None:
    assert agree(*pair, {"p": p, "q": q, "x": x, "n": len(clusters)}, clusters)


@given(
    st.sampled_from(EQUAL_OF_ROWS),
    st.sampled_from(CONDITIONS_OF_ROWS),
    st.sampled_from(CONDITIONS_OF_ROWS),
    st.sampled_from(DEFINED_OF_ROWS),
    ROWS,
)
@settings(max_examples=300, deadline=None)
def test_what_says_the_same_of_rows_is_as_true(
    pair: tuple[str, str], p: str, q: str, x: str, rows: list[dict[str, Value]]
) -> None:
    assert agree(*pair, {"p": p, "q": q, "x": x}, [], rows)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("every(kinds > 0)", "count(kinds > 0) == 40"),
        ("every(kinds > 0)", "share(kinds > 0) == 1"),
        ("every(kinds > 0)", "not some(kinds == 0)"),
        ("rows(T2, direct_jobs > 100) == rows(T2)", "rows(T2, direct_jobs <= 100) == 0"),
        ("every(T2, direct_jobs > 100)", "not some(T2, direct_jobs <= 100)"),
        ("count(kinds > 1, sector == traditional) == 7", "count(kinds <= 1, sector == traditional) == 8"),
    ],
)
def test_what_says_the_same_of_the_report_turns_on_the_same_unknown(first: str, second: str) -> None:
    """Six clusters are not coded, one of them traditional; table 2 has no direct jobs of the grapes."""
    world = data().worlds()[0]
    truths = [compile_predicate(text, data().vocabulary, {}).value(Scope(world)) for text in (first, second)]
    assert truths == [UNKNOWN, UNKNOWN]


def filled(value: Value, random: Random) -> Value:
    """A guess for what is not known, whole and half numbers where bounds allow."""
    if isinstance(value, Span):
        most = value.high if isinstance(value.high, Fraction) else value.low + 2000
        return value.low + Fraction(random.randint(0, int((most - value.low) * 2)), 2)
    return random.choice(DEGREES) if value is UNKNOWN else value


def blanked(value: Value, random: Random) -> Value:
    """The value, or, of one in ten, no more than bounds around it."""
    if random.randrange(10) or value is None:
        return value
    return Span(Fraction(0), value + 3) if isinstance(value, Fraction) else UNKNOWN


def changed(world: World, change: Callable[[Value, Random], Value], random: Random) -> World:
    """The world with other values of clusters, cells and rows; keys and sectors stay."""

    def of(subject: Mapping[str, Value]) -> dict[str, Value]:
        keys = ("cluster", "row", "sector")
        return {word: value if word in keys else change(value, random) for word, value in subject.items()}

    return replace(
        world,
        clusters=tuple(of(cluster) for cluster in world.clusters),
        cells={key: replace(cell, value=change(cell.value, random)) for key, cell in world.cells.items()},
        tables={table: {row: of(subject) for row, subject in rows.items()} for table, rows in world.tables.items()},
        memory={},
    )


WORLDS = data().worlds()[:3]  # with n.a. counted as 0: left out, it is not to be filled in
TRUTHS = [
    (variant.predicate, way, variant.predicate.value(Scope(world)))
    for claim in ledger().claims
    for variant in claim.variants
    if "known(" not in variant.holds_if  # which asks what is known, and not what is so
    for way, world in enumerate(WORLDS)
]


@pytest.mark.parametrize("seed", range(6))
def test_no_decided_reading_of_the_ledger_turns_whatever_is_filled_in(seed: int) -> None:
    random = Random(seed)
    worlds = [changed(world, filled, random) for world in WORLDS]
    decided = [each for each in TRUTHS if each[2] is not UNKNOWN]
    assert len(decided) > 500
    assert [part.words for part, way, before in decided if part.value(Scope(worlds[way])) is not before] == []


@pytest.mark.parametrize("seed", range(6))
def test_no_reading_of_the_ledger_is_decided_otherwise_where_less_is_known(seed: int) -> None:
    random = Random(seed)
    worlds = [changed(world, blanked, random) for world in WORLDS]
    after = [(part.words, part.value(Scope(worlds[way])), before) for part, way, before in TRUTHS]
    assert [words for words, now, before in after if now is not UNKNOWN and now is not before] == []
