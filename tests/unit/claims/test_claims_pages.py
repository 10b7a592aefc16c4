"""The pages hold every claim and escape what they show."""

import re
from html import unescape
from xml.etree import ElementTree

from claims_data import data, ledger, small_ledger

from collective_efficiency.choices import Choices, rules_in_words
from collective_efficiency.claims.evaluation import contradictions, evaluate
from collective_efficiency.claims.pages import CLAIM_SYMBOLS, by_weight, claims_markdown, claims_page
from collective_efficiency.files.pages import markdown_text
from collective_efficiency.words import READINGS

VERDICTS_OF_ALL = evaluate(ledger(), data())
PAIRS = contradictions(ledger(), VERDICTS_OF_ALL)
SHOWN = by_weight(ledger(), VERDICTS_OF_ALL, PAIRS, rules_in_words(Choices(), "report", *READINGS))
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
    html, text = claims_page(SHOWN), claims_markdown(SHOWN)
    for verdict in VERDICTS_OF_ALL:
        assert html.count(f'<tr id="{verdict.claim.id}">') == 1
        row = next(line for line in text.splitlines() if line.startswith(f"| {verdict.claim.id} |"))
        assert CLAIM_SYMBOLS[verdict.verdict] in row
    assert sum(SHOWN.counts.values()) == len(VERDICTS_OF_ALL)


def test_a_note_stands_behind_the_evidence() -> None:
    html, text = unescape(claims_page(SHOWN)), claims_markdown(SHOWN)
    noted = [claim for claim in ledger().claims if claim.note]
    assert len(noted) >= 5
    assert [claim.id for claim in noted if claim.note not in html or markdown_text(claim.note) not in text] == []


def test_the_page_is_well_formed() -> None:
    html = claims_page(SHOWN)
    html = re.sub(r"<meta [^>]*>", "", html)  # which HTML does not close
    ElementTree.fromstring(html.replace("<!DOCTYPE html>", ""))


def test_pages_escape_everything() -> None:
    hostile = small_ledger(HOSTILE)
    verdicts = evaluate(hostile, data())
    shown = by_weight(hostile, verdicts, [], ["<b>rules</b>"])
    html, text = claims_page(shown), claims_markdown(shown)
    for mark in ("<script>", "<img", "<b>", "<i>"):
        assert mark not in html
    assert "{{ 1 + 1 }}" in html
    assert "\\<script>" in text
    assert "a \\| b \\*c\\* \\[d]" in text
