"""The language in which a claim says when it holds: a small, typed part of Python's expressions, never run as Python.

A predicate is a text such as `count(sector == traditional and degree == Low) == stated`. It is parsed with `ast`, and
every node must be on the short list of `_Compiler`; what is compiled are closures over a `World` (the clusters under
one reading and the printed cells). Numbers are fractions. What is not known (a lost cell, a mean over no cluster) is
None: a cluster of which a condition is not known is left out, and a predicate that rests on it decides nothing.
"""

import ast
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from math import floor

from collective_efficiency.numbers.printed import half_up
from collective_efficiency.problems import allowed, shown
from collective_efficiency.words import BOTH, DEGREES, DOMESTIC, GLOBAL, GOVERNANCE, INDICES, ITEMS, UPGRADING

Value = Fraction | str | bool | None
Row = Mapping[str, Value]
CellKey = tuple[str, str, str]

NUMBER, TRUTH, WORD = "number", "truth", "word"
KINDS = ("kinds", "domestic_kinds", "global_kinds")
MEASURES = (*ITEMS, *INDICES, *UPGRADING, "upgrading_sum", *GOVERNANCE, *KINDS)
CLUSTER_WORDS = ("cluster", "sector", "industry", "country", "degree")
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "annex": tuple(f"A{number}" for number in range(1, 9)),
    "index_table": ("T3", "T7", "T11", "T15"),
    "upgrading_table": ("T5", "T9", "T13", "T16"),
}
CLOSED = ("count", "share", "every", "some", "mean", "total", "median", "highest", "lowest", "gamma", "rises")
MAX_LENGTH = 2000
MAX_LISTED = 6


class PredicateError(ValueError):
    """A predicate that is not of the language: what was found, and what is allowed."""

    def __init__(self, found: str, message: str) -> None:
        super().__init__(message)
        self.found = found


@dataclass(frozen=True)
class PrintedCell:
    """A printed cell as predicates see it: its exact value, its word, or None; and how many decimals it shows."""

    value: Value
    decimals: int | None = None


@dataclass(frozen=True)
class Fact:
    """What the text states at a line: a number with its decimals, a word, or yes or no."""

    value: Fraction | str | bool
    line: str
    decimals: int = 0


@dataclass(frozen=True)
class Vocabulary:
    """The words that a predicate may use besides those of the language, taken from the data.

    columns: for each table its columns and whether they hold a number or a word; rows: for each table its row keys.
    """

    sectors: tuple[str, ...]
    clusters: tuple[str, ...]
    columns: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class World:
    """The clusters under one reading and one way to set the degree, and all printed cells."""

    clusters: tuple[Row, ...]
    cells: Mapping[CellKey, PrintedCell]
    tables: Mapping[str, Mapping[str, Row]]
    memory: dict[str, Value] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Scope:
    """Where an expression is evaluated: a world, and the row (a cluster or a table's row) that it speaks of."""

    world: World
    row: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """A compiled expression.

    type: number, truth or word; words: how evidence names it; value: its value in a scope; shown: the value as evidence
    shows it; quantities: the outermost measured parts; deciding: those of them on which the value rests in a scope (all
    if None); decimals: of a fact or a cell.
    """

    type: str
    words: str
    value: Callable[[Scope], Value]
    quantities: "tuple[Node, ...]" = ()
    shown: Callable[[Scope], str] | None = None
    decimals: Callable[[Scope], int | None] | None = None
    deciding: "Callable[[Scope], tuple[Node, ...]] | None" = None

    def evidence(self, scope: Scope) -> "tuple[Node, ...]":
        """The quantities on which the value rests: of a conjunction that fails, those of the parts that fail."""
        return self.deciding(scope) if self.deciding else self.quantities

    def show(self, scope: Scope) -> str:
        """The value with the clusters behind it where that helps."""
        return self.shown(scope) if self.shown else number_text(self.value(scope))


def number_text(value: Value) -> str:
    """A value for evidence: at most three decimals, rounded half up (6.3167 shows as 6.317); words as they are."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    places = next((places for places in range(3) if (value * 10**places).denominator == 1), 3)
    return ("-" if value < 0 else "") + half_up(abs(value), places)


def compile_predicate(text: str, vocabulary: Vocabulary, facts: Mapping[str, Fact]) -> Node:
    """The compiled predicate `text`. Raises PredicateError where it is not of the language or not a truth."""
    node = _Compiler(vocabulary, facts).compile(text)
    if node.type != TRUTH:
        message = f"a predicate must be true or false, this is a {node.type}; compare it with something"
        raise PredicateError(text, message)
    return node


def _known(values: Iterable[Value]) -> list[Fraction]:
    return [value for value in values if isinstance(value, Fraction)]


def _mean(values: Sequence[Fraction]) -> Value:
    return sum(values, Fraction(0)) / len(values) if values else None


def _median(values: Sequence[Fraction]) -> Value:
    ordered = sorted(values)
    half = len(ordered) // 2
    return None if not ordered else ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _total(values: Sequence[Fraction]) -> Value:
    return sum(values, Fraction(0)) if values else None


def gamma(pairs: Sequence[tuple[Fraction, Fraction]]) -> Value:
    """(C - D) / (C + D) over all pairs of observations, C concordant and D discordant; None where all are tied.

    Goodman and Kruskal (1954), Measures of association for cross classifications.
    """
    concordant = discordant = 0
    for place, (x, y) in enumerate(pairs):
        for other_x, other_y in pairs[:place]:
            sign = (x - other_x) * (y - other_y)
            concordant += sign > 0
            discordant += sign < 0
    pairs_told = concordant + discordant
    return Fraction(concordant - discordant, pairs_told) if pairs_told else None


STATISTICS: Mapping[str, Callable[[Sequence[Fraction]], Value]] = {
    "mean": _mean,
    "total": _total,
    "median": _median,
    "highest": lambda values: max(values, default=None),
    "lowest": lambda values: min(values, default=None),
}
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


class _Compiler:
    """Compiles the text of one predicate; `_columns` are the words of the row that is spoken of (none outside)."""

    def __init__(self, vocabulary: Vocabulary, facts: Mapping[str, Fact]) -> None:
        self._vocabulary = vocabulary
        self._facts = facts
        self._columns: Mapping[str, str] = {}
        self._in_cluster = False
        self._functions: Mapping[str, tuple[int, int, Callable[[ast.Call], Node]]] = {
            "count": (1, 2, self._count),
            "share": (1, 2, self._share),
            "every": (1, 2, self._every),
            "some": (1, 2, self._some),
            **dict.fromkeys(STATISTICS, (1, 2, self._statistic)),
            "distinct": (1, 2, self._distinct),
            "gamma": (2, 3, self._gamma),
            "rises": (1, 2, self._rises),
            "value": (2, 2, self._value),
            "cell": (3, 3, self._cell),
            "rows": (1, 2, self._rows),
            "table_total": (2, 3, self._table_total),
            "global_chain": (1, 1, self._chain),
            "domestic_chain": (1, 1, self._chain),
            **dict.fromkeys(FAMILIES, (1, 1, self._family)),
            "known": (1, 1, self._is_known),
            "rounds_to": (2, 2, self._prints),
            "truncates_to": (2, 2, self._prints),
            "largest": (2, 9, self._extreme),
            "smallest": (2, 9, self._extreme),
            "distance": (2, 2, self._distance),
        }

    def compile(self, text: str) -> Node:
        if len(text) > MAX_LENGTH:
            raise PredicateError(text, f"allowed: at most {MAX_LENGTH} characters")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text.strip(), mode="eval")
            return self._node(tree.body)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            if isinstance(error, PredicateError):
                raise
            raise PredicateError(text, f"not readable as an expression: {getattr(error, 'msg', error)}") from None

    # ------------------------------------------------------------------ the grammar

    def _node(self, tree: ast.AST) -> Node:
        match tree:
            case ast.BoolOp():
                return self._logic(tree)
            case ast.UnaryOp(op=ast.Not()):
                return self._not(self._typed(tree.operand, TRUTH))
            case ast.UnaryOp(op=ast.USub()):
                return self._negative(self._typed(tree.operand, NUMBER))
            case ast.Compare():
                return self._comparisons(tree)
            case ast.BinOp():
                return self._arithmetic(tree)
            case ast.Call():
                return self._call(tree)
            case ast.Name():
                return self._name(tree.id)
            case ast.Constant():
                return self._constant(tree.value)
            case _:
                message = "allowed: and, or, not, comparisons, in, + - * /, numbers, quoted words, and the functions "
                raise PredicateError(_source(tree), message + ", ".join(sorted(self._functions)))

    def _typed(self, tree: ast.AST, *types: str) -> Node:
        node = self._node(tree)
        if node.type not in types:
            raise PredicateError(_source(tree), f"a {' or a '.join(types)} is needed here, this is a {node.type}")
        return node

    def _logic(self, tree: ast.BoolOp) -> Node:
        parts = [self._typed(part, TRUTH) for part in tree.values]
        deciding = isinstance(tree.op, ast.Or)

        def value(scope: Scope) -> Value:
            unknown = False
            for part in parts:
                truth = part.value(scope)
                if truth is deciding:
                    return deciding
                unknown = unknown or truth is None
            return None if unknown else not deciding

        def decides(scope: Scope) -> tuple[Node, ...]:
            found = [part for part in parts if part.value(scope) is deciding]
            return _unique(quantity for part in found or parts for quantity in part.evidence(scope))

        words = (" or " if deciding else " and ").join(part.words for part in parts)
        return Node(TRUTH, words, value, _quantities(parts), deciding=decides)

    def _not(self, part: Node) -> Node:
        def value(scope: Scope) -> Value:
            truth = part.value(scope)
            return None if truth is None else not truth

        return Node(TRUTH, f"not ({part.words})", value, part.quantities, deciding=part.deciding)

    def _negative(self, part: Node) -> Node:
        def value(scope: Scope) -> Value:
            number = part.value(scope)
            return -number if isinstance(number, Fraction) else None

        return Node(NUMBER, f"-{part.words}", value, part.quantities)

    def _comparisons(self, tree: ast.Compare) -> Node:
        trees = [tree.left, *tree.comparators]
        parts = [
            self._compare(left, operator, right)
            for left, operator, right in zip(trees, tree.ops, trees[1:], strict=False)
        ]
        if len(parts) == 1:
            return parts[0]

        def value(scope: Scope) -> Value:
            truths = [part.value(scope) for part in parts]
            return False if False in truths else None if None in truths else True

        return Node(TRUTH, " and ".join(part.words for part in parts), value, _quantities(parts))

    def _compare(self, left_tree: ast.AST, operator: ast.cmpop, right_tree: ast.AST) -> Node:
        if isinstance(operator, ast.In | ast.NotIn):
            return self._membership(left_tree, isinstance(operator, ast.In), right_tree)
        if type(operator) not in COMPARISONS:
            raise PredicateError(_source(right_tree), "allowed: ==, !=, <, <=, >, >=, in, not in")
        left, right = self._node(left_tree), self._node(right_tree)
        name, compare = COMPARISONS[type(operator)]
        equality = isinstance(operator, ast.Eq | ast.NotEq)
        if left.type != right.type or (left.type != NUMBER and not equality):
            found = f"{_source(left_tree)} and {_source(right_tree)}"
            raise PredicateError(found, f"a {left.type} and a {right.type} cannot be compared so")
        self._check_word(left_tree, right_tree)
        self._check_word(right_tree, left_tree)

        def value(scope: Scope) -> Value:
            first, second = left.value(scope), right.value(scope)
            if first is None or second is None:
                return None
            return compare(first, second)  # type: ignore[arg-type]

        words = right.words if left.words == "sector" and name == "is" else f"{left.words} {name} {right.words}"
        if left.type == TRUTH and equality:
            words = f"({left.words}) {'exactly if' if name == 'is' else 'unless'} ({right.words})"
        return Node(TRUTH, words, value, _quantities((left, right)))

    def _check_word(self, column: ast.AST, literal: ast.AST) -> None:
        """A word compared with sector, degree or cluster must be one of them."""
        if not isinstance(column, ast.Name) or not isinstance(literal, ast.Name | ast.Constant):
            return
        lists = {"sector": self._vocabulary.sectors, "cluster": self._vocabulary.clusters, "degree": DEGREES}
        word = literal.id if isinstance(literal, ast.Name) else literal.value
        if column.id in self._columns and column.id in lists and word not in (*lists[column.id], *self._facts):
            raise PredicateError(str(word), f"unknown {column.id}; {allowed(lists[column.id], str(word))}")

    def _membership(self, left_tree: ast.AST, wanted: bool, right_tree: ast.AST) -> Node:
        if not isinstance(right_tree, ast.Tuple | ast.List) or not right_tree.elts:
            raise PredicateError(_source(right_tree), "after `in` a list in brackets is needed: (a, b)")
        left = self._node(left_tree)
        parts = [self._typed(each, left.type) for each in right_tree.elts]
        for each in right_tree.elts:
            self._check_word(left_tree, each)

        def value(scope: Scope) -> Value:
            found = left.value(scope)
            values = [part.value(scope) for part in parts]
            return None if found is None or None in values else (found in values) == wanted

        listed = " or ".join(part.words for part in parts)
        words = listed if left.words == "sector" and wanted else f"{left.words} {'is' if wanted else 'is not'} {listed}"
        return Node(TRUTH, words, value, _quantities((left, *parts)))

    def _arithmetic(self, tree: ast.BinOp) -> Node:
        if type(tree.op) not in ARITHMETIC:
            raise PredicateError(_source(tree), "allowed: +, -, *, /")
        left, right = self._typed(tree.left, NUMBER), self._typed(tree.right, NUMBER)
        name, operate = ARITHMETIC[type(tree.op)]

        def value(scope: Scope) -> Value:
            first, second = left.value(scope), right.value(scope)
            return operate(first, second) if isinstance(first, Fraction) and isinstance(second, Fraction) else None

        return Node(NUMBER, f"{left.words} {name} {right.words}", value, _quantities((left, right)))

    def _name(self, word: str) -> Node:
        if word in self._columns:
            return Node(self._columns[word], word.replace("_", " "), lambda scope: scope.row.get(word))
        if word in self._facts:
            return self._fact(word, self._facts[word])
        if word in self._vocabulary.sectors or word in DEGREES:
            return Node(WORD, word.replace("_", " "), lambda scope: word)
        known = (*self._columns, *self._facts, *self._vocabulary.sectors, *DEGREES)
        place = "" if self._columns else " outside of a function"
        raise PredicateError(word, f"unknown word{place}; {allowed(known, word)}")

    def _fact(self, name: str, fact: Fact) -> Node:
        lines = "lines" if ";" in fact.line or "-" in fact.line else "line"
        words = f"{name.replace('_', ' ')} ({lines} {fact.line})"
        type_ = TRUTH if isinstance(fact.value, bool) else NUMBER if isinstance(fact.value, Fraction) else WORD

        def text(scope: Scope) -> str:
            number = fact.value
            plain = isinstance(number, bool | str) or number < 0
            return number_text(number) if plain else half_up(number, fact.decimals)  # type: ignore[arg-type]

        node = Node(type_, words, lambda scope: fact.value, (), text, lambda scope: fact.decimals)
        return _measured(node)

    def _constant(self, constant: object) -> Node:
        if isinstance(constant, str):
            return Node(WORD, constant, lambda scope: constant)
        if isinstance(constant, int | float) and not isinstance(constant, bool):
            number = Fraction(str(constant))
            return Node(NUMBER, str(constant), lambda scope: number)
        raise PredicateError(str(constant), "allowed: a number or a quoted word")

    # ------------------------------------------------------------------ the functions

    def _call(self, tree: ast.Call) -> Node:
        name = tree.func.id if isinstance(tree.func, ast.Name) else ""
        if name not in self._functions:
            raise PredicateError(_source(tree.func), f"unknown function; {allowed(sorted(self._functions), name)}")
        least, most, build = self._functions[name]
        if tree.keywords or not least <= len(tree.args) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise PredicateError(_source(tree), f"{name} takes {wanted} values in brackets")
        node = build(tree)
        names = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
        closed = name in CLOSED and names.isdisjoint(self._facts)  # a fact is another number in another claim
        return _remembered(node, ast.unparse(tree)) if closed else node

    def _within_clusters(self, trees: Sequence[ast.expr], *types: str) -> list[Node]:
        """The arguments compiled where they speak of a cluster: those of `types`, then the condition if it is given."""
        columns: dict[str, str] = {**dict.fromkeys(MEASURES, NUMBER), **dict.fromkeys(CLUSTER_WORDS, WORD)}
        return self._in_row(columns, True, trees, types)

    def _in_row(
        self, columns: Mapping[str, str], in_cluster: bool, trees: Sequence[ast.expr], types: Sequence[str]
    ) -> list[Node]:
        outer = self._columns, self._in_cluster
        self._columns, self._in_cluster = columns, in_cluster
        try:
            return [self._typed(tree, type_) for tree, type_ in zip(trees, (*types, TRUTH), strict=False)]
        finally:
            self._columns, self._in_cluster = outer

    def _statistic(self, tree: ast.Call) -> Node:
        name = _name_of(tree)
        measure, *within = self._within_clusters(tree.args, NUMBER)

        def value(scope: Scope) -> Value:
            return STATISTICS[name](_known(measure.value(each) for each in _selected(scope, within)))

        return _measured(Node(NUMBER, f"{name} {measure.words}{_among(within)}", value))

    def _truths(self, tree: ast.Call) -> tuple[Node, list[Node], Callable[[Scope], list[tuple[str, bool]]]]:
        condition, *within = self._within_clusters(tree.args, TRUTH)

        def truths(scope: Scope) -> list[tuple[str, bool]]:
            found = ((str(each.row["cluster"]), condition.value(each)) for each in _selected(scope, within))
            return [(cluster, bool(truth)) for cluster, truth in found if truth is not None]

        return condition, within, truths

    def _count(self, tree: ast.Call) -> Node:
        condition, within, truths = self._truths(tree)

        def value(scope: Scope) -> Value:
            return Fraction(sum(truth for _, truth in truths(scope)))

        def text(scope: Scope) -> str:
            found = [cluster for cluster, truth in truths(scope) if truth]
            return f"{len(found)}{_listed(found)}"

        return _measured(Node(NUMBER, f"clusters with {condition.words}{_among(within)}", value, (), text))

    def _share(self, tree: ast.Call) -> Node:
        condition, within, truths = self._truths(tree)

        def value(scope: Scope) -> Value:
            found = truths(scope)
            return Fraction(sum(truth for _, truth in found), len(found)) if found else None

        def text(scope: Scope) -> str:
            found = truths(scope)
            return f"{sum(truth for _, truth in found)} of {len(found)}"

        return _measured(Node(NUMBER, f"share with {condition.words}{_among(within)}", value, (), text))

    def _every(self, tree: ast.Call) -> Node:
        condition, within, truths = self._truths(tree)

        def value(scope: Scope) -> Value:
            found = truths(scope)
            return all(truth for _, truth in found) if found else None

        def text(scope: Scope) -> str:
            found = truths(scope)
            exceptions = [cluster for cluster, truth in found if not truth]
            return f"{len(found) - len(exceptions)} of {len(found)}{_listed(exceptions, 'not ')}"

        return _measured(Node(TRUTH, f"every cluster with {condition.words}{_among(within)}", value, (), text))

    def _some(self, tree: ast.Call) -> Node:
        condition, within, truths = self._truths(tree)

        def value(scope: Scope) -> Value:
            found = truths(scope)
            return any(truth for _, truth in found) if found else None

        def text(scope: Scope) -> str:
            found = [cluster for cluster, truth in truths(scope) if truth]
            return f"{len(found)}{_listed(found)}"

        return _measured(Node(TRUTH, f"some cluster with {condition.words}{_among(within)}", value, (), text))

    def _distinct(self, tree: ast.Call) -> Node:
        word, *within = self._within_clusters(tree.args, WORD)

        def value(scope: Scope) -> Value:
            return Fraction(len({word.value(each) for each in _selected(scope, within)} - {None}))

        return _measured(Node(NUMBER, f"different {word.words}{_among(within)}", value))

    def _gamma(self, tree: ast.Call) -> Node:
        first, second, *within = self._within_clusters(tree.args, NUMBER, NUMBER)

        def value(scope: Scope) -> Value:
            pairs = [(first.value(each), second.value(each)) for each in _selected(scope, within)]
            return gamma([(x, y) for x, y in pairs if isinstance(x, Fraction) and isinstance(y, Fraction)])

        return _measured(Node(NUMBER, f"gamma of {first.words} and {second.words}{_among(within)}", value))

    def _rises(self, tree: ast.Call) -> Node:
        """Whether the mean rises from each degree that has clusters to the next; None where only one has any."""
        measure, *within = self._within_clusters(tree.args, NUMBER)

        def means(scope: Scope) -> dict[str, Fraction]:
            found: dict[str, list[Fraction]] = {}
            for each in _selected(scope, within):
                number, degree = measure.value(each), each.row["degree"]
                if isinstance(number, Fraction) and isinstance(degree, str):
                    found.setdefault(degree, []).append(number)
            return {name: sum(found[name]) / Fraction(len(found[name])) for name in reversed(DEGREES) if name in found}

        def value(scope: Scope) -> Value:
            steps = list(means(scope).values())
            pairs = list(pairwise(steps))
            return all(low < high for low, high in pairs) if pairs else None

        def text(scope: Scope) -> str:
            return ", ".join(f"{name} {number_text(mean)}" for name, mean in means(scope).items()) or "not known"

        return _measured(Node(TRUTH, f"mean {measure.words} by degree{_among(within)}", value, (), text))

    def _value(self, tree: ast.Call) -> Node:
        cluster = self._key(tree.args[0], self._vocabulary.clusters, "cluster")
        (measure,) = self._within_clusters(tree.args[1:], self._type_in_cluster(tree.args[1]))

        def value(scope: Scope) -> Value:
            row = next((row for row in scope.world.clusters if row["cluster"] == cluster), None)
            return measure.value(Scope(scope.world, row)) if row else None

        return _measured(Node(measure.type, f"{measure.words} of {cluster}", value))

    def _type_in_cluster(self, tree: ast.expr) -> str:
        return WORD if isinstance(tree, ast.Name) and tree.id in CLUSTER_WORDS else NUMBER

    def _cell(self, tree: ast.Call) -> Node:
        table = self._key(tree.args[0], tuple(self._vocabulary.columns), "table")
        row = self._key(tree.args[1], self._vocabulary.rows[table], f"row of {table}")
        column = self._key(tree.args[2], tuple(self._vocabulary.columns[table]), f"column of {table}")
        missing = PrintedCell(None)

        def value(scope: Scope) -> Value:
            return scope.world.cells.get((table, row, column), missing).value

        def decimals(scope: Scope) -> int | None:
            return scope.world.cells.get((table, row, column), missing).decimals

        def text(scope: Scope) -> str:
            number, places = value(scope), decimals(scope)
            return half_up(number, places or 0) if isinstance(number, Fraction) else number_text(number)

        type_ = self._vocabulary.columns[table][column]
        words = f"{table} {row} {column}".replace("_", " ")
        return _measured(Node(type_, words, value, (), text, decimals))

    def _rows(self, tree: ast.Call) -> Node:
        table = self._key(tree.args[0], tuple(self._vocabulary.columns), "table")
        conditions = self._in_row(self._table_columns(table), False, tree.args[1:], ())

        def found(scope: Scope) -> list[str]:
            rows = scope.world.tables.get(table, {})
            return [key for key, row in rows.items() if all(each.value(Scope(scope.world, row)) for each in conditions)]

        def value(scope: Scope) -> Value:
            return Fraction(len(found(scope)))

        def text(scope: Scope) -> str:
            return f"{len(found(scope))}{_listed(found(scope)) if conditions else ''}"

        words = f"rows of {table}" + "".join(f" with {condition.words}" for condition in conditions)
        return _measured(Node(NUMBER, words, value, (), text))

    def _table_total(self, tree: ast.Call) -> Node:
        table = self._key(tree.args[0], tuple(self._vocabulary.columns), "table")
        column, *conditions = self._in_row(self._table_columns(table), False, tree.args[1:], (NUMBER,))

        def value(scope: Scope) -> Value:
            scopes = [Scope(scope.world, row) for row in scope.world.tables.get(table, {}).values()]
            return _total(_known(column.value(each) for each in scopes if all(part.value(each) for part in conditions)))

        return _measured(Node(NUMBER, f"total {column.words} in {table}{_among(conditions)}", value))

    def _table_columns(self, table: str) -> Mapping[str, str]:
        return {"row": WORD, **self._vocabulary.columns[table]}

    def _chain(self, tree: ast.Call) -> Node:
        codes = (GLOBAL, BOTH) if _name_of(tree) == "global_chain" else (DOMESTIC, BOTH)
        kind = tree.args[0].id if isinstance(tree.args[0], ast.Name) else ""
        if kind not in GOVERNANCE or not self._in_cluster:
            message = f"{_name_of(tree)} speaks of a cluster's kind of chain; {allowed(GOVERNANCE, kind)}"
            raise PredicateError(_source(tree), message)

        def value(scope: Scope) -> Value:
            code = scope.row[kind]
            return None if code is None else code in codes

        return Node(TRUTH, f"a {_name_of(tree).split('_')[0]} {kind.replace('_', ' ')} chain", value)

    def _family(self, tree: ast.Call) -> Node:
        name = _name_of(tree)
        column = tree.args[0].id if isinstance(tree.args[0], ast.Name) else ""
        tables = [table for table in FAMILIES[name] if column in self._vocabulary.columns.get(table, {})]
        if not tables or not self._in_cluster:
            known = {each for table in FAMILIES[name] for each in self._vocabulary.columns.get(table, {})}
            message = f"{name} speaks of a cluster's printed cell; {allowed(sorted(known), column)}"
            raise PredicateError(_source(tree), message)

        def printed(scope: Scope) -> PrintedCell:
            keys = ((table, str(scope.row["cluster"]), column) for table in tables)
            return next((scope.world.cells[key] for key in keys if key in scope.world.cells), PrintedCell(None))

        type_ = self._vocabulary.columns[tables[0]][column]
        words = f"{column.replace('_', ' ')} printed in the {name.replace('_', ' ')}"
        return Node(type_, words, lambda scope: printed(scope).value, (), None, lambda scope: printed(scope).decimals)

    def _is_known(self, tree: ast.Call) -> Node:
        part = self._node(tree.args[0])
        quantities = part.quantities
        return Node(TRUTH, f"{part.words} is known", lambda scope: part.value(scope) is not None, quantities)

    def _prints(self, tree: ast.Call) -> Node:
        exact, stated = self._typed(tree.args[0], NUMBER), self._typed(tree.args[1], NUMBER)
        if stated.decimals is None:
            raise PredicateError(_source(tree.args[1]), "a fact or a cell is needed here, whose decimals are known")
        decimals = stated.decimals
        rounds = _name_of(tree) == "rounds_to"

        def value(scope: Scope) -> Value:
            number, printed, places = exact.value(scope), stated.value(scope), decimals(scope)
            if not isinstance(number, Fraction) or not isinstance(printed, Fraction) or places is None:
                return None
            scale: int = 10**places
            shift = Fraction(1, 2) if rounds else Fraction(0)
            return floor(number * scale + shift) == printed * scale

        words = f"{exact.words} {'rounds' if rounds else 'truncates'} to {stated.words}"
        return Node(TRUTH, words, value, _quantities((exact, stated)))

    def _extreme(self, tree: ast.Call) -> Node:
        name = _name_of(tree)
        parts = [self._typed(each, NUMBER) for each in tree.args]

        def value(scope: Scope) -> Value:
            values = [part.value(scope) for part in parts]
            numbers = _known(values)
            return None if len(numbers) < len(values) else max(numbers) if name == "largest" else min(numbers)

        return Node(NUMBER, f"{name} of {', '.join(part.words for part in parts)}", value, _quantities(parts))

    def _distance(self, tree: ast.Call) -> Node:
        left, right = (self._typed(each, NUMBER) for each in tree.args)

        def value(scope: Scope) -> Value:
            first, second = left.value(scope), right.value(scope)
            return abs(first - second) if isinstance(first, Fraction) and isinstance(second, Fraction) else None

        return Node(NUMBER, f"distance of {left.words} and {right.words}", value, _quantities((left, right)))

    def _key(self, tree: ast.expr, known: Sequence[str], what: str) -> str:
        """The word that `tree` writes, with or without quotes, which must be one of `known`."""
        word = tree.id if isinstance(tree, ast.Name) else tree.value if isinstance(tree, ast.Constant) else ""
        if not isinstance(word, str) or word not in known:
            found = str(word) or _source(tree)
            raise PredicateError(found, f"unknown {what} (a name with a hyphen needs quotes); {allowed(known, found)}")
        return word


def _selected(scope: Scope, within: Sequence[Node]) -> list[Scope]:
    scopes = [Scope(scope.world, row) for row in scope.world.clusters]
    return [each for each in scopes if all(part.value(each) for part in within)]


def _measured(node: Node) -> Node:
    """The node as a quantity of its own, which evidence lists."""
    return replace(node, quantities=(node,))


def _remembered(node: Node, key: str) -> Node:
    """The node, its value computed once in a world; `key` tells it from every other."""

    def value(scope: Scope) -> Value:
        memory = scope.world.memory
        if key not in memory:
            memory[key] = node.value(scope)
        return memory[key]

    return replace(node, value=value)


def _quantities(parts: Iterable[Node]) -> tuple[Node, ...]:
    return _unique(quantity for part in parts for quantity in part.quantities)


def _unique(quantities: Iterable[Node]) -> tuple[Node, ...]:
    return tuple({quantity.words: quantity for quantity in quantities}.values())


def _among(within: Sequence[Node]) -> str:
    return f" ({', '.join(part.words for part in within)})" if within else ""


def _listed(clusters: Sequence[str], before: str = "") -> str:
    """The clusters in brackets: exceptions up to MAX_LISTED, others only where all can be named."""
    if not clusters or (not before and len(clusters) > MAX_LISTED):
        return ""
    more = f" and {len(clusters) - MAX_LISTED} more" if len(clusters) > MAX_LISTED else ""
    return f" ({before}{', '.join(clusters[:MAX_LISTED])}{more})"


def _name_of(tree: ast.Call) -> str:
    return tree.func.id if isinstance(tree.func, ast.Name) else ""


def _source(tree: ast.AST) -> str:
    try:
        return shown(ast.unparse(tree), 80).strip("'")
    except (RecursionError, ValueError):
        return "the expression"
