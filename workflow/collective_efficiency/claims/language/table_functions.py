"""The functions that read printed cells: one cell, the rows of a table, a cluster's cells in a family of tables."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.evidence import in_brackets, listed, number_text, spaced
from collective_efficiency.claims.language.nodes import (
    NO_CELL,
    NUMBER,
    Node,
    PrintedCell,
    Scope,
    Value,
    Vocabulary,
    measured,
    numbers_of,
)
from collective_efficiency.claims.language.statistics import exact_total
from collective_efficiency.numbers.printed import half_up

# Tables that print the same columns of different clusters: of each cluster, one of them has the cell.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "annex": tuple(f"A{number}" for number in range(1, 9)),
    "index_table": ("T3", "T7", "T11", "T15"),
    "upgrading_table": ("T5", "T9", "T13", "T16"),
}


def printed_cell(call: Call) -> Node:
    """`cell(table, row, column)`, as it is printed."""
    table, row, column = key = tuple(argument.words for argument in call.arguments)

    def cell(scope: Scope) -> PrintedCell:
        return scope.world.cells.get((table, row, column), NO_CELL)

    def shown(scope: Scope) -> str:
        value = cell(scope).value
        return half_up(value, cell(scope).decimals or 0) if isinstance(value, Fraction) else number_text(value)

    return measured(
        Node(
            call.vocabulary.columns[table][column],
            spaced(" ".join(key)),
            lambda scope: cell(scope).value,
            shown=shown,
            decimals=lambda scope: cell(scope).decimals,
        )
    )


def rows_of_table(call: Call) -> Node:
    """`rows(table, condition)`: how many rows, without total and average, meet the condition."""
    table, *conditions = call.arguments

    def keys(scope: Scope) -> list[str]:
        return [str(each.subject["row"]) for each in _rows(scope, table.words, conditions)]

    def shown(scope: Scope) -> str:
        return listed(keys(scope)) if conditions else str(len(keys(scope)))

    words = f"rows of {table.words}" + "".join(f" with {condition.words}" for condition in conditions)
    return measured(Node(NUMBER, words, lambda scope: Fraction(len(keys(scope))), shown=shown))


def total_of_table(call: Call) -> Node:
    """`table_total(table, x, condition)`: the sum of x over the rows, without total and average."""
    table, column, *conditions = call.arguments

    def value(scope: Scope) -> Value:
        return exact_total(numbers_of(column.value(each) for each in _rows(scope, table.words, conditions)))

    among = in_brackets(condition.words for condition in conditions)
    return measured(Node(NUMBER, f"total {column.words} in {table.words}{among}", value))


def cell_of_cluster(call: Call) -> Node:
    """`annex(column)`, `index_table(column)`, `upgrading_table(column)` of the cluster that is spoken of."""
    column = call.arguments[0].words
    tables = [table for table in FAMILIES[call.name] if column in call.vocabulary.columns.get(table, {})]

    def cell(scope: Scope) -> PrintedCell:
        keys = ((table, str(scope.subject["cluster"]), column) for table in tables)
        return next((scope.world.cells[key] for key in keys if key in scope.world.cells), NO_CELL)

    return Node(
        call.vocabulary.columns[tables[0]][column],
        f"{spaced(column)} printed in the {spaced(call.name)}",
        lambda scope: cell(scope).value,
        decimals=lambda scope: cell(scope).decimals,
    )


def columns_of_family(name: str, vocabulary: Vocabulary) -> list[str]:
    """The columns that any table of the family `name` prints, sorted."""
    return sorted({column for table in FAMILIES[name] for column in vocabulary.columns.get(table, {})})


def _rows(scope: Scope, table: str, conditions: Sequence[Node]) -> list[Scope]:
    scopes = (Scope(scope.world, row) for row in scope.world.tables.get(table, {}).values())
    return [each for each in scopes if all(condition.value(each) for condition in conditions)]
