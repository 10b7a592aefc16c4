"""The functions that split clusters or rows by a condition: how many meet it, which part, every one, some."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.evidence import (
    MAX_LISTED,
    enumerated,
    in_integers,
    names_up_to_limit,
    number_text,
    spaced,
    table_name,
    unknown_text,
    with_notes,
)
from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, Node, Scope, measured
from collective_efficiency.claims.language.populations import (
    Population,
    is_coded,
    population_of,
    zero_note,
)
from collective_efficiency.claims.language.values import UNKNOWN, Truth, Value, as_truth, span_of
from collective_efficiency.words import BOTH, DOMESTIC, GLOBAL

CHAIN_CODES = {"global_chain": (GLOBAL, BOTH), "domestic_chain": (DOMESTIC, BOTH)}


@dataclass(frozen=True)
class Split:
    """Clusters or rows by whether they are meant (`maybe_`: not known) and whether they meet a condition."""

    meet: tuple[Scope, ...]
    fail: tuple[Scope, ...]
    unknown: tuple[Scope, ...]
    maybe_meet: tuple[Scope, ...]
    maybe_fail: tuple[Scope, ...]
    maybe_unknown: tuple[Scope, ...]

    @property
    def size(self) -> int:
        """How many are meant for sure."""
        return len(self.meet) + len(self.fail) + len(self.unknown)

    @property
    def maybe(self) -> tuple[Scope, ...]:
        """Those of which it is not known whether they are meant."""
        return self.maybe_meet + self.maybe_fail + self.maybe_unknown

    @property
    def undecided(self) -> tuple[Scope, ...]:
        """Those that may count and may not."""
        return self.unknown + self.maybe_meet + self.maybe_unknown


def _split(population: Population, condition: Node, scope: Scope) -> Split:
    groups: list[tuple[Scope, ...]] = []
    members = population.members(scope)
    for scopes in (members.sure, members.maybe):
        truths = [(each, as_truth(condition.value(each))) for each in scopes]
        groups.append(tuple(each for each, truth in truths if truth is True))
        groups.append(tuple(each for each, truth in truths if truth is False))
        groups.append(tuple(each for each, truth in truths if truth is UNKNOWN or truth is None))
    return Split(*groups)


def _count(split: Split) -> Value:
    low = len(split.meet)
    return span_of(Fraction(low), Fraction(low + len(split.undecided)))


def _share(split: Split) -> Value:
    """Which part: the lowest where all that may fail do, the highest where all that may meet it do."""
    if not split.size:
        return UNKNOWN if split.maybe else None
    meet, may = len(split.meet), len(split.unknown)
    fewest = Fraction(meet, split.size + len(split.maybe_fail) + len(split.maybe_unknown))
    joining = len(split.maybe_meet) + len(split.maybe_unknown)
    return span_of(fewest, Fraction(meet + may + joining, split.size + joining))


def _every(split: Split) -> Truth:
    """True where none fails: also where none is meant, as no exception is the same thing."""
    if split.fail:
        return False
    return UNKNOWN if split.unknown or split.maybe_fail or split.maybe_unknown else True


def _some(split: Split) -> Truth:
    if split.meet:
        return True
    return UNKNOWN if split.undecided else False


@dataclass(frozen=True)
class SplitFunction:
    """What `count`, `share`, `every` and `some` make of a split, and what would have to be of those not known."""

    type: str
    stem: str
    value: Callable[[Split], Value]
    would_have_to: str = ""


SPLIT_FUNCTIONS: Mapping[str, SplitFunction] = {
    "count": SplitFunction(NUMBER, "", _count),
    "share": SplitFunction(NUMBER, "share of ", _share),
    "every": SplitFunction(TRUTH, "every one of ", _every, "all of them would have to"),
    "some": SplitFunction(TRUTH, "some of ", _some, "one of them would have to"),
}


def of_split(call: Call) -> Node:
    """`count(condition, among)`, `share`, `every`, `some`, of clusters or of the rows of a table."""
    condition, *among = call.arguments
    function = SPLIT_FUNCTIONS[call.name]
    population = population_of(call, among)
    columns = condition.columns | population.columns
    counted = population_of(call, [*among, condition]).words
    stem = counted if call.name == "count" else f"{population.words} {condition.qualifies}"

    def shown(scope: Scope) -> str:
        split = _split(population, condition, scope)
        value = function.value(split)
        unknown = split.undecided + (split.maybe_fail if call.name in ("every", "share") else ())
        text, *notes = _members_text(call.name, split, population)
        notes.append(unknown_text(population.names(unknown), split.size + len(split.maybe), coded=is_coded(columns)))
        notes += [function.would_have_to] if value is UNKNOWN else []
        return with_notes(text, [*notes, zero_note((*split.meet, *split.fail), columns, population)])

    def undecided(scope: Scope) -> int:
        split = _split(population, condition, scope)
        return 0 if split.maybe and call.name == "share" else len(split.undecided)

    node = Node(
        function.type,
        f"{function.stem}{stem}",
        lambda scope: function.value(_split(population, condition, scope)),
        undecided=undecided,
    )
    return measured(node, stem, shown=shown)


def _members_text(name: str, split: Split, population: Population) -> list[str]:
    """How many meet the condition, and which they are, or which do not."""
    meet, fails = population.names(split.meet), population.names(split.fail)
    if name == "count" and split.undecided:
        return [in_integers(len(meet), len(meet) + len(split.undecided))]
    if name in ("count", "some"):
        return [str(len(meet)), ", ".join(meet) if len(meet) <= MAX_LISTED else ""]
    exceptions = f"not {names_up_to_limit(fails)}" if fails and name == "every" else ""
    return [f"{len(meet)} of {split.size}", exceptions]


def rows_of_table(call: Call) -> Node:
    """`rows(table, condition)`: how many rows, without total and average, meet the condition."""
    population = population_of(call, call.arguments)

    def value(scope: Scope) -> Value:
        members = population.members(scope)
        return span_of(Fraction(len(members.sure)), Fraction(len(members.sure) + len(members.maybe)))

    def shown(scope: Scope) -> str:
        members = population.members(scope)
        names, unknown = population.names(members.sure), population.names(members.maybe)
        listed = ", ".join(names) if call.arguments and not unknown and len(names) <= MAX_LISTED else ""
        not_known = unknown_text(unknown, len(population.everyone(scope)), coded=is_coded(population.columns))
        return with_notes(in_integers(len(names), len(names) + len(unknown)), [listed, not_known])

    node = Node(NUMBER, population.words, value, undecided=lambda scope: len(population.members(scope).maybe))
    return measured(node, population.words, shown=shown)


def distinct(call: Call) -> Node:
    """`distinct(word, among)`: how many different words there are."""
    word, *among = call.arguments
    population = population_of(call, among)

    def known(scope: Scope) -> tuple[set[Value], int, int]:
        members = population.members(scope)
        values = {word.value(each) for each in members.sure}
        unknown = sum(word.value(each) is UNKNOWN for each in members.sure)
        return values - {None, UNKNOWN}, unknown, len(members.maybe)

    def value(scope: Scope) -> Value:
        values, unknown, maybe = known(scope)
        fewest = max(len(values), min(unknown, 1))
        return span_of(Fraction(fewest), Fraction(len(values) + unknown + maybe))

    def shown(scope: Scope) -> str:
        values = sorted(map(str, known(scope)[0]))
        return f"{number_text(value(scope))}{f' ({enumerated(values)})' if values else ''}"

    words = f"different words for {word.words} of {population.words}"
    return measured(Node(NUMBER, words, value), words, shown=shown)


def columns_of_table(call: Call) -> Node:
    """`columns(table)`: how many columns it has beside the names of its rows."""
    count = Fraction(len(call.vocabulary.columns[call.table]))
    words = f"columns of {table_name(call.table)}"
    return measured(Node(NUMBER, words, lambda scope: count), words)


def chain_abroad_or_at_home(call: Call) -> Node:
    """`global_chain(kind)`, `domestic_chain(kind)` of the cluster that is spoken of."""
    kind, codes = call.arguments[0].words, CHAIN_CODES[call.name]

    def value(scope: Scope) -> Value:
        code = scope.subject.get(kind)
        return code in codes if isinstance(code, Fraction) else UNKNOWN

    words = f"{call.name.partition('_')[0]} {spaced(kind)}"
    return Node(TRUTH, words, value, modifier=f"in {words}", columns=frozenset((kind,)))


def is_known(call: Call) -> Node:
    """`known(x)`: whether x has a value."""
    part: Node = call.arguments[0]

    def value(scope: Scope) -> Value:
        return isinstance(part.value(scope), Fraction | str | bool)

    adjective = "coded" if is_coded(part.columns) else ""
    return Node(TRUTH, f"{part.words} known", value, part.items, adjective=adjective, columns=part.columns)
