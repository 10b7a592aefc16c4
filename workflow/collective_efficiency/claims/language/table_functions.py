"""The functions that read printed cells: one cell, a cluster's value, a cluster's cells in a family of tables."""

from collections.abc import Mapping
from fractions import Fraction

from collective_efficiency.claims.language.calls import Call
from collective_efficiency.claims.language.evidence import number_text, spaced, table_name
from collective_efficiency.claims.language.nodes import (
    NO_CELL,
    TRUTH,
    Node,
    PrintedCell,
    Scope,
    Vocabulary,
    measured,
)
from collective_efficiency.claims.language.values import UNKNOWN, Value
from collective_efficiency.numbers.printed import half_up

# Tables that print the same columns of different clusters: of each cluster, one of them has the cell.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "annex": tuple(f"A{number}" for number in range(1, 9)),
    "index_table": ("T3", "T7", "T11", "T15"),
    "upgrading_table": ("T5", "T9", "T13", "T16"),
}
NAMES_OF_FAMILIES = {"annex": "Annex 1", "index_table": "the index table", "upgrading_table": "the upgrading table"}
KEYWORDS_END = ";"  # what stands between the keywords of a cell


def printed_cell(call: Call) -> Node:
    """`cell(table, row, column)`, as it is printed."""
    row, column = (argument.words for argument in call.arguments)
    names, key = call.vocabulary.names, (call.table, row, column)

    def cell(scope: Scope) -> PrintedCell:
        return scope.world.cells.get(key, NO_CELL)

    def shown(scope: Scope) -> str:
        value = cell(scope).value
        return half_up(value, cell(scope).decimals or 0) if isinstance(value, Fraction) else number_text(value)

    stem, of = f"{spaced(column)} in {table_name(call.table)}", names.get(row, spaced(row))
    node = Node(
        call.vocabulary.columns[call.table][column],
        f"{stem} of {of}",
        lambda scope: cell(scope).value,
        decimals=lambda scope: cell(scope).decimals,
        can_be=call.vocabulary.words.get((call.table, column)),
    )
    return measured(node, stem, of, shown, link="{} ({})")


def value_of_cluster(call: Call) -> Node:
    """`value(cluster, x)`: x of one cluster."""
    cluster, measure = call.arguments
    name = call.vocabulary.names.get(cluster.words, cluster.words)

    def value(scope: Scope) -> Value:
        scopes = (each for each in scope.world.cluster_scopes if each.subject["cluster"] == cluster.words)
        return next((measure.value(each) for each in scopes), None)

    stem = measure.in_brackets(3)
    return measured(Node(measure.type, f"{stem} of {name}", value, can_be=measure.can_be), stem, name)


def cell_of_cluster(call: Call) -> Node:
    """`annex(column)`, `index_table(column)`, `upgrading_table(column)` of the cluster that is spoken of."""
    column = call.arguments[0].words
    tables = [table for table in FAMILIES[call.name] if column in call.vocabulary.columns.get(table, {})]
    can_be = (call.vocabulary.words.get((table, column), ()) for table in tables)

    def cell(scope: Scope) -> PrintedCell:
        keys = ((table, str(scope.subject["cluster"]), column) for table in tables)
        return next((scope.world.cells[key] for key in keys if key in scope.world.cells), NO_CELL)

    return Node(
        call.vocabulary.columns[tables[0]][column],
        f"{spaced(column)} printed in {NAMES_OF_FAMILIES[call.name]}",
        lambda scope: cell(scope).value,
        decimals=lambda scope: cell(scope).decimals,
        columns=frozenset((column,)),
        can_be=tuple(dict.fromkeys(word for words in can_be for word in words)),
    )


def columns_of_family(name: str, vocabulary: Vocabulary) -> list[str]:
    """The columns that any table of the family `name` prints, sorted."""
    return sorted({column for table in FAMILIES[name] for column in vocabulary.columns.get(table, {})})


def mentions(call: Call) -> Node:
    """`mentions(x, keyword)`: whether a cell of keywords has this one."""
    text, keyword = call.arguments

    def value(scope: Scope) -> Value:
        found = text.value(scope)
        return keyword.value(scope) in keywords_of(found) if isinstance(found, str) else UNKNOWN

    return Node(TRUTH, f"{text.words} mentions {keyword.words}", value, text.items, binds=1, columns=text.columns)


def keywords_of(text: str) -> list[str]:
    """The keywords of a cell.

    >>> keywords_of("research; infrastructure")
    ['research', 'infrastructure']
    """
    return [word.strip() for word in text.split(KEYWORDS_END)]
