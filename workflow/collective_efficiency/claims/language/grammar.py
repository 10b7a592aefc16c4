"""The grammar: the text of a predicate is parsed with `ast`, and every part must be on a short list; nothing is run."""

import ast
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from collective_efficiency.claims.language.calls import OF_VALUES, OWN, TYPES, Call, Function, OfTable, Takes
from collective_efficiency.claims.language.checks import (
    READS_NOTHING,
    check_compared,
    check_hyphens,
    syntax_message,
    type_needed,
    unknown_function,
    unknown_word,
)
from collective_efficiency.claims.language.evidence import adjective_of, number_text, spaced
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
from collective_efficiency.problems import allowed
from collective_efficiency.words import DEGREES, GOVERNANCE, INDICES

MAX_LENGTH = 4000  # characters of a predicate: what a person can read, and no depth that breaks the parser
OF_A_CLUSTER = {**dict.fromkeys(CLUSTER_NUMBERS, NUMBER), **dict.fromkeys(CLUSTER_WORDS, WORD)}


@dataclass(frozen=True)
class Context:
    """The words that an expression may use where it stands.

    subject: the words of the cluster or table row that is spoken of, with their types; empty outside of a function.
    table: that of the row.
    """

    vocabulary: Vocabulary
    facts: Mapping[str, Fact]
    subject: Mapping[str, str] = field(default_factory=dict)
    table: str = ""

    @property
    def of_cluster(self) -> bool:
        """Whether a cluster is spoken of."""
        return bool(self.subject) and not self.table

    def speaking_of(self, table: str) -> "Context":
        """Where the rows of `table` are spoken of, or else clusters."""
        if not table:
            return replace(self, subject=OF_A_CLUSTER, table="")
        of_cluster = OF_A_CLUSTER if table in self.vocabulary.joined else {}
        return replace(self, subject={**of_cluster, "row": WORD, **self.vocabulary.columns[table]}, table=table)

    def can_be(self, word: str) -> tuple[str, ...] | None:
        """What a word of the cluster or row can be; None of a number."""
        if self.subject[word] != WORD:
            return None
        vocabulary = self.vocabulary
        if word == "row":
            return vocabulary.rows[self.table]
        own = vocabulary.words.get((self.table, word)) if self.table else None
        lists = {"sector": vocabulary.sectors, "cluster": vocabulary.clusters, "degree": DEGREES}
        return own or lists.get(word) or vocabulary.words.get(("cluster", word))


def compile_predicate(text: str, vocabulary: Vocabulary, facts: Mapping[str, Fact]) -> Node:
    """The compiled predicate `text`. Raises PredicateError where it is not of the language or not a truth.

    >>> vocabulary = Vocabulary(("software",), (), {}, {})
    >>> compile_predicate("count(sector == software) == stated", vocabulary, {"stated": Fact(Fraction(5), "88")}).words
    'software clusters is stated (line 88)'
    >>> compile_predicate("count(sector = software)", vocabulary, {})
    Traceback (most recent call last):
    collective_efficiency.claims.language.nodes.PredicateError: write == to compare: sector == ...
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
        raise PredicateError(text, syntax_message(text, error)) from None
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
            return replace(of_numbers(f"-{part.words}", (part,), lambda number: -number), formula=None)
        case ast.Compare():
            sides = [tree.left, *tree.comparators]
            pairs = zip(sides, tree.ops, sides[1:], strict=False)
            return chained([_comparison(left, operator, right, context) for left, operator, right in pairs])
        case ast.BinOp():
            if type(tree.op) not in ARITHMETIC:
                raise PredicateError(_source(tree), "allowed: +, -, *, /")
            check_hyphens(_source(tree), context.vocabulary)
            left, right = (_typed(side, context, NUMBER) for side in (tree.left, tree.right))
            return arithmetic(left, type(tree.op), right)
        case ast.Call():
            return _call(tree, context)
        case ast.Name():
            return _word(tree.id, context)
        case ast.Constant():
            return _constant(tree.value, context)
        case _:
            message = "allowed: and, or, not, comparisons, in, + - * /, numbers, quoted words, and the functions "
            raise PredicateError(_source(tree), message + ", ".join(sorted(REGISTRY)))


def _typed(tree: ast.AST, context: Context, *types: str) -> Node:
    return _of_type(_node(tree, context), tree, *types)


def _of_type(node: Node, tree: ast.AST, *types: str) -> Node:
    if node.type not in types:
        raise PredicateError(_source(tree), type_needed(node, types, _source(tree)))
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
    if ast.dump(left_tree) == ast.dump(right_tree):
        raise PredicateError(_source(left_tree), "both sides are the same: the comparison tests nothing")
    check_compared(left, right)
    return compared(left, type(operator), right)


def _membership(left_tree: ast.AST, wanted: bool, right_tree: ast.AST, context: Context) -> Node:
    if not isinstance(right_tree, ast.Tuple | ast.List) or not right_tree.elts:
        raise PredicateError(_source(right_tree), "after `in` a list in brackets is needed: (a, b)")
    left = _node(left_tree, context)
    parts = [_typed(element, context, left.type) for element in right_tree.elts]
    for part in parts:
        check_compared(left, part)
    return membership(left, wanted, parts)


def _word(word: str, context: Context) -> Node:
    if word in context.subject:
        return Node(
            context.subject[word],
            spaced(word),
            lambda scope: scope.subject.get(word),
            columns=frozenset((word,)),
            can_be=context.can_be(word),
        )
    if word in context.facts:
        return _fact(word, context.facts[word])
    if word in context.vocabulary.sectors:
        return _literal(word, adjective_of(word))
    if word in DEGREES:
        return _literal(word, word)
    known = (*context.subject, *context.facts, *context.vocabulary.sectors, *DEGREES)
    raise PredicateError(word, unknown_word(word, known, context.vocabulary, is_outside=not context.subject))


def _literal(word: str, words: str) -> Node:
    return Node(WORD, words, lambda scope: word, can_be=(word,), reads_data=False)


def _fact(name: str, fact: Fact) -> Node:
    lines = "lines" if ";" in fact.line or "-" in fact.line else "line"
    type_ = TRUTH if isinstance(fact.value, bool) else NUMBER if isinstance(fact.value, Fraction) else WORD

    def text(scope: Scope) -> str:
        number = fact.value
        if isinstance(number, bool | str) or number < 0:
            return number_text(number)
        return half_up(number, fact.decimals)

    named = " ".join(spaced(word) if word in INDICES else word for word in name.split("_"))
    words = f"{named} ({lines} {fact.line})"
    node = Node(type_, words, lambda scope: fact.value, decimals=lambda scope: fact.decimals)
    return measured(node, words, shown=text)


def _constant(constant: object, context: Context) -> Node:
    if isinstance(constant, str):
        return _literal(constant, context.vocabulary.names.get(constant, constant))
    if isinstance(constant, int | float) and not isinstance(constant, bool):
        number = Fraction(str(constant))  # the number as it is written: 0.1 is a tenth
        return Node(NUMBER, str(constant), lambda scope: number, reads_data=False)
    raise PredicateError(str(constant), "allowed: a number or a quoted word")


def _call(tree: ast.Call, context: Context) -> Node:
    name = tree.func.id if isinstance(tree.func, ast.Name) else ""
    if name not in REGISTRY:
        raise PredicateError(_source(tree.func), unknown_function(name, REGISTRY))
    function = REGISTRY[name]
    table, rest = _table_of(tree, function, context)
    if tree.keywords:
        raise PredicateError(_source(tree), f"write == to compare: {tree.keywords[0].arg} == ...")
    fewest, most = function.fewest_arguments, function.most_arguments
    if not fewest <= len(rest) <= most:
        extra = function.table is OfTable.MUST  # the table is a value in the brackets, too
        count = f"{fewest + extra}" if fewest == most else f"{fewest + extra} to {most + extra}"
        raise PredicateError(_source(tree), f"{name} takes {count} values in brackets: {function.signature}")
    arguments = _arguments(rest, function, table, context)
    node = function.build(Call(name, arguments, context.vocabulary, table))
    if all(parameter.takes in OF_VALUES for parameter in function.parameters) and not table:
        node = replace(node, reads_data=any(argument.reads_data for argument in arguments))
        if node.type == TRUTH and not node.reads_data:
            raise PredicateError(_source(tree), READS_NOTHING)
    # What rests on no fact is the same in every claim: a fact of the same name is another number in another claim.
    names = {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)}
    closed = function.goes_through_clusters and names.isdisjoint(context.facts)
    return remembered(node, ast.unparse(tree)) if closed else node


def _table_of(tree: ast.Call, function: Function, context: Context) -> tuple[str, list[ast.expr]]:
    """The table of which a call speaks, if it is one, and the other arguments."""
    first = _key_written(tree.args[0]) if tree.args else ""
    if function.table is OfTable.NONE or (function.table is OfTable.MAY and first not in context.vocabulary.columns):
        return "", tree.args
    tables = tuple(context.vocabulary.columns)
    if first not in tables:
        found = first or (_source(tree.args[0]) if tree.args else _source(tree))
        message = f"unknown table, which stands first: {function.signature}; {allowed(tables, found)}"
        raise PredicateError(found, message)
    return first, tree.args[1:]


def _arguments(trees: list[ast.expr], function: Function, table: str, context: Context) -> tuple[Node, ...]:
    """The arguments, each as its parameter takes it; one that may be left out gives way to the next that fits."""
    arguments: list[Node] = []
    parameters = list(function.parameters)
    for tree in trees:
        parameter = parameters[0] if len(parameters) == 1 else parameters.pop(0)
        node = _compiled_argument(tree, parameter.takes, function.name, table, context)
        # All that may be left out is said of the cluster or row: the same node, whichever of them it is.
        while parameter.optional and parameters and node.type not in TYPES[parameter.takes]:
            parameter = parameters.pop(0)
        _check_argument(node, tree, parameter.takes, table)
        arguments.append(node)
    return tuple(arguments)


def _compiled_argument(tree: ast.expr, takes: Takes, function: str, table: str, context: Context) -> Node:
    """The argument with the words that may stand in it; a key is a word."""
    if takes not in TYPES:
        key = _named(tree, takes, function, table, context)
        return Node(WORD, key, lambda scope: key)
    if takes in OWN:
        context = context.speaking_of(table)
    elif takes in (Takes.ON_CLUSTERS, Takes.OF_CLUSTERS):
        context = replace(context, subject={}, table="")
    return _node(tree, context)


def _check_argument(node: Node, tree: ast.expr, takes: Takes, table: str) -> None:
    _of_type(node, tree, *TYPES.get(takes, (WORD,)))
    if takes in OWN and not node.columns:
        who = f"row of {table}" if table else "cluster"
        raise PredicateError(_source(tree), f"{takes} is needed here; this says nothing of a {who}")
    if takes is Takes.CONSTANT and node.reads_data:
        raise PredicateError(_source(tree), f"{takes} is needed here, such as 1/10")
    if takes is Takes.KEYWORD and node.reads_data:
        raise PredicateError(_source(tree), f'{takes} is needed here, such as "research"')
    if takes is Takes.PRINTED_NUMBER and node.decimals is None:
        raise PredicateError(_source(tree), f"{takes} is needed here, whose decimals are known")


def _key_written(tree: ast.expr) -> str:
    """The key that an expression writes, with or without quotes; empty if it is none."""
    word = tree.id if isinstance(tree, ast.Name) else tree.value if isinstance(tree, ast.Constant) else ""
    return word if isinstance(word, str) else ""


def _named(tree: ast.expr, takes: Takes, function: str, table: str, context: Context) -> str:
    """The key that an argument writes, with or without quotes, which must be known."""
    word = _key_written(tree)
    if takes in (Takes.CHAIN, Takes.PRINTED_COLUMN):
        of_chain = takes is Takes.CHAIN
        words = GOVERNANCE if of_chain else columns_of_family(function, context.vocabulary)
        if word not in words or not isinstance(tree, ast.Name) or not context.of_cluster:
            what = "kind of chain" if of_chain else "printed cell"
            raise PredicateError(_source(tree), f"{function} speaks of a cluster's {what}; {allowed(words, word)}")
        return tree.id
    known, what = _keys(takes, table, context.vocabulary)
    if word not in known:
        found = word or _source(tree).replace(" - ", "-")
        raise PredicateError(found, f"unknown {what} (a name with a hyphen needs quotes); {allowed(known, found)}")
    return word


def _keys(takes: Takes, table: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], str]:
    if takes is Takes.SECTOR:
        return vocabulary.sectors, "sector"
    if takes is Takes.ROW or (takes is Takes.WHO and table):
        return vocabulary.rows[table], f"row of {table}"
    if takes is Takes.COLUMN:
        return tuple(vocabulary.columns[table]), f"column of {table}"
    return vocabulary.clusters, "cluster"


def _source(tree: ast.AST) -> str:
    """The expression as text."""
    try:
        return ast.unparse(tree)  # a message shows the beginning of a long one
    except (RecursionError, ValueError):
        return "the expression"
