"""The stage as a whole: what it makes of the report, and what it needs for it."""

import csv
import html
import io
import subprocess
import sys
from fractions import Fraction

import pytest
from claims_data import ROOT, associations, build, content, data, ledger

from collective_efficiency.choices import Choices
from collective_efficiency.claims.claims import claims_results
from collective_efficiency.claims.evaluation import evaluate
from collective_efficiency.problems import BadInputError

SHIFTED = Choices("omit", Fraction(9), Fraction(6), Fraction(1, 4), Fraction(3, 4))


def results_under(choices: Choices, raw: bytes | None = None) -> dict[str, bytes]:
    return claims_results(raw or content(), data().cells, data().clusters, choices, associations())


def lines_of(results: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(results["csv"].decode(), newline="")))


def test_the_stage_makes_all_its_outputs_and_the_golden_tables() -> None:
    results = results_under(Choices())
    assert sorted(results) == ["caption", "csv", "html", "marks", "md", "pairs", "png", "readings", "svg"]
    golden = ROOT / "tests/expected/audit"
    assert results["csv"] == (golden / "claims.csv").read_bytes()
    assert results["readings"] == (golden / "claim_readings.csv").read_bytes()
    assert results["pairs"] == (golden / "contradictions.csv").read_bytes()
    assert results["marks"] == (ROOT / "tests/expected/figures/claims.csv").read_bytes()


def test_the_analysts_choices_stand_beside_the_verdicts_never_in_place() -> None:
    """Everything but the new column, and every pair, is the same; the column is a run of its own under the choices."""
    # The tests of the inference stand on the analyst's choices, and evidence takes up none but those of the report's.
    own = claims_results(content(), data().cells, data().clusters, Choices())
    shifted = results_under(SHIFTED)
    assert shifted["pairs"] == own["pairs"]
    before, after = lines_of(own), lines_of(shifted)
    assert {each.pop("under_your_choices") for each in before} == {""}
    chosen = {each["claim"]: each.pop("under_your_choices") for each in after}
    assert after == before
    alone = evaluate(ledger(), build(data().cells, SHIFTED))
    assert chosen == {each.claim.id: each.verdict for each in alone}
    # By hand: Blumenau is High as printed, and now from the scores (9.5 / 4 + 9 x 3 / 4 = 9.125) and with the sums
    # rounded (9.25), too. Itajaí (8.5 / 4 + 5 x 3 / 4 = 5.875) joins the three traditional clusters that are Low.
    assert (chosen["C036"], chosen["C056"]) == ("supported", "depends")


def test_the_pages_name_both_sets_of_rules_and_list_what_changes() -> None:
    own, shifted = results_under(Choices()), results_under(SHIFTED)
    changed = [
        f"{each['claim']} {each['verdict']} -> {each['under_your_choices']}"
        for each in lines_of(shifted)
        if each["under_your_choices"] != each["verdict"]
    ]
    assert changed
    said = f"{len(changed)} of {len(lines_of(shifted))} verdicts change under your choices: {'; '.join(changed)}."
    for page, arrow in (("md", "->"), ("html", "→"), ("caption", "->")):
        text = html.unescape(shifted[page].decode())
        assert said.replace("->", arrow).replace("_", " ") in text.replace("_", " ").replace("\\", "")
        assert "Degree: High from 9.5, Low up to 5." in text
        assert "CE = 0.25 EEI + 0.75 JAI. Degree: High from 9, Low up to 6." in text
        assert "Degree: High from 9.5, Low up to 5." in own[page].decode()
        assert "your choices" not in own[page].decode().lower()
    assert shifted["svg"] != own["svg"]


def test_a_bad_ledger_makes_nothing() -> None:
    with pytest.raises(BadInputError, match=r"claims\.yaml"):
        results_under(Choices(), b"claims: []")


def test_evaluating_claims_loads_no_matplotlib() -> None:
    """The audit evaluates claims, and a run checks them before it begins: both would pay for the import."""
    code = "import sys, collective_efficiency.claims.claims; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT / "workflow")
