"""What is wrong with a predicate in words that say what to write instead."""

import re
from collections.abc import Iterable

from collective_efficiency.claims.language.evidence import WORDS_OF_COLUMNS
from collective_efficiency.claims.language.nodes import (
    CLUSTER_NUMBERS,
    CLUSTER_WORDS,
    NUMBER,
    TRUTH,
    WORD,
    Node,
    PredicateError,
    Vocabulary,
)
from collective_efficiency.problems import allowed
from collective_efficiency.words import DEGREES

# What people write, and what to write.
NOTATION_SLIPS = (
    (r"&&?", "write `and`"),
    (r"\|\|?", "write `or`"),
    (r"<>", "write != for `is not`"),
    (r"≥|=>", "write >="),
    (r"≤|=<", "write <="),
    (r"(?<![=!<>:])=(?!=)", "write == to compare"),
    (r"[“”„‘’]", "write straight quotes"),
    (r"!(?!=)", "write `not`"),
    (r"%", "write a percentage as a fraction: 5/100"),
    (r"\d,\d", "write decimals with a point"),
    (r"\bbetween\b", "write 3 <= x <= 5 for `between`"),
)
FUNCTIONS_ELSEWHERE = {  # of functions, in other programs
    "sum": "total", "average": "mean", "avg": "mean", "len": "rows", "max": "highest or largest", "min": "lowest",
    "all": "every", "any": "some", "cor": "gamma or associated", "countif": "count", "unique": "distinct",
}  # fmt: skip
KEYS_OF_WORDS = {words: key for key, words in WORDS_OF_COLUMNS.items()}  # as evidence says them
READS_NOTHING = "this reads no data and tests nothing; write a fact, a cell or a number of the clusters"


def syntax_message(text: str, error: Exception) -> str:
    """What is not readable in a predicate, and what to write where that can be told."""
    outside_quotes = re.sub(r"'[^']*'|\"[^\"]*\"", "''", text)
    told = f"not readable as an expression: {getattr(error, 'msg', error)}"
    hint = next((hint for pattern, hint in NOTATION_SLIPS if re.search(pattern, outside_quotes)), "")
    return f"{told}; {hint}" if hint else told


def type_needed(node: Node, types: Iterable[str], source: str) -> str:
    """What is needed where a node of another type stands, and what to write where that can be told."""
    told = f"a {' or a '.join(types)} is needed here, this is a {node.type}"
    if TRUTH not in types:
        return told
    if node.type == NUMBER:
        return f"{told}; {f'compare it: {source} > 0' if node.reads_data else 'write decimals with a point'}"
    if node.reads_data:
        return f'{told}; compare it: {source} == "..."'
    column = "degree" if source in DEGREES else "sector" if source.isidentifier() else "country"
    return f"{told}; say what it is of, such as {column} == {source}"


def check_compared(left: Node, right: Node) -> None:
    """Refuses a comparison of constants, and one with a word that the data do not hold: it would count nothing."""
    if not left.reads_data and not right.reads_data:
        message = (
            "a comparison that reads no data tests nothing; compare with a fact, a cell or a number of the clusters"
        )
        raise PredicateError(f"{left.words} and {right.words}", message)
    for read, written in ((left, right), (right, left)):
        if read.type != WORD or not read.reads_data or read.can_be is None or written.reads_data:
            continue
        word = (written.can_be or ("",))[0]
        if word not in read.can_be:
            column = next(iter(read.columns), "word")
            raise PredicateError(word, f"unknown {column}; {allowed(read.can_be, word)}")


def check_hyphens(source: str, vocabulary: Vocabulary) -> None:
    """A name with a hyphen and no quotes looks like a difference."""
    name = source.replace(" - ", "-")
    if name.replace("-", "_") in CLUSTER_NUMBERS:
        raise PredicateError(name, f"write {name.replace('-', '_')}")
    rows = {row for rows in vocabulary.rows.values() for row in rows}
    if name in rows.union(vocabulary.clusters):
        raise PredicateError(name, f'a name with a hyphen needs quotes: "{name}"')


def unknown_word(word: str, known: tuple[str, ...], vocabulary: Vocabulary, *, is_outside: bool) -> str:
    """What to write instead of an unknown word."""
    quoted = [
        text for texts in vocabulary.words.values() for text in texts if text.lower().split()[:1] == [word.lower()]
    ]
    if quoted:
        return f'unknown word; a word of the data needs quotes: "{quoted[0]}"'
    where = " outside of a function" if is_outside else ""
    key = KEYS_OF_WORDS.get(word.lower().replace("_", " "))
    if key:
        return f"unknown word; write {key}"
    if is_outside and word in (*CLUSTER_NUMBERS, *CLUSTER_WORDS):
        function = "mean" if word in CLUSTER_NUMBERS else "distinct"
        return f"unknown word{where}; it is of a cluster: write {function}({word})"
    facts = f"what the text states is declared under facts: {word}: {{value: 3, line: 12}}"
    return f"unknown word{where}; {allowed(known, word)}; {facts}"


def unknown_function(name: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown function."""
    other = f"; write {FUNCTIONS_ELSEWHERE[name.lower()]}" if name.lower() in FUNCTIONS_ELSEWHERE else ""
    return f"unknown function{other}; {allowed(sorted(known), name)}"
