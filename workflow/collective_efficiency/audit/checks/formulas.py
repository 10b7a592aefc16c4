"""The language of `formula` and `inequality`: + - * /, small powers, sums and cells; parsed with `ast`, never run.

Names are columns of a row, or (over: rows) rows of a column; what is no plain word stands in quotes. Beside them:
`cell(T1, total, x)` is one cell of any table, as in claims.yaml; `across(x, north)` the cell of another line of the
table; `before(x)` and `after(x)` those of the lines beside; `sum(x)` goes over all lines but totals,
`sum(x, north, south)` over some.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from collective_efficiency.audit.checks.lines import Line
from collective_efficiency.audit.expressions import At, Expression, Number, Product, Quotient, Raised, WeightedSum
from collective_efficiency.numbers.printed import exact
from collective_efficiency.problems import allowed

LONGEST_FORMULA = 2000  # characters: what a person can read
DEEPEST_FORMULA = 150  # levels of its tree: a + b + c has one a sign
HIGHEST_POWER = 4
SIDES: Mapping[type[ast.cmpop], str] = {ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">"}
_FEWEST: Mapping[str, int] = {"cell": 3, "across": 2, "before": 1, "after": 1, "sum": 1}
_MOST: Mapping[str, int] = {"cell": 3, "across": 2, "before": 1, "after": 1, "sum": 10_000}
_MINUS, _ONE = Fraction(-1), Fraction(1)
Visit = Callable[[str, tuple[str, ...]], Expression]  # what a function of the language, or "" for a name, stands for


class FormulaError(ValueError):
    """A text that is not of the language; the message says what is allowed."""


def parsed_formula(text: str) -> ast.expr:
    """The tree of a formula. Raises FormulaError where it is not of the language.

    >>> parsed_formula("100 * x / (x + y)") is not None
    True
    >>> parsed_formula("max(x, y)")
    Traceback (most recent call last):
    collective_efficiency.audit.checks.formulas.FormulaError: unknown function max; allowed: cell, across, before, after, sum
    """  # noqa: E501 (a message in one line)
    tree = _tree(text)
    _visit(tree, lambda function, names: Number(_ONE))
    return tree


def parsed_inequality(text: str) -> tuple[ast.expr, str, ast.expr]:
    """The sides of an inequality and what stands between them. Raises FormulaError where it is none."""
    tree = _tree(text)
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or type(tree.ops[0]) not in SIDES:
        raise FormulaError(f"allowed: two formulas with one of {', '.join(SIDES.values())} between them")
    left, right = tree.left, tree.comparators[0]
    for side in (left, right):
        _visit(side, lambda function, names: Number(_ONE))
    return left, SIDES[type(tree.ops[0])], right


def _tree(text: str) -> ast.expr:
    if len(text) > LONGEST_FORMULA:
        raise FormulaError(f"allowed: at most {LONGEST_FORMULA} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"not readable as a formula: {getattr(error, 'msg', error)}") from None
    if _depth(tree) > DEEPEST_FORMULA:
        raise FormulaError(f"allowed: at most {DEEPEST_FORMULA} signs or brackets within each other")
    return tree


def _depth(tree: ast.AST) -> int:
    """How many levels a tree has, told level by level: Python's own calls may not go as deep as what people write."""
    depth, level = 0, [tree]
    while level:
        depth, level = depth + 1, [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


def named_in(text: str, parse: Callable[[str], object] = parsed_formula) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every function and name that a readable formula uses, with its arguments; "" for a name by itself."""
    seen: list[tuple[str, tuple[str, ...]]] = []

    def note(function: str, names: tuple[str, ...]) -> Expression:
        seen.append((function, names))
        return Number(_ONE)

    trees = parse(text)
    for tree in trees if isinstance(trees, tuple) else (trees,):
        if isinstance(tree, ast.expr):
            _visit(tree, note)
    yield from seen


def bound(tree: ast.expr, line: Line | None) -> Expression | None:
    """A formula over the cells of `line`; None where the line has no such neighbour, or names need one and none is."""

    def stands_for_cells(function: str, names: tuple[str, ...]) -> Expression:
        if function == "cell":
            return At((names[0], names[1], names[2]))
        if line is None:
            raise LookupError
        if function == "sum":
            return WeightedSum(tuple((_ONE, line.at(names[0], other)) for other in names[1:] or line.others()))
        if function in ("before", "after"):
            if (beside := line.before(names[0], 1 if function == "before" else -1)) is None:
                raise LookupError
            return beside
        return line.at(*names)

    try:
        return _visit(tree, stands_for_cells)
    except LookupError:  # no line, none beside it, or a total that stands in no order
        return None


def _visit(tree: ast.AST, meaning: Visit) -> Expression:
    match tree:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return Number(exact(number))
        case ast.Name(id=name) | ast.Constant(value=str() as name):
            return meaning("", (name,))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return WeightedSum(((_MINUS, _visit(operand, meaning)),))
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return Raised(_visit(left, meaning), _exponent(right))
        case ast.BinOp(left=left, op=operator, right=right):
            return _combined(operator, _visit(left, meaning), _visit(right, meaning))
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
            return meaning(function, _names(function, arguments))
        case _:
            raise FormulaError(f"allowed: + - * / ** with numbers, names and {', '.join(_FEWEST)}")


def _combined(operator: ast.operator, left: Expression, right: Expression) -> Expression:
    match operator:
        case ast.Add():
            return WeightedSum(((_ONE, left), (_ONE, right)))
        case ast.Sub():
            return WeightedSum(((_ONE, left), (_MINUS, right)))
        case ast.Mult():
            return Product(left, right)
        case ast.Div():
            if right == Number(Fraction(0)):
                raise FormulaError("nothing can be divided by 0")
            return Quotient(left, right)
        case _:
            raise FormulaError("allowed: + - * / **")


def _exponent(tree: ast.expr) -> int:
    sign, part = (-1, tree.operand) if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub) else (1, tree)
    if not isinstance(part, ast.Constant) or type(part.value) is not int or part.value > HIGHEST_POWER:
        raise FormulaError(f"allowed as a power: a whole number from -{HIGHEST_POWER} to {HIGHEST_POWER}")
    return sign * part.value


def _names(function: str, arguments: list[ast.expr]) -> tuple[str, ...]:
    if function not in _FEWEST:
        raise FormulaError(f"unknown function {function}; {allowed(_FEWEST, function)}")
    if not _FEWEST[function] <= len(arguments) <= _MOST[function]:
        raise FormulaError(f"{function} takes {_FEWEST[function]} names or more in brackets")
    names = []
    for each in arguments:
        name = each.id if isinstance(each, ast.Name) else each.value if isinstance(each, ast.Constant) else None
        if not isinstance(name, str):
            raise FormulaError(f"{function} takes names; what is no plain word stands in quotes")
        names.append(name)
    return tuple(names)
