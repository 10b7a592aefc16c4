"""The keys that several kinds of checks have, and what their values may be."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from collective_efficiency.audit.checks.formulas import FormulaError, parsed_formula, parsed_inequality
from collective_efficiency.audit.checks.kinds import Key

A_WORD = {"type": "string"}
WORD_LIST = {"type": "array", "items": A_WORD}
_SOME_WORDS = WORD_LIST | {"minItems": 1}
_WORD_MAP = {"type": "object", "additionalProperties": A_WORD, "minProperties": 1}
# a number, or a ratio that no decimal says exactly; long texts are refused because Python does not read them
_RATIO_TEXT = {"type": "string", "pattern": r"^-?([0-9]+(\.[0-9]+)?|[0-9]+/0*[1-9][0-9]*)$", "maxLength": 40}
RATIO = {"anyOf": [{"type": "number"}, _RATIO_TEXT]}
_POSITIVE_RATIO = {
    "anyOf": [
        {"type": "number", "exclusiveMinimum": 0},
        _RATIO_TEXT | {"pattern": r"^(?=[0-9.]*[1-9])([0-9]+(\.[0-9]+)?|[0-9]+/0*[1-9][0-9]*)$"},
    ]
}
_WEIGHTS = {"type": "object", "additionalProperties": RATIO, "minProperties": 1}
CUT_OFF = {"type": "array", "prefixItems": [A_WORD, {"enum": [">=", ">"]}, RATIO], "minItems": 3, "maxItems": 3}


def optional(key: Key) -> Key:
    return replace(key, required=False)


def _fault(parse: Callable[[str], object], text: str) -> str:
    """What is wrong with a text that `parse` should read; "" for nothing."""
    try:
        parse(text)
    except FormulaError as error:
        return str(error)
    return ""


def name_key(name: str, description: str, required: bool = True, across: bool = False) -> Key:
    """A key that names a column (a row, with `over: rows`); across: a row (a column), of another line."""
    holds, refers = ("a row (a column)", "names across") if across else ("a column (a row)", "names")
    return Key(name, holds, A_WORD, description, required, refers)


COMMON_KEYS = (
    Key("id", "a word", A_WORD | {"pattern": "^[a-z0-9_]+$"}, "A word for the check; findings are named after it."),
    Key("kind", "a word", A_WORD, "How the check is run: one of the kinds below."),
    Key("asserts", "a sentence", A_WORD, "What holds if the check passes; if left out, what its kind says.", False),
    Key("source", "a text", A_WORD, "Where the rule comes from.", False),
    Key(
        "guessed",
        "`true` or `false`",
        {"type": "boolean"},
        "Whether a draft guessed it and no person did yet say so.",
        False,
    ),
)
SEVERITY = Key("severity", "`format` or `lead`", {"enum": ["format", "lead"]}, "How a failure counts.")
GRAVITY = Key(
    "severity",
    "`numeric`, `format` or `lead`",
    {"enum": ["numeric", "format", "lead"]},
    "How a failure counts (`numeric`: a number is wrong, which is so if nothing is said).",
    required=False,
)
LAYOUTS = Key("layouts", "a list of layouts", WORD_LIST, "The layouts of the tables it applies to.", refers="layouts")
FROM = Key("from", "a list of layouts", WORD_LIST, "The layouts of the tables it compares with.", refers="layouts")
SUMMED = Key(
    "from",
    "a list of layouts",
    WORD_LIST,
    "For a table that has no rows of its own, as of all clusters beside tables by sector: the layouts it is over.",
    required=False,
    refers="layouts",
)
ALTERNATIVE = Key(
    "alternative",
    "`true` or `false`",
    {"type": "boolean"},
    "Whether it is one more way for what the other checks of a cell say, not a condition beside them (`false`; of"
    " `sum_of_averages` `true`).",
    required=False,
)
TARGET = Key("target", "a column", A_WORD, "The column that is computed.", refers="columns")
OF = Key(
    "of",
    "columns with weights",
    {"type": "object", "additionalProperties": RATIO},
    "The columns it is computed from, each with its weight (a number or a ratio such as 1/2).",
    refers="columns",
)
CLASSED = replace(TARGET, refers="columns of words")
INDEX = Key("index", "a column", A_WORD, "The column that holds the index.", refers="columns")
SCALE_STEP = Key("step", "a number or ratio", _POSITIVE_RATIO, "The step of the scale, such as 1/2.")

# of the relations by name, which hold along rows or along columns
OVER = Key(
    "over",
    "`columns` or `rows`",
    {"enum": ["columns", "rows"]},
    "What it names: columns, and it holds in each row (`columns`), or rows, and it holds in each column of numbers"
    " (`rows`). In brackets below: with `over: rows`.",
    required=False,
)
ONLY = Key(
    "only",
    "a list of rows (columns)",
    _SOME_WORDS,
    "The rows (columns) in which it holds; without it all that have its cells, but the row `average`.",
    required=False,
    refers="names across",
)
ALONG_LINES = (LAYOUTS, OVER, ONLY)
COMPUTED = name_key("target", "The column (row) that is computed.")
TERMS = Key(
    "of",
    "a list of columns (rows), or these with weights",
    {"anyOf": [_SOME_WORDS, _WEIGHTS]},
    "What it is computed from; with weights (a number or a ratio) where these are not 1.",
    refers="names",
)
MEMBERS = Key("of", "a list of columns (rows)", _SOME_WORDS, "What it is computed from.", refers="names")
TREE = Key(
    "tree",
    "wholes, each with the list of its parts",
    {"type": "object", "minProperties": 1, "additionalProperties": {"anyOf": [_SOME_WORDS, _WEIGHTS]}},
    "Every row (with `over: columns` column) that is a whole, with its parts; these may be wholes themselves.",
    refers="tree",
)
TIMES_HUNDRED = Key(
    "times", "a number", _POSITIVE_RATIO, "What it is multiplied with (100: per cent; 1: a fraction).", False
)
TIMES = Key("times", "a number", _POSITIVE_RATIO, "What it is multiplied with (1; 100: per cent).", False)
PER = Key("per", "a number", _POSITIVE_RATIO, "Of how many it is the rate: 1000 of deaths a thousand.")
LAG = Key(
    "lag",
    "a whole number",
    {"type": "integer", "not": {"const": 0}},
    "Instead of `since`: so many rows (columns) before; below 0: behind, where the latest stands first.",
    False,
)
COPIED_COLUMNS = Key(
    "columns",
    "a list of columns, or columns with the columns they repeat",
    {"anyOf": [WORD_LIST, _WORD_MAP]},
    "The columns it compares; as `{here: there}` where the other table calls them otherwise.",
    refers="shared columns",
)
COPIED_ROWS = Key(
    "rows",
    "a list of rows, or rows with the rows they repeat",
    {"anyOf": [WORD_LIST, _WORD_MAP]},
    "The rows it compares; as `{here: there}` where the other table calls them otherwise. Without it the same rows,"
    " but totals.",
    required=False,
    refers="shared rows",
)
FORMULA = Key(
    "formula",
    "a formula",
    A_WORD,
    "What is computed: + - * / and ** (up to 4) of numbers, columns (rows), `across(x, row)`, `before(x)`, `after(x)`,"
    " `sum(x)`, `sum(x, row, ...)` and `cell(table, row, column)`; what is no plain word stands in quotes.",
    refers="formula",
    fault=partial(_fault, parsed_formula),
)
FORMULA_TARGET = Key(
    "target",
    "a column (a row) or a cell",
    A_WORD,
    "What is computed: a column (row), or one cell, as `cell(T1, total, x)`.",
    refers="formula",
    fault=partial(_fault, parsed_formula),
)
INEQUALITY = Key(
    "holds",
    "an inequality",
    A_WORD,
    "Two formulas with <=, <, >= or > between them, such as `exports <= production` or `0 <= x`.",
    refers="formula",
    fault=partial(_fault, parsed_inequality),
)

# of facts about samples and tests
_NAME_OR_NUMBER = {"anyOf": [A_WORD, {"type": "number", "exclusiveMinimum": 0}]}
N = Key(
    "n",
    "a column (a row) or a whole number",
    {"anyOf": [A_WORD, {"type": "integer", "minimum": 1}]},
    "The number of values: printed in a column (row), or the same for all.",
    refers="names",
)
VALUE_STEP = Key(
    "step", "a number or ratio", _POSITIVE_RATIO, "The step of the single values (1: whole numbers).", False
)
SCALE_ITEMS = Key(
    "items", "a whole number", {"type": "integer", "minimum": 1}, "Of how many items each value is the mean (1).", False
)
DEGREES_OF_FREEDOM = Key(
    "df",
    "a column (a row) or a number",
    _NAME_OR_NUMBER,
    "The degrees of freedom of t, r and chi2, and those above the line of F.",
    False,
    "names",
)
SECOND_DEGREES = Key(
    "df2",
    "a column (a row) or a number",
    _NAME_OR_NUMBER,
    "The degrees of freedom below the line of F.",
    False,
    "names",
)
