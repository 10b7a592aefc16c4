"""How the ledger is shown: a page of HTML and a page of Markdown, by topic."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collective_efficiency.claims.evaluation import (
    CLAIM_VERDICTS,
    CONTRADICTED,
    DEPENDS,
    NOT_TESTABLE,
    SUPPORTED,
    ClaimVerdict,
)
from collective_efficiency.claims.ledger import Ledger
from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.pages import markdown_table, markdown_text, page

CLAIM_SYMBOLS = {SUPPORTED: "✓", CONTRADICTED: "✗", DEPENDS: "±", NOT_TESTABLE: "?"}
CLAIM_MEANINGS = {
    SUPPORTED: "holds under both readings, every way to set the degree and every reasonable interpretation",
    CONTRADICTED: "fails under all of them",
    DEPENDS: "the readings or the reasonable interpretations disagree",
    NOT_TESTABLE: "neither a table nor another passage can decide",
}
PAIR_STATES = {
    "open": "the report says both and the tables contradict neither",
    "settled": "the tables or another passage contradict one of the two",
    "both fall": "the tables or another passage contradict both",
    "impossible": "both are supported: a predicate is wrong",
}


@dataclass(frozen=True)
class ShownClaims:
    """The verdicts as pages show them: counts, the verdicts of each topic, and the pairs that exclude each other."""

    counts: Mapping[str, int]
    topics: Mapping[str, Sequence[ClaimVerdict]]
    pairs: Sequence[Record]


def by_topic(ledger: Ledger, verdicts: Iterable[ClaimVerdict], pairs: Sequence[Record]) -> ShownClaims:
    """`verdicts` by topic, in the order of the ledger's topics; a topic without a claim is left out."""
    topics: dict[str, list[ClaimVerdict]] = {topic: [] for topic in ledger.topics}
    for verdict in verdicts:
        topics[verdict.claim.topic].append(verdict)
    numbers = Counter(verdict.verdict for group in topics.values() for verdict in group)
    counts = {name: numbers[name] for name in CLAIM_VERDICTS}
    return ShownClaims(counts, {topic: group for topic, group in topics.items() if group}, pairs)


def claims_markdown(shown: ShownClaims) -> str:
    """The ledger as Markdown; marks of Markdown in a text are shown, not obeyed."""
    lines = ["# The claims of the report, tested", ""]
    lines += [
        f"- {CLAIM_SYMBOLS[name]} {name}: {count} ({CLAIM_MEANINGS[name]})" for name, count in shown.counts.items()
    ]
    for topic, group in shown.topics.items():
        lines += ["", f"## {markdown_text(topic)}", "", _table_of(group)]
        lines += ["", *(f"- {verdict.claim.id}: {markdown_text(verdict.evidence)}" for verdict in group)]
    lines += ["", "## Claims that cannot both hold", "", _table_of_pairs(shown.pairs), ""]
    return "\n".join([*lines, *(f"- {name}: {meaning}" for name, meaning in PAIR_STATES.items()), ""])


def _table_of(verdicts: Iterable[ClaimVerdict]) -> str:
    lines = (
        (
            verdict.claim.id,
            verdict.claim.line,
            verdict.claim.paraphrase,
            verdict.printed,
            verdict.recomputed,
            f"{CLAIM_SYMBOLS[verdict.verdict]} {verdict.verdict}",
        )
        for verdict in verdicts
    )
    return markdown_table(("claim", "line", "what is claimed", "printed", "recomputed", "verdict"), lines)


def _table_of_pairs(pairs: Iterable[Record]) -> str:
    lines = (
        (
            f"{pair['first']}, {pair['second']}",
            pair["because"],
            f"{pair['first_verdict']}, {pair['second_verdict']}",
            pair["state"],
        )
        for pair in pairs
    )
    return markdown_table(("claims", "why", "verdicts", "state"), lines)


def claims_page(shown: ShownClaims) -> str:
    """The ledger as a self-contained HTML page."""
    return page("claims.html.j2", shown=shown, symbols=CLAIM_SYMBOLS, meanings=CLAIM_MEANINGS, states=PAIR_STATES)
