"""How the ledger is shown: a page of HTML and a page of Markdown, by kind, the weightiest first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from collective_efficiency.claims.evaluation import ClaimVerdict, claim_reading_records
from collective_efficiency.claims.ledger import Ledger
from collective_efficiency.claims.verdicts import CLAIM_VERDICTS, CONTRADICTED, DEPENDS, NOT_TESTABLE, SUPPORTED
from collective_efficiency.exhibits.captions import caption_markdown
from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.pages import markdown_table, markdown_text, page

CLAIM_SYMBOLS = {SUPPORTED: "✓", CONTRADICTED: "✗", DEPENDS: "±", NOT_TESTABLE: "?"}
CLAIM_MEANINGS = {
    SUPPORTED: "every main reading holds, in every way to read the report",
    CONTRADICTED: "every main reading fails, in every way",
    DEPENDS: "the readings or the ways disagree, or it turns on what is not known",
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
    """The verdicts as pages and figure show them, and the pairs that exclude each other.

    kinds: the verdicts of each kind, the weightiest first; topics: those of each topic, the weightiest on average
    first.
    rules: what the verdicts stand on, as `choices.rules_in_words` says it.
    """

    kinds: Mapping[str, Sequence[ClaimVerdict]]
    topics: Mapping[str, Sequence[ClaimVerdict]]
    pairs: Sequence[Record]
    rules: Sequence[str]

    @cached_property
    def verdicts(self) -> tuple[ClaimVerdict, ...]:
        """All, in the order of their ids."""
        return tuple(sorted((each for group in self.kinds.values() for each in group), key=lambda each: each.claim.id))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        numbers = Counter(each.verdict for each in self.verdicts)
        return {name: numbers[name] for name in CLAIM_VERDICTS}

    @cached_property
    def chosen_counts(self) -> dict[str, int]:
        """The same under the analyst's choices; empty where these are the report's own."""
        numbers = Counter(each.under_your_choices for each in self.verdicts if each.under_your_choices)
        return {name: numbers[name] for name in CLAIM_VERDICTS} if numbers else {}

    @cached_property
    def changes(self) -> str:
        """What the analyst's choices change, in words."""
        return changes_in_words([each.record() for each in self.verdicts]) if self.chosen_counts else ""


def by_weight(
    ledger: Ledger, verdicts: Iterable[ClaimVerdict], pairs: Sequence[Record], rules: Sequence[str]
) -> ShownClaims:
    """`verdicts` by kind and by topic, conclusions first; a kind or topic without a claim is left out."""
    in_order = sorted(verdicts, key=lambda each: (ledger.topics.index(each.claim.topic), each.claim.id))
    kinds = {kind: [each for each in in_order if each.claim.kind == kind] for kind in ledger.kinds}
    topics = {topic: [each for each in in_order if each.claim.topic == topic] for topic in ledger.topics}

    def weight(topic: str) -> Fraction:
        return Fraction(sum(each.claim.weight for each in topics[topic]), len(topics[topic]))

    by_average = sorted((topic for topic, group in topics.items() if group), key=weight, reverse=True)
    return ShownClaims(
        {kind: group for kind, group in kinds.items() if group},
        {topic: topics[topic] for topic in by_average},
        pairs,
        rules,
    )


def claims_caption(shown: ShownClaims) -> str:
    """The caption of page and figure, as Markdown: what the verdicts mean, stand on, and where choices change them."""
    said = " ".join(page("captions/claims.md.j2").split())
    return caption_markdown("\n\n".join(filter(None, [said, *shown.rules, shown.changes])))


def changes_in_words(claims: Sequence[Record]) -> str:
    """What the analyst's choices change, of the records of claims.csv.

    >>> changes_in_words([
    ...     {"claim": "C036", "verdict": "depends", "under_your_choices": "contradicted"},
    ...     {"claim": "C037", "verdict": "depends", "under_your_choices": "depends"},
    ... ])
    '1 of 2 verdicts changes under your choices: C036 depends -> contradicted.'
    """
    changed = [claim for claim in claims if claim["under_your_choices"] not in ("", claim["verdict"])]
    listed = "; ".join(f"{each['claim']} {each['verdict']} -> {each['under_your_choices']}" for each in changed)
    change = "changes" if len(changed) == 1 else "change"
    return f"{len(changed)} of {len(claims)} verdicts {change} under your choices{': ' if listed else ''}{listed}."


def claims_markdown(shown: ShownClaims) -> str:
    """The ledger as Markdown; marks of Markdown in a text are shown, not obeyed."""
    lines = ["# The claims of the report, tested", ""]
    lines += [f"- {markdown_text(line)}" for line in shown.rules]
    lines += ["", *(f"- {_counted(shown, name)}" for name in CLAIM_VERDICTS)]
    if shown.changes:
        lines += ["", markdown_text(shown.changes)]
    for kind, group in shown.kinds.items():
        lines += ["", f"## {markdown_text(heading_of(kind))}", "", _table_of(group, chosen=bool(shown.chosen_counts))]
        said = ((each.claim.id, " ".join(filter(None, [each.evidence, each.claim.note]))) for each in group)
        lines += ["", *(f"- {claim}: {markdown_text(text)}" for claim, text in said)]
    lines += ["", "## Claims that cannot both hold", "", _table_of_pairs(shown.pairs), ""]
    return "\n".join([*lines, *(f"- {name}: {meaning}" for name, meaning in PAIR_STATES.items()), ""])


def heading_of(kind: str) -> str:
    """The kind as the heading of its claims.

    >>> heading_of("conclusion"), heading_of("naming")
    ('Conclusions', 'Naming')
    """
    return kind.capitalize() + ("" if kind.endswith("ing") else "s")


def _counted(shown: ShownClaims, name: str) -> str:
    """A verdict, how many claims have it, and what it means."""
    chosen = f"; {shown.chosen_counts[name]} under your choices" if shown.chosen_counts else ""
    return f"{CLAIM_SYMBOLS[name]} {name}: {shown.counts[name]}{chosen} ({CLAIM_MEANINGS[name]})"


def _table_of(verdicts: Iterable[ClaimVerdict], *, chosen: bool) -> str:
    """The verdicts as a table. chosen: with a column of those under the analyst's choices."""
    lines = (
        (
            verdict.claim.id,
            verdict.claim.line,
            verdict.claim.paraphrase,
            verdict.printed,
            verdict.recomputed,
            f"{CLAIM_SYMBOLS[verdict.verdict]} {verdict.verdict}",
            *([_under_choices(verdict)] if chosen else ()),
        )
        for verdict in verdicts
    )
    head = ("claim", "line", "what is claimed", "printed", "recomputed", "verdict")
    return markdown_table((*head, "under your choices") if chosen else head, lines)


def _under_choices(verdict: ClaimVerdict) -> str:
    text = f"{CLAIM_SYMBOLS[verdict.under_your_choices]} {verdict.under_your_choices}"
    return f"{text} (changes)" if verdict.changes else text


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
    return page(
        "claims.html.j2",
        shown=shown,
        symbols=CLAIM_SYMBOLS,
        meanings=CLAIM_MEANINGS,
        states=PAIR_STATES,
        heading_of=heading_of,
        lines_of=lambda verdict: claim_reading_records([verdict]),
    )
