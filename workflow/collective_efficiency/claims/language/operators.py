"""And, or, not, comparisons and arithmetic of compiled nodes, in a logic of three values: true, false, not known."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from collective_efficiency.claims.language.evidence import Item, enumerated, number_text
from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, Node, Scope, columns_of, each_once, items_of
from collective_efficiency.claims.language.values import (
    Bound,
    Span,
    Value,
    as_truth,
    combined,
    compared_truth,
    joined,
    negated,
    quotient,
)
from collective_efficiency.words import GOVERNANCE

COMPARISONS: Mapping[type[ast.cmpop], tuple[str, str]] = {  # the sign, and how evidence says it
    ast.Eq: ("==", "is"),
    ast.NotEq: ("!=", "is not"),
    ast.Lt: ("<", "below"),
    ast.LtE: ("<=", "at most"),
    ast.Gt: (">", "above"),
    ast.GtE: (">=", "at least"),
}
ARITHMETIC: Mapping[type[ast.operator], tuple[str, str, int, Callable[[Bound, Bound], Bound | None]]] = {
    ast.Add: ("plus", "+", 2, lambda left, right: left + right),
    ast.Sub: ("minus", "-", 2, lambda left, right: left - right),
    ast.Mult: ("times", "×", 3, lambda left, right: Fraction(0) if 0 in (left, right) else left * right),
    ast.Div: ("divided by", "/", 3, quotient),
}
COMPARISONS_IN_WORDS = dict(COMPARISONS.values())
DIFFERENCE = "difference"
MAX_APART = 1  # comparisons of which evidence says how far their sides are apart
MAX_WORDS = 9  # of a calculation that evidence names; a longer one is shown by its numbers


def any_or_all(parts: Sequence[Node], is_any: bool) -> Node:
    """`or` (is_any) or `and` of `parts`. One part that decides is enough, also where others are not known."""

    def value(scope: Scope) -> Value:
        return joined((as_truth(part.value(scope)) for part in parts), is_any)

    def items(scope: Scope) -> tuple[Item, ...]:
        decided = value(scope)
        decisive = [part for part in parts if part.value(scope) is decided]
        found = items_of(decisive or parts, scope)
        if len(decisive) > MAX_APART:
            found = tuple(item for item in found if item.stem != DIFFERENCE)
        return found

    link = "or" if is_any else "and"
    words = f" {link} ".join(part.in_brackets(1) for part in parts)
    modifiers = [part.qualifies for part in parts if not (part.adjective or part.subjects)]
    return Node(
        TRUTH,
        words,
        value,
        items,
        binds=0,
        modifier=_joined_modifiers(modifiers, link),
        parts=() if is_any else tuple(parts),
        columns=columns_of(parts),
    )


def _joined_modifiers(modifiers: Sequence[str], link: str) -> str:
    """ "with a and with b" reads "with a and b"."""
    head = [text if number == 0 else text.removeprefix("with ") for number, text in enumerate(modifiers)]
    alike = all(text.startswith("with ") for text in modifiers)
    return f" {link} ".join(head if alike else modifiers)


def negation(part: Node) -> Node:
    """`not part`."""
    return replace(
        part,
        words=f"not ({part.words})" if part.binds < 4 else f"not {part.words}",
        value=lambda scope: negated(as_truth(part.value(scope))),
        binds=4,
        modifier=f"not {part.modifier}" if part.modifier else "",
        adjective="",
        subjects="",
        parts=(),
    )


def compared(left: Node, operator: type[ast.cmpop], right: Node) -> Node:
    """`left == right` and the like, of one type; not known where it turns on what is not known of a side."""
    sign, name = COMPARISONS[operator]

    def value(scope: Scope) -> Value:
        return compared_truth(left.value(scope), right.value(scope), sign)

    def items(scope: Scope) -> tuple[Item, ...]:
        return each_once([*_side(left, scope), *_side(right, scope), *_deciding(left, right, sign, scope)])

    words = f"{left.in_brackets(2)} {name} {right.in_brackets(2)}"
    if left.type == TRUTH:
        words = f"({left.words}) {'exactly if' if sign == '==' else 'unless'} ({right.words})"
    node = Node(TRUTH, words, value, items, binds=1, columns=columns_of((left, right)))
    return _qualifying(node, left, sign, [right])


def _qualifying(node: Node, left: Node, sign: str, values: Sequence[Node]) -> Node:
    """A condition on one column, and how it qualifies clusters if better words exist than "with degree is Low"."""
    column, words = next(iter(left.columns), ""), enumerated([value.words for value in values], "or")
    if len(left.columns) != 1 or any(value.columns for value in values):
        return node
    match column, sign:
        case "sector", "==":
            return replace(node, adjective=words)
        case (("cluster" | "row"), "=="):
            return replace(node, subjects=enumerated([value.words for value in values]))
        case (("sector" | "cluster" | "row"), "!="):
            return replace(node, modifier=f"other than {words}")
        case "degree", ("==" | "!="):
            return replace(node, modifier=f"of {'' if sign == '==' else 'other than '}{words.lower()} degree")
        case (("country" | "industry"), ("==" | "!=")):
            return replace(node, modifier=f"{'in' if sign == '==' else 'not in'} {words}")
        case _, (">" | "==") if column in GOVERNANCE and words == "0":
            return replace(node, modifier=f"{'in' if sign == '>' else 'not in'} {left.words}")
    return node


def _side(node: Node, scope: Scope) -> tuple[Item, ...]:
    """The numbers of one side of a comparison, a calculation with its result."""
    if node.formula and len(node.words.split()) <= MAX_WORDS:
        return (Item(node.words, "", number_text(node.value(scope))), *node.items(scope))
    return with_result(node, scope)


def with_result(node: Node, scope: Scope) -> tuple[Item, ...]:
    """The numbers behind a number, and what a calculation comes to."""
    if not node.formula:
        return node.items(scope)
    return (Item("", "", f"{node.calculation(scope)} = {number_text(node.value(scope))}"), *node.items(scope))


def _deciding(left: Node, right: Node, sign: str, scope: Scope) -> tuple[Item, ...]:
    """What decides a comparison beside its sides: what is needed, how far the sides are apart."""
    first, second = left.value(scope), right.value(scope)
    if left.reads_data and right.reads_data:
        if isinstance(first, Fraction) and isinstance(second, Fraction) and first != second:
            return (Item(DIFFERENCE, "", number_text(abs(first - second))),)
        if not (isinstance(first, Span) and isinstance(second, Fraction)):
            return ()
        text = number_text(second)
    elif left.reads_data and left.type == NUMBER:
        text = right.words
    else:
        return ()
    unknown = left.undecided(scope) if left.undecided and isinstance(first, Span) else 0
    asked = _asked(first, second, unknown, sign) if unknown else ""
    name = COMPARISONS_IN_WORDS[sign]
    return (Item("needed", "", (text if sign == "==" else f"{name.removeprefix('is ')} {text}") + asked),)


def _asked(span: Value, needed: Value, unknown: int, sign: str) -> str:
    """How many of those of whom it is not known would have to be so, where that can be told.

    >>> _asked(Span(Fraction(6), Fraction(8)), Fraction(7), 2, ">=")
    ', which takes at least 1 of those not known'
    """
    if not isinstance(span, Span) or not isinstance(span.low, Fraction):
        return ""
    step = (Fraction(span.high) - span.low) / unknown
    enough = [each for each in range(unknown + 1) if compared_truth(span.low + each * step, needed, sign) is True]
    if not enough or enough[-1] - enough[0] >= len(enough):  # none, or with a gap
        return ""
    if enough[0] == unknown:
        number = "all" if unknown > 1 else "the one"
    elif enough[-1] == 0:
        number = "none"
    elif len(enough) == 1:
        number = str(enough[0])
    else:
        number = f"at most {enough[-1]}" if enough[0] == 0 else f"at least {enough[0]}"
    return f", which takes {number}{'' if number == 'the one' else ' of those'} not known"


def chained(comparisons: Sequence[Node]) -> Node:
    """`a < b < c`: the comparisons of neighbours, all of which must hold."""
    if len(comparisons) == 1:
        return comparisons[0]
    return replace(any_or_all(comparisons, is_any=False), parts=())


def membership(left: Node, wanted: bool, parts: Sequence[Node]) -> Node:
    """`left in (a, b)`, or `not in` where that is not wanted."""

    def value(scope: Scope) -> Value:
        sought = left.value(scope)
        found = joined((compared_truth(sought, part.value(scope), "==") for part in parts), decisive=True)
        return found if wanted else negated(found)

    words = f"{left.in_brackets(2)} {'is' if wanted else 'is not'} {enumerated([part.words for part in parts], 'or')}"
    sides = (left, *parts)
    node = Node(TRUTH, words, value, lambda scope: items_of(sides, scope), binds=1, columns=columns_of(sides))
    return _qualifying(node, left, "==" if wanted else "!=", parts)


def arithmetic(left: Node, operator: type[ast.operator], right: Node) -> Node:
    """`left + right` and the like; not defined where it divides by zero."""
    name, sign, binds, operate = ARITHMETIC[operator]
    if not left.reads_data and not right.reads_data:
        words = f"{left.in_brackets(binds)}{sign}{right.in_brackets(binds)}"
        return replace(of_numbers(words, (left, right), operate), formula=None)
    tighter = binds + (operator in (ast.Sub, ast.Div))  # a - (b + c), a / (b * c)
    words = f"{left.in_brackets(binds)} {name} {right.in_brackets(tighter)}"

    def formula(scope: Scope) -> str:
        sides = ((left, binds), (right, tighter))
        texts = (
            text if side.binds >= needed or " " not in text else f"({text})"
            for side, needed in sides
            for text in [side.calculation(scope)]
        )
        return f" {sign} ".join(texts)

    return replace(of_numbers(words, (left, right), operate), binds=binds, formula=formula)


def of_numbers(words: str, parts: Sequence[Node], operate: Callable[..., Bound | None]) -> Node:
    """What `operate` makes of the numbers `parts`; within bounds where one of them is not known.

    operate: monotone in each number while the others stay.
    """

    return Node(
        NUMBER,
        words,
        lambda scope: combined([part.value(scope) for part in parts], operate),
        lambda scope: items_of(parts, scope),
        columns=columns_of(parts),
        reads_data=any(part.reads_data for part in parts),
        formula=lambda scope: words,
    )
