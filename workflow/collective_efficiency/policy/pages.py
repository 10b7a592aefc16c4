"""How the advice is shown: a page of HTML and a page of Markdown, by part, and the caption of page and figure."""

from collections.abc import Sequence

from collective_efficiency.claims.pages import CLAIM_SYMBOLS
from collective_efficiency.exhibits.captions import caption_markdown
from collective_efficiency.files.pages import markdown_table, markdown_text, page
from collective_efficiency.policy.shown import ShownPolicy, label, made_of
from collective_efficiency.policy.verdicts import ADVICE_MEANINGS, ADVICE_VERDICTS, AdviceVerdict


def policy_caption(shown: ShownPolicy) -> str:
    """The caption of page and figure, as Markdown."""
    said = " ".join(page("captions/policy.md.j2").split())
    return caption_markdown("\n\n".join([said, *shown.rules]))


def policy_page(shown: ShownPolicy) -> str:
    """The advice as a self-contained HTML page that loads nothing."""
    return page(
        "policy.html.j2",
        shown=shown,
        symbols=CLAIM_SYMBOLS,
        meanings=ADVICE_MEANINGS,
        label=label,
        made_of=made_of,
    )


def policy_markdown(shown: ShownPolicy) -> str:
    """The advice as Markdown; marks of Markdown in a text are shown, not obeyed."""
    lines = ["# The policy advice of the report, and what it rests on", ""]
    lines += [f"- {markdown_text(rule)}" for rule in shown.rules]
    lines += ["", *(f"- {name}: {shown.counts[name]} ({ADVICE_MEANINGS[name]})" for name in ADVICE_VERDICTS)]
    for part, group in shown.parts.items():
        lines += ["", f"## {markdown_text(part)}"]
        for each in group:
            lines += ["", *_piece(shown, each)]
    heads = ("score or index", "enters", "claims that read it", "through an index", "grounds of", "bears on")
    table = [
        (
            label(each.measure),
            ", ".join(map(label, each.indices)),
            *map(", ".join, (each.claims, each.through, each.grounds_of, each.bears_on)),
        )
        for each in shown.measures
    ]
    return "\n".join([*lines, "", "## From a score to the advice", "", markdown_table(heads, table), ""])


def _piece(shown: ShownPolicy, each: AdviceVerdict) -> list[str]:
    piece = each.advice
    lines = [f"### {piece.id}: {markdown_text(piece.paraphrase)}", ""]
    lines += [f"Verdict: {each.verdict}. {markdown_text(each.why)} Lines {piece.line}."]
    if other := shown.under_choices(each):
        lines += ["", f"Under your choices: {other}."]
    if piece.grounds:
        lines += ["", "On what the report rests it:", "", _claims(shown, piece.grounds)]
    if piece.bears:
        lines += ["", "What bears on it besides:", "", _claims(shown, piece.bears)]
    if piece.tests or piece.argued_from:
        lines += ["", *(f"- Our test: {markdown_text(shown.told(test))}" for test in piece.tests)]
        lines += [f"- The text also argues from: {markdown_text(piece.argued_from)}"] if piece.argued_from else []
    return lines


def _claims(shown: ShownPolicy, claims: Sequence[str]) -> str:
    return markdown_table(
        ("claim", "line", "what is claimed", "verdict", "reads"),
        (
            (
                name,
                shown.claims[name]["line"],
                shown.claims[name]["paraphrase"],
                shown.claims[name]["verdict"].replace("_", " "),
                shown.reads(name),
            )
            for name in claims
        ),
    )
