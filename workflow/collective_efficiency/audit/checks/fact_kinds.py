"""The kinds of checks that look at what is not computed: one record each."""

from collective_efficiency.audit.checks.keys import (
    A_WORD,
    ALONG_LINES,
    DEGREES_OF_FREEDOM,
    GRAVITY,
    INDEX,
    INEQUALITY,
    LAYOUTS,
    ONLY,
    OVER,
    SCALE_ITEMS,
    SCALE_STEP,
    SECOND_DEGREES,
    SEVERITY,
    VALUE_STEP,
    WORD_LIST,
    N,
    name_key,
    optional,
)
from collective_efficiency.audit.checks.kinds import FactKind, Key
from collective_efficiency.audit.checks.moments import observe_possible_deviation, observe_possible_mean
from collective_efficiency.audit.checks.names import observe_names
from collective_efficiency.audit.checks.scores import (
    observe_attainable,
    observe_codes,
    observe_copied_scores,
    observe_granularity,
    observe_scale,
)
from collective_efficiency.audit.checks.significance import degrees_needed, observe_test_result
from collective_efficiency.audit.checks.typography import (
    observe_decimal_marks,
    observe_decimals,
    observe_spelling,
    observe_thousands,
)
from collective_efficiency.audit.checks.values import (
    observe_inequality,
    observe_not_above,
    observe_repeated_rows,
    observe_repeated_values,
)

FACT_KINDS: tuple[FactKind, ...] = (
    FactKind(
        "scale",
        "A score is a multiple of the step of its scale.",
        (optional(LAYOUTS), SCALE_STEP, SEVERITY),
        "A misprint that lies on the scale.",
        observe_scale,
    ),
    FactKind(
        "codes", "A code is one of the legend.", (SEVERITY,), "A code that is of the legend and wrong.", observe_codes
    ),
    FactKind(
        "attainable",
        "An index and one of its two parts leave a possible sum of four scores for the other part.",
        (
            LAYOUTS,
            INDEX,
            Key("part", "a column", A_WORD, "The column that holds one part of the index.", refers="columns"),
            SCALE_STEP,
            SEVERITY,
        ),
        "A pair that is possible and wrong.",
        observe_attainable,
    ),
    FactKind(
        "granularity",
        "A mean whose single values are lost can be the mean of so many values on the scale (GRIM).",
        (SCALE_STEP, SEVERITY),
        "Anything where the mean has too few decimals for its number of values.",
        observe_granularity,
    ),
    FactKind(
        "copied_scores",
        "No two clusters share all their scores.",
        (SEVERITY,),
        "Whether two rows are equal by right.",
        observe_copied_scores,
    ),
    FactKind(
        "decimal_marks",
        "A table uses one decimal mark.",
        (SEVERITY,),
        "Which of two readings is meant.",
        observe_decimal_marks,
        idle=True,
    ),
    FactKind(
        "thousands",
        "A table uses one mark between thousands.",
        (SEVERITY,),
        "Which of two readings is meant.",
        observe_thousands,
        idle=True,
    ),
    FactKind(
        "decimals",
        "The totals of a table are equally precise, and so are its averages.",
        (SEVERITY,),
        "Whether a coarser number is meant so.",
        observe_decimals,
        idle=True,
    ),
    FactKind(
        "spelling",
        "A class is spelled in one way.",
        (SEVERITY,),
        "A wrong class that is spelled right.",
        observe_spelling,
        idle=True,
    ),
    FactKind(
        "names",
        "A label has the words of its cluster in the list of clusters.",
        (Key("known", "a list of words", WORD_LIST, "Words of labels that are no names.", required=False), SEVERITY),
        "A name that is nowhere in the list.",
        observe_names,
        idle=True,
    ),
    FactKind(
        "not_above",
        "One column is not above another.",
        (
            Key(
                "smaller", "a column", A_WORD, "The column that must not be above the other.", refers="columns anywhere"
            ),
            Key("larger", "a column", A_WORD, "The other column.", refers="columns anywhere"),
            Key(
                "noted",
                "a list of rows",
                WORD_LIST,
                "Rows of which the report itself says so.",
                required=False,
                refers="rows",
            ),
            SEVERITY,
        ),
        "Which of the two columns is wrong.",
        observe_not_above,
    ),
    FactKind(
        "repeated_values",
        "No value of so many significant digits stands twice in a column.",
        (
            LAYOUTS,
            Key(
                "digits",
                "a whole number",
                {"type": "integer", "minimum": 1},
                "The fewest significant digits of a value worth comparing.",
            ),
            SEVERITY,
        ),
        "Whether a repetition is right.",
        observe_repeated_values,
    ),
    FactKind(
        "repeated_rows",
        "No two rows are equal in all of the named columns.",
        (
            LAYOUTS,
            Key("columns", "a list of columns", WORD_LIST | {"minItems": 1}, "What is compared.", refers="columns"),
            GRAVITY,
        ),
        "Whether a repetition is right; it says how often chance does as much.",
        observe_repeated_rows,
    ),
    FactKind(
        "inequality",
        "One formula is not above another: a part not above its whole, a value within its bounds.",
        (optional(LAYOUTS), OVER, ONLY, INEQUALITY, GRAVITY),
        "Which of its cells is wrong.",
        observe_inequality,
    ),
    FactKind(
        "possible_mean",
        "A mean, or a percentage, can be that of the printed number of values (GRIM).",
        (
            *ALONG_LINES,
            name_key("mean", "The column (row) of the means; or instead `percentage`.", required=False),
            name_key("percentage", "The column (row) of percentages of whole numbers of cases.", required=False),
            N,
            VALUE_STEP,
            SCALE_ITEMS,
            GRAVITY,
        ),
        "Anything where there are more values than the decimals tell apart (100 with two decimals).",
        observe_possible_mean,
        either=(("mean", "percentage"),),
    ),
    FactKind(
        "possible_deviation",
        "A standard deviation can be that of the printed number of values with the printed mean (GRIMMER; with `binary`"
        " DEBIT).",
        (
            *ALONG_LINES,
            name_key("mean", "The column (row) of the means."),
            name_key("deviation", "The column (row) of the standard deviations (n - 1 below)."),
            N,
            VALUE_STEP,
            SCALE_ITEMS,
            Key("binary", "`true` or `false`", {"type": "boolean"}, "Whether each value is 0 or 1.", False),
            GRAVITY,
        ),
        "Bounds of the scale, and standard deviations with n below.",
        observe_possible_deviation,
    ),
    FactKind(
        "test_result",
        "A p-value follows from its test statistic and degrees of freedom, both as rounded (the rules of statcheck).",
        (
            *ALONG_LINES,
            Key("test", "`t`, `F`, `chi2`, `r` or `z`", {"enum": ["t", "F", "chi2", "r", "z"]}, "Which test it is."),
            name_key("statistic", "The column (row) of the statistics; `<1` is read as a bound."),
            DEGREES_OF_FREEDOM,
            SECOND_DEGREES,
            name_key("p", "The column (row) of the p-values: numbers, bounds, or ns."),
            Key(
                "tails",
                "`two`, `one` or `either`",
                {"enum": ["two", "one", "either"]},
                "Whether t, r and z were tested on two sides (`two`), one, or on either, which the p-value tells.",
                False,
            ),
            Key(
                "alpha",
                "a number",
                {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
                "The level of significance (0.05); a p on the wrong side of it is a `decision`.",
                False,
            ),
            GRAVITY,
        ),
        "Whether the test is the right one, and whether p or the statistic is wrong.",
        observe_test_result,
        needs=degrees_needed,
    ),
)
