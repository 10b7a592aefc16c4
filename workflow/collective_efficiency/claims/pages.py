"""Stage `claims`, how the ledger is shown: a page of HTML and a page of Markdown, by topic."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jinja2

from collective_efficiency.claims.claims import (
    CONTRADICTED,
    DEPENDS,
    NOT_TESTABLE,
    SUPPORTED,
    VERDICTS,
    Ledger,
    Verdict,
)

SYMBOLS = {SUPPORTED: "✓", CONTRADICTED: "✗", DEPENDS: "±", NOT_TESTABLE: "?"}
MEANINGS = {
    SUPPORTED: "holds under both readings, every way to set the degree and every reasonable interpretation",
    CONTRADICTED: "fails under all of them",
    DEPENDS: "the readings or the reasonable interpretations disagree",
    NOT_TESTABLE: "neither a table nor another passage can decide",
}
STATES = {
    "open": "the report says both and the tables contradict neither",
    "settled": "the tables or another passage contradict one of the two",
    "both fall": "the tables or another passage contradict both",
    "impossible": "both are supported: a predicate is wrong",
}


@dataclass(frozen=True)
class Shown:
    """The verdicts as pages show them: counts, the verdicts of each topic, and the pairs that exclude each other."""

    counts: Mapping[str, int]
    topics: Mapping[str, Sequence[Verdict]]
    pairs: Sequence[Mapping[str, str]]


def arrange(ledger: Ledger, verdicts: Sequence[Verdict], pairs: Sequence[Mapping[str, str]]) -> Shown:
    """`verdicts` by topic, in the order of the ledger's topics; a topic without a claim is left out."""
    found = Counter(verdict.verdict for verdict in verdicts)
    topics = {topic: [each for each in verdicts if each.claim.topic == topic] for topic in ledger.topics}
    counts = {name: found[name] for name in VERDICTS}
    return Shown(counts, {topic: group for topic, group in topics.items() if group}, pairs)


def markdown(shown: Shown) -> str:
    """The ledger as Markdown; marks of Markdown in a text are shown, not obeyed."""
    lines = ["# The claims of the report, tested", ""]
    lines += [f"- {SYMBOLS[name]} {name}: {count} ({MEANINGS[name]})" for name, count in shown.counts.items()]
    for topic, group in shown.topics.items():
        lines += ["", f"## {_plain(topic)}", "", "| claim | line | what is claimed | printed | recomputed | verdict |"]
        lines += ["| --- | --- | --- | --- | --- | --- |"]
        for each in group:
            claim = each.claim
            texts = (claim.id, claim.line, claim.paraphrase, each.printed, each.recomputed)
            lines.append(f"| {' | '.join(map(_plain, texts))} | {SYMBOLS[each.verdict]} {_plain(each.verdict)} |")
        lines += ["", *(f"- {each.claim.id}: {_plain(each.evidence)}" for each in group)]
    lines += [
        "",
        "## Claims that cannot both hold",
        "",
        "| claims | why | verdicts | state |",
        "| --- | --- | --- | --- |",
    ]
    for pair in shown.pairs:
        verdicts = f"{pair['first_verdict']}, {pair['second_verdict']}"
        row = (f"{pair['first']}, {pair['second']}", pair["because"], verdicts, pair["state"])
        lines.append(f"| {' | '.join(map(_plain, row))} |")
    return "\n".join([*lines, "", *(f"- {name}: {meaning}" for name, meaning in STATES.items()), ""])


def _plain(text: str) -> str:
    for mark in "\\|*_`<[":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def page(shown: Shown, template: str) -> str:
    """The ledger as a self-contained HTML page. template: the text of a Jinja2 page; every value is escaped."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(template).render(shown=shown, symbols=SYMBOLS, meanings=MEANINGS, states=STATES)
