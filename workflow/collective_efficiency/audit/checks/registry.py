"""Every kind of check, one record each: its keys in checks.yaml, what it asserts, and its function.

What checks.yaml may say (`reading`), what a mistake in it is answered with, its JSON schema and docs/checks.md all come
from here. To add a kind: write its function beside those it is like, and its record below.
"""

from collections.abc import Mapping
from dataclasses import replace

from collective_efficiency.audit.checks.arithmetic import (
    derive_average,
    derive_class,
    derive_copy,
    derive_crosstab,
    derive_row_sum,
    derive_sum_of_averages,
    derive_total,
)
from collective_efficiency.audit.checks.kinds import CheckKind, FactKind, Key, RelationKind
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

_WORD = {"type": "string"}
_WORDS = {"type": "array", "items": _WORD}
# a number, or a ratio that no decimal says exactly; long texts are refused because Python does not read them
_RATIO_TEXT = {"type": "string", "pattern": r"^-?([0-9]+(\.[0-9]+)?|[0-9]+/0*[1-9][0-9]*)$", "maxLength": 40}
_RATIO = {"anyOf": [{"type": "number"}, _RATIO_TEXT]}
_POSITIVE_RATIO = {
    "anyOf": [
        {"type": "number", "exclusiveMinimum": 0},
        _RATIO_TEXT | {"pattern": r"^(?=[0-9.]*[1-9])([0-9]+(\.[0-9]+)?|[0-9]+/0*[1-9][0-9]*)$"},
    ]
}
_CUT_OFF = {"type": "array", "prefixItems": [_WORD, {"enum": [">=", ">"]}, _RATIO], "minItems": 3, "maxItems": 3}

COMMON_KEYS = (
    Key("id", "a word", _WORD | {"pattern": "^[a-z0-9_]+$"}, "A word for the check; findings are named after it."),
    Key("kind", "a word", _WORD, "How the check is run: one of the kinds below."),
    Key("asserts", "a sentence", _WORD, "What holds if the check passes."),
    Key("source", "a text", _WORD, "Where the rule comes from."),
)
_SEVERITY = Key("severity", "`format` or `lead`", {"enum": ["format", "lead"]}, "How a failure counts.")
_LAYOUTS = Key("layouts", "a list of layouts", _WORDS, "The layouts of the tables it applies to.", refers="layouts")
_FROM = Key("from", "a list of layouts", _WORDS, "The layouts of the tables it compares with.", refers="layouts")
_SUMMED = Key(
    "from",
    "a list of layouts",
    _WORDS,
    "For a table that has no rows of its own, as of all clusters beside tables by sector: the layouts it is over.",
    required=False,
    refers="layouts",
)
_ALTERNATIVE = Key(
    "alternative",
    "`true` or `false`",
    {"type": "boolean"},
    "Whether it is one more way for what the other checks of a cell say, not a condition beside them (`false`; of"
    " `sum_of_averages` `true`).",
    required=False,
)
_TARGET = Key("target", "a column", _WORD, "The column that is computed.", refers="columns")
_OF = Key(
    "of",
    "columns with weights",
    {"type": "object", "additionalProperties": _RATIO},
    "The columns it is computed from, each with its weight (a number or a ratio such as 1/2).",
    refers="columns",
)
_INDEX = Key("index", "a column", _WORD, "The column that holds the index.", refers="columns")
_STEP = Key("step", "a number or ratio", _POSITIVE_RATIO, "The step of the scale, such as 1/2.")


def _optional(key: Key) -> Key:
    return replace(key, required=False)


_KINDS: tuple[CheckKind, ...] = (
    RelationKind(
        "row_sum",
        "A cell is the weighted sum of other columns of its row; in the total row, too.",
        (_LAYOUTS, _TARGET, _OF, _ALTERNATIVE),
        "cells",
        derive_row_sum,
    ),
    RelationKind(
        "sum_of_averages",
        "The average of a sum is the sum of the averages, as they are printed.",
        (_LAYOUTS, _TARGET, _OF, _ALTERNATIVE),
        "cells",
        derive_sum_of_averages,
    ),
    RelationKind(
        "total",
        "A total is the sum of its column.",
        (_LAYOUTS, _SUMMED, _ALTERNATIVE),
        "cells",
        derive_total,
    ),
    RelationKind(
        "average",
        "An average is the mean of its column, with what is missing as zero or left out, or the printed total over the"
        " number of rows.",
        (_LAYOUTS, _SUMMED, _ALTERNATIVE),
        "cells",
        derive_average,
    ),
    RelationKind(
        "copy",
        "A table repeats cells of another: those of the same row in a table of the same sector, or the averages.",
        (
            _LAYOUTS,
            _FROM,
            Key("columns", "a list of columns", _WORDS, "The columns it compares.", refers="shared columns"),
            Key(
                "from_average",
                "`true` or `false`",
                {"type": "boolean"},
                "A sector's row repeats the average row of the sector's table.",
                required=False,
            ),
            _ALTERNATIVE,
        ),
        "cells",
        derive_copy,
    ),
    RelationKind(
        "crosstab",
        "A cell of a cross-tabulation is the mean over the rows of its class, in a table of the same sector.",
        (
            _LAYOUTS,
            _FROM,
            Key("class", "a column", _WORD, "The column that holds the class.", refers="columns of the source"),
        ),
        "cells",
        derive_crosstab,
    ),
    RelationKind(
        "class",
        "A class is the first whose cut-off the index reaches.",
        (
            _LAYOUTS,
            _TARGET,
            _INDEX,
            Key(
                "classes",
                "a list of [class, `>=` or `>`, cut-off]",
                {"type": "array", "items": _CUT_OFF},
                "The classes from the highest, each with its cut-off (a number or a ratio).",
                refers="classes",
            ),
        ),
        "classes",
        derive_class,
    ),
    FactKind(
        "scale",
        "A score is a multiple of the step of its scale.",
        (_optional(_LAYOUTS), _STEP, _SEVERITY),
        observe_scale,
    ),
    FactKind("codes", "A code is one of the legend.", (_SEVERITY,), observe_codes),
    FactKind(
        "attainable",
        "An index and one of its two parts leave a possible sum of four scores for the other part.",
        (
            _LAYOUTS,
            _INDEX,
            Key("part", "a column", _WORD, "The column that holds one part of the index.", refers="columns"),
            _STEP,
            _SEVERITY,
        ),
        observe_attainable,
    ),
    FactKind(
        "granularity",
        "A mean whose single values are lost can be the mean of so many values on the scale (GRIM).",
        (_STEP, _SEVERITY),
        observe_granularity,
    ),
    FactKind("copied_scores", "No two clusters share all their scores.", (_SEVERITY,), observe_copied_scores),
    FactKind("decimal_marks", "A table uses one decimal mark.", (_SEVERITY,), observe_decimal_marks),
    FactKind("thousands", "A table uses one mark between thousands.", (_SEVERITY,), observe_thousands),
    FactKind(
        "decimals",
        "The totals of a table are equally precise, and so are its averages.",
        (_SEVERITY,),
        observe_decimals,
    ),
    FactKind("spelling", "A class is spelled in one way.", (_SEVERITY,), observe_spelling),
    FactKind(
        "names",
        "A label has the words of its cluster in the list of clusters.",
        (Key("known", "a list of words", _WORDS, "Words of labels that are no names.", required=False), _SEVERITY),
        observe_names,
    ),
    FactKind(
        "not_above",
        "One column is not above another.",
        (
            Key(
                "smaller", "a column", _WORD, "The column that must not be above the other.", refers="columns anywhere"
            ),
            Key("larger", "a column", _WORD, "The other column.", refers="columns anywhere"),
            Key(
                "noted",
                "a list of rows",
                _WORDS,
                "Rows of which the report itself says so.",
                required=False,
                refers="rows",
            ),
            _SEVERITY,
        ),
        observe_not_above,
    ),
    FactKind(
        "repeated_values",
        "No value of so many significant digits stands twice in a column.",
        (
            _LAYOUTS,
            Key(
                "digits",
                "a whole number",
                {"type": "integer", "minimum": 1},
                "The fewest significant digits of a value worth comparing.",
            ),
            _SEVERITY,
        ),
        observe_repeated_values,
    ),
)

CHECK_KINDS: Mapping[str, CheckKind] = {kind.name: kind for kind in _KINDS}
