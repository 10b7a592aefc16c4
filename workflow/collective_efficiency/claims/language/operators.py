"""And, or, not, comparisons and arithmetic of compiled nodes, in a logic of three values: true, false, not known."""

import ast
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, Node, Scope, Value, all_quantities, each_once

COMPARISONS: Mapping[type[ast.cmpop], tuple[str, Callable[[Fraction, Fraction], bool]]] = {
    ast.Eq: ("is", lambda left, right: left == right),
    ast.NotEq: ("is not", lambda left, right: left != right),
    ast.Lt: ("below", lambda left, right: left < right),
    ast.LtE: ("at most", lambda left, right: left <= right),
    ast.Gt: ("above", lambda left, right: left > right),
    ast.GtE: ("at least", lambda left, right: left >= right),
}
ARITHMETIC: Mapping[type[ast.operator], tuple[str, Callable[[Fraction, Fraction], Fraction | None]]] = {
    ast.Add: ("plus", lambda left, right: left + right),
    ast.Sub: ("minus", lambda left, right: left - right),
    ast.Mult: ("times", lambda left, right: left * right),
    ast.Div: ("divided by", lambda left, right: left / right if right else None),
}


def any_or_all(parts: Sequence[Node], is_any: bool) -> Node:
    """`or` (is_any) or `and` of `parts`. One part that decides is enough, also where others are not known."""

    def value(scope: Scope) -> Value:
        unknown = False
        for part in parts:
            truth = part.value(scope)
            if truth is is_any:
                return is_any
            unknown = unknown or truth is None
        return None if unknown else not is_any

    def deciding(scope: Scope) -> tuple[Node, ...]:
        decisive = [part for part in parts if part.value(scope) is is_any]
        return each_once(quantity for part in decisive or parts for quantity in part.evidence(scope))

    words = (" or " if is_any else " and ").join(part.words for part in parts)
    return Node(TRUTH, words, value, all_quantities(parts), deciding=deciding)


def negation(part: Node) -> Node:
    """`not part`."""

    def value(scope: Scope) -> Value:
        truth = part.value(scope)
        return None if truth is None else not truth

    return Node(TRUTH, f"not ({part.words})", value, part.quantities, deciding=part.deciding)


def chained(comparisons: Sequence[Node]) -> Node:
    """`a < b < c`: the comparisons of neighbours, all of which must hold."""
    if len(comparisons) == 1:
        return comparisons[0]

    def value(scope: Scope) -> Value:
        truths = [comparison.value(scope) for comparison in comparisons]
        return False if False in truths else None if None in truths else True

    words = " and ".join(comparison.words for comparison in comparisons)
    return Node(TRUTH, words, value, all_quantities(comparisons))


def compared(left: Node, operator: type[ast.cmpop], right: Node) -> Node:
    """`left == right` and the like, of one type; not known where a side is not."""
    name, compare = COMPARISONS[operator]

    def value(scope: Scope) -> Value:
        first, second = left.value(scope), right.value(scope)
        if first is None or second is None:
            return None
        return compare(first, second)  # type: ignore[arg-type]  # the grammar lets only equality compare words

    words = right.words if left.words == "sector" and name == "is" else f"{left.words} {name} {right.words}"
    if left.type == TRUTH:
        words = f"({left.words}) {'exactly if' if name == 'is' else 'unless'} ({right.words})"
    return Node(TRUTH, words, value, all_quantities((left, right)))


def membership(left: Node, wanted: bool, parts: Sequence[Node]) -> Node:
    """`left in (a, b)`, or `not in` where that is not wanted."""

    def value(scope: Scope) -> Value:
        sought, values = left.value(scope), [part.value(scope) for part in parts]
        return None if sought is None or None in values else (sought in values) == wanted

    words = " or ".join(part.words for part in parts)
    if left.words != "sector" or not wanted:
        words = f"{left.words} {'is' if wanted else 'is not'} {words}"
    return Node(TRUTH, words, value, all_quantities((left, *parts)))


def arithmetic(left: Node, operator: type[ast.operator], right: Node) -> Node:
    """`left + right` and the like; not known where a side is not, or where it divides by zero."""
    name, operate = ARITHMETIC[operator]
    return of_numbers(f"{left.words} {name} {right.words}", (left, right), operate)


def of_numbers(words: str, parts: Sequence[Node], operate: Callable[..., Fraction | None]) -> Node:
    """What `operate` makes of the numbers `parts`; not known where one of them is not."""

    def value(scope: Scope) -> Value:
        numbers = [part.value(scope) for part in parts]
        return None if any(number is None for number in numbers) else operate(*numbers)

    return Node(NUMBER, words, value, all_quantities(parts))
