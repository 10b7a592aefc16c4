"""Stage `reviewer_page`: the page of a small report. How it behaves in a browser is tested in tests/browser."""

import base64
import hashlib
import json
import re

import pytest
from reviewer_example import SCENARIOS, SLIP, example

from collective_efficiency.choices import Choices, rules_in_words
from collective_efficiency.claims.pages import changes_in_words
from collective_efficiency.reviewer.effects import effects
from collective_efficiency.reviewer.reviewer_page import _json, reviewer_page


@pytest.fixture(scope="module")
def html():
    return reviewer_page(example(), {"claims.svg": b"<svg/>"})


def embedded(html):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)[1])


def test_only_its_own_style_and_script_run(html):
    """The policy names the digests of the one style and the one script, as the standard of CSP computes them."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[1]
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) == 2
    for name, text in (("style", style), *(("script", script) for script in scripts)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert re.search(rf"{name}-src [^;]*'sha256-{re.escape(digest)}'", policy)
    assert "default-src 'none'" in policy
    assert re.findall(r'src="([^"]+)"', html) == ["data:image/svg+xml,%3Csvg/%3E"]


def test_the_data_in_it_are_all_of_them_in_less_text(html):
    data, compact = example(), embedded(html)
    fields = compact["cells"]["fields"]
    cells = [{key: value for key, value in zip(fields, row, strict=True) if value != ""}
             for row in compact["cells"]["rows"]]  # fmt: skip
    assert cells == data["cells"]
    base, other = SCENARIOS["printed/zero"], {"index/alpha/jai": "8.00"}
    assert compact["scenarios"] == {"printed/zero": base, "recomputed/zero": other}
    assert {key: compact[key] for key in ("findings", "tables")} == {key: data[key] for key in ("findings", "tables")}


def test_it_shows_the_table_the_finding_and_the_claim(html):
    assert f'id="finding={SLIP}"' in html
    assert 'id="cell=T1/beta/index"' in html
    assert "Two are strong." in html
    assert "The verdicts on the claims of the report, by topic." in html


def test_a_finding_and_a_claim_lead_to_the_advice_that_rests_on_them(html):
    link = '<a href="../policy/policy.html#P1">P1</a>'
    assert f"A ground of the advice</span> {link}" in html
    assert 'data-t="It bears on the advice"' not in html
    data = example()
    consequence = ["claim C1 depends -> supported", "advice P1 in part -> stands"]
    page = reviewer_page(data | {"findings": [data["findings"][0] | {"effects": effects(consequence)}]}, {})
    assert f"{link}: " in page
    assert "in part" in page


def test_rules_are_named_and_the_analysts_stand_beside_where_they_differ(html):
    """Nothing speaks of choices where they are the report's own; else a column, a radio button and what changes."""
    assert "The report&#39;s own rules, whatever config.yaml says. Dataset: report." in html
    assert "our choices" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    shifted = Choices(missing="omit")
    data = example()
    claims = [claim | {"under_your_choices": "depends"} for claim in data["claims"]]
    other = data | {
        "claims": claims,
        "rules": rules_in_words(shifted, "report"),
        "changes": changes_in_words(claims),
        "scenarios": data["scenarios"] | {"printed/yours": SCENARIOS["printed/zero"]},
    }
    page = reviewer_page(other, {"claims.svg": b"<svg/>", "printed_recomputed.svg": b"<svg/>"})
    assert "Your choices in config.yaml. Dataset: report. n.a. is left out." in page
    assert "1 of 1 verdicts changes under your choices: C1 supported → depends." in page
    assert '<td data-label="Yours">' in page
    assert 'value="yours"' in page
    captions = dict(re.findall(r'alt="[^"]*?(claims|index)[^"]*"[^>]*><figcaption>(.*?)</figcaption>', page))
    assert all("own rules" in text for text in captions.values())
    assert ["Your choices" in captions[name] for name in ("claims", "index")] == [True, False]


def test_a_hostile_name_is_no_markup():
    hostile = {**example(), "names": dict.fromkeys(example()["names"], "</script><b>x</b>")}
    html = reviewer_page(hostile, {})
    assert "<b>x</b>" not in html
    assert embedded(html)["names"]["beta"] == "</script><b>x</b>"


def test_data_cannot_leave_their_script_element():
    """As the HTML standard says of script elements: only `</script` and `<!--` end or change them."""
    text = "</script><script>alert(1)</script><!-- & \u2028"
    found = _json({"name": text})
    assert not re.search("[<>&\u2028]", found)
    assert json.loads(found) == {"name": text}
