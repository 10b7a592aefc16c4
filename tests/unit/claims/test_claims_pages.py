"""The pages hold every claim and escape what they show; the figure has the same bytes every time."""

from dataclasses import replace
from xml.etree import ElementTree

from claims_data import ROOT, data, ledger, small_ledger

from collective_efficiency.claims.claims import VERDICTS, contradictions, evaluate
from collective_efficiency.claims.figure import LOOKS, draw_claims
from collective_efficiency.claims.pages import SYMBOLS, arrange, markdown, page

TEMPLATE = (ROOT / "workflow/collective_efficiency/templates/claims.html.j2").read_text(encoding="utf-8")
VERDICTS_OF_ALL = evaluate(ledger(), data())
SHOWN = arrange(ledger(), VERDICTS_OF_ALL, contradictions(ledger(), VERDICTS_OF_ALL))
HOSTILE = """
C001:
  line: 1
  topic: counts
  paraphrase: "<script>alert(1)</script> a | b *c* [d](e) {{ 1 + 1 }}"
  facts:
    name: {value: "<img src=x>", line: 2}
  variants:
    - reads: "<b>bold</b>"
      holds_if: name == "<i>"
"""


def test_every_claim_stands_on_both_pages_once_with_its_verdict() -> None:
    html, text = page(SHOWN, TEMPLATE), markdown(SHOWN)
    for verdict in VERDICTS_OF_ALL:
        assert html.count(f'<tr id="{verdict.claim.id}">') == 1
        row = next(line for line in text.splitlines() if line.startswith(f"| {verdict.claim.id} |"))
        assert SYMBOLS[verdict.verdict] in row
    assert sum(SHOWN.counts.values()) == len(VERDICTS_OF_ALL)


def test_the_page_is_well_formed() -> None:
    html = page(SHOWN, TEMPLATE)
    for void in ('<meta charset="utf-8">', '<meta name="viewport" content="width=device-width, initial-scale=1">'):
        html = html.replace(void, "")
    ElementTree.fromstring(html.replace("<!DOCTYPE html>", ""))


def test_pages_escape_everything() -> None:
    hostile = small_ledger(HOSTILE)
    verdicts = evaluate(hostile, data())
    shown = arrange(hostile, verdicts, [])
    html, text = page(shown, TEMPLATE), markdown(shown)
    for mark in ("<script>", "<img", "<b>", "<i>"):
        assert mark not in html
    assert "{{ 1 + 1 }}" in html
    assert "\\<script>" in text
    assert "a \\| b \\*c\\* \\[d]" in text


def test_the_figure_has_a_look_for_each_verdict_that_is_not_colour_alone() -> None:
    assert set(LOOKS) == set(VERDICTS)
    assert len({marker for marker, _, _ in LOOKS.values()}) == len(LOOKS)


def test_the_figure_has_the_same_bytes_every_time() -> None:
    few = VERDICTS_OF_ALL[:20]
    first, second = (draw_claims(few, ledger().topics) for _ in range(2))
    assert first == second
    assert first["png"].startswith(b"\x89PNG")
    assert first["svg"] != draw_claims([replace(few[0], verdict="not_testable"), *few[1:]], ledger().topics)["svg"]
