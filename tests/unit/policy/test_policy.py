"""The stage makes all its outputs, the same bytes on every run, and its page says what its verdicts rest on."""

import html
import re
from functools import cache

import pytest
from claims_data import report_rows
from policy_data import ROOT, golden, policy

from collective_efficiency.choices import OF_THE_REPORT, Choices
from collective_efficiency.policy.policy import policy_results
from collective_efficiency.problems import BadInputError

SECTORS = {"traditional": "Traditional", "natural_resource": "Natural", "cops": "Complex", "software": "Software"}
ASSOCIATION = {
    "missing": "zero", "scope": "software", "predictor": "ce", "outcome": "product", "n": "5", "p": "0.5",
    "holm": "1.0", "tau_b": "0.1",
}  # fmt: skip


def made(claims: list[dict[str, str]], choices: Choices = OF_THE_REPORT, spoil: bytes = b"") -> dict[str, bytes]:
    files = {name: (ROOT / "data/report" / name).read_bytes() for name in ("policy.yaml", "claims.yaml", "tables.yaml")}
    files["policy.yaml"] += spoil
    cells, clusters = report_rows()[1], golden("report/clusters.csv")
    return policy_results(files, claims, cells, clusters, SECTORS, [ASSOCIATION], choices)


@cache
def results() -> dict[str, bytes]:
    return made(golden("audit/claims.csv"))


def test_the_stage_makes_all_its_outputs_and_the_goldens() -> None:
    assert sorted(results()) == ["caption", "csv", "html", "lineage", "marks", "md", "png", "svg"]
    for name, path in (("csv", "policy/policy"), ("lineage", "policy/lineage"), ("marks", "figures/policy")):
        assert results()[name] == (ROOT / f"tests/expected/{path}.csv").read_bytes()


def test_the_same_bytes_every_time() -> None:
    assert made(golden("audit/claims.csv")) == results()


def test_the_page_shows_each_piece_with_its_grounds_and_leads_the_whole_way() -> None:
    text = results()["html"].decode()
    for piece in policy().advice:
        (card,) = re.findall(rf'<article id="{piece.id}">.*?</article>', text, re.DOTALL)
        assert html.escape(piece.paraphrase, quote=False) in card.replace("&#39;", "'").replace("&#34;", '"')
        assert f"Lines {piece.line}." in card
        assert all(f"../audit/claims.html#{claim}" in card for claim in (*piece.grounds, *piece.bears))
        assert ("On what the report rests it" in card) == bool(piece.grounds)
    assert 'Reads <a href="#information">information</a> of 1 cluster.' in text  # C061
    targets = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= targets


def test_a_test_of_ours_is_told_or_said_to_be_missing() -> None:
    text = html.unescape(results()["html"].decode())
    assert "Collective efficiency index and product upgrading (Software): tau-b 0.1, exact p 0.5, 1 adjusted" in text
    assert "Differences between the sectors in product upgrading: not among the tests of this run." in text


def test_what_the_analysts_choices_change_stands_beside() -> None:
    claims = [record | {"under_your_choices": record["verdict"]} for record in golden("audit/claims.csv")]
    for record in claims:
        if record["claim"] == "C061":
            record["under_your_choices"] = "supported"
    chosen = made(claims, Choices(missing="omit"))
    assert chosen["csv"] == results()["csv"]
    text = chosen["html"].decode()
    (card,) = re.findall(r'<article id="P14">.*?</article>', text, re.DOTALL)
    assert "Under your choices: " in card
    assert ">one case<" in card
    assert text.count("Under your choices: ") == 1
    assert "Your choices in config.yaml" in text
    assert "Under your choices" not in results()["html"].decode()


def test_bad_advice_makes_nothing() -> None:
    with pytest.raises(BadInputError, match=r"policy\.yaml"):
        made(golden("audit/claims.csv"), spoil=b"  P40: {part: nowhere, line: 99999, paraphrase: x, grounds: [C998]}\n")
