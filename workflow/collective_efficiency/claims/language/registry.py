"""Every function of the language, declared once: its name, arguments, what it does and how a call of it is built.

From here come what the grammar accepts, what its error messages say, and the page docs/claims-language.md.
"""

from collections.abc import Mapping

from collective_efficiency.claims.language.calls import Function, Parameter, Takes
from collective_efficiency.claims.language.cluster_functions import (
    chain_abroad_or_at_home,
    distinct,
    gamma_of,
    of_split,
    rises,
    statistic_of,
    value_of_cluster,
)
from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, WORD
from collective_efficiency.claims.language.number_functions import (
    distance_apart,
    is_known,
    largest_or_smallest,
    prints_as,
)
from collective_efficiency.claims.language.table_functions import (
    cell_of_cluster,
    printed_cell,
    rows_of_table,
    total_of_table,
)

CONDITION = Parameter("condition", Takes.CLUSTER_CONDITION)
AMONG = Parameter("among", Takes.CLUSTER_CONDITION)
MEASURE = Parameter("x", Takes.CLUSTER_NUMBER)
TABLE = Parameter("table", Takes.TABLE)
ROW_CONDITION = Parameter("condition", Takes.ROW_CONDITION)
EXACT, STATED = Parameter("x", Takes.NUMBER), Parameter("stated", Takes.PRINTED_NUMBER)
PAIR = (Parameter("a", Takes.NUMBER), Parameter("b", Takes.NUMBER))
CHAIN = (Parameter("kind", Takes.CHAIN),)
PRINTED_COLUMN = (Parameter("column", Takes.PRINTED_COLUMN),)
CELL = (TABLE, Parameter("row", Takes.ROW), Parameter("column", Takes.COLUMN))

SPLIT, STATISTIC = (CONDITION, AMONG), (MEASURE, AMONG)
TYPE_OF_COLUMN = f"{NUMBER} or {WORD}, as the column"

REGISTRY: Mapping[str, Function] = {
    function.name: function
    for function in (
        Function("count", SPLIT, NUMBER, "how many clusters meet the condition", of_split, 1),
        Function("share", SPLIT, NUMBER, "which part of the clusters meets it, 0 to 1", of_split, 1),
        Function("every", SPLIT, TRUTH, "whether all clusters meet it", of_split, 1),
        Function("some", SPLIT, TRUTH, "whether any cluster meets it", of_split, 1),
        Function("mean", STATISTIC, NUMBER, "the mean of x over the clusters", statistic_of, 1),
        Function("total", STATISTIC, NUMBER, "the sum of x", statistic_of, 1),
        Function("median", STATISTIC, NUMBER, "the median of x", statistic_of, 1),
        Function("highest", STATISTIC, NUMBER, "the highest x", statistic_of, 1),
        Function("lowest", STATISTIC, NUMBER, "the lowest x", statistic_of, 1),
        Function(
            "distinct",
            (Parameter("word", Takes.CLUSTER_WORD), AMONG),
            NUMBER,
            "how many different words the clusters have, such as industries",
            distinct,
            1,
        ),
        Function(
            "gamma",
            (MEASURE, Parameter("y", Takes.CLUSTER_NUMBER), AMONG),
            NUMBER,
            "the association of x and y, -1 to 1 (Goodman and Kruskal 1954)",
            gamma_of,
            1,
        ),
        Function(
            "rises",
            STATISTIC,
            TRUTH,
            "whether the mean of x rises from each degree that has clusters to the next",
            rises,
            1,
        ),
        Function(
            "value",
            (Parameter("cluster", Takes.CLUSTER), Parameter("x", Takes.CLUSTER_VALUE)),
            f"{NUMBER} or {WORD}, as x",
            "x of one cluster",
            value_of_cluster,
        ),
        Function(
            "global_chain",
            CHAIN,
            TRUTH,
            "whether the cluster's chain of this kind leads abroad",
            chain_abroad_or_at_home,
        ),
        Function("domestic_chain", CHAIN, TRUTH, "whether it leads to buyers at home", chain_abroad_or_at_home),
        Function("cell", CELL, TYPE_OF_COLUMN, "a printed cell", printed_cell),
        Function("annex", PRINTED_COLUMN, TYPE_OF_COLUMN, "the cluster's cell in Annex 1 (A1 to A8)", cell_of_cluster),
        Function("index_table", PRINTED_COLUMN, TYPE_OF_COLUMN, "its cell in table 3, 7, 11, 15", cell_of_cluster),
        Function("upgrading_table", PRINTED_COLUMN, TYPE_OF_COLUMN, "its cell in table 5, 9, 13, 16", cell_of_cluster),
        Function(
            "rows",
            (TABLE, ROW_CONDITION),
            NUMBER,
            "how many rows of the table, without its total and average, meet the condition",
            rows_of_table,
            1,
        ),
        Function(
            "table_total",
            (TABLE, Parameter("x", Takes.ROW_NUMBER), ROW_CONDITION),
            NUMBER,
            "the sum of x over the rows of the table, without its total and average",
            total_of_table,
            1,
        ),
        Function(
            "rounds_to", (EXACT, STATED), TRUTH, "whether x rounded half up prints as the fact or cell", prints_as
        ),
        Function("truncates_to", (EXACT, STATED), TRUTH, "whether x truncated prints as it", prints_as),
        Function("largest", PAIR, NUMBER, "the largest of the numbers", largest_or_smallest, most=9),
        Function("smallest", PAIR, NUMBER, "the smallest of the numbers", largest_or_smallest, most=9),
        Function("distance", PAIR, NUMBER, "how far two numbers are apart", distance_apart),
        Function("known", (Parameter("x", Takes.VALUE),), TRUTH, "whether x has a value", is_known),
    )
}
