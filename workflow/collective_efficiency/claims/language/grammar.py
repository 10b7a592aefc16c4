"""The grammar: the text of a predicate is parsed with `ast`, and every part must be on a short list; nothing is run."""

import ast
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain, repeat

from collective_efficiency.claims.language.calls import OF_CLUSTER, OF_ROW, TYPES, Call, Function, Takes
from collective_efficiency.claims.language.evidence import number_text, spaced
from collective_efficiency.claims.language.nodes import (
    CLUSTER_NUMBERS,
    CLUSTER_WORDS,
    NUMBER,
    TRUTH,
    WORD,
    Fact,
    Node,
    PredicateError,
    Scope,
    Vocabulary,
    measured,
    remembered,
)
from collective_efficiency.claims.language.operators import (
    ARITHMETIC,
    COMPARISONS,
    any_or_all,
    arithmetic,
    chained,
    compared,
    membership,
    negation,
    of_numbers,
)
from collective_efficiency.claims.language.registry import REGISTRY
from collective_efficiency.claims.language.table_functions import columns_of_family
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.problems import allowed, shown
from collective_efficiency.words import DEGREES, GOVERNANCE

MAX_LENGTH = 2000  # characters of a predicate: what a person can read, and no depth that breaks the parser
OF_A_CLUSTER = {**dict.fromkeys(CLUSTER_NUMBERS, NUMBER), **dict.fromkeys(CLUSTER_WORDS, WORD)}


@dataclass(frozen=True)
class Context:
    """The words that an expression may use where it stands.

    subject: the words of the cluster or table row that is spoken of, with their types; empty outside of a function.
    """

    vocabulary: Vocabulary
    facts: Mapping[str, Fact]
    subject: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_cluster(self) -> bool:
        """Whether a cluster is spoken of."""
        return self.subject is OF_A_CLUSTER


def compile_predicate(text: str, vocabulary: Vocabulary, facts: Mapping[str, Fact]) -> Node:
    """The compiled predicate `text`. Raises PredicateError where it is not of the language or not a truth.

    >>> vocabulary = Vocabulary(("software",), (), {}, {})
    >>> compile_predicate("count(sector == software) == stated", vocabulary, {"stated": Fact(Fraction(5), "88")}).words
    'clusters with software is stated (line 88)'
    >>> compile_predicate("count(sector = software)", vocabulary, {})
    Traceback (most recent call last):
    collective_efficiency.claims.language.nodes.PredicateError: count takes 1 to 2 values in brackets: \
count(condition[, among])
    """
    if len(text) > MAX_LENGTH:
        raise PredicateError(text, f"allowed: at most {MAX_LENGTH} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of `1 is 1`, which the grammar refuses anyway
            tree = ast.parse(text.strip(), mode="eval")
        node = _node(tree.body, Context(vocabulary, facts))
    except PredicateError:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise PredicateError(text, f"not readable as an expression: {getattr(error, 'msg', error)}") from None
    if node.type != TRUTH:
        message = f"a predicate must be true or false, this is a {node.type}; compare it with something"
        raise PredicateError(text, message)
    return node


def _node(tree: ast.AST, context: Context) -> Node:
    match tree:
        case ast.BoolOp():
            return any_or_all([_typed(part, context, TRUTH) for part in tree.values], isinstance(tree.op, ast.Or))
        case ast.UnaryOp(op=ast.Not()):
            return negation(_typed(tree.operand, context, TRUTH))
        case ast.UnaryOp(op=ast.USub()):
            part = _typed(tree.operand, context, NUMBER)
            return of_numbers(f"-{part.words}", (part,), lambda number: -number)
        case ast.Compare():
            sides = [tree.left, *tree.comparators]
            pairs = zip(sides, tree.ops, sides[1:], strict=False)
            return chained([_comparison(left, operator, right, context) for left, operator, right in pairs])
        case ast.BinOp():
            if type(tree.op) not in ARITHMETIC:
                raise PredicateError(_source(tree), "allowed: +, -, *, /")
            left, right = (_typed(side, context, NUMBER) for side in (tree.left, tree.right))
            return arithmetic(left, type(tree.op), right)
        case ast.Call():
            return _call(tree, context)
        case ast.Name():
            return _word(tree.id, context)
        case ast.Constant():
            return _constant(tree.value)
        case _:
            message = "allowed: and, or, not, comparisons, in, + - * /, numbers, quoted words, and the functions "
            raise PredicateError(_source(tree), message + ", ".join(sorted(REGISTRY)))


def _typed(tree: ast.AST, context: Context, *types: str) -> Node:
    node = _node(tree, context)
    if node.type not in types:
        raise PredicateError(_source(tree), f"a {' or a '.join(types)} is needed here, this is a {node.type}")
    return node


def _comparison(left_tree: ast.AST, operator: ast.cmpop, right_tree: ast.AST, context: Context) -> Node:
    if isinstance(operator, ast.In | ast.NotIn):
        return _membership(left_tree, isinstance(operator, ast.In), right_tree, context)
    if type(operator) not in COMPARISONS:
        raise PredicateError(_source(right_tree), "allowed: ==, !=, <, <=, >, >=, in, not in")
    left, right = _node(left_tree, context), _node(right_tree, context)
    ordered = not isinstance(operator, ast.Eq | ast.NotEq)
    if left.type != right.type or (ordered and left.type != NUMBER):
        found = f"{_source(left_tree)} and {_source(right_tree)}"
        raise PredicateError(found, f"a {left.type} and a {right.type} cannot be compared so")
    _check_word(left_tree, right_tree, context)
    _check_word(right_tree, left_tree, context)
    return compared(left, type(operator), right)


def _check_word(column: ast.AST, literal: ast.AST, context: Context) -> None:
    """A word compared with sector, degree or cluster must be one of them: a slip of the pen would count nothing."""
    if not isinstance(column, ast.Name) or not isinstance(literal, ast.Name | ast.Constant):
        return
    vocabulary = context.vocabulary
    lists = {"sector": vocabulary.sectors, "cluster": vocabulary.clusters, "degree": DEGREES}
    word = literal.id if isinstance(literal, ast.Name) else literal.value
    if column.id in context.subject and column.id in lists and word not in (*lists[column.id], *context.facts):
        raise PredicateError(str(word), f"unknown {column.id}; {allowed(lists[column.id], str(word))}")


def _membership(left_tree: ast.AST, wanted: bool, right_tree: ast.AST, context: Context) -> Node:
    if not isinstance(right_tree, ast.Tuple | ast.List) or not right_tree.elts:
        raise PredicateError(_source(right_tree), "after `in` a list in brackets is needed: (a, b)")
    left = _node(left_tree, context)
    parts = [_typed(element, context, left.type) for element in right_tree.elts]
    for element in right_tree.elts:
        _check_word(left_tree, element, context)
    return membership(left, wanted, parts)


def _word(word: str, context: Context) -> Node:
    if word in context.subject:
        return Node(context.subject[word], spaced(word), lambda scope: scope.subject.get(word))
    if word in context.facts:
        return _fact(word, context.facts[word])
    if word in context.vocabulary.sectors or word in DEGREES:
        return Node(WORD, spaced(word), lambda scope: word)
    known = (*context.subject, *context.facts, *context.vocabulary.sectors, *DEGREES)
    where = "" if context.subject else " outside of a function"
    raise PredicateError(word, f"unknown word{where}; {allowed(known, word)}")


def _fact(name: str, fact: Fact) -> Node:
    lines = "lines" if ";" in fact.line or "-" in fact.line else "line"
    type_ = TRUTH if isinstance(fact.value, bool) else NUMBER if isinstance(fact.value, Fraction) else WORD

    def text(scope: Scope) -> str:
        number = fact.value
        if isinstance(number, bool | str) or number < 0:
            return number_text(number)
        return half_up(number, fact.decimals)

    words = f"{spaced(name)} ({lines} {fact.line})"
    return measured(Node(type_, words, lambda scope: fact.value, shown=text, decimals=lambda scope: fact.decimals))


def _constant(constant: object) -> Node:
    if isinstance(constant, str):
        return _key(constant)
    if isinstance(constant, int | float) and not isinstance(constant, bool):
        number = Fraction(str(constant))  # the number as it is written: 0.1 is a tenth
        return Node(NUMBER, str(constant), lambda scope: number)
    raise PredicateError(str(constant), "allowed: a number or a quoted word")


def _key(word: str) -> Node:
    return Node(WORD, word, lambda scope: word)


def _call(tree: ast.Call, context: Context) -> Node:
    name = tree.func.id if isinstance(tree.func, ast.Name) else ""
    if name not in REGISTRY:
        raise PredicateError(_source(tree.func), f"unknown function; {allowed(sorted(REGISTRY), name)}")
    function = REGISTRY[name]
    fewest, most = function.fewest_arguments, function.most_arguments
    if tree.keywords or not fewest <= len(tree.args) <= most:
        count = str(fewest) if fewest == most else f"{fewest} to {most}"
        raise PredicateError(_source(tree), f"{name} takes {count} values in brackets: {function.signature}")
    node = function.build(Call(name, _arguments(tree, function, context), context.vocabulary))
    # What rests on no fact is the same in every claim: a fact of the same name is another number in another claim.
    names = {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)}
    closed = function.goes_through_clusters and names.isdisjoint(context.facts)
    return remembered(node, ast.unparse(tree)) if closed else node


def _arguments(tree: ast.Call, function: Function, context: Context) -> tuple[Node, ...]:
    arguments: list[Node] = []
    parameters = chain(function.parameters, repeat(function.parameters[-1]))
    for argument, parameter in zip(tree.args, parameters, strict=False):
        table = arguments[0].words if arguments else ""  # of a function that takes one, its first argument
        arguments.append(_argument(argument, parameter.takes, function.name, table, context))
    return tuple(arguments)


def _argument(tree: ast.expr, takes: Takes, function: str, table: str, context: Context) -> Node:
    if takes not in TYPES:
        return _key(_named(tree, takes, function, table, context))
    if takes in OF_CLUSTER:
        context = replace(context, subject=OF_A_CLUSTER)
    elif takes in OF_ROW:
        context = replace(context, subject={"row": WORD, **context.vocabulary.columns[table]})
    node = _typed(tree, context, *TYPES[takes])
    if takes is Takes.PRINTED_NUMBER and node.decimals is None:
        raise PredicateError(_source(tree), f"{takes} is needed here, whose decimals are known")
    return node


def _named(tree: ast.expr, takes: Takes, function: str, table: str, context: Context) -> str:
    """The key that an argument writes, with or without quotes, which must be known."""
    word = tree.id if isinstance(tree, ast.Name) else tree.value if isinstance(tree, ast.Constant) else ""
    if takes in (Takes.CHAIN, Takes.PRINTED_COLUMN):
        of_chain = takes is Takes.CHAIN
        words = GOVERNANCE if of_chain else columns_of_family(function, context.vocabulary)
        if word not in words or not isinstance(tree, ast.Name) or not context.of_cluster:
            what = "kind of chain" if of_chain else "printed cell"
            raise PredicateError(_source(tree), f"{function} speaks of a cluster's {what}; {allowed(words, str(word))}")
        return tree.id
    known, what = _keys(takes, table, context.vocabulary)
    if not isinstance(word, str) or word not in known:
        found = str(word) or _source(tree)
        raise PredicateError(found, f"unknown {what} (a name with a hyphen needs quotes); {allowed(known, found)}")
    return word


def _keys(takes: Takes, table: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], str]:
    match takes:
        case Takes.CLUSTER:
            return vocabulary.clusters, "cluster"
        case Takes.TABLE:
            return tuple(vocabulary.columns), "table"
        case Takes.ROW:
            return vocabulary.rows[table], f"row of {table}"
        case _:
            return tuple(vocabulary.columns[table]), f"column of {table}"


def _source(tree: ast.AST) -> str:
    """The expression as text, short enough for a message."""
    try:
        return shown(ast.unparse(tree), 80).strip("'")
    except (RecursionError, ValueError):
        return "the expression"
