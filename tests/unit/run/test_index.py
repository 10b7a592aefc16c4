"""The way in, on a few results made up here: every file is linked once, under its title, and nothing else is loaded."""

import base64
import hashlib
import re

import pytest

from collective_efficiency.audit.counts import VERDICTS_OF_CELLS
from collective_efficiency.audit.findings import SEVERITIES
from collective_efficiency.claims.pages import CLAIM_SYMBOLS
from collective_efficiency.run.glossary import glossary_page
from collective_efficiency.run.index import Headline, RunFacts, headlines, index_page, listed_sections
from collective_efficiency.words import GLOSSARY

MADE = (
    "audit/index.html", "audit/claims.html", "audit/claims.csv", "summary.txt",
    "tables/T3.csv", "tables/T3.md", "tables/captions/T3.md", "tables/T3.html",
    "figures/eei_jai.svg", "figures/eei_jai.png", "figures/eei_jai.md", "figures/eei_jai.csv",
    "report/cells.csv", "report/export/clusters.dta", "report/printed/inference/power.csv",
    "extended/printed/indices.csv", "studies/my-study/audit/cells.csv", "some/thing_new.csv",
)  # fmt: skip
FACTS = RunFacts(
    "n.a. is left out.",
    "median",
    {"report": 40, "extended": 41},
    ["extended"],
    ["my-study"],
    {"report/A1.csv": "ab"},
    "1",
)
COUNTS = {
    "cells": 12,
    "verdicts": dict(zip(VERDICTS_OF_CELLS, (5, 3, 1, 1, 0, 2), strict=True)),
    "assumptions": {"truncated": 1},
    "findings": 1,
    "severities": dict.fromkeys(SEVERITIES, 0) | {"decision": 1},
}
FINDING = {
    "finding": "eei_sum.A1.leon.eei",
    "table": "A1",
    "row": "leon",
    "column": "eei",
    "printed": "8",
    "expected": "9",
    "consequence": "claim C1 depends -> supported; 2 printed cells change",
    "severity": "decision",
}
CLOSING = "Made: 1 table.\nFound: the index differs.\nUnder your choices: the degree changes.\nLook at: here.\n"


def claim(verdict, chosen=""):
    return {"claim": "C1", "verdict": verdict, "under_your_choices": chosen}


def entries():
    return {
        entry.label: (section.title, entry.files)
        for section in listed_sections(MADE, {"T3": "Table 3. Index", "eei_jai": "Two indices"})
        for entry in section.entries
    }


def test_every_result_is_linked_once():
    sections = listed_sections(MADE, {})
    linked = [path for section in sections for entry in section.entries for _, path in entry.files]
    assert sorted(linked) == sorted(MADE)


def test_a_result_stands_in_one_line_with_all_its_formats_and_its_caption():
    listed = entries()
    assert listed["Table 3. Index"][1] == (
        ("page", "tables/T3.html"),
        ("Markdown", "tables/T3.md"),
        ("CSV", "tables/T3.csv"),
        ("caption", "tables/captions/T3.md"),
    )
    assert [kind for kind, _ in listed["Two indices"][1]] == ["caption", "data", "SVG", "PNG"]


@pytest.mark.parametrize(
    ("label", "section"),
    [
        ("The reviewer's page: every printed cell and its story", "To read first"),
        ("Every printed cell (report)", "Data and measures of the report"),
        ("The clusters and their scores (report)", "For other programs"),
        ("What so few clusters could have shown (report, printed)", "What the data can carry"),
        ("Indices and degree of each cluster (extended, printed)", "The report's clusters with those of the studies"),
        ("Every printed cell (my-study)", "Studies"),
        ("Thing new (some)", "The audit"),  # what no section is for is not left out
    ],
)
def test_results_are_called_what_they_are(label, section):
    assert entries()[label][0] == section


def test_headlines_count_what_the_audit_and_the_claims_say():
    said = headlines(COUNTS, [FINDING], [claim("supported"), claim("depends")], CLOSING)
    cells, findings, decision, claims, *closing = (each.sentence for each in said)
    assert cells == (
        "The tables hold 12 printed cells, 2 of them lost in the text layer. 5 cells are computed from others and can"
        " be judged. Consistent with the scores: 3; under a named assumption: 1 (1 truncated); inconsistent: 1."
    )
    assert findings.startswith("1 finding: 1 decision (")
    assert decision == "Decision: A1, leon, eei prints 8, not 9; 2 consequences."
    assert said[2].address == "audit/index.html#finding=eei_sum.A1.leon.eei"
    assert claims == (
        "2 claims of the report's text, under its own rules: 1 supported; 0 contradicted; 1 depends; 0 not testable."
    )
    assert closing == ["Found: the index differs.", "Under your choices: the degree changes."]
    assert (
        "1 of 1 verdicts changes under your choices"
        in headlines(COUNTS, [], [claim("depends", "supported")], "")[2].sentence
    )


def test_the_pages_load_nothing_and_name_their_style_by_its_digest():
    for html in (
        index_page(listed_sections(MADE, {}), FACTS, [Headline("found <this>", "summary.txt")]),
        glossary_page(),
    ):
        style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"default-src 'none'; style-src 'sha256-{digest}';" in html
        assert not re.search(r"<script|<link|<img|style=|://", html)
        for needed in ('<html lang="en">', 'name="viewport"', "<main id=", "<h1>", "prefers-color-scheme: dark"):
            assert needed in html
        assert 'href="index.html">All results</a>' in html
        assert 'href="glossary.html">Glossary</a>' in html


def test_the_page_says_what_the_run_was_and_escapes_what_it_found():
    html = index_page([], FACTS, [Headline("found <this>", "summary.txt")])
    assert "found &lt;this&gt;" in html
    for said in (
        "n.a. is left out.",
        "Datasets: report (40 clusters), extended (41 clusters).",
        "Not tested, for its size: extended (inference.largest).",
        "Studies: my-study; several raters count as their median.",
        "report/A1.csv",
    ):
        assert said in html
    assert re.search(r"Made by version 1 of this project with Python 3\.\d+\.\d+ and .*numpy \d", html)


def test_the_glossary_has_every_word_that_a_verdict_is_said_in():
    words = {*VERDICTS_OF_CELLS, *SEVERITIES, *CLAIM_SYMBOLS} - {"input"}
    assert {word.replace("_", " ") for word in words} <= set(GLOSSARY)
    html = glossary_page()
    addresses = re.findall(r'<dt id="([^"]+)">', html)
    assert len(addresses) == len(set(addresses)) == len(GLOSSARY)
    assert "consistent-if" in addresses
