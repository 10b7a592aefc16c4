"""The functions of clusters: how many, which part, means, associations. Their last argument, `among`, says of which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.evidence import exceptions_listed, in_brackets, listed, number_text, spaced
from collective_efficiency.claims.language.nodes import (
    NUMBER,
    TRUTH,
    Node,
    Scope,
    Value,
    measured,
    numbers_of,
)
from collective_efficiency.claims.language.statistics import STATISTICS, exact_gamma, exact_mean, rise
from collective_efficiency.words import BOTH, DEGREES, DOMESTIC, GLOBAL

CHAIN_CODES = {"global_chain": (GLOBAL, BOTH), "domestic_chain": (DOMESTIC, BOTH)}


@dataclass(frozen=True)
class Split:
    """The clusters of which a condition is known: those that meet it and those that do not."""

    meet: tuple[str, ...]
    fail: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many clusters there are."""
        return len(self.meet) + len(self.fail)


@dataclass(frozen=True)
class SplitFunction:
    """What `count`, `share`, `every` and `some` make of the clusters split by their condition."""

    type: str
    words: str
    value: Callable[[Split], Value]
    shown: Callable[[Split], str]


SPLIT_FUNCTIONS: Mapping[str, SplitFunction] = {
    "count": SplitFunction(
        NUMBER, "clusters", lambda split: Fraction(len(split.meet)), lambda split: listed(split.meet)
    ),
    "share": SplitFunction(
        NUMBER,
        "share",
        lambda split: Fraction(len(split.meet), split.size) if split.size else None,
        lambda split: f"{len(split.meet)} of {split.size}",
    ),
    "every": SplitFunction(
        TRUTH,
        "every cluster",
        lambda split: not split.fail if split.size else None,
        lambda split: f"{len(split.meet)} of {split.size}{exceptions_listed(split.fail)}",
    ),
    "some": SplitFunction(
        TRUTH,
        "some cluster",
        lambda split: bool(split.meet) if split.size else None,
        lambda split: listed(split.meet),
    ),
}


def of_split(call: Call) -> Node:
    """`count(condition, among)`, `share`, `every`, `some`."""
    condition, *among = call.arguments
    function = SPLIT_FUNCTIONS[call.name]

    def split(scope: Scope) -> Split:
        truths = [(str(each.subject["cluster"]), condition.value(each)) for each in _clusters(scope, among)]
        return Split(
            tuple(cluster for cluster, truth in truths if truth is True),
            tuple(cluster for cluster, truth in truths if truth is False),
        )

    return measured(
        Node(
            function.type,
            f"{function.words} with {condition.words}{_among(among)}",
            lambda scope: function.value(split(scope)),
            shown=lambda scope: function.shown(split(scope)),
        )
    )


def statistic_of(call: Call) -> Node:
    """`mean(x, among)` and the other STATISTICS."""
    measure, *among = call.arguments
    statistic = STATISTICS[call.name]

    def value(scope: Scope) -> Value:
        return statistic(numbers_of(measure.value(each) for each in _clusters(scope, among)))

    return measured(Node(NUMBER, f"{call.name} {measure.words}{_among(among)}", value))


def distinct(call: Call) -> Node:
    """`distinct(word, among)`: how many different words are known."""
    word, *among = call.arguments

    def value(scope: Scope) -> Value:
        return Fraction(len({word.value(each) for each in _clusters(scope, among)} - {None}))

    return measured(Node(NUMBER, f"different {word.words}{_among(among)}", value))


def gamma_of(call: Call) -> Node:
    """`gamma(x, y, among)` over the clusters of which both are known."""
    first, second, *among = call.arguments

    def value(scope: Scope) -> Value:
        pairs = [(first.value(each), second.value(each)) for each in _clusters(scope, among)]
        known = [(x, y) for x, y in pairs if isinstance(x, Fraction) and isinstance(y, Fraction)]
        return exact_gamma(known)

    return measured(Node(NUMBER, f"gamma of {first.words} and {second.words}{_among(among)}", value))


def rises(call: Call) -> Node:
    """`rises(x, among)`: whether the mean rises with each degree that has clusters, from Low to High."""
    measure, *among = call.arguments

    def means(scope: Scope) -> dict[str, Fraction]:
        numbers: dict[Value, list[Fraction]] = {}
        for each in _clusters(scope, among):
            numbers.setdefault(each.subject["degree"], []).extend(numbers_of([measure.value(each)]))
        by_degree = {degree: exact_mean(numbers.get(degree, [])) for degree in reversed(DEGREES)}
        return {degree: mean for degree, mean in by_degree.items() if mean is not None}

    def shown(scope: Scope) -> str:
        return ", ".join(f"{degree} {number_text(mean)}" for degree, mean in means(scope).items()) or "not known"

    words = f"mean {measure.words} by degree{_among(among)}"
    return measured(Node(TRUTH, words, lambda scope: rise(list(means(scope).values())), shown=shown))


def value_of_cluster(call: Call) -> Node:
    """`value(cluster, x)`: x of one cluster."""
    cluster, measure = call.arguments

    def value(scope: Scope) -> Value:
        scopes = (each for each in scope.world.cluster_scopes if each.subject["cluster"] == cluster.words)
        return next((measure.value(each) for each in scopes), None)

    return measured(Node(measure.type, f"{measure.words} of {cluster.words}", value))


def chain_abroad_or_at_home(call: Call) -> Node:
    """`global_chain(kind)`, `domestic_chain(kind)` of the cluster that is spoken of."""
    kind, codes = call.arguments[0].words, CHAIN_CODES[call.name]

    def value(scope: Scope) -> Value:
        code = scope.subject[kind]
        return None if code is None else code in codes

    return Node(TRUTH, f"a {call.name.partition('_')[0]} {spaced(kind)} chain", value)


def _clusters(scope: Scope, among: Sequence[Node]) -> list[Scope]:
    """The clusters that meet all conditions; where one is not known, the cluster is left out."""
    return [each for each in scope.world.cluster_scopes if all(condition.value(each) for condition in among)]


def _among(conditions: Sequence[Node]) -> str:
    return in_brackets(condition.words for condition in conditions)
