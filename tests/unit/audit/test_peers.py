"""The examples of other tools, as docs/peers.md shows them: their verdicts from their documents, ours computed here."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from small_reports import small_audit

from collective_efficiency.audit.checks.kinds import FactKind
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.engine import Audit
from collective_efficiency.audit.spans import around
from collective_efficiency.files.yaml_files import own_yaml
from collective_efficiency.numbers.rounding import Interval, stands_for

PEERS = own_yaml((Path(__file__).parents[2] / "cases/peers.yaml").read_text(encoding="utf-8"))


def verdict(done: Audit, key: str) -> str:
    """What the audit says of a cell: wrong, maybe (one of several that may be), open (not checkable) or right."""
    place = tuple(key.split("/")) if key.count("/") == 2 else ("T1", *key.split("/"))
    printed = re.escape(done.model.cells[place].printed)
    findings = [finding for finding in done.findings if finding.severity in ("decision", "numeric")]
    for finding in findings:
        is_fact = isinstance(CHECK_KINDS.get(done.model.checks.get(finding.check, {}).get("kind")), FactKind)
        if place in (finding.cells[:1] if is_fact else finding.cells):
            return "maybe" if any(text.startswith("misprinted score") for text in finding.alternatives) else "wrong"
    instead = " | ".join(text for finding in findings for text in (finding.explanation, *finding.alternatives))
    if re.search(rf"\b({re.escape(place[1])}|{re.escape(place[2])}) {printed} for", instead):
        return "maybe"
    computed = place in done.model.derivations
    return "open" if computed and done.judge.judge(place).verdict == "not_checkable" else "right"


@pytest.mark.parametrize("case", PEERS["cases"], ids=lambda case: f"{case['tool']}: {case['case']}")
def test_what_the_page_says_of_us_is_so(case):
    checks = [{"id": f"c{number}", **check} for number, check in enumerate(case["checks"])]
    done = small_audit(case["tables"], *checks, columns=case.get("columns"))
    expected = {**case["theirs"], **case.get("ours", {})}
    assert {key: verdict(done, key) for key in expected} == expected


@pytest.mark.parametrize("case", PEERS["cases"], ids=lambda case: f"{case['tool']}: {case['case']}")
def test_a_difference_is_explained(case):
    assert ("ours" in case) == ("why" in case)
    assert all(case["theirs"].get(key) != word for key, word in case.get("ours", {}).items())


@pytest.mark.parametrize("case", PEERS["unround"], ids=lambda case: f"{case['x']} {case['rounding']}")
def test_a_printed_number_stands_for_what_unround_says(case):
    low, left, _, right, high = case["range"].split()
    theirs = Interval(Fraction(low), Fraction(high), left == "<=", right == "<=")
    decimals = len(case["x"].partition(".")[2])
    mode = case["ours"]
    ours = (
        around(Fraction(case["x"]), decimals) if mode == "closed" else stands_for(Fraction(case["x"]), decimals, mode)
    )
    assert ours == theirs
