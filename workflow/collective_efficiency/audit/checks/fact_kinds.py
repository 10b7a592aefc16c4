"""The kinds of checks that look at what is not computed: one record each."""

from collective_efficiency.audit.checks.keys import (
    A_WORD,
    INDEX,
    LAYOUTS,
    SCALE_STEP,
    SEVERITY,
    WORD_LIST,
    optional,
)
from collective_efficiency.audit.checks.kinds import FactKind, Key
from collective_efficiency.audit.checks.names import observe_names
from collective_efficiency.audit.checks.scores import (
    observe_attainable,
    observe_codes,
    observe_copied_scores,
    observe_granularity,
    observe_scale,
)
from collective_efficiency.audit.checks.typography import (
    observe_decimal_marks,
    observe_decimals,
    observe_spelling,
    observe_thousands,
)
from collective_efficiency.audit.checks.values import observe_not_above, observe_repeated_values

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
    ),
    FactKind(
        "thousands",
        "A table uses one mark between thousands.",
        (SEVERITY,),
        "Which of two readings is meant.",
        observe_thousands,
    ),
    FactKind(
        "decimals",
        "The totals of a table are equally precise, and so are its averages.",
        (SEVERITY,),
        "Whether a coarser number is meant so.",
        observe_decimals,
    ),
    FactKind(
        "spelling",
        "A class is spelled in one way.",
        (SEVERITY,),
        "A wrong class that is spelled right.",
        observe_spelling,
    ),
    FactKind(
        "names",
        "A label has the words of its cluster in the list of clusters.",
        (Key("known", "a list of words", WORD_LIST, "Words of labels that are no names.", required=False), SEVERITY),
        "A name that is nowhere in the list.",
        observe_names,
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
)
