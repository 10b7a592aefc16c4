"""Every function of the language, declared once: its name, arguments, what it does and how a call of it is built.

From here come what the grammar accepts, what its error messages say, and the page docs/claims-language.md.
"""

from collections.abc import Mapping

from collective_efficiency.claims.language.calls import Function, OfTable, Parameter, Takes
from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, WORD
from collective_efficiency.claims.language.number_functions import (
    about,
    distance_apart,
    largest_or_smallest,
    of_two_dates,
    prints_as,
    year,
)
from collective_efficiency.claims.language.order_functions import in_each_sector, rank, sector_range, sector_rank
from collective_efficiency.claims.language.split_functions import (
    chain_abroad_or_at_home,
    columns_of_table,
    distinct,
    is_known,
    of_split,
    rows_of_table,
)
from collective_efficiency.claims.language.statistic_functions import (
    associated,
    gamma_of,
    quantile,
    rises_or_falls,
    statistic_of,
)
from collective_efficiency.claims.language.table_functions import (
    cell_of_cluster,
    mentions,
    printed_cell,
    value_of_cluster,
)

CONDITION = Parameter("condition", Takes.OWN_CONDITION)
AMONG = Parameter("among", Takes.OWN_CONDITION, optional=True)
MEASURE, OTHER = Parameter("x", Takes.OWN_NUMBER), Parameter("y", Takes.OWN_NUMBER)
ALONG = Parameter("along", Takes.ORDER, optional=True)
WHO, OF_SECTORS = Parameter("who", Takes.WHO), Parameter("x", Takes.OF_CLUSTERS)
EXACT, STATED = Parameter("x", Takes.NUMBER), Parameter("stated", Takes.PRINTED_NUMBER)
PAIR = (Parameter("a", Takes.NUMBER), Parameter("b", Takes.NUMBER))
DATES = (Parameter("a", Takes.DATE), Parameter("b", Takes.DATE))
CHAIN = (Parameter("kind", Takes.CHAIN),)
PRINTED_COLUMN = (Parameter("column", Takes.PRINTED_COLUMN),)
SPLIT, STATISTIC, RANKED = (CONDITION, AMONG), (MEASURE, AMONG), (WHO, MEASURE, AMONG)
SECTOR_RANKED = (Parameter("sector", Takes.SECTOR), OF_SECTORS)
AS_THE_COLUMN = f"{NUMBER} or {WORD}, as the column"

OF_MANY = (
    Function("count", SPLIT, NUMBER, "how many meet the condition", of_split, OfTable.MAY),
    Function("share", SPLIT, NUMBER, "which part meets it, 0 to 1", of_split, OfTable.MAY),
    Function("every", SPLIT, TRUTH, "whether all meet it: none does not", of_split, OfTable.MAY),
    Function("some", SPLIT, TRUTH, "whether any meets it", of_split, OfTable.MAY),
    Function("mean", STATISTIC, NUMBER, "the mean of x", statistic_of, OfTable.MAY),
    Function("total", STATISTIC, NUMBER, "the sum of x", statistic_of, OfTable.MAY),
    Function("median", STATISTIC, NUMBER, "the median of x", statistic_of, OfTable.MAY),
    Function("highest", STATISTIC, NUMBER, "the highest x", statistic_of, OfTable.MAY),
    Function("lowest", STATISTIC, NUMBER, "the lowest x", statistic_of, OfTable.MAY),
    Function(
        "quantile",
        (MEASURE, Parameter("part", Takes.CONSTANT), AMONG),
        NUMBER,
        "the x below which this part lies, such as 1/4",
        quantile,
        OfTable.MAY,
    ),
    Function(
        "distinct",
        (Parameter("word", Takes.OWN_WORD), AMONG),
        NUMBER,
        "how many different words there are, such as industries",
        distinct,
        OfTable.MAY,
    ),
    Function(
        "rows",
        (Parameter("condition", Takes.OWN_CONDITION, optional=True),),
        NUMBER,
        "how many rows, without total and average, meet the condition",
        rows_of_table,
        OfTable.MUST,
    ),
    Function("columns", (), NUMBER, "how many columns it has", columns_of_table, OfTable.MUST),
)
OF_ORDER = (
    Function("rank", RANKED, NUMBER, "the place by x, 1 for the highest; equals share one", rank, OfTable.MAY),
    Function("rank_from_below", RANKED, NUMBER, "the same, 1 for the lowest", rank, OfTable.MAY),
    Function(
        "rises",
        (MEASURE, ALONG, AMONG),
        TRUTH,
        "whether the mean of x rises along the degrees, the numbers of another column, or (of a table) from row to row",
        rises_or_falls,
        OfTable.MAY,
    ),
    Function("falls", (MEASURE, ALONG, AMONG), TRUTH, "whether it falls so", rises_or_falls, OfTable.MAY),
    Function(
        "gamma",
        (MEASURE, OTHER, AMONG),
        NUMBER,
        "the association of x and y, -1 to 1 (Goodman and Kruskal 1954)",
        gamma_of,
    ),
    Function(
        "associated",
        (MEASURE, OTHER, Parameter("within", Takes.OWN_CONDITION, optional=True)),
        TRUTH,
        "whether more of x goes with more of y (gamma above 0), with what the exact test says of it; without `within`,"
        " clusters are compared with those of their own sector",
        associated,
    ),
    Function(
        "in_each_sector",
        (Parameter("condition", Takes.ON_CLUSTERS),),
        TRUTH,
        "whether it holds in each",
        in_each_sector,
    ),
    Function("sector_rank", SECTOR_RANKED, NUMBER, "the sector's place by x, 1 for the highest", sector_rank),
    Function("sector_rank_from_below", SECTOR_RANKED, NUMBER, "the same, 1 for the lowest", sector_rank),
    Function("sector_range", (OF_SECTORS,), NUMBER, "how far the sectors lie apart in x", sector_range),
)
OF_ONE = (
    Function(
        "value",
        (Parameter("cluster", Takes.CLUSTER), Parameter("x", Takes.OWN_VALUE)),
        f"{NUMBER} or {WORD}, as x",
        "x of one cluster",
        value_of_cluster,
    ),
    Function(
        "global_chain", CHAIN, TRUTH, "whether the cluster's chain of this kind leads abroad", chain_abroad_or_at_home
    ),
    Function("domestic_chain", CHAIN, TRUTH, "whether it leads to buyers at home", chain_abroad_or_at_home),
    Function(
        "cell",
        (Parameter("row", Takes.ROW), Parameter("column", Takes.COLUMN)),
        AS_THE_COLUMN,
        "a printed cell",
        printed_cell,
        OfTable.MUST,
    ),
    Function("annex", PRINTED_COLUMN, AS_THE_COLUMN, "the cluster's cell in Annex 1 (A1 to A8)", cell_of_cluster),
    Function("index_table", PRINTED_COLUMN, AS_THE_COLUMN, "its cell in table 3, 7, 11, 15", cell_of_cluster),
    Function("upgrading_table", PRINTED_COLUMN, AS_THE_COLUMN, "its cell in table 5, 9, 13, 16", cell_of_cluster),
    Function(
        "mentions",
        (Parameter("x", Takes.TEXT), Parameter("keyword", Takes.KEYWORD)),
        TRUTH,
        "whether a cell of keywords has this one",
        mentions,
    ),
)
OF_NUMBERS = (
    Function("rounds_to", (EXACT, STATED), TRUTH, "whether x rounded half up prints as the fact or cell", prints_as),
    Function("truncates_to", (EXACT, STATED), TRUTH, "whether x truncated prints as it", prints_as),
    Function(
        "about",
        (EXACT, Parameter("y", Takes.NUMBER), Parameter("part", Takes.CONSTANT)),
        TRUTH,
        "whether x lies at most this part of y from it, such as 1/10",
        about,
    ),
    Function("largest", PAIR, NUMBER, "the largest of the numbers", largest_or_smallest, most=9),
    Function("smallest", PAIR, NUMBER, "the smallest of the numbers", largest_or_smallest, most=9),
    Function("distance", PAIR, NUMBER, "how far two numbers are apart", distance_apart),
    Function(
        "year",
        DATES[:1],
        NUMBER,
        'the year of a date such as "1978", "mid-1980s" or "1978-85"; where it names several, any of them',
        year,
    ),
    Function("same_time", DATES, TRUTH, "whether two such dates can be one", of_two_dates),
    Function("falls_within", DATES, TRUTH, "whether all years of a are of b", of_two_dates),
    Function("known", (Parameter("x", Takes.VALUE),), TRUTH, "whether x has a value", is_known),
)

REGISTRY: Mapping[str, Function] = {function.name: function for function in (*OF_MANY, *OF_ORDER, *OF_ONE, *OF_NUMBERS)}
